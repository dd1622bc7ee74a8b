// `credit-estimator/slim`: bundlers take the file from this very expression, and browsers the one beside this script.
import { loadFrom } from "../load.js";

loadFrom({ own: () => new URL("./estimator.wasm", import.meta.url) });

export * from "../slim.js";
