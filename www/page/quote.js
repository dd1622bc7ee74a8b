// What the page is on paper: a quote.

import { element } from "../shared/dom.js";
import { amount, day, short } from "../shared/format.js";
import { addressOf } from "./address.js";
import { asked } from "./files.js";
import { sourceOf } from "./source.js";

/** Draws an estimate as a quote, with each line's arithmetic opened; it says so where what is entered now is another one. */
export function drawQuote(place, card, { usage, estimate, value }, isCurrent) {
  const explanation = card.explain(usage);
  const balances = Object.entries(card.balances);
  const today = day(new Date().toISOString());
  const address = addressOf(value);
  place.replaceChildren(
    element("p", { class: "quote-head" }, element("span", {}, "Estimate"), element("time", {}, today)),
    element("h2", {}, card.title),
    ...(isCurrent ? [] : [element("p", {}, "The last valid estimate: an entry on the page is not valid.")]),
    element("div", { class: "quote-totals" }, ...balances.map(([id, balance], index) => total(id, balance, index))),
    element("dl", { class: "quote-asked" }, ...asked(card, usage, estimate).map(entry)),
    ...balances.flatMap(([id, balance], index) => lines(id, balance, index)),
    ...assumptions(estimate.assumptions),
    element(
      "footer",
      { class: "quote-foot" },
      ...[sourceOf(card)].filter(Boolean),
      element("p", {}, "An estimate, not a bill", card.version ? `, by the rates of ${released(card)}.` : "."),
      element("p", {}, element("a", { href: address }, address)),
    ),
  );

  function total(id, balance, index) {
    return element(
      "p",
      { "data-balance": estimate.totals[id] > 0 && index + 1 },
      element("strong", {}, amount(estimate.totals[id], balance)),
      ` ${balance.label}`,
    );
  }

  function entry([input, value]) {
    return element("div", {}, element("dt", {}, input.label), element("dd", {}, inWords(input, value)));
  }

  function lines(id, balance, index) {
    const own = explanation.lines.filter((line) => line.balance === id);
    if (own.length === 0) return [];
    const row = (name, label, sentence, sum) =>
      element(
        "tr",
        { class: name },
        element("th", { scope: "row" }, label, sentence && element("span", { class: "quote-sentence" }, sentence)),
        element("td", { class: "figure" }, amount(sum, balance)),
      );
    const rounding = explanation.rounding[id];
    return [
      element(
        "table",
        { class: "ledger quote-lines", "data-balance": index + 1 },
        element("caption", {}, balance.label),
        element(
          "tbody",
          {},
          ...own.map(({ label, sentence, amount: sum }) => row(undefined, label, sentence, sum)),
          rounding === undefined ? undefined : row(undefined, "Rounding", undefined, rounding),
          row("quote-sum", "Estimated total", undefined, explanation.totals[id]),
        ),
      ),
    ];
  }
}

/** A version that is a day, written like the other days. */
const released = ({ version }) => (/^\d{4}-\d\d-\d\d$/.test(version) ? day(version) : version);

function assumptions(list) {
  if (list.length === 0) return [];
  const items = list.map(({ text, because }) =>
    element("li", {}, text, because && element("span", { class: "quote-sentence" }, because)),
  );
  return [element("h3", {}, "Assumed"), element("ol", { class: "quote-notes" }, ...items)];
}

function inWords({ kind, options }, value) {
  if (kind === "choice") return options.find(({ id }) => id === value)?.label ?? value;
  if (kind === "toggle") return value ? "yes" : "no";
  const write = (some) => (kind === "duration" ? short(some) : `${some}`);
  return [value].flat().map(write).join(", ");
}
