import type { Balance } from "../../index.js";
import type { Axis } from "../axis.js";
import type { Sample } from "../curve.js";

const NICE = [1, 2, 2.5, 5, 10];

export interface Scale {
  readonly levels: readonly number[];
  readonly lines: readonly number[];
  heightOf(level: number): number;
  /** The level of a total between two positions. */
  levelAt(total: number, position: number): number;
}

/**
 * How high a total stands over the axis, from 0 to 1. Linear over the axis's even part; where the axis is squeezed the rise is
 * squeezed with it, so that everywhere the same slope is the same rate. Lines of equal price belong to the even part alone.
 */
export function createScale(axis: Axis, totals: Sample, highest: number, balance: Balance, mostLines: number): Scale {
  const { position: mainEnd, fraction } = axis.main;
  let level = totals[0] ?? 0;
  const levels = [level];
  for (let x = 1; x < totals.length; x++) {
    level += ((totals[x] ?? 0) - (totals[x - 1] ?? 0)) / axis.squeezeAt(x);
    levels.push(level);
  }
  const at = (position: number) => levels[position] ?? level;
  const needed = Math.max(at(mainEnd), Math.max(...levels) * fraction);
  const top = (needed >= highest / 3 ? Math.max(needed, highest) : needed) || 1;
  const step = lineStep(top, balance, mostLines);

  return {
    levels,
    lines: Array.from({ length: Math.floor(top / step + 1e-9) }, (_, index) => (index + 1) * step),
    heightOf: (some) => (some / top) * fraction,
    levelAt(total, position) {
      if (position <= mainEnd) return total;
      const [before, after] = [at(Math.floor(position)), at(Math.ceil(position))];
      return before + (after - before) * (position % 1);
    },
  };
}

function lineStep(top: number, { decimals }: Balance, mostLines: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(top / mostLines));
  const isPayable = (step: number) => Number.isInteger(Number((step * 10 ** decimals).toFixed(6)));
  const steps = [1, 10, 100].flatMap((times) => NICE.map((nice) => nice * magnitude * times));
  return steps.find((step) => step * (mostLines + 1) > top && isPayable(step)) ?? top;
}
