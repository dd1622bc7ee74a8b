// The one place that knows where the built package lies. A relative path needs no import map, which the page's CSP would refuse.
export { RateCard } from "./credit-estimator/index.js";
