const MOST_COMBINATIONS = 64;
const MOST_EDGES = 60;

/** The totals at every position of the axis, per balance; a position that the card does not price stays a gap. */
export function sampleCurve(card, usage, input, axis) {
  const balances = Object.keys(card.balances);
  const curve = Object.fromEntries(balances.map((balance) => [balance, []]));
  for (let position = 0; position <= axis.positions; position++) {
    const totals = totalsAt(card, usage, input, axis.secondsAt(position));
    for (const balance of balances) curve[balance].push(totals?.[balance]);
  }
  return curve;
}

/** The highest totals at one duration over all options, so that one scale serves every choice and a change of price is seen. */
export function highestTotals(card, usage, input, seconds) {
  const highest = Object.fromEntries(Object.keys(card.balances).map((balance) => [balance, 0]));
  for (const options of combinations(card.inputs)) {
    const totals = totalsAt(card, { ...usage, ...options }, input, seconds);
    for (const balance in totals) highest[balance] = Math.max(highest[balance], totals[balance]);
  }
  return highest;
}

/** The positions where the price jumps, or where it starts to rise: where a second more or less matters. */
export function findEdges(totals) {
  const rise = (position) => totals[position] - totals[position - 1];
  const edges = [];
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

function totalsAt(card, usage, input, seconds) {
  try {
    return card.estimate({ ...usage, [input]: seconds }).totals;
  } catch {
    return undefined;
  }
}

function combinations(inputs) {
  let all = [{}];
  for (const { id, kind, options } of inputs) {
    const values = kind === "choice" ? options.map((option) => option.id) : kind === "toggle" ? [false, true] : [];
    if (values.length === 0) continue;
    if (all.length * values.length > MOST_COMBINATIONS) return [{}];
    all = all.flatMap((chosen) => values.map((value) => ({ ...chosen, [id]: value })));
  }
  return all;
}
