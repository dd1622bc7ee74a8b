// Most durations are minutes, few are hours: up to five minutes every second has its place, beyond it the steps widen. It is
// the estimator's own axis, so that a length stands at the same place in both.
const SPANS = [
  [300, 1],
  [600, 5],
  [3600, 60],
  [14_400, 300],
  [86_400, 1800],
  [Number.POSITIVE_INFINITY, 3600],
];
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const MOST_LABELS = 8;
const MOST_POSITIONS = 4000;

/** What a slider over a duration steps by: the input's own step, but no less than a second. */
export const grainOf = ({ step }) => (step >= 1 ? step : step * Math.ceil(1 / step));

/** Where the lengths of a duration input lie from left to right, as fractions, and which of them are written there. */
export function createAxis(input) {
  const { min, max } = input;
  const grain = grainOf(input);
  const spans = [];
  let from = min;
  let position = 0;
  for (const [until, width] of SPANS) {
    if (from >= max) break;
    if (until <= from) continue;
    const end = Math.min(until, max);
    const unit = Math.ceil(Math.max(width, (end - from) / MOST_POSITIONS) / grain) * grain;
    const count = Math.max(1, Math.floor((end - from) / unit));
    const to = Math.min(from + count * unit, max);
    spans.push({ from, to, position, count });
    from = to;
    position += count;
  }
  const fractionOf = (value) => {
    const span = spans.findLast((some) => some.from <= value) ?? spans[0];
    if (!span) return 0;
    const place = span.position + ((value - span.from) / (span.to - span.from || 1)) * span.count;
    return Math.min(Math.max(place / position, 0), 1);
  };
  const [main] = spans;
  const labels = [];
  if (main) {
    const interval = INTERVALS.find((some) => (main.to - main.from) / some <= MOST_LABELS) ?? main.to - main.from;
    for (let at = Math.ceil(main.from / interval) * interval; at <= main.to; at += interval) labels.push(at);
    for (const { to } of spans.slice(1)) labels.push(to);
  }
  return { fractionOf, labels: labels.map((value) => ({ value, fraction: fractionOf(value) })) };
}
