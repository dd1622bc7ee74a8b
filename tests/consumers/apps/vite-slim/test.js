import "./main.js";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import * as estimator from "credit-estimator/slim";
import { figuresOf } from "./figures.js";

globalThis.figures = figuresOf(estimator, card);
