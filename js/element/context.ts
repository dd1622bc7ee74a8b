import type { Problem, RateCard } from "../index.js";
import type { Usage, Value } from "../types.js";
import type { Format } from "./format.js";
import type { Word } from "./words.js";

/** What every part of the element is made with. */
export interface Context {
  readonly card: RateCard;
  readonly format: Format;
  say(word: Word, values?: Readonly<Record<string, string | number>>): string;
  /** One of the card's own labels, in the words that replace it if there are some. */
  name(path: string, label: string): string;
  /** What a refused value is told. */
  explain(problem: Problem): string;
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
  update(state: ControlState): void;
}

export const ERROR = "error-";
