import * as glue from "../dist/wasm/credit_estimator.js";
import { bytes } from "../dist/wasm/inline.js";
import { CreditEstimatorError, type Problem } from "./error.js";

let ready = false;

/** Calls the engine, which is started by the first call. */
export function call<T>(ask: (engine: typeof glue) => T): T {
  if (!ready) {
    glue.initSync({ module: bytes() });
    ready = true;
  }
  try {
    return ask(glue);
  } catch (thrown) {
    throw problemsOf(thrown) ?? thrown;
  }
}

function problemsOf(thrown: unknown): CreditEstimatorError | undefined {
  if (typeof thrown !== "object" || thrown === null || !("problems" in thrown) || thrown instanceof Error) return;
  return new CreditEstimatorError(thrown.problems as [Problem, ...Problem[]]);
}
