// What runs here of the engine's package, in one import: in several the built file would name it as often.
export { CreditEstimatorError, RateCard } from "../index.js";
