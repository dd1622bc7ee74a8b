import type { CardTypes } from "./card-types.js";

/** What is varied, and from where to where. */
export interface CurveOptions<Input extends string = string> {
  /** The id of a number or duration of the card. What the usage says of it does not matter. */
  readonly vary: Input;
  /** The first value, in the unit of the input or, for a duration, as `"3:30"`; the input's `min` without it. */
  readonly from?: number | string | undefined;
  /** The last value; the input's `max` without it. */
  readonly to?: number | string | undefined;
  /** Only every so much from `from` on, a multiple of the input's own step: `1` for whole seconds. */
  readonly step?: number | string | undefined;
}

/**
 * What a usage costs along one of its inputs, exactly at every value: runs of values that cost the same. From `starts[i]`
 * up to before `starts[i + 1]` the total of a balance is `totals[balance][i]`; the last run ends with `to`.
 */
export interface Curve<T extends CardTypes = CardTypes, Input extends string = string> {
  /** The input that was varied. */
  readonly input: Input;
  /** The first value, in the unit of the input: seconds for a duration. */
  readonly from: number;
  /** The last value. */
  readonly to: number;
  /** How far each value is from the one before. */
  readonly step: number;
  /** Where each run starts, in rising order; the first is `from`. */
  readonly starts: Float64Array;
  /** The total of each balance in each run; NaN where the card has no price. */
  readonly totals: { readonly [Balance in T["balance"]]: Float64Array };
  /** Where a charge changes its course, in rising order: the ticks of a slider. */
  readonly edges: readonly Edge<T>[];
}

/** A place where one charge changes its course. That a charge is made at all, for more than 0, is none. */
export interface Edge<T extends CardTypes = CardTypes> {
  /** The last value before it, in the unit of the input: right after it the price goes another way. */
  readonly at: number;
  /**
   * What happens there: the quantity is no longer raised to its `minimum`; it goes on to the next multiple of its
   * `increment`; another `tier` is reached; by a `condition`, the charge starts or stops being made or is priced by other
   * numbers; the amount is no longer raised to the `minimumAmount`, or reaches the `maximumAmount`.
   *
   * An increment that a single step of the curve passes over is none.
   */
  readonly kind: "minimum" | "increment" | "tier" | "condition" | "minimumAmount" | "maximumAmount";
  /** The charge's id. */
  readonly charge: T["charge"];
  /** The balance it is charged in. */
  readonly balance: T["balance"];
  /** Of an `increment`, which stands for many: how far each is from the one before. Not there where that differs. */
  readonly every?: number;
  /** Of an `increment`: the last of them. */
  readonly to?: number;
  /** Of an `increment`: how many they are. */
  readonly count?: number;
  /** Of a `tier`: the one that starts, counted from 0. Not there where the card has no price beyond the last. */
  readonly tier?: number;
}
