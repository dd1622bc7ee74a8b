import type { RateCard } from "../index.js";
import type { Input, Usage, Value } from "../types.js";
import type { Axis } from "./axis.js";

const MOST_COMBINATIONS = 64;
const MOST_EDGES = 60;

/** The totals at every position of the axis, per balance; a position that the card does not price stays a gap. */
export type Sample = readonly (number | undefined)[];

export function sampleCurve(card: RateCard, usage: Usage, input: string, axis: Axis): Record<string, Sample> {
  const curve: Record<string, (number | undefined)[]> = {};
  for (const balance of Object.keys(card.balances)) curve[balance] = [];
  for (let position = 0; position <= axis.positions; position++) {
    const totals = totalsAt(card, usage, input, axis.valueAt(position));
    for (const balance in curve) curve[balance]?.push(totals?.[balance]);
  }
  return curve;
}

/** The highest totals at one value over all options, so that one scale serves every choice and a change of price is seen. */
export function highestTotals(card: RateCard, usage: Usage, input: string, value: number): Record<string, number> {
  const highest: Record<string, number> = {};
  for (const options of combinations(card.inputs)) {
    const totals = totalsAt(card, { ...usage, ...options }, input, value);
    for (const balance in totals) highest[balance] = Math.max(highest[balance] ?? 0, totals[balance] ?? 0);
  }
  return highest;
}

/** The positions where the price jumps, or where it starts to rise: where a step more or less matters. */
export function findEdges(totals: Sample): number[] {
  const rise = (position: number) => (totals[position] ?? Number.NaN) - (totals[position - 1] ?? Number.NaN);
  const edges: number[] = [];
  let level = 0;
  for (let position = 1; position < totals.length - 1; position++) {
    const [before, here, after] = [position > 1 ? rise(position - 1) : 0, rise(position), rise(position + 1)];
    const jumps = here > 0 && here > 1.5 * Math.max(before, after);
    const starts = level >= 5 && here > 0 && after > 0;
    if (jumps || starts) edges.push(position - 1);
    level = here === 0 ? level + 1 : 0;
  }
  return edges.length > MOST_EDGES ? [] : edges;
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
