import * as glue from "../dist/wasm/credit_estimator.js";
import { CreditEstimatorError, type Problem } from "./error.js";

/** The engine's WebAssembly module. It may be asked for again. */
export type Module = () => glue.SyncInitInput;

let module: Module;
let ready = false;

/** Says what starts the engine: an entry does, once, as it is imported. */
export function startWith(source: Module): void {
  module = source;
}

/** Calls the engine, which is started by the first call. */
export function call<T>(ask: (engine: typeof glue) => T): T {
  if (!ready) start();
  try {
    return ask(glue);
  } catch (thrown) {
    throw problemsOf(thrown) ?? thrown;
  }
}

function start(): void {
  const source = module();
  try {
    glue.initSync({ module: source });
  } catch (cause) {
    throw refused(cause);
  }
  ready = true;
}

/** What keeps WebAssembly from being compiled: a page's policy, as a rule. */
export function refused(cause: unknown): CreditEstimatorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `WebAssembly is refused here (a Content-Security-Policy allows it with script-src 'wasm-unsafe-eval'): ${reason}`;
  return new CreditEstimatorError([{ code: "wasm_refused", path: "", message }], { cause });
}

function problemsOf(thrown: unknown): CreditEstimatorError | undefined {
  if (typeof thrown !== "object" || thrown === null || !("problems" in thrown) || thrown instanceof Error) return;
  return new CreditEstimatorError(thrown.problems as [Problem, ...Problem[]]);
}
