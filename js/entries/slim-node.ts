// `credit-estimator/slim` in Node, whose fetch knows no files.
import { readFile } from "node:fs/promises";
import { loadFrom } from "../load.js";

loadFrom({
  own: () => new URL("./estimator.wasm", import.meta.url),
  get: (url) => (String(url).startsWith("file:") ? readFile(new URL(url)) : fetch(url)),
});

export * from "../slim.js";
