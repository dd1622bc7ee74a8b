// The one place of the editor that knows where the built package lies.
export { RateCard } from "../credit-estimator/index.js";
