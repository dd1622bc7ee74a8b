import { findEdges } from "./curve.js";
import { element, svg } from "./dom.js";
import { createScale } from "./scale.js";

const HEIGHT = 1000;
const GAP = 0.04;
const MOST_LINES = [3, 2];
/** How high a curve must end for its figure to find room under it. */
const ROOM_BELOW = 0.35;

/** The price along the slider's axis: a band for every balance that the chosen options use, the first one the highest. */
export function createChart(axis, balances, format) {
  const bands = Object.entries(balances).map(([id, balance], index) => [id, createBand(axis, balance, index, format)]);
  let shown = [];
  return {
    element: element("div", { class: "chart", "aria-hidden": "true" }, ...bands.map(([, band]) => band.element)),
    /** Draws what was sampled; returns the positions of the edges, for the track. */
    draw(curve, highest) {
      const used = bands.filter(([id]) => curve[id].some((total) => total > 0));
      shown = used.length > 0 ? used : bands.slice(0, 1);
      for (const [, band] of bands) band.element.hidden = true;
      const spaces = divide(shown.length);
      const edges = shown.flatMap(([id, band], index) => {
        band.element.hidden = false;
        return band.draw(curve[id], highest[id], spaces[index], MOST_LINES[index] ?? 1);
      });
      return [...new Set(edges)];
    },
    /** Puts the dots on the curves; returns how high the highest stands. */
    mark(totals, position) {
      return Math.max(0, ...shown.map(([id, band]) => band.mark(totals[id], position)));
    },
  };
}

/** The bands' bottoms and tops, from the top of the chart down. */
function divide(count) {
  const weights = Array.from({ length: count }, (_, index) => (index === 0 ? 3 : 2));
  const unit = (1 - GAP * (count - 1)) / weights.reduce((sum, weight) => sum + weight, 0);
  let top = 1;
  return weights.map((weight) => {
    const space = { bottom: Math.max(0, top - weight * unit), top };
    top = space.bottom - GAP;
    return space;
  });
}

function createBand(axis, balance, index, format) {
  const ahead = svg("path", { class: "curve" });
  const walked = svg("path", { class: "curve" });
  const area = svg("path", { class: "curve-area" });
  const viewBox = `0 0 ${axis.positions} ${HEIGHT}`;
  const picture = (name, ...paths) =>
    svg("svg", { class: name, viewBox, preserveAspectRatio: "none", focusable: "false" }, ...paths);
  const lines = element("div", { class: "band-lines" });
  const dot = element("i", { class: "band-dot" });
  // The far end is squeezed: what it comes to is said, not read off the lines.
  const end = element("span", { class: "band-end" });
  const node = element(
    "div",
    { class: "band", "data-balance": index + 1 },
    lines,
    picture("band-ahead", ahead),
    picture("band-walked", area, walked),
    end,
    dot,
  );
  let scale;
  let space;
  lines.style.setProperty("--main", axis.main.fraction);

  return {
    element: node,
    draw(totals, highest, within, mostLines) {
      space = within;
      node.style.setProperty("--bottom", space.bottom);
      node.style.setProperty("--top", space.top);
      scale = createScale(axis, totals, highest, balance, mostLines);
      const edges = findEdges(totals);
      const path = trace(scale, totals, new Set(edges));
      for (const some of [ahead, walked]) some.setAttribute("d", path);
      area.setAttribute("d", path && `${path}V${HEIGHT}H0Z`);
      lines.replaceChildren(...scale.lines.map(line));
      sayEnd(totals.at(-1), scale.heightOf(scale.levels.at(-1)));
      return edges;
    },
    mark(total, position) {
      const height = scale.heightOf(scale.levelAt(total, position));
      dot.style.setProperty("--height", height);
      return space.bottom + height * (space.top - space.bottom);
    },
  };

  function sayEnd(total, height) {
    end.textContent = total === undefined ? "" : format.amount(total, balance);
    end.style.setProperty("--height", height);
    end.toggleAttribute("data-below", height > ROOM_BELOW);
  }

  function line(value, place) {
    const isTop = place === scale.lines.length - 1;
    const text = isTop ? `${format.count(value)} ${balance.label}` : format.count(value);
    const node = element("div", { class: "band-line" }, element("span", { class: "band-label" }, text));
    node.style.setProperty("--height", scale.heightOf(value));
    return node;
  }
}

/** A line through the totals that stands upright where the price jumps. */
function trace({ levels, heightOf }, totals, edges) {
  const y = (x) => Math.round(HEIGHT * 10 * (1 - heightOf(levels[x]))) / 10;
  let path = "";
  for (let x = 0; x < totals.length; x++) {
    if (totals[x] === undefined) continue;
    const isOpen = x > 0 && totals[x - 1] !== undefined;
    if (isOpen && edges.has(x - 1)) path += `V${y(x)}`;
    path += `${isOpen ? "L" : "M"}${x} ${y(x)}`;
  }
  return path;
}
