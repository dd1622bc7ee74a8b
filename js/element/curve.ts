import type { CurveOptions, RateCard, Usage } from "../index.js";
import type { Axis } from "./axis.js";

const MOST_EDGES = 60;

/** The totals at every position of the axis, per balance; a position that the card does not price stays a gap. */
export type Sample = readonly (number | undefined)[];

export interface Drawing {
  readonly totals: Readonly<Record<string, Sample>>;
  /** The positions after which the price goes another way: where a step more or less matters. */
  readonly edges: readonly number[];
}

/** Ticks that are closer to each other, as parts of the track, would run together. */
const CLOSE = 1 / 160;

/** What a usage costs along an axis, exactly at each of its positions. */
export function drawCurve(card: RateCard, usage: Usage, vary: string, axis: Axis): Drawing {
  const totals: Record<string, (number | undefined)[]> = {};
  for (const balance of Object.keys(card.balances)) totals[balance] = [];
  const edges = new Set<number>();
  for (const { from, to, unit, count } of axis.spans) {
    const curve = curveOf(card, usage, { vary, from, to, step: unit });
    let run = 0;
    // a span starts where the one before ended
    for (let place = from === axis.spans[0]?.from ? 0 : 1; place <= count; place++) {
      const value = Math.min(from + place * unit, to);
      while (curve && (curve.starts[run + 1] ?? Infinity) <= value) run++;
      for (const balance in totals) {
        const total = curve?.totals[balance]?.[run] ?? Number.NaN;
        totals[balance]?.push(Number.isNaN(total) ? undefined : total);
      }
    }
    for (const { at, every = 1, count: times = 1 } of curve?.edges ?? []) {
      const places = Array.from({ length: Math.min(times, MOST_EDGES) }, (_, index) =>
        axis.positionOf(at + index * every),
      );
      const gap = ((places[1] ?? Infinity) - (places[0] ?? 0)) / axis.positions;
      if (gap > CLOSE) for (const place of places) edges.add(place);
    }
  }
  return { totals, edges: [...edges] };
}

function curveOf(card: RateCard, usage: Usage, options: CurveOptions) {
  try {
    return card.curve(usage, options);
  } catch {
    return undefined;
  }
}
