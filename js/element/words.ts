import type { ExplainedLine, Problem, RateCard } from "../index.js";
import type { Format } from "./format.js";
import type { MoreWords } from "./more/words.js";
import { en } from "./words/en.js";

/** A text with `{places}`, or one for each plural category of `{number}`. */
export type Phrase = string | PluralPhrase;

/** A text for each plural category of `{number}` that has one of its own. */
export type PluralPhrase = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  /** The text for every other number. */
  readonly other: string;
};

/** Every word that the element says by itself. What the card says has its translations in `labels`. */
export interface Words {
  /** Above the totals. */
  readonly estimate: Phrase;
  /** While what is typed cannot be priced. */
  readonly lastValid: Phrase;
  /** Above the totals while there is none yet. */
  readonly noEstimate: Phrase;
  /** `{problems}`: what a `value` named and the card does not take. */
  readonly notTaken: Phrase;
  /** While a card is fetched. */
  readonly loading: Phrase;
  /** Where a card could not be fetched or is wrong. */
  readonly failed: Phrase;
  /** Where WebAssembly is not allowed. */
  readonly refused: Phrase;
  /** The button that fetches it again. */
  readonly retry: Phrase;
  /** Instead of a duration that is left out. */
  readonly none: Phrase;
  /** The button that leaves a duration out. */
  readonly leaveOut: Phrase;
  /** The button that puts it back. */
  readonly putBack: Phrase;
  /** What a button does, `{action}`, and to which input, `{label}`. */
  readonly of: Phrase;
  /** The button that adds an item to a list. */
  readonly add: Phrase;
  /** The button that takes an item from a list. */
  readonly remove: Phrase;
  /** The button that goes one step down. */
  readonly less: Phrase;
  /** The button that goes one step up. */
  readonly more: Phrase;
  /** The text field of a slider. */
  readonly exact: Phrase;
  /** The `{number}`th of a list. */
  readonly item: Phrase;
  /** The name of the list of charges. */
  readonly receipt: Phrase;
  /** The name of a balance's total. */
  readonly total: Phrase;
  /** The line that makes the shown lines add up to the shown total. */
  readonly rounding: Phrase;
  /** `{inputs}`: "video length, images or clips". */
  readonly nothing: Phrase;
  /** `{by}`: how much less of the input. `{amounts}`: what that saves. */
  readonly hintLess: Phrase;
  /** The same for more. */
  readonly hintMore: Phrase;
  /** `{charge}` costs no more for `{by}` more of the input. */
  readonly hintLeft: Phrase;
  /** Above what the card takes for granted. */
  readonly assumed: Phrase;
  /** `{title}`: where the prices were published. */
  readonly source: Phrase;
  /** `{version}`: the edition of the prices. */
  readonly version: Phrase;
  /** `{date}`: when the source was read. */
  readonly read: Phrase;
  /**
   * How a line of the receipt comes about, from its `steps`; without this, and for what it says nothing about, the
   * engine's own English sentence is shown.
   */
  derive?(line: ExplainedLine, context: Speaker): string | undefined;
  /** What the engine refuses, by code, with `{min}`, `{max}` and `{step}`; without one, the engine's English sentence. */
  readonly problems?: Readonly<Partial<Record<Problem["code"], Phrase>>>;
  /** What is said where a page asks for `budget`, `compare` or `quantity`. */
  readonly extras?: Partial<MoreWords>;
  /** The card's own words by where they stand: `inputs.media`, `inputs.media.stock`, `balances.credits`, `charges.actor`. */
  readonly labels?: Labels;
  /** The same for well-known cards, by their id. */
  readonly cards?: Readonly<Record<string, Labels>>;
}

/** What a derivation is said with. */
export interface Speaker {
  /** The card that priced it. */
  readonly card: RateCard;
  /** Numbers and durations in the language. */
  readonly format: Format;
  /** One of the card's own labels, or what replaces it: `inputs.media`, `balances.credits`. */
  name(path: string, label: string): string;
}

/** Words by where they stand in a card. */
export type Labels = Readonly<Record<string, string>>;

export type Word = Exclude<keyof Words, "problems" | "labels" | "cards" | "derive" | "extras">;

/** Fills the places of a phrase. */
export function fillIn(
  phrase: Phrase,
  values: Readonly<Record<string, string | number>>,
  plural: (count: number) => string,
): string {
  const text = typeof phrase === "string" ? phrase : (phrase[plural(Number(values.number)) as "other"] ?? phrase.other);
  // most have no places, and are said with every move of a slider
  return !text.includes("{") ? text : text.replace(/\{(\w+)\}/g, (_, place) => String(values[place] ?? ""));
}

type Loader = () => Promise<{ readonly words: Words }>;

/** The languages that come with the element, beside English. */
const LANGUAGES: Readonly<Record<string, Loader>> = {
  ar: () => import("./words/ar.js"),
  de: () => import("./words/de.js"),
  es: () => import("./words/es.js"),
  ja: () => import("./words/ja.js"),
};

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
