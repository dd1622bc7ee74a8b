import { element, setText } from "./dom.js";

const PAUSE = 700;

/** One polite voice, which waits until the input has stopped. */
export function createAnnouncer(card, format) {
  const node = element("p", { class: "visually-hidden", role: "status" });
  const labels = Object.fromEntries(card.inputs.map(({ id, label }) => [id, label]));
  let timer;
  let first = true;
  return {
    element: node,
    update({ estimate, errors }) {
      clearTimeout(timer);
      // What the page shows when it opens is read with the page.
      if (first) first = false;
      else timer = setTimeout(() => setText(node, words(estimate, errors)), PAUSE);
    },
  };

  function words(estimate, errors) {
    if (errors.length > 0)
      return errors.map(({ input, message }) => `${labels[input] ?? input}: ${message}.`).join(" ");
    const totals = Object.entries(card.balances).map(
      ([id, balance]) => `${format.amount(estimate.totals[id], balance)} ${balance.label}`,
    );
    return `Estimate: ${totals.join(", ")}`;
  }
}
