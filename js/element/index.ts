export type { CreditEstimatorAttributes, CreditEstimatorListeners } from "./attributes.js";
export type { CardSource } from "./cards.js";
export { CreditEstimatorElement } from "./element.js";
export type { CreditEstimatorEventMap, ErrorDetail, EstimateDetail } from "./events.js";
export type { Format } from "./format.js";
export type { MoreWords } from "./more/words.js";
export type { Labels, Phrase, PluralPhrase, Speaker, Words } from "./words.js";
