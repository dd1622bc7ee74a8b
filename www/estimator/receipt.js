import { element } from "./dom.js";

/** The lines behind the totals, balance by balance, and what was assumed. */
export function createReceipt(card, format) {
  const lines = element("div", { class: "receipt-lines" });
  const notes = element("div", { class: "notes" });
  const shown = new Set();
  return {
    element: element(
      "section",
      { class: "receipt", "aria-label": "Itemised estimate" },
      lines,
      source(card, format),
      notes,
    ),
    update({ estimate, measuresTime, stale }) {
      const tables = Object.entries(card.balances).flatMap(([id, balance], index) => {
        const own = estimate.lines.filter((line) => line.balance === id);
        return own.length > 0 ? [table(id, balance, index, own)] : [];
      });
      lines.replaceChildren(
        ...(tables.length > 0 ? tables : [element("p", { class: "receipt-empty" }, nothing(card, format))]),
      );
      mark(lines.querySelectorAll("[data-line]"));
      notes.replaceChildren(...footnotes(estimate.assumptions));

      function table(id, balance, index, own) {
        const rounding = estimate.rounding[id];
        const row = (key, label, billed, amount) => lineRow(key, label, billed, format.amount(amount, balance));
        const rows = own.map((line) => row(line.charge, line.label, quantity(line), line.amount));
        if (rounding) rows.push(row(`${id} rounding`, "Rounding", "", rounding));
        return element(
          "table",
          { class: "receipt-table", "data-balance": index + 1 },
          element("caption", {}, balance.label),
          element("tbody", {}, ...rows),
          element(
            "tfoot",
            {},
            row(undefined, stale ? "Last valid estimate" : "Estimated total", "", estimate.totals[id]),
          ),
        );
      }
      function quantity({ charge, quantity }) {
        return measuresTime(charge) ? format.duration(quantity) : format.count(quantity);
      }
    },
  };

  // Only what was not there a moment ago fades in.
  function mark(rows) {
    const now = [...rows].map((row) => row.dataset.line);
    for (const row of rows) row.classList.toggle("appears", shown.size > 0 && !shown.has(row.dataset.line));
    shown.clear();
    for (const line of now) shown.add(line);
  }
}

function lineRow(key, label, billed, amount) {
  return element(
    "tr",
    { "data-line": key },
    element("th", { scope: "row" }, label),
    element("td", { class: "receipt-quantity" }, billed),
    element("td", { class: "receipt-amount" }, amount),
  );
}

function nothing(card, format) {
  const quantities = card.inputs
    .filter(({ kind }) => kind === "duration" || kind === "number")
    .map(({ label }) => label.toLowerCase());
  return `Nothing to price yet. Set ${format.either(quantities)}.`;
}

function footnotes(assumptions) {
  if (assumptions.length === 0) return [];
  const items = assumptions.map(({ text, because }) =>
    element("li", {}, text, ...(because ? [" ", element("span", { class: "because" }, because)] : [])),
  );
  return [element("h2", { class: "notes-title" }, "Assumed"), element("ol", {}, ...items)];
}

function source({ title, version, source }, format) {
  const node = element("p", { class: "source" }, `Estimate by the published rates: ${title}`);
  if (version) node.append(", version ", element("span", { class: "source-version" }, version));
  if (source?.retrieved) node.append(`, read on ${format.date(source.retrieved)}`);
  node.append(". ");
  if (source?.url)
    node.append(element("a", { href: source.url, rel: "external noopener" }, source.title ?? source.url));
  return node;
}
