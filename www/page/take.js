// What can be done with an estimate besides reading it.

import { copies } from "../shared/copy.js";
import { element, isPriced, setAttribute, uniqueId } from "../shared/dom.js";
import { addressOf } from "./address.js";
import { estimateTable, estimateText, fileName, lengthOf, lengthsTable, save } from "./files.js";
import { drawQuote } from "./quote.js";

/** The estimate as a link, on paper and as files; nothing of it while something is entered that has no price. */
export function take(place, { card, estimator }) {
  let latest;
  const invalid = element(
    "p",
    { class: "take-invalid", id: uniqueId("take"), hidden: true },
    "An entry above is not valid.",
  );
  const button = (text, act) => {
    const node = element("button", { type: "button", class: "take-button" }, text);
    if (act) node.addEventListener("click", () => latest && isReady() && act(latest));
    return node;
  };
  const lengths = button("Every length, CSV", ({ usage, estimate, value }) => {
    const text = lengthsTable(card, usage, estimate);
    const { id } = lengthOf(card, usage, estimate);
    save(fileName(card, `every ${id} ${value.replace(new RegExp(`\\b${id}=[^&]*`), "")}`, ".csv"), CSV, text);
  });
  const link = button("Copy link");
  const isReady = () => link.getAttribute("aria-disabled") === null;
  const quote = element("section", { class: "quote", "aria-label": "Quote" });
  place.append(
    element(
      "ul",
      { class: "take", "aria-label": "Take this estimate along" },
      ...[
        copies(link, () => isReady() && addressOf(latest.value)),
        button("Print", () => print()),
        button("CSV", ({ usage, estimate, value }) =>
          save(fileName(card, value, ".csv"), CSV, estimateTable(card, usage, estimate)),
        ),
        button("JSON", ({ usage, value }) =>
          save(fileName(card, value, ".json"), "application/json", estimateText(card, usage, value)),
        ),
        lengths,
      ].map((node) => element("li", {}, node)),
      element("li", {}, invalid),
    ),
    quote,
  );
  const buttons = place.querySelectorAll(".take-button");
  const follow = () => {
    // another card has its own
    if (!quote.isConnected) {
      for (const event of EVENTS) document.removeEventListener(event, follow);
      return;
    }
    const isInvalid = !isPriced(estimator);
    invalid.hidden = !isInvalid;
    for (const node of buttons) {
      setAttribute(node, "aria-disabled", isInvalid && "true");
      setAttribute(node, "aria-describedby", isInvalid && invalid.id);
    }
  };
  for (const event of EVENTS) document.addEventListener(event, follow);
  follow();
  const drawForPrint = () => {
    if (!quote.isConnected) removeEventListener("beforeprint", drawForPrint);
    else if (latest) drawQuote(quote, card, latest, isPriced(estimator));
  };
  addEventListener("beforeprint", drawForPrint);
  return (detail) => {
    latest = detail;
    lengths.closest("li").hidden = lengthOf(card, detail.usage, detail.estimate) === undefined;
  };
}

// what is entered, and what is set from elsewhere on the page: without an estimate of its own where it is the last one again
const EVENTS = ["input", "change", "estimate", "click"];
const CSV = "text/csv;charset=utf-8";
