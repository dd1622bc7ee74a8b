import * as engine from "../dist/wasm/credit_estimator.js";
import { forget, type Run, start as startEmitted } from "./emitted.js";
import { CreditEstimatorError, failure, type Problem } from "./error.js";

/** The engine's WebAssembly module. It may be asked for again. */
export type Module = () => engine.SyncInitInput;

let module: Module;
let exports: engine.InitOutput | undefined;

/** Says what starts the engine: an entry does, once, as it is imported. */
export function startWith(source: Module): void {
  module = source;
}

/** Calls the engine, which is started by the first call. */
export function call<T>(ask: () => T): T {
  start();
  try {
    return ask();
  } catch (thrown) {
    throw recover(thrown);
  } finally {
    desk.turn++;
    // memory that grew leaves its views empty
    if (desk.raw?.length === 0) desk.raw = undefined;
  }
}

/** The two blocks of doubles through which values go in and figures come out, and which start of the engine they are of. */
export const desk = {
  generation: 0,
  /** Counts what is written, and what the engine is asked besides: a getter may do so while a usage is read. */
  turn: 0,
  raw: undefined as Float64Array | undefined,
  out: new Float64Array(),
  /** The block that values are written into. */
  open(): Float64Array {
    if (desk.raw === undefined) {
      const { memory } = start();
      const [raw, out] = [engine.rawAddress(), engine.outAddress()];
      desk.raw = new Float64Array(memory.buffer, raw, RAW);
      desk.out = new Float64Array(memory.buffer, out, OUT);
    }
    return desk.raw;
  },
  memory(): WebAssembly.Memory {
    return start().memory;
  },
  /** A function that the engine wrote, where this host takes it. */
  run(emit: () => Uint8Array | undefined): Run | undefined {
    return startEmitted(call(emit), start().memory);
  },
  /** Prices what was written; afterwards the figures are in `out`. Answers the bits of the charges that are made, or -1. */
  price(number: number, choices: number, given: number): number {
    const made = call(() => engine.priceRaw(number, choices, given));
    desk.open();
    return made;
  },
};

/** How long the two blocks are. */
const RAW = 32 + 4096;
const OUT = 91;

function start(): engine.InitOutput {
  if (exports) return exports;
  try {
    exports = engine.initSync({ module: module() });
  } catch (cause) {
    throw cause instanceof CreditEstimatorError ? cause : refused(cause);
  }
  return exports;
}

/** The error to throw. After a trap the engine is started anew, and what was loaded into it is gone. */
function recover(thrown: unknown): unknown {
  if (thrown instanceof Error && thrown.name === "RuntimeError") {
    engine.__wbg_reset_state();
    exports = undefined;
    desk.generation++;
    forget();
    desk.raw = undefined;
  }
  return problemsOf(thrown) ?? thrown;
}

/** What keeps WebAssembly from being compiled: a page's policy, as a rule. */
export function refused(cause: unknown): CreditEstimatorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `WebAssembly is refused here (a Content-Security-Policy allows it with script-src 'wasm-unsafe-eval'): ${reason}`;
  return failure("wasm_refused", "", message, { cause });
}

function problemsOf(thrown: unknown): CreditEstimatorError | undefined {
  if (typeof thrown !== "object" || thrown === null || !("problems" in thrown) || thrown instanceof Error) return;
  return new CreditEstimatorError(thrown.problems as [Problem, ...Problem[]]);
}
