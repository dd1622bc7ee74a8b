import type { CardTypes, InputId, SomeAmounts } from "./card-types.js";
import type { Estimate, Line, Rounding } from "./types.js";

/** What a usage will cost, and why. */
export interface Explanation<T extends CardTypes = CardTypes> extends Estimate<T> {
  /** What the totals are made of, in the card's order, each with how it comes about. */
  readonly lines: readonly ExplainedLine<T>[];
  /** The charges that are not made, in the card's order. */
  readonly notMade: readonly NotMade<T>[];
  /** What a little more or less would change, the most valuable first; three at most. */
  readonly hints: readonly Hint<T["charge"], SomeAmounts<T>, InputId<T>>[];
}

/** A charge of an estimate, and how it comes about. */
export interface ExplainedLine<T extends CardTypes = CardTypes> extends Line<T> {
  /** The whole arithmetic: "12 s consumed, raised to the 30 s minimum, 30 s × 20 credits per 60 s = 10 credits". */
  readonly sentence: string;
  /** What was done, in this order. The `result` of the last step is the line's exact amount. */
  readonly steps: readonly Step[];
  /** The one plain rate of the line, where it has one. */
  readonly rate?: Rate;
}

/** A plain rate: 20 credits for 60 seconds of `duration` are `{ amount: 20, per: 60, of: "duration" }`. */
export interface Rate {
  /** So much of the line's balance, */
  readonly amount: number;
  /** for so many units (seconds, of a duration) */
  readonly per: number;
  /** of this input. */
  readonly of: string;
}

/**
 * One thing that was done to come to an amount. `quantity` is what is billed from then on, `result` what the charge
 * comes to so far, not rounded but by the card. A step that changed nothing is not there.
 */
export type Step =
  | ConsumedStep
  | MinimumStep
  | IncrementStep
  | PriceStep
  | FactorStep
  | MinimumAmountStep
  | MaximumAmountStep
  | RoundStep
  | TimesStep
  | ItemsStep;

/** Where it starts: what the input measures, or 1. */
export interface ConsumedStep {
  /** Which step this is. */
  readonly step: "consumed";
  /** The input, asked for or computed; not there where nothing is counted. */
  readonly of?: string;
  /** Its value in its unit (seconds, of a duration), or the sum of its items. */
  readonly quantity: number;
  /** How many items it is the sum of. */
  readonly items?: number;
  /** The step in words: "12 s consumed". */
  readonly sentence: string;
}

/** The quantity was below the minimum. */
export interface MinimumStep {
  /** Which step this is. */
  readonly step: "minimum";
  /** The least that is billed. */
  readonly minimum: number;
  /** The quantity now. */
  readonly quantity: number;
  /** The step in words: "raised to the 30 s minimum". */
  readonly sentence: string;
}

/** The quantity was between two steps. */
export interface IncrementStep {
  /** Which step this is. */
  readonly step: "increment";
  /** What is billed is a multiple of it. */
  readonly increment: number;
  /** Which way it went. */
  readonly round: Rounding;
  /** The quantity now. */
  readonly quantity: number;
  /** The step in words: "rounded up to 2:00 in steps of 60 s". */
  readonly sentence: string;
}

/** A tier was priced: `flat + amount × quantity ÷ per`. */
export interface PriceStep {
  /** Which step this is. */
  readonly step: "price";
  /** The units that this tier prices. */
  readonly quantity: number;
  /** What `per` units cost; not there where the tier has a flat amount alone. */
  readonly amount?: number;
  /** How many units `amount` is for. */
  readonly per?: number;
  /** What is added whatever the quantity. */
  readonly flat?: number;
  /** Which tier, where the price has tiers. */
  readonly tier?: {
    /** Its place, counted from 0. */
    readonly index: number;
    /** Where it ends, inclusive; open where not there. */
    readonly upTo?: number;
    /** Whether each tier prices its own units or the one that is reached prices all. */
    readonly mode: "graduated" | "volume";
  };
  /** What this tier alone comes to. */
  readonly adds: number;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "30 s × 20 credits per 60 s = 10 credits". */
  readonly sentence: string;
}

