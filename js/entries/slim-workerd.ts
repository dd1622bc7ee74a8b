// `credit-estimator/slim` in workerd, which has the module already.
import { loadFrom } from "../load.js";
import module from "./estimator.wasm";

loadFrom({ own: () => module });

export * from "../slim.js";
