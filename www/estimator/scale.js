const NICE = [1, 2, 2.5, 5, 10];

/**
 * How high a total stands over the axis, from 0 to 1. Linear over the axis's even part; where the axis is squeezed the rise is
 * squeezed with it, so that everywhere the same slope is the same rate. Lines of equal price belong to the even part alone.
 */
export function createScale(axis, totals, highest, balance, mostLines) {
  const { position: mainEnd, fraction } = axis.main;
  const levels = [totals[0] ?? 0];
  for (let x = 1; x < totals.length; x++) {
    levels.push(levels[x - 1] + ((totals[x] ?? 0) - (totals[x - 1] ?? 0)) / axis.squeezeAt(x));
  }
  const needed = Math.max(levels[mainEnd], Math.max(...levels) * fraction);
  const top = (needed >= highest / 3 ? Math.max(needed, highest) : needed) || 1;
  const step = lineStep(top, balance, mostLines);

  return {
    levels,
    lines: Array.from({ length: Math.floor(top / step + 1e-9) }, (_, index) => (index + 1) * step),
    heightOf: (level) => (level / top) * fraction,
    /** The level of a total between two positions. */
    levelAt(total, position) {
      if (position <= mainEnd) return total;
      const [before, after] = [levels[Math.floor(position)], levels[Math.ceil(position)]];
      return before + (after - before) * (position % 1);
    },
  };
}

function lineStep(top, { decimals }, mostLines) {
  const magnitude = 10 ** Math.floor(Math.log10(top / mostLines));
  const isPayable = (step) => Number.isInteger(Number((step * 10 ** decimals).toFixed(6)));
  const steps = [1, 10, 100].flatMap((times) => NICE.map((nice) => nice * magnitude * times));
  return steps.find((step) => step * (mostLines + 1) > top && isPayable(step)) ?? top;
}
