import type { Amounts, CardTypes, SomeAmounts } from "./card-types.js";
import type { Problem } from "./error.js";
import type { Plan } from "./types.js";

/** A period that a plan is paid for: a year is 12 months, 52 weeks or 365 days. */
export type Every = "day" | "week" | "month" | "year";

/** For which period plans are compared, and in which currency. */
export interface PlanOptions {
  /** The period in which all the usages are made; `month` without it. */
  readonly every?: Every | undefined;
  /** The currency, as `USD`. It is needed where the card's plans are paid in several: these are never compared. */
  readonly currency?: string | undefined;
}

/** A usage in a list of them: what the card takes where that is known, otherwise any object. */
export type PlannedUsage<T extends CardTypes = CardTypes> = [keyof T["usage"]] extends [never] ? object : T["usage"];

/** Usages that are alike. */
export interface Counted<Usage> {
  /** One of them. */
  readonly usage: Usage;
  /** How many they are, a whole number; 1 without it. */
  readonly count?: number | undefined;
}

/** What usages cost with each plan of a card. */
export interface Recommendation<T extends CardTypes = CardTypes> {
  /** The period in which all the usages are made. */
  readonly every: Every;
  /** What they take of each balance. Not there where they have no price without the values that a plan gives them. */
  readonly totals?: Amounts<T["balance"]>;
  /** The plans that cover everything, the cheapest first; then the others, the cheapest first. */
  readonly plans: readonly PlanCost<T>[];
  /** The id of the cheapest plan that covers everything. */
  readonly best?: T["plan"];
}

/** What usages cost with one plan. Everything but `cost` is for one period of the plan itself, `every`. */
export interface PlanCost<T extends CardTypes = CardTypes> {
  /** The plan's id. */
  readonly plan: T["plan"];
  /** What people call the plan. */
  readonly label: string;
  /** The currency of its price and its costs. */
  readonly currency: string;
  /**
   * What everything costs in the period that was asked for, rounded half up to 2 decimals; plans are compared before that. A
   * plan that is paid for another period counts in proportion: a year's price as twelve equal months.
   */
  readonly cost: number;
  /** The plan's price, as the card has it. */
  readonly price: Plan["price"]["amount"];
  /** How often that is paid; a pack, which is paid once, does not have it. */
  readonly every?: Every;
  /** Of a pack: how many of it are bought for the period that was asked for. Different packs are not combined. */
  readonly count?: number;
  /** What it includes. */
  readonly allowances: { readonly [Balance in T["balance"]]?: number | string };
  /** What the usages take, with the values that the plan gives them, rounded half up. Empty where they have no price. */
  readonly used: SomeAmounts<T>;
  /** What is bought beyond the allowances. */
  readonly overage: { readonly [Balance in T["balance"]]?: Overage };
  /** Whether everything is covered. */
  readonly covers: boolean;
  /** What is not covered, rounded up. */
  readonly missing: SomeAmounts<T>;
  /** Why the usages have no price with the values that the plan gives them. */
  readonly problem?: Problem;
  /** The answer in words. */
  readonly sentence: string;
}

/** What is bought beyond an allowance. */
export interface Overage {
  /** What is needed beyond it, rounded up to the balance's decimals. */
  readonly amount: number;
  /** What is billed for that, after the minimum and the increment of the plan's overage. */
  readonly quantity: number;
  /** What that costs, rounded half up to 2 decimals. */
  readonly cost: number;
}
