import type { Amounts, CardTypes, GivenAmounts, NumericInputId, SomeAmounts } from "./card-types.js";
import type { Guardrail, Reason } from "./session.js";
import type { Estimate } from "./types.js";

/** What a usage is held against. */
export interface CheckOptions<T extends CardTypes = CardTypes> {
  /** What is there to spend, by balance: at least 0. A balance that is not named is not limited. */
  readonly balances?: GivenAmounts<T> | undefined;
  /** Limits besides the balances. What the usage costs is both its `total` and what is `added`. */
  readonly guardrails?: readonly Guardrail<T>[] | undefined;
}

/** Whether a usage may be made. */
export interface Check<T extends CardTypes = CardTypes> {
  /** The gravest of the reasons; "ok" without any. A balance that does not suffice blocks by itself. */
  readonly verdict: "ok" | "warn" | "block";
  /** Every limit that is passed over: balances, then what blocks, then what warns. */
  readonly reasons: readonly Reason<T>[];
  /** What the usage costs. */
  readonly estimate: Estimate<T>;
  /** What is left of each given balance; 0 where it is short. */
  readonly remaining: SomeAmounts<T>;
  /** By how much a balance is short, where it is. */
  readonly shortfall: SomeAmounts<T>;
  /**
   * Where it is blocked: for each number or duration that was given by itself and not in a list, the most of it that
   * passes with all else as it is.
   */
  readonly fits: readonly Passing<T, NumericInputId<T>>[];
}

/** The most of one input that passes. */
export interface Passing<T extends CardTypes = CardTypes, Input extends string = string> {
  /** The input's id. */
  readonly input: Input;
  /** The most that passes, in the unit of the input: seconds for a duration. Not there where nothing above 0 does. */
  readonly value?: number;
  /** What that costs; where nothing passes, what the least of it costs. */
  readonly totals: Amounts<T["balance"]>;
  /** One sentence: "Video length: 2:30 passes, for 50 credits". */
  readonly sentence: string;
}
