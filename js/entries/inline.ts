// `credit-estimator`: the module is text in this file, so that importing it is all there is to do.
import { startWith } from "../engine.js";
import { bytes } from "./unpack.js";

startWith(bytes);

export * from "../index.js";
