import { bytes } from "../dist/wasm/columns.js";

/** Prices rows in the engine's memory; answers how many from the first on are done. See `simd/src/lib.rs`. */
export type Run = (...addressesAndRows: number[]) => number;

let memory: WebAssembly.Memory | undefined;
let run: Run | undefined;

/** The way to price rows two at a time, or undefined where this host has no instructions for it. */
export function runIn(shared: WebAssembly.Memory): Run | undefined {
  if (memory === shared) return run;
  memory = shared;
  try {
    const module = new WebAssembly.Module(bytes());
    run = new WebAssembly.Instance(module, { env: { memory } }).exports.run as Run;
  } catch {
    run = undefined;
  }
  return run;
}
