// What api.md documents: every name that an entry of the package exports, `RateCard` as the class that it is.
export { RateCard } from "../js/card.js";
export * from "../js/element/index.js";
export * from "../js/slim.js";
