import type { InvideoV4, InvideoV4Usage } from "./invideo-v4.js";
import { RateCard } from "./rate-card.js";
import type { Estimate } from "./types.js";

export type * from "./card-types.js";
export type * from "./check.js";
export type { Column, Columns, ColumnsArgument, ManyEstimates, ManyOf, NumberColumn } from "./columns.js";
export type * from "./curve.js";
export type * from "./diff.js";
export type * from "./document.js";
export { type Code, CreditEstimatorError, type Problem } from "./error.js";
export type * from "./explain.js";
export type * from "./fit.js";
export type * from "./invideo-v4.js";
export type * from "./plan.js";
export { RateCard, type RateCardConstructor } from "./rate-card.js";
export type {
  AddOptions,
  Change,
  ChangeOptions,
  Entry,
  EntryChange,
  Figures,
  Guardrail,
  Moved,
  Pending,
  PendingArgument,
  Preview,
  Range,
  Ranges,
  Reason,
  Session,
  SessionEntry,
  SessionOptions,
  SessionState,
  Snapshot,
  Verdict,
} from "./session.js";
export type * from "./types.js";

/**
 * Prices a usage with the built-in card of invideo version 4.
 *
 *     estimate({ media: "generative", model: "ultra", duration: "3:30", actor: "human" }).totals.credits; // 160
 *
 * @param usage A value for each input that has one; `undefined` means absent.
 * @returns The totals, and the lines that they are made of.
 * @throws {CreditEstimatorError} Where the usage cannot be priced, with the path to every input that is why.
 */
export function estimate(usage: InvideoV4Usage): Estimate<InvideoV4> {
  return RateCard.invideoV4.estimate(usage);
}
