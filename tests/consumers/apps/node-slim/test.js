import card from "credit-estimator/cards/history/invideo-credits-rev1.json" with { type: "json" };
import * as estimator from "credit-estimator/slim";
import { figuresOf } from "./figures.js";

await estimator.load();
console.log(JSON.stringify(figuresOf(estimator, card)));
