import type { Problem } from "../index.js";
import { en } from "./words/en.js";

/** A text with `{places}`, or one for each plural category of `{number}`. */
export type Phrase = string | (Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string });

/** Every word that the element says by itself. What the card says has its translations in `labels`. */
export interface Words {
  readonly estimate: Phrase;
  /** While what is typed cannot be priced. */
  readonly lastValid: Phrase;
  readonly noEstimate: Phrase;
  /** `{problems}`: what a `value` named and the card does not take. */
  readonly notTaken: Phrase;
  readonly loading: Phrase;
  readonly failed: Phrase;
  /** Where WebAssembly is not allowed. */
  readonly refused: Phrase;
  readonly retry: Phrase;
  /** Instead of a duration that is left out. */
  readonly none: Phrase;
  readonly leaveOut: Phrase;
  readonly putBack: Phrase;
  /** What a button does, `{action}`, and to which input, `{label}`. */
  readonly of: Phrase;
  readonly add: Phrase;
  readonly remove: Phrase;
  readonly less: Phrase;
  readonly more: Phrase;
  /** `{amount}`: what one step is. */
  readonly lessBy: Phrase;
  readonly moreBy: Phrase;
  /** The text field of a slider. */
  readonly exact: Phrase;
  /** The `{number}`th of a list. */
  readonly item: Phrase;
  readonly receipt: Phrase;
  readonly total: Phrase;
  readonly rounding: Phrase;
  /** `{inputs}`: "video length, images or clips". */
  readonly nothing: Phrase;
  readonly assumed: Phrase;
  readonly source: Phrase;
  readonly version: Phrase;
  readonly read: Phrase;
  /** What the engine refuses, by code; where there is none, the engine's own English sentence is shown. */
  readonly problems?: Readonly<Partial<Record<Problem["code"], Phrase>>>;
  /** The card's own words by where they stand: `inputs.media`, `inputs.media.stock`, `balances.credits`, `charges.actor`. */
  readonly labels?: Labels;
  /** The same for well-known cards, by their id. */
  readonly cards?: Readonly<Record<string, Labels>>;
}

type Labels = Readonly<Record<string, string>>;

export type Word = Exclude<keyof Words, "problems" | "labels" | "cards">;

/** Fills the places of a phrase. */
export function fillIn(
  phrase: Phrase,
  values: Readonly<Record<string, string | number>>,
  plural: (count: number) => string,
): string {
  const text = typeof phrase === "string" ? phrase : (phrase[plural(Number(values.number)) as "other"] ?? phrase.other);
  return text.replace(/\{(\w+)\}/g, (_, place) => String(values[place] ?? ""));
}

type Loader = () => Promise<{ readonly words: Words }>;

/** The languages that come with the element, beside English. */
const LANGUAGES: Readonly<Record<string, Loader>> = {};

const loaded = new Map<string, Words>();

/** The words of a language, by the first part of its tag; English where there are none. */
export function wordsFor(language: string): Words | Promise<Words> {
  const [name = ""] = language.toLowerCase().split("-");
  const known = loaded.get(name);
  const loader = LANGUAGES[name];
  if (known || !loader) return known ?? en;
  return loader().then(
    ({ words }) => {
      loaded.set(name, words);
      return words;
    },
    () => en,
  );
}
