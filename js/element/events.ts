import type { CreditEstimatorError, Estimate, RateCard, Usage } from "../index.js";

/** What an `estimate` event brings. */
export interface EstimateDetail {
  /** What it costs. */
  readonly estimate: Estimate;
  /** The values that were priced. */
  readonly usage: Usage;
  /** The same as one string. */
  readonly value: string;
  /** The card that priced it. */
  readonly card: RateCard;
}

/** What an `error` event brings. */
export interface ErrorDetail {
  /**
   * `card`: it could not be loaded or is wrong. `engine`: WebAssembly is not allowed here. `value`, `budget`, `quantity`:
   * the attribute of that name says what the card does not take.
   */
  readonly of: "card" | "engine" | "value" | "budget" | "quantity";
  /** What was thrown. */
  readonly error: Error | CreditEstimatorError;
}

/** The events of the element, by name. */
export interface CreditEstimatorEventMap {
  /** An entry changed, with every letter and every step of a slider. */
  input: Event;
  /** An entry is complete. */
  change: Event;
  /** There is another estimate, by an entry or by a script. */
  estimate: CustomEvent<EstimateDetail>;
  /** There is no card, no engine, or an attribute says what the card does not take. */
  error: CustomEvent<ErrorDetail>;
}
