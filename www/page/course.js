// How a price goes along one input: where it stays the same, and where it jumps.

/** So many steps are looked at one by one; beyond them only what is asked for, and where the price takes another course. */
const NEAR = 600;
const COARSE = 600;
const NICE = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** The course of a usage's price along an input. Values are multiples of `stride`. */
export function createCourse(card, usage, { id, min, max }, stride) {
  const first = onStep(Math.max(1, Math.ceil(min / stride - 1e-9)) * stride);
  const near = Math.min(max, first + stride * NEAR);
  const start = curveOf(first, near, stride);
  const edges = [...(start?.edges ?? [])];
  if (near < max) {
    const wanted = (max - near) / stride / COARSE;
    const coarse = stride * (NICE.find((some) => some >= wanted) ?? Math.ceil(wanted));
    for (const edge of curveOf(near, max, coarse)?.edges ?? []) {
      if (edge.kind !== "increment") edges.push(...exactly(edge, coarse));
      else if (!edges.some((some) => isSame(some, edge))) edges.push(edge);
    }
  }
  const runs = new Map();
  return {
    first,
    stride,
    /** Where the price jumps or takes another course, as the card's curve tells it. */
    edges,
    /** The first and the last value around one that cost the same. */
    runAt(value) {
      const run = runs.get(value) ?? findRun(value);
      runs.set(value, run);
      return run;
    },
    /** The values at which the price takes another course, and those right after a jump to another price. */
    turns: () =>
      edges.flatMap(({ kind, at }) =>
        kind === "increment" ? [] : kind === "tier" || kind === "condition" ? [at, at + stride] : [at],
      ),
  };

  function curveOf(from, to, step) {
    try {
      return from < to ? card.curve(usage, { vary: id, from, to, step }) : undefined;
    } catch (error) {
      if (error.problems === undefined) throw error;
      return undefined;
    }
  }

  /** An edge that was found in large steps, where it is in small ones. */
  function exactly(edge, width) {
    const there = curveOf(edge.at, Math.min(edge.at + width, max), stride)?.edges ?? [];
    return there.filter((some) => isSame(some, edge));
  }

  function findRun(value) {
    // between two steps, what is said of the steps need not hold
    if (value < first || Math.abs(value / stride - Math.round(value / stride)) > 1e-9) return [value, value];
    const starts = start?.starts ?? [];
    const after = starts.findIndex((some) => some > value);
    if (after > 0) return [starts[after - 1], onStep(starts[after] - stride)];
    if (starts.length > 0 && near === max) return [starts.at(-1), max];
    return [startOf(value), endOf(value)];
  }

  /** Looks further and further back. */
  function startOf(value) {
    for (let width = stride; ; width *= 2) {
      const from = Math.max(first, onStep(value - width));
      const found = curveOf(from, value, stride)?.starts.at(-1) ?? value;
      if (found > from || from === first) return found;
    }
  }

  function endOf(value) {
    for (let width = stride; ; width *= 2) {
      const to = Math.min(max, onStep(value + width));
      const next = curveOf(value, to, stride)?.starts;
      if (next === undefined) return value;
      if (next.length > 1) return onStep(next[1] - stride);
      if (to === max) return max;
    }
  }
}

const isSame = (one, other) => one.charge === other.charge && one.kind === other.kind;

/** A value as the decimal that it is. */
const onStep = (value) => Number(value.toFixed(9));
