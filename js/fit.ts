import type { Amounts, CardTypes, SomeAmounts } from "./card-types.js";
import type { Estimate } from "./types.js";

/** What may be varied, how far, and what it has to fit into. */
export interface FitOptions<Input extends string = string, Balance extends string = string> {
  /** The id of a number or duration of the card. What the usage says of it does not matter. */
  readonly vary: Input;
  /**
   * How much there is of each balance, as a number or as a text that holds a decimal: it is read exactly as written. A
   * balance that is not named is not limited.
   */
  readonly within: { readonly [Id in Balance]?: number | string | undefined };
  /** The smallest value looked at, in the unit of the input or, for a duration, as `"3:30"`; the input's `min` without it. */
  readonly from?: number | string | undefined;
  /** The largest value looked at; the input's `max` without it. */
  readonly to?: number | string | undefined;
  /** Only every so much from `from` on, a multiple of the input's own step: `1` for whole seconds. */
  readonly step?: number | string | undefined;
}

/** The most that fits. */
export interface Fit<T extends CardTypes = CardTypes, Input extends string = string> {
  /** The input that was varied. */
  readonly input: Input;
  /** The largest value that fits, in the unit of the input: seconds for a duration. Not there where none does. */
  readonly value?: number;
  /** What that value costs. */
  readonly estimate?: Estimate<T>;
  /** The balances that do not suffice for `next`. */
  readonly limitedBy: readonly T["balance"][];
  /**
   * Why it is no more: the next value takes more of a `balance` than there is, the value is the largest that was asked
   * for (`max`), the card has no price for the next one (`notOffered`), or nothing fits (`none`).
   */
  readonly reason: "balance" | "max" | "notOffered" | "none";
  /** What is left of each limited balance, rounded down to the balance's decimals. */
  readonly left: SomeAmounts<T>;
  /** What does not fit any more: the value after `value`; where nothing fits, the smallest value that has a price. */
  readonly next?: {
    /** The value, in the unit of the input. */
    readonly value: number;
    /** What it would take of each balance. */
    readonly totals: Amounts<T["balance"]>;
  };
  /** The answer in words. */
  readonly sentence: string;
}
