import * as estimator from "credit-estimator";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json" with { type: "json" };
import { figuresOf } from "./figures.js";

console.log(JSON.stringify(figuresOf(estimator, card)));
