import type { NumericInput } from "../types.js";

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly unit: number;
  readonly position: number;
  readonly count: number;
}

export interface Axis {
  /** The smallest and the largest value that are multiples of the input's step, and what − and + move by. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly positions: number;
  /** Parts of the track in which each position is as far from the one before. */
  readonly spans: readonly Span[];
  valueAt(position: number): number;
  positionOf(value: number): number;
  fractionOf(value: number): number;
  /** How many steps of the even part one step here stands for. */
  squeezeAt(position: number): number;
  /** The next multiple of the step from one value towards another. */
  towards(target: number, from: number): number;
  /** The evenly divided part of the track: its last position, its last value, and how much of the track it takes. */
  readonly main: { readonly position: number; readonly value: number; readonly fraction: number };
  readonly interval: number;
  readonly labels: readonly { readonly value: number; readonly fraction: number }[];
}

/** Where one part of the track ends, and how far its positions are from each other. */
type Part = readonly [until: number, width: number];

// Most durations are minutes, few are hours: up to five minutes every second has its place on the track, beyond it the steps widen.
const DURATIONS: readonly Part[] = [
  [300, 1],
  [600, 5],
  [3600, 60],
  [14_400, 300],
  [86_400, 1800],
  [2_592_000, 86_400],
  [Infinity, 604_800],
];
/** Steps that one label of the scale is from the next. */
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
/** A track has room for so many steps of a count. Where there are more, the first few and each decade have about as much. */
const EVEN = 200;
const COUNTS: readonly Part[] = [
  [20, 1],
  ...Array.from({ length: 12 }, (_, power): Part => [10 ** (power + 2), 5 * 10 ** power]),
];
const NICE = [1, 2, 5, 10, 20, 50, 100];
/** Fewer positions would leave the labels of a span no room. */
const FEWEST_POSITIONS = 9;
const NEAR_THE_END = 0.93;

/** Without the noise of a float: 0.1 × 3 is 0.3. */
const clean = (value: number) => Number(value.toPrecision(12));

const multiple = (of: number, value: number, round: (steps: number) => number) => clean(round(clean(value / of)) * of);

/** Where a duration or a count lies on the track. Positions are whole numbers from 0, each a whole number of steps. */
export function createAxis(input: NumericInput): Axis {
  const isTime = input.kind === "duration";
  // a step may be written "2/3", and its numerator is a multiple of it
  const least = Number.parseFloat(String(input.step));
  const step = isTime && least < 1 ? least * Math.ceil(1 / least) : least;
  const min = multiple(least, input.min, Math.ceil);
  const max = multiple(least, input.max, Math.floor);
  const spans: Span[] = [];
  let from = min;
  let position = 0;
  const scale = isTime ? 1 : step;
  for (const [until, width] of isTime ? DURATIONS : max > EVEN * step ? COUNTS : [[Infinity, 1] as const]) {
    const end = Math.min(until * scale, max);
    if (end <= from) continue;
    const widths = NICE.map((times) => (width * scale) / times);
    const wide = widths.find((some) => (end - from) / some >= FEWEST_POSITIONS) ?? step;
    const unit = multiple(step, wide, Math.ceil);
    const count = Math.ceil(clean((end - from) / unit));
    const to = Math.min(from + count * unit, max);
    spans.push({ from, to, unit, position, count });
    from = to;
    position += count;
  }
  const positions = Math.max(position, 1);
  const main = spans[0] ?? { from: min, to: max, unit: step, position: 0, count: 1 };
  const last = (test: (span: Span) => boolean): Span => spans.filter(test).at(-1) ?? main;

  const positionOf = (value: number) => {
    const span = last((some) => some.from <= value);
    const place = value < max ? span.position + (value - span.from) / span.unit : positions;
    return Math.min(Math.max(place, 0), positions);
  };

  const length = main.to - main.from;
  const most = isTime ? 8 : spans.length > 1 ? 1 : 5;
  const intervals = isTime ? INTERVALS : NICE.map((steps) => steps * step);
  const interval = intervals.find((some) => some >= step && length / some <= most) ?? length;
  const labelled = [min];
  // one that is close to an end would run into its label
  for (
    let value = multiple(interval, min + interval / 2, Math.ceil);
    value <= main.to - interval / 2;
    value = clean(value + interval)
  )
    labelled.push(value);
  for (const { to } of spans) labelled.push(to);

  return {
    min,
    max,
    step,
    positions,
    spans,
    valueAt(place) {
      const span = last((some) => some.position <= place);
      return clean(Math.min(span.from + (place - span.position) * span.unit, max));
    },
    positionOf,
    fractionOf: (value) => positionOf(value) / positions,
    squeezeAt: (place) => last((some) => some.position < place).unit / main.unit,
    towards: (target, value) =>
      Math.min(Math.max(multiple(step, target, target > value ? Math.floor : Math.ceil), min), max),
    main: { position: main.count, value: main.to, fraction: main.count / positions },
    interval,
    labels: labelled
      .map((value) => ({ value, fraction: positionOf(value) / positions }))
      .filter(({ value, fraction }) => value === max || fraction < NEAR_THE_END),
  };
}
