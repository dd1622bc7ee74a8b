import { element, setAttribute, setText } from "../shared/dom.js";
import { amount, amountParts, signed } from "../shared/format.js";

/** What is pending and what is left: a figure, the edit's own share of it, and a bar for each balance. */
export function createMeter(project, balances, given) {
  const { session } = project;
  const figures = Object.entries(balances).map(([id, balance], index) => createFigure(id, balance, index));
  const node = element(
    "section",
    { class: "meter", "aria-label": "Pending" },
    ...figures.map(({ element }) => element),
  );
  return {
    element: node,
    render() {
      const snapshot = session.getSnapshot();
      for (const figure of figures) figure.render(snapshot, project.delta);
    },
  };

  function createFigure(id, balance, index) {
    const whole = element("span", { class: "figure-whole" });
    const fraction = element("span", { class: "figure-fraction" });
    const unit = element("span", { class: "figure-unit" }, balance.label);
    const most = element("span", { class: "figure-most" });
    const delta = element("span", { class: "figure-delta" });
    const bar = element(
      "div",
      { class: "bar", "aria-hidden": "true" },
      element("i", { class: "bar-before" }),
      element("i", { class: "bar-now" }),
      element("i", { class: "bar-most" }),
    );
    const left = element("p", { class: "left" });
    return {
      element: element(
        "div",
        { class: "figure", "data-balance": index + 1 },
        element(
          "p",
          { class: "figure-line" },
          element("span", { class: "figure-value" }, whole, fraction),
          " ",
          unit,
          " ",
          delta,
        ),
        bar,
        element("div", { class: "figure-foot" }, left, most),
      ),
      render({ totals, range, remaining, verdict }, change) {
        const [total, there] = [totals[id], given[id]];
        const parts = amountParts(total, balance);
        setText(whole, parts[0]);
        setText(fraction, parts[1]);
        setText(
          most,
          range && range[id].to !== range[id].from
            ? `up to ${amount(range[id].to, balance)} when all lengths are known`
            : "",
        );
        const by = change?.[id] ?? 0;
        setText(delta, change && (by !== 0 || index === 0) ? `${signed(by, balance)} by this edit` : "");
        setAttribute(delta, "data-up", by > 0);
        setAttribute(delta, "data-down", by < 0);
        const short = verdict.shortfall[id];
        setText(
          left,
          short === undefined
            ? `${amount(remaining[id], balance)} of ${amount(there, balance)} left`
            : `${amount(short, balance)} over the ${amount(there, balance)}`,
        );
        setAttribute(left, "data-short", short !== undefined);
        const scale = Math.max(there, total, range?.[id].to ?? 0);
        bar.style.setProperty("--there", there / scale);
        bar.style.setProperty("--before", Math.min(total, total - by) / scale);
        bar.style.setProperty("--now", Math.max(total, total - by) / scale);
        bar.style.setProperty("--most", (range?.[id].to ?? total) / scale);
        setAttribute(bar, "data-less", by < 0);
        setAttribute(bar, "data-short", short !== undefined);
      },
    };
  }
}
