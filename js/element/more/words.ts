import type { Phrase } from "../words.js";

/** The words of what is there only where a page asks for it: `budget`, `compare`, `quantity`. */
export interface MoreWords {
  /** Above what a balance buys. */
  readonly budget: Phrase;
  /** What there is of a balance: `{balance}`. */
  readonly have: Phrase;
  /** `{amounts}` is left. */
  readonly enough: Phrase;
  /** `{amounts}` is missing. */
  readonly short: Phrase;
  /** `{value}` is the most of `{input}` that the balance buys. */
  readonly most: Phrase;
  /** Nothing of `{input}` fits. */
  readonly nothingFits: Phrase;
  /** Above the table of all choices. */
  readonly compare: Phrase;
  /** The choice that is made. */
  readonly chosen: Phrase;
  /** Where there is no price. */
  readonly notOffered: Phrase;
  /** Above the price of several. */
  readonly quantity: Phrase;
  /** How many in a month. */
  readonly perMonth: Phrase;
  /** What they come to. */
  readonly together: Phrase;
}

export const en: MoreWords = {
  budget: "What your balance buys",
  have: "You have: {balance}",
  enough: "Enough: {amounts} left",
  short: "Not enough: {amounts} short",
  most: "{input}: {value} at most",
  nothingFits: "{input}: nothing fits",
  compare: "The choices side by side",
  chosen: "chosen",
  notOffered: "not offered",
  quantity: "Several of them",
  perMonth: "Per month",
  together: "Together",
};
