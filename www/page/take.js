// What can be done with an estimate besides reading it.

import { copies } from "../shared/copy.js";
import { element } from "../shared/dom.js";
import { addressOf } from "./address.js";
import { estimateTable, estimateText, fileName, lengthOf, lengthsTable, save } from "./files.js";
import { drawQuote } from "./quote.js";

export function take(place, { card }) {
  let latest;
  const button = (text, act) => {
    const node = element("button", { type: "button", class: "take-button" }, text);
    if (act) node.addEventListener("click", () => latest && act(latest));
    return node;
  };
  const lengths = button("Every length, CSV", ({ usage, estimate, value }) => {
    const text = lengthsTable(card, usage, estimate);
    const { id } = lengthOf(card, usage, estimate);
    save(fileName(card, `every ${id} ${value.replace(new RegExp(`\\b${id}=[^&]*`), "")}`, ".csv"), CSV, text);
  });
  const quote = element("section", { class: "quote", "aria-label": "Quote" });
  place.append(
    element(
      "ul",
      { class: "take", "aria-label": "Take this estimate along" },
      ...[
        copies(button("Copy link"), () => addressOf(latest.value)),
        button("Print", () => print()),
        button("CSV", ({ usage, estimate, value }) =>
          save(fileName(card, value, ".csv"), CSV, estimateTable(card, usage, estimate)),
        ),
        button("JSON", ({ usage, value }) =>
          save(fileName(card, value, ".json"), "application/json", estimateText(card, usage, value)),
        ),
        lengths,
      ].map((node) => element("li", {}, node)),
    ),
    quote,
  );
  const drawForPrint = () => {
    // another card has its own
    if (!quote.isConnected) removeEventListener("beforeprint", drawForPrint);
    else if (latest) drawQuote(quote, card, latest);
  };
  addEventListener("beforeprint", drawForPrint);
  return (detail) => {
    latest = detail;
    lengths.closest("li").hidden = lengthOf(card, detail.usage, detail.estimate) === undefined;
  };
}

const CSV = "text/csv;charset=utf-8";
