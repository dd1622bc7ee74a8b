/** What the controls start with: the card's defaults and initial values. */
export function initialUsage(inputs) {
  return Object.fromEntries(inputs.map((input) => [input.id, initialValue(input)]));
}

function initialValue(input) {
  if (input.maxItems !== undefined) return [];
  return input.initial ?? input.default ?? (input.kind === "choice" ? input.options[0]?.id : undefined);
}

/** The estimate for what the controls hold, or the engine's objections, each with the input (and the list index) it belongs to. */
export function price(card, usage) {
  try {
    return { estimate: card.estimate(givenUsage(usage)), errors: [] };
  } catch (error) {
    if (!Array.isArray(error.problems)) throw error;
    return { estimate: undefined, errors: error.problems.map((problem) => locate(problem, usage)) };
  }
}

/** The usage without rows that are still empty. */
export function givenUsage(usage) {
  return Object.fromEntries(
    Object.entries(usage).map(([id, value]) => [id, Array.isArray(value) ? value.filter(isFilled) : value]),
  );
}

/** The charges whose quantity is a time. */
export function timeCharges(card) {
  const kindOf = new Map(card.inputs.map(({ id, kind }) => [id, kind]));
  return new Set(card.charges.filter(({ of }) => kindOf.get(of) === "duration").map(({ id }) => id));
}

function locate({ path, message }, usage) {
  const [, input = "", item] = /^([^.[]*)(?:\[(\d+)\])?/.exec(path ?? "") ?? [];
  if (item === undefined) return { input, message };
  // The engine counts the items it was given, and empty rows are not given.
  const filled = usage[input].flatMap((value, index) => (isFilled(value) ? [index] : []));
  return { input, index: filled[Number(item)], message };
}

const isFilled = (value) => value !== undefined && value !== "";
