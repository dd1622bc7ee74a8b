import { element, setAttribute, setText } from "./dom.js";

const LONG = 6;

/** The totals: every balance a figure of its own, the card's first one the largest. */
export function createTotal(card, format) {
  const figures = Object.entries(card.balances).map(([id, balance], index) => [
    id,
    createFigure(balance, index, format),
  ]);
  const state = element("p", { class: "total-state" });
  const node = element(
    "div",
    { class: "total" },
    state,
    element("div", { class: "total-figures" }, ...figures.map(([, figure]) => figure.element)),
  );
  return {
    element: node,
    /** `problem` is what no single control is to blame for. */
    update({ estimate, stale, problem }) {
      setAttribute(node, "data-stale", stale);
      const words = !estimate ? "No estimate yet" : stale ? "Last valid estimate" : "Estimate";
      setText(state, problem ? `${words}: ${problem}` : words);
      if (!estimate) return;
      for (const [id, figure] of figures) figure.update(estimate.totals[id]);
    },
  };
}

function createFigure(balance, index, format) {
  const whole = element("span", { class: "figure-whole" }, "–");
  const fraction = element("span", { class: "figure-fraction" });
  const value = element("span", { class: "figure-value" }, whole, fraction);
  const node = element(
    "p",
    { class: "figure", "data-balance": index + 1 },
    value,
    " ",
    element("span", { class: "figure-unit" }, balance.label),
  );
  return {
    element: node,
    update(total) {
      const parts = format.amountParts(total, balance);
      setText(whole, parts.whole);
      setText(fraction, parts.fraction);
      setAttribute(node, "data-zero", total === 0);
      setAttribute(node, "data-long", parts.whole.length >= LONG);
    },
  };
}
