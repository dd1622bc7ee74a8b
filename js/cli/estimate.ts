import type { Estimate, RateCard } from "../index.js";
import { amountText, clock } from "./amount.js";
import { heading, type Loaded, measures, readCard } from "./cards.js";
import { loadOrRefuse, priceOrRefuse, Refusal, tell } from "./refusal.js";
import { type Cell, stdout, table } from "./terminal.js";
import { alignDecimals, json, visible, wrap } from "./text.js";
import { readGiven } from "./usage.js";

export interface EstimateOptions {
  readonly json?: boolean;
}

/** Prices one usage and answers whether it could be priced. */
export async function estimate(name: string, args: readonly string[], options: EstimateOptions): Promise<boolean> {
  const given = readGiven(args);
  const loaded = loadOrRefuse(await readCard(name));
  if (loaded instanceof Refusal) return tell([loaded], options.json);
  const priced = priceOrRefuse(loaded, given);
  if (priced instanceof Refusal) return tell([priced], options.json);
  if (options.json) stdout.print(json(priced));
  else print(loaded, priced);
  return true;
}

function print({ card }: Loaded, estimate: Estimate): void {
  stdout.print(stdout.paint(visible(heading(card)), "bold"), "");
  stdout.print(...receipt(card, estimate), "");
  stdout.print(...footnotes(estimate), ...ignored(estimate), ...source(card));
}

function receipt(card: RateCard, { lines, totals, rounding }: Estimate): string[] {
  const { balances } = card;
  const quantities = measures(card);
  const rows: { label: Cell; quantity: string; amount: string; balance: string; total?: true }[] = [];
  const amount = (value: number, balance: string) => amountText(value, balances[balance]?.decimals ?? 0);
  for (const { charge, label, balance, quantity, amount: value } of lines) {
    const measured = quantityText(quantity, quantities.get(charge));
    rows.push({ label: visible(label), quantity: measured, amount: amount(value, balance), balance });
  }
  for (const [balance, value] of Object.entries(rounding)) {
    rows.push({ label: ["Rounding", "dim"], quantity: "", amount: amount(value, balance), balance });
  }
  if (lines.length === 0) rows.push({ label: ["Nothing is charged.", "dim"], quantity: "", amount: "", balance: "" });
  Object.entries(totals).forEach(([balance, value], i) => {
    const label: Cell = i === 0 ? ["Total", "bold"] : "";
    rows.push({ label, quantity: "", amount: amount(value, balance), balance, total: true });
  });
  const amounts = alignDecimals(rows.map((row) => row.amount));
  return table(
    rows.map(({ label, quantity, balance, total }, i): Cell[] => {
      const of = visible(balances[balance]?.label ?? balance);
      const value = amounts[i] ?? "";
      return total ? [label, quantity, [value, "bold"], [of, "bold"]] : [label, quantity, value, of];
    }),
    { right: [1, 2], cut: 0 },
    stdout,
  );
}

/** A billed quantity: a time as `3:30`, nothing where the charge counts nothing. */
export function quantityText(quantity: number, measured: "duration" | "number" | undefined): string {
  if (measured === undefined) return "";
  if (measured === "number") return String(quantity);
  return Number(quantity.toFixed(3)) === quantity ? clock(quantity) : `${quantity} s`;
}

const WIDEST = 100;

function paragraph(text: string, margin: string): string[] {
  const columns = stdout.columns === undefined ? Number.POSITIVE_INFINITY : Math.min(stdout.columns, WIDEST);
  const first = margin;
  const rest = " ".repeat(margin.length);
  return wrap(visible(text), columns - margin.length).map((line, i) => (i === 0 ? first : rest) + line);
}

function footnotes({ assumptions }: Estimate): string[] {
  if (assumptions.length === 0) return [];
  const notes = assumptions.flatMap(({ text, because }, i) => {
    const number = `${i + 1}. `.padStart(4);
    const reason = because === undefined ? [] : paragraph(`Because: ${because}`, " ".repeat(number.length));
    return [...paragraph(text, number), ...reason.map((line) => stdout.paint(line, "dim"))];
  });
  return [stdout.paint("Assumed", "bold"), ...notes, ""];
}

function ignored({ ignored }: Estimate): string[] {
  if (ignored.length === 0) return [];
  return [...paragraph(`Ignored: ${ignored.join(", ")}. The other values leave it out.`, ""), ""];
}

function source({ source }: RateCard): string[] {
  if (source === undefined) return [];
  const { title, url, retrieved } = source;
  const more = [url, retrieved && `read on ${retrieved}`].filter((word) => word !== undefined && word !== "");
  const text = more.length > 0 ? `Prices: ${title} (${more.join(", ")})` : `Prices: ${title}`;
  return paragraph(text, "").map((line) => stdout.paint(line, "dim"));
}
