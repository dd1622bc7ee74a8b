import type { Balance, Estimate, Line } from "../types.js";
import type { Context } from "./context.js";
import { element, setState, setText } from "./dom.js";

/** The lines behind the totals, balance by balance, and what was assumed. */
export function createReceipt(context: Context) {
  const { card, name, say } = context;
  const kinds = new Map(card.inputs.map(({ id, kind }) => [id, kind]));
  const times = new Set(card.charges.filter(({ of = "" }) => kinds.get(of) === "duration").map(({ id }) => id));
  const tables = Object.entries(card.balances).map(([id, balance], index) =>
    createTable(id, balance, index, times, context),
  );
  const empty = element("p", { part: "nothing" }, nothing(context));
  const notes = element("div", { part: "notes" });
  let noted = "";
  let isFirst = true;
  return {
    element: element(
      "section",
      { part: "receipt", "aria-label": say("receipt") },
      element("div", { part: "tables" }, empty, ...tables.map((table) => table.element)),
      source(context),
      notes,
    ),
    update(estimate: Estimate, isStale: boolean): void {
      for (const table of tables) table.update(estimate, isStale, isFirst);
      empty.hidden = estimate.lines.length > 0;
      isFirst = false;
      const ids = estimate.assumptions.map(({ id }) => id).join();
      if (ids === noted) return;
      noted = ids;
      notes.replaceChildren(...footnotes(estimate));
    },
  };

  function footnotes({ assumptions }: Estimate): HTMLElement[] {
    if (assumptions.length === 0) return [];
    const items = assumptions.map(({ id, text, because }) => {
      const words = name(`assumptions.${id}`, text);
      const reason = because && element("span", { part: "because" }, name(`assumptions.${id}.because`, because));
      return element("li", { part: "note" }, words, ...(reason ? [" ", reason] : []));
    });
    return [element("h2", { part: "notes-title" }, say("assumed")), element("ol", { part: "notes-list" }, ...items)];
  }
}

function createTable(
  id: string,
  balance: Balance,
  index: number,
  times: ReadonlySet<string>,
  { format, name, say }: Context,
) {
  const body = element("tbody");
  const total = createRow("sum");
  const rows = new Map<string, ReturnType<typeof createRow>>();
  let order = "";
  const node = element(
    "table",
    { part: `table balance-${id}`, "data-balance": index + 1 },
    element("caption", { part: "caption" }, name(`balances.${id}`, balance.label)),
    body,
    element("tfoot", {}, total.element),
  );

  return {
    element: node,
    update(estimate: Estimate, isStale: boolean, isFirst: boolean): void {
      const lines = estimate.lines.filter((line) => line.balance === id);
      node.hidden = lines.length === 0;
      const rounding = estimate.rounding[id];
      const shown = lines.map((line) => {
        const label = name(`charges.${line.charge}`, line.label);
        return row(line.charge, label, quantity(line), format.amount(line.amount, balance));
      });
      // a charge's id has no space
      if (rounding) shown.push(row("rounding ", say("rounding"), "", format.amount(rounding, balance)));
      total.update(say(isStale ? "lastValid" : "total"), "", format.amount(estimate.totals[id] ?? 0, balance));

      const now = lines.map(({ charge }) => charge).join() + (rounding ? " " : "");
      if (now === order) return;
      // Only what was not there a moment ago fades in.
      for (const { element: some } of shown) setState(some, "appears", !isFirst && !some.isConnected);
      body.replaceChildren(...shown.map(({ element: some }) => some));
      order = now;
    },
  };

  function row(key: string, ...words: [label: string, billed: string, amount: string]) {
    const some = rows.get(key) ?? createRow("line");
    rows.set(key, some);
    some.update(...words);
    return some;
  }

  function quantity({ charge, quantity: billed }: Line): string {
    return times.has(charge) ? format.duration(billed) : format.count(billed);
  }
}

function createRow(part: string) {
  const label = element("th", { part: "line-label", scope: "row" });
  const billed = element("td", { part: "quantity" });
  const amount = element("td", { part: "amount" });
  return {
    element: element("tr", { part }, label, billed, amount),
    update(...words: [label: string, billed: string, amount: string]): void {
      for (const [index, cell] of [label, billed, amount].entries()) setText(cell, words[index] ?? "");
    },
  };
}

function nothing({ card, format, name, say }: Context): string {
  const inputs = card.inputs
    .filter(({ kind }) => kind === "duration" || kind === "number")
    .map(({ id, label }) => name(`inputs.${id}`, label).toLocaleLowerCase());
  return say("nothing", { inputs: format.either(inputs) });
}

function source({ card: { title, version, source }, format, name, say }: Context): HTMLElement {
  const words = [say("source", { title: name("title", title) })];
  if (version) words.push(say("version", { version }));
  if (source?.retrieved) words.push(say("read", { date: format.date(source.retrieved) }));
  const node = element("p", { part: "source" }, `${words.join(", ")}. `);
  const href = source?.url;
  // a card from elsewhere must not bring a script with it
  if (href && /^https?:/i.test(href))
    node.append(element("a", { part: "source-link", href, rel: "external noopener" }, source.title ?? href));
  return node;
}
