/** More would be no overview: choices beyond it stay as they are set. */
const MOST = 48;

/**
 * Every way to choose, with all else as in `usage`: `values` for the usage, and for each of `inputs` the options that it
 * takes, or undefined where the choices before leave it out. The inputs are the same for every usage.
 */
export function combinations(card, usage) {
  const inputs = [];
  let product = 1;
  for (const input of card.inputs) {
    const options = optionsOf(input);
    if (options.length < 2 || product * options.length > MOST) continue;
    product *= options.length;
    inputs.push({ id: input.id, label: input.label, default: input.default, options });
  }
  let ways = [{ values: {}, options: [] }];
  for (const { id, options } of inputs) {
    ways = ways.flatMap((way) =>
      isLeftOut(card, { ...usage, ...way.values, [id]: options[0].value }, id)
        ? [{ ...way, options: [...way.options, undefined] }]
        : options.map((option) => ({
            values: { ...way.values, [id]: option.value },
            options: [...way.options, [option]],
          })),
    );
  }
  return { inputs, ways };
}

/** The same, but one of those that have the same `key` and differ in the options of one input alone. */
export function merged(inputs, ways) {
  return inputs.reduceRight((some, _, index) => {
    const kept = new Map();
    for (const way of some) {
      const key = JSON.stringify([
        way.key,
        way.options.map((options, other) => (other === index ? options && "any" : options?.map(({ value }) => value))),
      ]);
      const first = kept.get(key);
      const options = first && way.options[index];
      if (options) {
        kept.set(key, { ...first, options: first.options.with(index, [...first.options[index], ...options]) });
      } else kept.set(key, way);
    }
    return [...kept.values()];
  }, ways);
}

/** The values that a way asks for: where the usage has one of several alike already, it stays. */
export function valuesOf({ options }, inputs, usage) {
  const values = {};
  for (const [index, { id }] of inputs.entries()) {
    const some = options[index];
    if (some) values[id] = (some.find(({ value }) => value === usage[id]) ?? some[0]).value;
  }
  return values;
}

/** Whether a usage is made this way already. */
export const isTaken = ({ options }, inputs, usage) =>
  inputs.every((input, index) => {
    const now = usage[input.id] ?? input.default;
    return options[index]?.some(({ value }) => value === now) ?? true;
  });

function optionsOf({ kind, options }) {
  if (kind === "choice") return options.map(({ id, label }) => ({ value: id, label }));
  const toggle = [
    { value: false, label: "No" },
    { value: true, label: "Yes" },
  ];
  return kind === "toggle" ? toggle : [];
}

function isLeftOut(card, usage, id) {
  try {
    return card.estimate(usage).ignored.includes(id);
  } catch {
    return false;
  }
}
