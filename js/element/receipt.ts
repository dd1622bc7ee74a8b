import type { Balance, Estimate, ExplainedLine, Explanation, Line, Rate } from "../index.js";
import type { Context } from "./context.js";
import { element, setAttribute, setState, setText } from "./dom.js";

const COLUMNS = 4;

/** The lines behind the totals, balance by balance, and what was assumed. */
export function createReceipt(context: Context, ask: () => void) {
  const { card, name, say } = context;
  const kinds = new Map(card.inputs.map(({ id, kind }) => [id, kind]));
  const times = new Set(card.charges.filter(({ of = "" }) => kinds.get(of) === "duration").map(({ id }) => id));
  const tables = Object.entries(card.balances).map(([id, balance], index) =>
    createTable(id, balance, index, times, context, ask),
  );
  const empty = element("p", { part: "nothing" }, nothing(context));
  const notes = element("div", { part: "notes" });
  let noted = "";
  let isFirst = true;
  return {
    element: element(
      "div",
      { part: "receipt", role: "group", "aria-label": say("receipt") },
      element("div", { part: "tables" }, empty, ...tables.map((table) => table.element)),
      source(context),
      notes,
    ),
    /** Whether what is said of the lines is true for this estimate too. */
    update(estimate: Estimate, isStale: boolean): boolean {
      const isExplained = tables.map((table) => table.update(estimate, isStale, isFirst)).every(Boolean);
      empty.hidden = estimate.lines.length > 0;
      isFirst = false;
      const ids = estimate.assumptions.map(({ id }) => id).join();
      if (ids !== noted) notes.replaceChildren(...footnotes(estimate));
      noted = ids;
      return isExplained;
    },
    /** Shows how the lines come about. */
    explain({ lines }: Explanation): void {
      for (const table of tables) table.explain(lines);
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
  { derive, format, name, say, unitOf }: Context,
  ask: () => void,
) {
  const body = element("tbody");
  const rest = createRow("line");
  const total = createRow("sum");
  const rows = new Map<string, ReturnType<typeof createLine>>();
  let order = "";
  const node = element(
    "table",
    { part: `table balance-${id}`, "data-balance": index + 1 },
    element("caption", { part: "caption" }, unitOf(id)),
    body,
    element("tfoot", {}, rest.element, total.element),
  );

  return {
    element: node,
    update(estimate: Estimate, isStale: boolean, isFirst: boolean): boolean {
      const lines = estimate.lines.filter((line) => line.balance === id);
      node.hidden = lines.length === 0;
      // a balance may be called as something that every object has, which is no number
      const rounding = Number(estimate.rounding[id]) || 0;
      let isExplained = true;
      const shown = lines.map((line) => {
        const label = name(`charges.${line.charge}`, line.label);
        const some = rows.get(line.charge) ?? createLine(line.charge);
        rows.set(line.charge, some);
        some.update(label, line.amount, quantity(line));
        isExplained &&= some.fits(line);
        return some;
      });
      const now = lines.map(({ charge }) => charge).join();
      // Once it is there it stays while the lines do: what a drag rounds comes and goes, and the rows below would move.
      if (rounding || now !== order) rest.element.hidden = !rounding;
      rest.update(say("rounding"), rounding);
      total.update(say(isStale ? "lastValid" : "total"), estimate.totals[id] ?? 0);

      if (now === order) return isExplained;
      // Only what was not there a moment ago fades in.
      for (const { element: some } of shown) setState(some, "appears", !isFirst && !some.isConnected);
      body.replaceChildren(...shown.flatMap((some) => [some.element, some.details]));
      order = now;
      return isExplained;
    },
    explain(lines: readonly ExplainedLine[]): void {
      for (const line of lines) rows.get(line.charge)?.explain(line);
    },
  };

  function rateText({ amount, per }: Rate, isTime: boolean): string {
    const unit = isTime ? format.duration(per) : per === 1 ? "" : format.count(per);
    return `× ${format.count(amount)}${unit && ` / ${unit}`}`;
  }

  /** A line with another one below it, which opens to how it comes about. */
  function createLine(key: string) {
    const text = element("td", { part: "derivation", colspan: COLUMNS });
    const details = element("tr", { part: "details", id: `details-${id}-${key}`, hidden: true }, text);
    const opener = element("button", {
      type: "button",
      part: "button opener",
      "aria-expanded": "false",
      "aria-controls": details.id,
    });
    const line = createRow("line", opener);
    opener.addEventListener("click", () => {
      details.hidden = !details.hidden;
      setAttribute(opener, "aria-expanded", String(!details.hidden));
      ask();
    });
    let known: ExplainedLine | undefined;
    return {
      ...line,
      details,
      explain(explained: ExplainedLine): void {
        known = explained;
        setText(line.rate, known.rate ? rateText(known.rate, times.has(key)) : "");
        setText(text, derive(known));
      },
      /** Whether what is shown is true of this line: its rate may have become another one. */
      fits({ amount, quantity: billed }: Line): boolean {
        if (!known || !details.hidden) return false;
        const { rate, quantity: before } = known;
        return rate
          ? Math.abs((billed * rate.amount) / rate.per - amount) < 10 ** -balance.decimals
          : billed === before;
      },
    };
  }

  /** A label, which may be a button, and figures. */
  function createRow(part: string, opener?: HTMLElement) {
    const label = element("th", { part: "line-label", scope: "row" }, opener);
    const billed = element("td", { part: "quantity" });
    const rate = element("td", { part: "rate" });
    const sum = element("td", { part: "amount" });
    return {
      element: element("tr", { part }, label, billed, rate, sum),
      rate,
      update(words: string, amount: number, quantity = ""): void {
        setText(opener ?? label, words);
        setText(billed, quantity);
        setText(sum, format.amount(amount, balance));
      },
    };
  }

  function quantity({ charge, quantity: billed }: Line): string {
    return times.has(charge) ? format.duration(billed) : format.count(billed);
  }
}

function nothing({ card, format, labelOf, say }: Context): string {
  const measured = card.inputs.filter(({ kind }) => kind === "duration" || kind === "number");
  const inputs = measured.length > 0 ? measured : card.inputs;
  return say("nothing", { inputs: format.either(inputs.map(labelOf)) });
}

function source({ card: { title, version, source }, format, name, say }: Context): HTMLElement {
  const words = [say("source", { title: name("title", title) })];
  if (version && version !== source?.retrieved) words.push(say("version", { version: format.date(version) }));
  if (source?.retrieved) words.push(say("read", { date: format.date(source.retrieved) }));
  const node = element("p", { part: "source" }, `${words.join(", ")}. `);
  const href = source?.url;
  // a card from elsewhere must not bring a script with it
  if (href && /^https?:/i.test(href))
    node.append(
      element("a", { part: "source-link", dir: "auto", href, rel: "external noopener" }, source.title ?? href),
    );
  return node;
}
