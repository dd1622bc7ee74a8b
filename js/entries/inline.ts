// `credit-estimator`: the module is text in this file, so that importing it is all there is to do.
import { bytes } from "../../dist/wasm/inline.js";
import { startWith } from "../engine.js";

startWith(bytes);

export * from "../index.js";
