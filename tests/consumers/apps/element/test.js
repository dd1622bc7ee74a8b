import "credit-estimator/define";
import { RateCard } from "credit-estimator";
import { elementFigures } from "./figures.js";

globalThis.figures = await elementFigures(RateCard);