/** The amount was multiplied. */
export interface FactorStep {
  /** Which step this is. */
  readonly step: "factor";
  /** By this. */
  readonly factor: number;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "× 1.5 = 15 credits". */
  readonly sentence: string;
}

/** The amount was below the least. */
export interface MinimumAmountStep {
  /** Which step this is. */
  readonly step: "minimumAmount";
  /** The least. */
  readonly limit: number;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "raised to the minimum of 5 credits". */
  readonly sentence: string;
}

/** The amount was above the most. */
export interface MaximumAmountStep {
  /** Which step this is. */
  readonly step: "maximumAmount";
  /** The most. */
  readonly limit: number;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "lowered to the maximum of 50 credits". */
  readonly sentence: string;
}

/** The charge's own rounding changed the amount. */
export interface RoundStep {
  /** Which step this is. */
  readonly step: "round";
  /** To so many decimals. */
  readonly decimals: number;
  /** Which way. */
  readonly round: Rounding;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "rounded up to 11 credits". */
  readonly sentence: string;
}

/** The rounded amount was multiplied by an input. */
export interface TimesStep {
  /** Which step this is. */
  readonly step: "times";
  /** The input. */
  readonly of: string;
  /** Its value. */
  readonly times: number;
  /** What the charge comes to. */
  readonly result: number;
  /** The step in words: "× 3 = 30 credits". */
  readonly sentence: string;
}

/** Every item of a list went through the steps by itself. */
export interface ItemsStep {
  /** Which step this is. */
  readonly step: "items";
  /** Equal items together, the shortest first. */
  readonly groups: readonly ItemGroup[];
  /** All that is billed. */
  readonly quantity: number;
  /** What the charge comes to so far. */
  readonly result: number;
  /** The step in words: "2 of 3 s, each 3 s × 20 credits per 60 s = 1 credit; together = 2 credits". */
  readonly sentence: string;
}

/** Equal items of a list that is billed item by item. */
export interface ItemGroup {
  /** How many. */
  readonly count: number;
  /** What each consumes. */
  readonly item: number;
  /** What was done for each. */
  readonly steps: readonly Step[];
  /** What each comes to. */
  readonly amount: number;
}

/** A charge that is not made. */
export interface NotMade<T extends CardTypes = CardTypes> {
  /** The charge's id. */
  readonly charge: T["charge"];
  /** What people call the charge. */
  readonly label: string;
  /** The balance it would be charged in. */
  readonly balance: T["balance"];
  /**
   * Why not: what it measures is not given (`missing`) or not asked for with these inputs (`leftOut`), its conditions do
   * not hold (`condition`), or what it measures or is multiplied by is 0 (`zero`).
   */
  readonly reason: "missing" | "leftOut" | "condition" | "zero";
  /** The input that is why, asked for or computed. */
  readonly input?: string;
  /** The reason in words: "Video length is not given". */
  readonly sentence: string;
}

/** What a little more or less of one input would change, found by pricing both. */
export interface Hint<
  Charge extends string = string,
  Delta extends object = { readonly [balance: string]: number },
  Input extends string = string,
> {
  /**
   * `less`: a little less costs less. `more`: a little more costs less, because a cheaper tier begins there.
   * `left`: so much more costs no more in this charge, and what is beyond it does.
   */
  readonly kind: "less" | "more" | "left";
  /** The input. */
  readonly input: Input;
  /** How much more or less, in its unit (seconds, of a duration). */
  readonly by: number;
  /** The input's value then. */
  readonly to: number;
  /** The charge that it is about; not there where it is the rounding of an amount. */
  readonly charge?: Charge;
  /** What the totals change by then; balances that stay as they are, are not there. */
  readonly delta: Delta;
  /** The hint in words: "1 second less saves 5 credits", "23 s left in this video minute". */
  readonly sentence: string;
}
