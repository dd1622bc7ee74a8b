import type { Balance, Estimate } from "../types.js";
import type { Context } from "./context.js";
import { element, setState, setText } from "./dom.js";

const LONG = 6;

/** The totals: every balance a figure of its own, the card's first one the largest. */
export function createTotal(context: Context) {
  const figures = Object.entries(context.card.balances).map(
    ([id, balance], index) => [id, createFigure(id, balance, index, context)] as const,
  );
  const state = element("p", { part: "state" });
  const node = element(
    "div",
    { part: "total" },
    state,
    element("div", { part: "figures" }, ...figures.map(([, figure]) => figure.element)),
  );
  return {
    element: node,
    /** `note` is what no single control is to blame for. */
    update(estimate: Estimate | undefined, isStale: boolean, note: string, isLoading: boolean): void {
      setState(node, "stale", isStale);
      setState(node, "pending", isLoading);
      const words = context.say(isLoading ? "loading" : !estimate ? "noEstimate" : isStale ? "lastValid" : "estimate");
      setText(state, note ? `${words}: ${note}` : words);
      setState(state, "invalid", isStale || note !== "");
      if (!estimate) return;
      for (const [id, figure] of figures) figure.update(estimate.totals[id] ?? 0);
    },
  };
}

function createFigure(id: string, balance: Balance, index: number, { format, unitOf }: Context) {
  const whole = element("span", { part: "figure-whole" }, "–");
  const fraction = element("span", { part: "figure-fraction" });
  const node = element(
    "p",
    { part: `figure balance-${id}`, "data-balance": index + 1 },
    element("span", { part: "figure-value" }, whole, fraction),
    " ",
    element("span", { part: "figure-unit" }, unitOf(id)),
  );
  let shown: number | undefined;
  return {
    element: node,
    update(total: number): void {
      if (total === shown) return;
      shown = total;
      const parts = format.amountParts(total, balance);
      setText(whole, parts[0]);
      setText(fraction, parts[1]);
      setState(node, "zero", total === 0);
      setState(node, "long", parts[0].length >= LONG);
    },
  };
}
