import type { NumericInput } from "../types.js";

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly unit: number;
  readonly position: number;
  readonly count: number;
}

// Most durations are minutes, few are hours: up to five minutes every second has its place on the track, beyond it the steps widen.
const SPANS = [
  [300, 1],
  [600, 5],
  [3600, 60],
  [14_400, 300],
  [86_400, 1800],
  [Infinity, 3600],
] as const;
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const MOST_LABELS = 8;
/** More would be finer than a pixel. */
const MOST_POSITIONS = 4000;

export interface Axis {
  readonly positions: number;
  /** Parts of the track in which each position is as far from the one before. */
  readonly spans: readonly Span[];
  valueAt(position: number): number;
  positionOf(value: number): number;
  fractionOf(value: number): number;
  /** How many steps of the even part one step here stands for. */
  squeezeAt(position: number): number;
  /** The evenly divided part of the track: its last position, its last value, and how much of the track it takes. */
  readonly main: { readonly position: number; readonly value: number; readonly fraction: number };
  readonly interval: number;
  readonly labels: readonly { readonly value: number; readonly fraction: number }[];
}

/** Where a duration lies on the track. Positions are whole numbers from 0, each a whole number of steps. */
export function createAxis({ min, max, step }: NumericInput): Axis {
  const grain = step >= 1 ? step : step * Math.ceil(1 / step);
  const spans: Span[] = [];
  let from = min;
  let position = 0;
  for (const [until, width] of SPANS) {
    if (from >= max) break;
    if (until <= from) continue;
    const end = Math.min(until, max);
    const unit = Math.ceil(Math.max(width, (end - from) / MOST_POSITIONS) / grain) * grain;
    const count = Math.max(1, Math.floor((end - from) / unit));
    const to = Math.min(from + count * unit, max);
    spans.push({ from, to, unit, position, count });
    from = to;
    position += count;
  }
  const positions = Math.max(position, 1);
  const main = spans[0] ?? { from: min, to: max, unit: grain, position: 0, count: 1 };
  const last = (test: (span: Span) => boolean): Span => [...spans].reverse().find(test) ?? main;

  const valueAt = (place: number) => {
    const span = last((some) => some.position <= place);
    return Math.min(span.from + (place - span.position) * span.unit, max);
  };
  const positionOf = (value: number) => {
    const span = last((some) => some.from <= value);
    const place = span.position + ((value - span.from) / (span.to - span.from || 1)) * span.count;
    return Math.min(Math.max(place, 0), positions);
  };

  const interval = INTERVALS.find((some) => (main.to - main.from) / some <= MOST_LABELS) ?? main.to - main.from;
  const labelled: number[] = [];
  for (let value = Math.ceil(main.from / interval) * interval; value <= main.to; value += interval)
    labelled.push(value);
  for (const span of spans.slice(1)) labelled.push(span.to);

  return {
    positions,
    spans,
    valueAt,
    positionOf,
    fractionOf: (value) => positionOf(value) / positions,
    squeezeAt: (place) => last((some) => some.position < place).unit / main.unit,
    main: { position: main.count, value: main.to, fraction: main.count / positions },
    interval,
    labels: labelled.map((value) => ({ value, fraction: positionOf(value) / positions })),
  };
}
