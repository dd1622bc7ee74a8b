import type { Amounts, CardTypes } from "./card-types.js";
import type { Estimate } from "./types.js";

/** What changes between two usages. */
export interface Diff<T extends CardTypes = CardTypes> {
  /** What the one costs. */
  readonly before: Estimate<T>;
  /** What the other costs. */
  readonly after: Estimate<T>;
  /** By how much each total changes: more is above 0, less is below. */
  readonly delta: Amounts<T["balance"]>;
  /** Every charge that is made before or after, in the card's order, also where it does not change. */
  readonly lines: readonly DiffLine<T>[];
}

/** One charge, before and after. */
export interface DiffLine<T extends CardTypes = CardTypes> {
  /** The charge's id. */
  readonly charge: T["charge"];
  /** What people call the charge. */
  readonly label: string;
  /** The balance it is charged in. */
  readonly balance: T["balance"];
  /** What it was; not there where it was not made. */
  readonly before?: DiffSide;
  /** What it is; not there where it is not made. */
  readonly after?: DiffSide;
  /** By how much the amount changes. */
  readonly delta: number;
}

/** A charge on one side. */
export interface DiffSide {
  /** The billed quantity in the unit of its input: seconds for a duration. */
  readonly quantity: number;
  /** The exact amount, rounded like its balance. */
  readonly amount: number;
}
