import type { ExplainedLine, Hint, Input, Problem, RateCard, Usage, Value } from "../index.js";
import { type Format, formatFor } from "./format.js";
import type { MoreWords } from "./more/words.js";
import { en } from "./words/en.js";
import { fillIn, type Word, type Words } from "./words.js";

/** What every part of the element is made with. */
export interface Context {
  readonly card: RateCard;
  /** The language of the words. */
  readonly lang: string;
  readonly format: Format;
  say(word: Word, values?: Readonly<Record<string, string | number>>): string;
  /** One of the card's own labels, in the words that replace it if there are some. */
  name(path: string, label: string): string;
  /** What an input is called. */
  labelOf(input: { readonly id: string; readonly label: string }): string;
  /** What a balance is called. */
  unitOf(id: string): string;
  /** Amounts with their balances, those that there are: "70.00 Credits", "3 Video minutes". */
  sums(amounts: Readonly<Record<string, number | undefined>>): string[];
  /** What a refused value is told, with the limits of the input that it belongs to. */
  tell(problem: Problem, input?: Input): string;
  /** What a hint says. */
  hint(hint: Hint): string;
  /** How a line of the receipt comes about. */
  derive(line: ExplainedLine): string;
  /** Words of what a page asks for besides. */
  readonly extras: Partial<MoreWords>;
  /** Takes what was entered for an input; `undefined` leaves it out. */
  change(input: string, value: Value | undefined): void;
  /** Says that an entry is complete. */
  commit(): void;
}

/** A problem of the value of one input, or of the item of a list. */
export interface Refusal extends Problem {
  readonly input: string;
  readonly index?: number | undefined;
}

/** What a control shows. */
export interface ControlState {
  /** As it was entered: a text may be anything. */
  readonly value: Value | undefined;
  readonly refusals: readonly Refusal[];
  /** All values, where nothing but this control's own is refused. */
  readonly usage: Usage | undefined;
  readonly totals: Readonly<Record<string, number>> | undefined;
}

export interface Control {
  readonly element: HTMLElement;
  /** What takes the focus. */
  readonly field: HTMLElement;
  /** Shows what a little more or less would change; nothing without any. */
  hint?(hints: readonly Hint[]): void;
  update(state: ControlState): void;
}

export const ERROR = "error-";

/** Brings together a card, the words of a language and those that replace them. */
export function createContext(
  card: RateCard,
  language: string,
  words: Words,
  own: Partial<Words>,
  actions: Pick<Context, "change" | "commit">,
): Context {
  // a page may have brought all the words of a language that is not here
  const lang = words !== en || /^en\b/i.test(language) || Object.keys(own).length > 0 ? language : "en";
  const format = formatFor(language, lang);
  const all: Words = { ...words, ...own };
  const labels = { ...words.cards?.[card.id], ...own.labels };
  const problems = { ...words.problems, ...own.problems };
  const inputs = new Map(card.inputs.map((input) => [input.id, input]));
  const context: Context = {
    ...actions,
    lang,
    extras: { ...words.extras, ...own.extras },
    card,
    format,
    say: (word, values = {}) => fillIn(all[word], values, format.plural),
    name: (path, label) => labels[path] ?? label,
    labelOf: ({ id, label }) => context.name(`inputs.${id}`, label),
    unitOf: (id) => context.name(`balances.${id}`, card.balances[id]?.label ?? id),
    sums: (amounts) =>
      Object.entries(card.balances).flatMap(([id, balance]) => {
        const amount = amounts[id];
        return amount === undefined ? [] : [`${format.amount(Math.abs(amount), balance)} ${context.unitOf(id)}`];
      }),
    tell({ code, message, path }, input = inputs.get(path.replace(/\[.*/, ""))) {
      const size = (value: number) => (input?.kind === "duration" ? format.duration(value) : format.count(value));
      const limits =
        input && "max" in input ? { min: size(input.min), max: size(input.max), step: size(input.step) } : {};
      const phrase = problems[code];
      return phrase === undefined ? message : fillIn(phrase, { path, ...limits }, format.plural);
    },
    hint({ kind, input, by, charge = "", delta }) {
      const label = card.charges.find(({ id }) => id === charge)?.label ?? "";
      return context.say(kind === "left" ? "hintLeft" : kind === "less" ? "hintLess" : "hintMore", {
        by: inputs.get(input)?.kind === "duration" ? format.spokenDuration(by) : format.count(by),
        amounts: format.all(context.sums(delta)),
        charge: context.name(`charges.${charge}`, label),
      });
    },
    derive: (line) => all.derive?.(line, context) ?? line.sentence,
  };
  return context;
}
