import "./main.js";
import * as estimator from "credit-estimator";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import { figuresOf } from "./figures.js";

globalThis.figures = figuresOf(estimator, card);
