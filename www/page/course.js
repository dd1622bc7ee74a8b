// How a price goes along one input: where it stays the same, and where it jumps.

/** So many steps are looked at one by one; beyond them only the places where the price takes another course. */
const MOST = 15_000;

/**
 * `runAt(value)` answers the first and the last step around a value that cost the same, where that is known; `edges` are
 * where the price jumps or takes another course.
 */
export function createCourse(card, usage, input, stride) {
  const { id, min, max } = input;
  const first = min > 0 ? min : stride;
  const near = Math.min(max, first + stride * MOST);
  const curve = curveOf(first, near, stride);
  const edges = [...(curve?.edges ?? [])];
  if (near < max) {
    const coarse = stride * Math.ceil((max - near) / stride / MOST);
    for (const edge of curveOf(near, max, coarse)?.edges ?? []) edges.push(...exactly(edge, coarse));
  }
  return {
    first,
    stride,
    edges,
    runAt,
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
    if (edge.kind === "increment")
      return edges.some(({ charge, kind }) => charge === edge.charge && kind === edge.kind) ? [] : [edge];
    const there = curveOf(edge.at, Math.min(edge.at + width, max), stride)?.edges ?? [];
    return there.filter(({ charge, kind }) => charge === edge.charge && kind === edge.kind);
  }

  function runAt(value) {
    const { starts } = curve ?? { starts: [] };
    if (starts.length === 0 || value < first || value > curve.to) return [value, value];
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= value) low = middle;
      else high = middle - 1;
    }
    const end = low + 1 < starts.length ? starts[low + 1] - stride : curve.to;
    // between two steps: what is said of the steps does not hold there
    if (value > end) return [value, value];
    // where the price still goes on beyond what was looked at, its end is not known
    if (end === near && near < max) return [value, value];
    return [starts[low], end];
  }
}
