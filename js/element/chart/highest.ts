import type { Input, RateCard, Usage, Value } from "../../index.js";

const MOST_COMBINATIONS = 64;

/** The highest totals at one value over all options, so that one scale serves every choice and a change of price is seen. */
export function highestTotals(card: RateCard, usage: Usage, input: string, value: number): Record<string, number> {
  const highest: Record<string, number> = {};
  for (const options of combinations(card.inputs)) {
    const totals = totalsAt(card, { ...usage, ...options }, input, value);
    for (const balance in totals) highest[balance] = Math.max(highest[balance] ?? 0, totals[balance] ?? 0);
  }
  return highest;
}

function totalsAt(card: RateCard, usage: Usage, input: string, value: number) {
  try {
    return card.estimate({ ...usage, [input]: value }).totals;
  } catch {
    return undefined;
  }
}

function combinations(inputs: readonly Input[]): Usage[] {
  let all: Record<string, Value>[] = [{}];
  for (const input of inputs) {
    const values: Value[] =
      input.kind === "choice" ? input.options.map(({ id }) => id) : input.kind === "toggle" ? [false, true] : [];
    if (values.length === 0) continue;
    if (all.length * values.length > MOST_COMBINATIONS) return [{}];
    all = all.flatMap((chosen) => values.map((value) => ({ ...chosen, [input.id]: value })));
  }
  return all;
}
