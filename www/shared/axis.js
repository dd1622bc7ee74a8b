// Most durations are minutes, few are hours: up to five minutes every second has its place, beyond it the steps widen. It is
// the estimator's own axis, so that a length stands at the same place in both.
const PARTS = [
  [300, 1],
  [600, 5],
  [3600, 60],
  [14_400, 300],
  [86_400, 1800],
  [Number.POSITIVE_INFINITY, 3600],
];
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const NICE = [1, 2, 5, 10, 20, 50, 100];
const FEWEST_POSITIONS = 9;
const MOST_POSITIONS = 4000;
const MOST_LABELS = 8;
const NEAR_THE_END = 0.93;

/** Without the noise of a float: 0.1 × 3 is 0.3. */
const clean = (value) => Number(value.toPrecision(12));
const multiple = (of, value, round) => clean(round(clean(value / of)) * of);

/** What a slider over a duration steps by: the input's own step, but no less than a second. */
export function grainOf({ step }) {
  // a step may be written "2/3", and its numerator is a multiple of it
  const least = Number.parseFloat(`${step}`);
  return least < 1 ? clean(least * Math.ceil(1 / least)) : least;
}

/** Where the lengths of a duration input lie from left to right, as fractions, and which of them are written there. */
export function createAxis(input) {
  const least = Number.parseFloat(`${input.step}`);
  const grain = grainOf(input);
  const min = multiple(least, input.min, Math.ceil);
  const max = multiple(least, input.max, Math.floor);
  const spans = [];
  let from = min;
  let position = 0;
  for (const [until, width] of PARTS) {
    const end = Math.min(until, max);
    if (end <= from) continue;
    const wide = NICE.map((times) => width / times).find((some) => (end - from) / some >= FEWEST_POSITIONS) ?? grain;
    const unit = multiple(grain, Math.max(wide, (end - from) / MOST_POSITIONS), Math.ceil);
    const count = Math.ceil(clean((end - from) / unit));
    const to = Math.min(from + count * unit, max);
    spans.push({ from, to, unit, position });
    from = to;
    position += count;
  }
  const positions = Math.max(position, 1);
  const main = spans[0] ?? { from: min, to: max, unit: grain, position: 0 };

  const fractionOf = (value) => {
    const span = spans.findLast((some) => some.from <= value) ?? main;
    const place = value < max ? span.position + (value - span.from) / span.unit : positions;
    return Math.min(Math.max(place / positions, 0), 1);
  };

  const length = main.to - main.from;
  const interval = INTERVALS.find((some) => some >= grain && length / some <= MOST_LABELS) ?? length;
  const values = [min];
  const first = multiple(interval, min + interval / 2, Math.ceil);
  for (let at = first; at <= main.to - interval / 2; at = clean(at + interval)) values.push(at);
  for (const { to } of spans) values.push(to);
  return {
    fractionOf,
    labels: values
      .map((value) => ({ value, fraction: fractionOf(value) }))
      .filter(({ value, fraction }) => value === max || fraction < NEAR_THE_END),
  };
}
