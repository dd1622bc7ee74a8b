// `credit-estimator` in workerd, which compiles no WebAssembly at run time: the module is imported, compiled.
import { startWith } from "../engine.js";
import module from "./estimator.wasm";

startWith(() => module);

export * from "../index.js";
