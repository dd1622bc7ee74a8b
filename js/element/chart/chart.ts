import type { Balance, Usage } from "../../index.js";
import type { Axis } from "../axis.js";
import type { Context } from "../context.js";
import type { Drawing, Sample } from "../curve.js";
import { element, setLength, setState, setText, svg } from "../dom.js";
import { highestTotals } from "./highest.js";
import { createScale, type Scale } from "./scale.js";

export { default as css } from "./chart.css";

const HEIGHT = 1000;
const GAP = 0.04;
const MOST_LINES = [3, 2];
/** How high a curve must end for its figure to find room under it. */
const ROOM_BELOW = 0.35;

interface Space {
  readonly bottom: number;
  readonly top: number;
}

/** The price along the slider's axis: a band for every balance that the chosen options use, the first one the highest. */
export function createChart(axis: Axis, context: Context) {
  const bands = Object.entries(context.card.balances).map(
    ([id, balance], index) => [id, createBand(axis, id, balance, index, context)] as const,
  );
  let shown: typeof bands = [];
  return {
    element: element("div", { part: "chart", "aria-hidden": "true" }, ...bands.map(([, band]) => band.element)),
    /** Draws what a usage comes to along the axis. */
    draw({ totals, edges }: Drawing, usage: Usage, input: string): void {
      const highest = highestTotals(context.card, usage, input, axis.main.value);
      // from nothing to something
      const jumps = new Set([0, ...edges]);
      const used = bands.filter(([id]) => totals[id]?.some((total) => total !== undefined && total > 0));
      shown = used.length > 0 ? used : bands.slice(0, 1);
      for (const [, band] of bands) band.element.hidden = true;
      const spaces = divide(shown.length);
      for (const [index, [id, band]] of shown.entries()) {
        band.element.hidden = false;
        band.draw(totals[id] ?? [], jumps, highest[id] ?? 0, spaces[index] as Space, MOST_LINES[index] ?? 1);
      }
    },
    /** Puts the dots on the curves; returns how high the highest stands. */
    mark(totals: Readonly<Record<string, number>>, position: number): number {
      return Math.max(0, ...shown.map(([id, band]) => band.mark(totals[id] ?? 0, position)));
    },
  };
}

/** The bands' bottoms and tops, from the top of the chart down. */
function divide(count: number): Space[] {
  const weights = Array.from({ length: count }, (_, index) => (index === 0 ? 3 : 2));
  const unit = (1 - GAP * (count - 1)) / weights.reduce((sum, weight) => sum + weight, 0);
  let top = 1;
  return weights.map((weight) => {
    const space = { bottom: Math.max(0, top - weight * unit), top };
    top = space.bottom - GAP;
    return space;
  });
}

function createBand(axis: Axis, id: string, balance: Balance, index: number, { format, unitOf }: Context) {
  const ahead = svg("path", { part: "curve" });
  const walked = svg("path", { part: "curve curve-walked" });
  const area = svg("path", { part: "curve-area" });
  const picture = (part: string, ...paths: SVGElement[]) =>
    svg(
      "svg",
      { part, viewBox: `0 0 ${axis.positions} ${HEIGHT}`, preserveAspectRatio: "none", focusable: "false" },
      ...paths,
    );
  const lines = element("div", { part: "band-lines" });
  const dot = element("i", { part: "dot" });
  // The far end is squeezed: what it comes to is said, not read off the lines.
  const end = element("span", { part: "band-end" });
  const node = element(
    "div",
    { part: `band balance-${id}`, "data-balance": index + 1 },
    lines,
    picture("band-ahead", ahead),
    picture("band-walked", area, walked),
    end,
    dot,
  );
  let scale: Scale;
  let space: Space;
  setLength(lines, "--main", axis.main.fraction);

  return {
    element: node,
    draw(totals: Sample, jumps: ReadonlySet<number>, highest: number, within: Space, mostLines: number): void {
      space = within;
      setLength(node, "--bottom", space.bottom);
      setLength(node, "--top", space.top);
      scale = createScale(axis, totals, highest, balance, mostLines);
      const path = trace(scale, totals, jumps);
      for (const some of [ahead, walked]) some.setAttribute("d", path);
      area.setAttribute("d", path && `${path}V${HEIGHT}H0Z`);
      lines.replaceChildren(...scale.lines.map(line));
      const last = totals[totals.length - 1];
      const height = scale.heightOf(scale.levels[scale.levels.length - 1] ?? 0);
      setText(end, last === undefined ? "" : format.amount(last, balance));
      setLength(end, "--height", height);
      setState(end, "below", height > ROOM_BELOW);
    },
    mark(total: number, position: number): number {
      const height = scale.heightOf(scale.levelAt(total, position));
      setLength(dot, "--height", height);
      return space.bottom + height * (space.top - space.bottom);
    },
  };

  function line(value: number, place: number): HTMLElement {
    const isTop = place === scale.lines.length - 1;
    const text = isTop ? `${format.count(value)} ${unitOf(id)}` : format.count(value);
    const node = element("div", { part: "band-line" }, element("span", { part: "band-label" }, text));
    setLength(node, "--height", scale.heightOf(value));
    return node;
  }
}

/** A line through the totals that stands upright where the price jumps. */
function trace({ levels, heightOf }: Scale, totals: Sample, jumps: ReadonlySet<number>): string {
  const y = (x: number) => Math.round(HEIGHT * 10 * (1 - heightOf(levels[x] ?? 0))) / 10;
  let path = "";
  for (let x = 0; x < totals.length; x++) {
    if (totals[x] === undefined) continue;
    const isOpen = x > 0 && totals[x - 1] !== undefined;
    if (isOpen && jumps.has(x - 1)) path += `V${y(x)}`;
    path += `${isOpen ? "L" : "M"}${x} ${y(x)}`;
  }
  return path;
}
