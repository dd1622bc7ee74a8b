// What can be taken away as a file: the estimate and the prices of every length, as CSV (RFC 4180) and JSON.

import { secondsOf } from "../shared/format.js";

const HEADER = ["kind", "id", "label", "value", "unit", "balance", "amount"];

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** A figure with all the decimals of its balance. */
const figure = (amount, { decimals }) => amount.toFixed(decimals);

/** The request and the estimate, a row for each input, line and total. */
export function estimateTable(card, usage, estimate) {
  const { id, version, title, source } = card;
  const rows = [row("card", id, title, version)];
  if (source) rows.push(row("source", source.url, source.title, source.retrieved));
  for (const [input, given] of asked(card, usage, estimate)) {
    for (const value of [given].flat()) rows.push(row("input", input.id, input.label, value, unitOf(card, input.id)));
  }
  const amounts = (balance, amount) => [balance, new Figure(figure(amount, card.balances[balance]))];
  for (const { charge, label, balance, quantity, amount } of estimate.lines) {
    const { of } = card.charges.find((some) => some.id === charge);
    rows.push(row("line", charge, label, quantity, unitOf(card, of), ...amounts(balance, amount)));
  }
  for (const [balance, amount] of Object.entries(estimate.rounding)) {
    rows.push(row("rounding", "", "", "", "", ...amounts(balance, amount)));
  }
  for (const [balance, amount] of Object.entries(estimate.totals)) {
    rows.push(row("total", "", card.balances[balance].label, "", "", ...amounts(balance, amount)));
  }
  for (const { id, text } of estimate.assumptions) rows.push(row("assumption", id, text));
  return csv([HEADER, ...rows]);
}

/** The price of every length: a row for each run of lengths that cost the same. Undefined where there is none to vary. */
export function lengthsTable(card, usage, estimate) {
  const input = lengthOf(card, usage, estimate);
  const curve = input && curveOf(card, usage, input);
  if (!curve) return undefined;
  const balances = Object.entries(card.balances);
  const rows = [...curve.starts].map((start, run) => {
    const next = curve.starts[run + 1];
    const last = next === undefined ? curve.to : exact(next - curve.step);
    const totals = balances.map(([id, balance]) => {
      const total = curve.totals[id][run];
      return Number.isNaN(total) ? "" : new Figure(figure(total, balance));
    });
    return [exact(start), last, ...totals];
  });
  const unit = input.kind === "duration" ? " (s)" : "";
  return csv([[`${input.id} from${unit}`, `${input.id} to${unit}`, ...balances.map(([id]) => id)], ...rows]);
}

/** All of it, with the steps of each line, as the package answers it. */
export function estimateText(card, usage, value) {
  const { card: _, ...explanation } = card.explain(usage);
  const { id, version, title, source } = card;
  const request = { card: { id, version, title, source }, value, usage: requestOf(card, usage, explanation) };
  return `${JSON.stringify({ ...request, ...explanation }, undefined, 2)}\n`;
}

/** A usage as a program would write it: what counts, lengths in seconds. */
export const requestOf = (card, usage, estimate) =>
  Object.fromEntries(asked(card, usage, estimate).map(([{ id }, value]) => [id, value]));

/** The length that is asked for, or the first that could be. */
export function lengthOf({ inputs }, usage, { ignored }) {
  const lengths = inputs.filter(({ id, kind, maxItems }) => kind === "duration" && !maxItems && !ignored.includes(id));
  return lengths.find(({ id }) => usage[id] !== undefined) ?? lengths[0];
}

/** "invideo-v4-media-stock-duration-60.csv" */
export const fileName = ({ id }, value, end) =>
  `${`${id}-${value}`
    .replace(/[^\w.]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120)}${end}`;

/** The inputs that count, in the card's order, each with its value; lengths in seconds, whatever way they were entered. */
export function asked({ inputs }, usage, { ignored }) {
  const counting = inputs.filter(
    ({ id }) => usage[id]?.length !== 0 && usage[id] !== undefined && !ignored.includes(id),
  );
  return counting.map((input) => {
    const value = usage[input.id];
    if (input.kind !== "duration") return [input, value];
    return [input, Array.isArray(value) ? value.map(secondsOf) : secondsOf(value)];
  });
}

/** Saves a text as a file, which is made here. */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // the download has begun by then
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function curveOf(card, usage, { id, kind, step }) {
  const isOfSeconds = kind === "duration" && Number.isInteger(1 / step);
  try {
    return card.curve(usage, { vary: id, step: isOfSeconds ? 1 : step });
  } catch {
    // this usage has no price at one of the lengths, or too many
    return undefined;
  }
}

const exact = (value) => Number(value.toFixed(3));

const unitOf = ({ inputs }, id) => (inputs.find((input) => input.id === id)?.kind === "duration" ? "s" : "");

const row = (...cells) => HEADER.map((_, column) => cells[column] ?? "");

/** A text that is a number, whatever it begins with. */
class Figure extends String {}

const csv = (rows) => rows.map((cells) => `${cells.map(cell).join()}\r\n`).join("");

function cell(value) {
  const text = `${value}`;
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
