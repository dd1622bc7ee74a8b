import { element, setAttribute, setText } from "../shared/dom.js";
import { amount, clock, count, secondsOf, short, signed } from "../shared/format.js";
import { createCourse } from "./course.js";
import { lengthsOf, strideOf } from "./lengths.js";

/** What the values of one input come to: a row for each, or for several that cost the same. */
export function createPriceTable(card, estimator, input) {
  const { id } = input;
  const isDuration = input.kind === "duration";
  const stride = strideOf(input);
  const written = isDuration ? clock : count;
  const balances = Object.entries(card.balances).map(([balance, format], index) => ({
    balance,
    format,
    place: index + 1,
  }));
  const further = `${isDuration ? short(stride) : count(stride)} more`;
  const heads = balances.map(({ format: { label }, place }) => [
    element("th", { scope: "col", class: "figure", "data-balance": place }, label),
    element(
      "th",
      { scope: "col", class: "figure lengths-further" },
      element("span", { class: "visually-hidden" }, `${label}, `),
      further,
    ),
  ]);
  const body = element("tbody");
  const node = element(
    "table",
    { class: "ledger lengths" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, input.label), ...heads.flat())),
    body,
  );
  const rows = [];
  let usage;
  let course;
  let lines = [];
  let marked = -1;

  body.addEventListener("click", ({ target }) => {
    const row = rows.find((some) => some.element.contains(target));
    if (row) estimator.usage = { ...estimator.usage, [id]: row.value };
  });

  return {
    input,
    element: node,
    /** Draws it for other choices; with `isAll` finely. */
    draw(next, isAll) {
      usage = next;
      course = createCourse(card, usage, input, stride);
      lines = linesOf(isAll);
      marked = -1;
      const used = new Set();
      while (rows.length < lines.length) rows.push(createRow());
      for (const [index, { last }] of lines.entries()) {
        rows[index].mark(false);
        for (const balance of rows[index].write(last)) used.add(balance);
      }
      if (used.size === 0) used.add(balances[0].balance);
      for (const [index, { balance }] of balances.entries()) {
        const steps = rows.slice(0, lines.length).map((row) => row.furtherOf(index));
        // where each row has the same there is nothing to compare
        const isEven = new Set(steps.filter(Boolean)).size < 2;
        const shown = [used.has(balance), used.has(balance) && !isEven];
        for (const [place, head] of heads[index].entries()) head.hidden = !shown[place];
        for (const row of rows) row.show(index, shown);
      }
      setAttribute(node, "data-several", used.size > 1);
      if (body.rows.length !== lines.length) {
        body.replaceChildren(...rows.slice(0, lines.length).map((row) => row.element));
      }
      return {
        course,
        lines: estimateAt(lines.at(-1).last)?.lines ?? [],
        hasMore: lengthsOf(input, true).length > lengthsOf(input, false).length,
      };
    },
    /** The value that is set takes the place of the nearest one, so that no row moves while it changes. */
    mark(next) {
      usage = next;
      const now = secondsOf(usage[id] ?? Number.NaN);
      const index = Number.isNaN(now) ? -1 : nearest(now);
      if (marked >= 0 && marked !== index) {
        rows[marked].write(lines[marked].last);
        rows[marked].mark(false);
      }
      marked = index;
      if (index < 0) return;
      const { first, last } = lines[index];
      rows[index].write(now >= first && now <= last ? last : now);
      rows[index].mark(true);
    },
  };

  /** What the rows are, in rising order; `isKept`: the price takes another course there. */
  function linesOf(isAll) {
    const turns = course.turns();
    const [, end] = course.runAt(course.first);
    const values = [...lengthsOf(input, isAll), ...turns, ...(end > course.first ? [end] : [])];
    const found = new Map();
    for (const value of values.sort((one, other) => one - other)) {
      const [first, last] = course.runAt(value);
      const line = found.get(first) ?? { first, last, isKept: false };
      found.set(first, line);
      line.isKept ||= turns.includes(value) || value === input.max;
    }
    return [...found.values()];
  }

  function nearest(now) {
    const after = lines.findIndex(({ last }) => last >= now);
    if (after < 0) return lines.length - 1;
    if (after === 0 || lines[after].first <= now) return after;
    const [low, high] = [lines[after - 1], lines[after]];
    if (low.isKept !== high.isKept) return low.isKept ? after : after - 1;
    return now - low.last < high.first - now ? after - 1 : after;
  }

  function createRow() {
    const length = element("button", { type: "button", class: "lengths-take" });
    const cells = balances.map(({ place }) => ({
      total: element("td", { class: "figure", "data-balance": place }),
      more: element("td", { class: "figure lengths-further" }),
    }));
    const row = element(
      "tr",
      {},
      element("th", { scope: "row" }, length),
      ...cells.flatMap(({ total, more }) => [total, more]),
    );
    const made = {
      element: row,
      value: 0,
      /** Answers the balances that it takes something of. */
      write(value) {
        const [first, last] = course.runAt(value);
        made.value = last;
        setText(length, first === last ? written(last) : `${written(first)}–${written(last)}`);
        const totals = estimateAt(last)?.totals;
        const delta = (totals && changeAt(last)) ?? {};
        setAttribute(row, "data-none", totals === undefined);
        for (const [index, { balance, format }] of balances.entries()) {
          const { total, more } = cells[index];
          setText(total, totals ? amount(totals[balance], format) : "Not offered");
          setText(more, delta[balance] ? signed(delta[balance], format) : "");
        }
        return balances.flatMap(({ balance }) => (totals?.[balance] > 0 ? [balance] : []));
      },
      furtherOf: (index) => cells[index].more.textContent,
      show(index, [hasTotal, hasMore]) {
        cells[index].total.hidden = !hasTotal;
        cells[index].more.hidden = !hasMore;
      },
      mark(isNow) {
        setAttribute(row, "data-now", isNow);
        setAttribute(length, "aria-current", isNow && "true");
      },
    };
    return made;
  }

  function estimateAt(value) {
    try {
      return card.estimate({ ...usage, [id]: value });
    } catch (error) {
      if (error.problems === undefined) throw error;
      return undefined;
    }
  }

  function changeAt(value) {
    if (value + stride > input.max) return undefined;
    try {
      return card.diff({ ...usage, [id]: value }, { ...usage, [id]: value + stride }).delta;
    } catch (error) {
      if (error.problems === undefined) throw error;
      return undefined;
    }
  }
}
