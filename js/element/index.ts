export type { CardSource } from "./cards.js";
export { CreditEstimatorElement } from "./element.js";
export type { CreditEstimatorEventMap, ErrorDetail, EstimateDetail } from "./events.js";
export type { Labels, Phrase, PluralPhrase, Words } from "./words.js";
