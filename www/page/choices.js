// Which choices a card offers side by side, and which of them make no difference.

/** More combinations than these are no table that one reads: the longest list stays as it is chosen. */
const MOST = 96;
const MOST_COLUMNS = 3;

/**
 * Every combination of a card's choices. `at(usage)` answers them as rows and columns, priced with all else that a usage
 * says. Options that cost the same whatever is tried stand together. They are told apart once they do not, and then for
 * good, so that a table of them does not change with every length.
 */
export function createChoices(card, start) {
  const axes = card.inputs.flatMap(axisOf);
  const held = [];
  const varied = () => axes.filter((axis) => !held.includes(axis));
  while (varied().length > 1 && product(varied()) > MOST) held.push(longest(varied()));
  const open = varied();

  /** By combination, the option of each axis. */
  const combinations = open.reduce(
    (all, { options }) => all.flatMap((some) => options.map((option) => [...some, option])),
    [[]],
  );
  const seen = corners(card, start).map(price);
  /** By combination, the one that stands for it. */
  let stand = [];
  split();

  return {
    axes: open,
    held,
    at(usage) {
      const prices = price(usage);
      if (prices.some(({ sign }, index) => sign !== prices[stand[index]].sign)) {
        seen.push(prices);
        split();
      }
      return layOut(prices);
    },
  };

  function price(usage) {
    const prices = combinations.map((options) => {
      const values = Object.fromEntries(options.map(({ value }, place) => [open[place].id, value]));
      try {
        const { totals, ignored } = card.estimate({ ...usage, ...values });
        const asked = open.filter(({ id }) => !ignored.includes(id));
        return { values, totals, asked, sign: `${Object.values(totals).join()} ${ignored.join()}` };
      } catch (error) {
        if (error.problems === undefined) throw error;
        const [problem] = error.problems;
        return { values, problem, sign: `${problem.code} ${problem.path}` };
      }
    });
    for (const [index, some] of prices.entries()) some.asked ??= askedOf(index, prices);
    return prices;
  }

  /** What is asked for where there is no price: it hangs on what was asked before it alone. */
  function askedOf(index, prices) {
    return open.filter((axis, place) => {
      const alike = prices.find(
        ({ totals }, other) =>
          totals &&
          combinations[other].slice(0, place).every((option, earlier) => option === combinations[index][earlier]),
      );
      return alike?.asked.includes(axis) ?? true;
    });
  }

  function split() {
    for (const [place, axis] of open.entries()) {
      const groups = new Map();
      for (const option of axis.options) {
        const key = seen.map((prices) =>
          prices.flatMap(({ sign }, index) => (combinations[index][place] === option ? [sign] : [])),
        );
        const group = groups.get(`${key}`) ?? [];
        groups.set(`${key}`, group);
        group.push(option);
        option.group = group;
      }
      axis.groups = [...groups.values()];
    }
    stand = combinations.map((options) => {
      const first = options.map(({ group }) => group[0]);
      return combinations.findIndex((others) => others.every((option, place) => option === first[place]));
    });
  }

  function layOut(prices) {
    const firsts = prices.flatMap((price, index) => (stand[index] === index ? [{ ...price, index }] : []));
    const matters = open.filter(({ groups }) => groups.length > 1);
    const isAlwaysAsked = (axis) => firsts.every(({ asked }) => asked.includes(axis));
    // the last one that goes with all the others stands across
    const candidates =
      matters.length > 1 ? matters.filter(({ groups }) => groups.length <= MOST_COLUMNS).reverse() : [];
    for (const across of [...candidates, undefined]) {
      const rows = rowsOf(firsts, matters, across);
      if (across && rows.some(({ cells }) => cells.length < across.groups.length)) continue;
      return { across, rows, alike: open.filter((axis) => axis.groups.length === 1 && isAlwaysAsked(axis)) };
    }
  }

  function rowsOf(firsts, matters, across) {
    const rows = new Map();
    for (const price of firsts) {
      const parts = matters
        .filter((axis) => price.asked.includes(axis))
        .map((axis) => ({ axis, group: combinations[price.index][open.indexOf(axis)].group }));
      const down = parts.filter(({ axis }) => axis !== across);
      const key = down.map(({ axis, group }) => `${axis.id}=${group[0].value}`).join("&");
      const row = rows.get(key) ?? { parts: down, cells: [] };
      rows.set(key, row);
      const column = parts.find(({ axis }) => axis === across)?.group;
      // what is left out makes two of one
      if (!row.cells.some((cell) => cell.column === column)) row.cells.push({ ...price, parts, column });
    }
    return [...rows.values()];
  }
}

function axisOf(input) {
  const options =
    input.kind === "choice"
      ? input.options.map(({ id, label }) => ({ value: id, label }))
      : input.kind === "toggle"
        ? [false, true].map((value) => ({ value, label: value ? "on" : "off", says: `${input.label}: ` }))
        : [];
  return options.length > 1 ? [{ id: input.id, input, options }] : [];
}

const product = (axes) => axes.reduce((count, { options }) => count * options.length, 1);

const longest = (axes) => axes.reduce((most, axis) => (axis.options.length > most.options.length ? axis : most));

/** The usage, and the same with the most and with a start of everything that is counted. */
function corners(card, usage) {
  const counted = card.inputs.filter(({ kind }) => kind === "number" || kind === "duration");
  const with_ = (pick) => ({
    ...usage,
    ...Object.fromEntries(counted.map((input) => [input.id, "maxItems" in input ? [pick(input)] : pick(input)])),
  });
  return [usage, with_(({ max }) => max), with_(({ initial, min, step }) => initial ?? (min > 0 ? min : step))];
}
