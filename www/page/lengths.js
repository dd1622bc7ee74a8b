// Which lengths, or counts, a table of prices names.

const HANDFUL = 300;
const INTERVALS = [1, 2, 5, 10, 15, 30, 60];
const BEYOND = [600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
/** Beyond the first handful of minutes: up to where, and how far apart. */
const FINE = [
  [600, 30],
  [1800, 60],
  [3600, 300],
  [14_400, 900],
  [86_400, 3600],
];
const FEW = 10;
const MANY = 60;
const MOST_COUNTS = 16;

/** The lengths of a table in rising order: some fifteen, or with `isFine` up to a hundred or so. */
export function lengthsOf(input, isFine) {
  const values = input.kind === "duration" ? durations(input, isFine) : counts(input, isFine);
  const inside = [input.min, ...values, input.max]
    .map((value) => onStep(value, input.step))
    .filter((value) => value > 0 && value >= input.min && value <= input.max);
  return [...new Set(inside)].sort((one, other) => one - other);
}

function durations({ max }, isFine) {
  const even = Math.min(max, HANDFUL);
  const interval = INTERVALS.find((some) => even / some <= (isFine ? MANY / 2 : FEW)) ?? even;
  const values = spread(interval, even, interval);
  if (!isFine) return [...values, ...BEYOND];
  let from = HANDFUL;
  for (const [to, every] of FINE) {
    values.push(...spread(from + every, Math.min(to, max), every));
    from = to;
  }
  return values;
}

/** 1 to 10, then 20, 50, 100, 200, 500; fewer where that is too many; 1 to 60, then 70, 80, 90, 100, 200, 300 of all. */
function counts({ max, step }, isFine) {
  const most = max / step;
  const grown = (times) => {
    const values = [];
    for (let ten = 1; ten <= most; ten *= 10) values.push(...times.map((some) => some * ten));
    return values.filter((value) => value <= most);
  };
  const even = (until) => spread(1, Math.min(until, most), 1);
  const some = isFine
    ? [...even(MANY), ...grown([1, 2, 3, 4, 5, 6, 7, 8, 9])]
    : [[...even(FEW), ...grown([1, 2, 5])], grown([1, 2, 5]), grown([1])].find(
        (values) => new Set(values).size <= MOST_COUNTS,
      );
  return (some ?? []).map((value) => value * step);
}

const spread = (from, to, every) =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / every + 1e-9) + 1) }, (_, index) => from + index * every);

/** The nearest value that the input takes, as the decimal that it is written as. */
const onStep = (value, step) => Number((Math.round(value / step) * step).toFixed(9));

/** What a person steps by: the input's own step, but no less than a second. */
export const strideOf = ({ kind, step }) =>
  kind === "number" || step >= 1 ? step : onStep(Math.ceil(1 / step) * step, step);
