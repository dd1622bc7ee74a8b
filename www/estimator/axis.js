// Most durations are minutes, few are hours: up to five minutes every second has its place on the track, beyond it the steps widen.
const SPANS = [
  { until: 300, step: 1 },
  { until: 600, step: 5 },
  { until: 3600, step: 60 },
  { until: 14_400, step: 300 },
  { until: 86_400, step: 1800 },
];
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const MOST_LABELS = 8;

/** Where a duration lies on the track. Positions are whole numbers from 0, each a whole number of steps. */
export function createAxis({ min, max, step }) {
  const grain = step >= 1 ? step : 1;
  const spans = [];
  let from = min;
  let position = 0;
  for (const { until, step: width } of [...SPANS, { until: Infinity, step: 3600 }]) {
    if (from >= max) break;
    if (until <= from) continue;
    const unit = Math.ceil(width / grain) * grain;
    const count = Math.max(1, Math.floor((Math.min(until, max) - from) / unit));
    const to = Math.min(from + count * unit, max);
    spans.push({ from, to, unit, position, count });
    from = to;
    position += count;
  }
  const positions = position;
  const main = spans[0];

  const secondsAt = (place) => {
    const span = spans.findLast((some) => some.position <= place) ?? main;
    return Math.min(span.from + (place - span.position) * span.unit, max);
  };
  const positionOf = (seconds) => {
    const span = spans.findLast((some) => some.from <= seconds) ?? main;
    return Math.min(
      Math.max(span.position + ((seconds - span.from) / (span.to - span.from)) * span.count, 0),
      positions,
    );
  };

  const interval = INTERVALS.find((some) => (main.to - main.from) / some <= MOST_LABELS) ?? main.to - main.from;
  const labelled = [];
  for (let seconds = Math.ceil(main.from / interval) * interval; seconds <= main.to; seconds += interval)
    labelled.push(seconds);
  for (const span of spans.slice(1)) labelled.push(span.to);

  return {
    positions,
    secondsAt,
    /** How many steps of the even part one step here stands for. */
    squeezeAt: (place) => (spans.findLast((some) => some.position < place) ?? main).unit / main.unit,
    positionOf,
    fractionOf: (seconds) => positionOf(seconds) / positions,
    /** The evenly divided part of the track: its last position, and how much of the track it takes. */
    main: { position: main.count, seconds: main.to, fraction: main.count / positions },
    interval,
    labels: labelled.map((seconds) => ({ seconds, fraction: positionOf(seconds) / positions })),
  };
}
