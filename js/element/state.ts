import type { Problem, RateCard } from "../index.js";
import type { Estimate, Input, Usage, Value } from "../types.js";
import type { Refusal } from "./context.js";
import { CreditEstimatorError } from "./engine.js";
import { plainText } from "./reading.js";

/** What the controls hold, as it was entered: a text may be anything. */
export type Entries = Readonly<Record<string, Value | undefined>>;

/** What the controls start with: the card's defaults and initial values. */
export function initialEntries(inputs: readonly Input[]): Record<string, Value | undefined> {
  return Object.fromEntries(inputs.map((input) => [input.id, initialValue(input)]));
}

function initialValue(input: Input): Value | undefined {
  if ("maxItems" in input) return [];
  return input.initial ?? input.default ?? (input.kind === "choice" ? input.options[0]?.id : undefined);
}

/**
 * The state as one string: every value that counts, in the card's order, as a query: `media=stock&duration=210&clips=5,3`.
 * A duration or count that is left out although it would start with a value is there without one: `duration=`.
 */
export function writeState(inputs: readonly Input[], usage: Usage, ignored: readonly string[]): string {
  const parts: string[] = [];
  for (const input of inputs) {
    const text = [usage[input.id] ?? []].flat().map(encodeURIComponent).join();
    const isTold = text !== "" || String(initialValue(input) ?? "") !== "";
    if (isTold && !ignored.includes(input.id)) parts.push(`${input.id}=${text}`);
  }
  return parts.join("&");
}

/**
 * Reads a state for a card: what it does not name starts as the card says, what it names without a value is left out.
 * What the card does not take is told in `refusals`, and its input starts as the card says.
 */
export function readState(
  card: RateCard,
  wanted: string | Usage,
): { readonly entries: Entries; readonly refusals: readonly Refusal[] } {
  const initial = initialEntries(card.inputs);
  const named = typeof wanted === "string" ? readText(card, wanted) : { ...wanted };
  const { refusals } = price(card, { ...initial, ...named });
  const entries: Record<string, Value | undefined> = { ...initial };
  for (const key in named) {
    if (Object.hasOwn(initial, key) && !refusals.some(({ input }) => input === key)) entries[key] = named[key];
  }
  return { entries, refusals };
}

function readText(card: RateCard, text: string): Record<string, Value | undefined> {
  const named: Record<string, Value | undefined> = {};
  const parameters = new URLSearchParams(text);
  for (const key of new Set(parameters.keys())) {
    const input = card.inputs.find(({ id }) => id === key);
    named[key] = readValue(input, parameters.getAll(key));
  }
  return named;
}

function readValue(input: Input | undefined, texts: readonly string[]): Value | undefined {
  const [text = ""] = texts;
  if (input && "maxItems" in input) {
    const items = texts.flatMap((some) => some.split(",")).filter(isFilled);
    return items.map((item) => (input.kind === "number" ? number(item) : plainText(item)));
  }
  // a value that is there twice is no value of this input
  if (!input || texts.length > 1) return texts.join("&");
  if (text === "") return undefined;
  if (input.kind === "toggle") return text === "true" ? true : text === "false" ? false : text;
  return input.kind === "number" ? number(text) : input.kind === "duration" ? plainText(text) : text;
}

const number = (text: string): string | number => (Number.isNaN(Number(text)) ? text : Number(text));

/** The estimate for what the controls hold, or the engine's objections, each with the input (and the list index) it belongs to. */
export function price(
  card: RateCard,
  entries: Entries,
): { readonly estimate?: Estimate; readonly refusals: readonly Refusal[] } {
  try {
    return { estimate: card.estimate(givenUsage(entries)), refusals: [] };
  } catch (error) {
    if (!(error instanceof CreditEstimatorError)) throw error;
    return { refusals: error.problems.map((problem) => locate(problem, entries)) };
  }
}

/** The usage without rows that are still empty. */
export function givenUsage(entries: Entries): Usage {
  return Object.fromEntries(
    Object.entries(entries).map(([id, value]) => [id, Array.isArray(value) ? value.filter(isFilled) : value]),
  );
}

function locate(problem: Problem, entries: Entries): Refusal {
  const [, input = "", item] = /^([^.[]*)(?:\[(\d+)\])?/.exec(problem.path) ?? [];
  const value = entries[input];
  if (item === undefined || !Array.isArray(value)) return { ...problem, input };
  // The engine counts the items it was given, and empty rows are not given.
  const filled = value.flatMap((some, index) => (isFilled(some) ? [index] : []));
  return { ...problem, input, index: filled[Number(item)] };
}

const isFilled = (value: unknown) => value !== undefined && value !== "";
