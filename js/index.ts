import { RateCard } from "./card.js";
import type { Estimate, Usage } from "./types.js";

export { RateCard } from "./card.js";
export { type Code, CreditEstimatorError, type Problem } from "./error.js";
export type * from "./types.js";

/**
 * Prices a usage with the built-in card of invideo version 4.
 *
 *     estimate({ media: "generative", model: "ultra", duration: "3:30", actor: "human" }).totals.credits; // 160
 *
 * @throws {CreditEstimatorError} Where the usage cannot be priced.
 */
export function estimate(usage: Usage): Estimate {
  return RateCard.invideoV4.estimate(usage);
}
