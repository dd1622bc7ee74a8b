import { identify } from "./identity.js";

/** The kind of a problem. Codes are contract; messages may change. */
export type Code =
  /** A text is not JSON. */
  | "syntax"
  /** A value of another type than the field takes. */
  | "wrong_type"
  /** A key that does not exist there. */
  | "unknown_key"
  /** A key that must be there and is not. */
  | "missing_key"
  /** A value of the right type that the field cannot take. */
  | "invalid_value"
  /** A number below 0. */
  | "negative"
  /** NaN or an infinity. */
  | "not_finite"
  /** Above the largest value that is taken. */
  | "too_large"
  /** Below the smallest value that is taken. */
  | "too_small"
  /** Not a multiple of the input's step. */
  | "off_step"
  /** More items than are taken. */
  | "too_many"
  /** Nested deeper than any rate card is. */
  | "too_deep"
  /** The same id or key twice. */
  | "duplicate"
  /** An input that the card does not have. */
  | "unknown_input"
  /** An option that the choice does not have. */
  | "unknown_option"
  /** A balance that the card does not have. */
  | "unknown_balance"
  /** A charge that the card does not have. */
  | "unknown_charge"
  /** An entry that the session does not have. */
  | "unknown_entry"
  /** A session's state that is for another rate card, or another version of it. */
  | "other_card"
  /** A charge is made and needs an input that was not given. */
  | "missing_input"
  /** A charge is made and needs an input that the other inputs leave out. */
  | "left_out"
  /** The card has no price for this. */
  | "not_offered"
  /** A number with more digits than can be held exactly. */
  | "inexact"
  /** The card's limits allow figures too large to be exact. */
  | "overflow"
  /** A charge that no usage can reach. */
  | "unreachable"
  /** A key that changes nothing without another one. */
  | "no_effect"
  /** A published example does not come out. */
  | "example_differs"
  /** Of `credit-estimator/slim`: it was called before `load()` was done. */
  | "not_loaded"
  /** Of `credit-estimator/slim`: the WebAssembly module cannot be got, or is something else. */
  | "load_failed"
  /** WebAssembly may not be compiled here, as a rule because of the page's Content-Security-Policy. */
  | "wasm_refused";

/** One thing that is wrong with a rate card or a usage. */
export interface Problem {
  /** The kind of the problem. */
  readonly code: Code;
  /** The path to the field, as in `charges[2].price.amount.by` or `clips[1]`; empty for the whole. */
  readonly path: string;
  /** One sentence, without a full stop. */
  readonly message: string;
  /** The known name nearest to an unknown one. */
  readonly suggestion?: string;
  /** The line of a card's JSON text that it is in, counted from 1. */
  readonly line?: number;
  /** The character of the line that it is at, counted from 1. */
  readonly column?: number;
}

/** Why a rate card was refused or a usage could not be priced. Its own fields are those of the first problem. */
export class CreditEstimatorError extends Error {
  static {
    identify(this, "CreditEstimatorError");
  }

  /** The name of its class. */
  override readonly name = "CreditEstimatorError";
  /** The kind of the first problem. */
  readonly code: Code;
  /** The path to the field, as in `charges[2].price.amount.by` or `clips[1]`; empty for the whole. */
  readonly path: string;
  /** The known name nearest to an unknown one. */
  declare readonly suggestion?: string;
  /** The line of a card's JSON text that it is in, counted from 1. */
  declare readonly line?: number;
  /** The character of the line that it is at, counted from 1. */
  declare readonly column?: number;
  /** Every problem, the first one included. */
  readonly problems: readonly Problem[];

  /**
   * Makes the error of some problems.
   * @param problems The problems, at least one.
   * @param options As of any error: the `cause`.
   */
  constructor(problems: readonly [Problem, ...Problem[]], options?: { readonly cause?: unknown }) {
    const [first, ...{ length }] = problems;
    const more = length === 0 ? "" : ` (and ${length} more problem${length === 1 ? "" : "s"})`;
    super(`${first.path === "" ? "" : `${first.path}: `}${first.message}${more}`, options);
    this.code = first.code;
    this.path = first.path;
    if (first.suggestion !== undefined) this.suggestion = first.suggestion;
    if (first.line !== undefined) this.line = first.line;
    if (first.column !== undefined) this.column = first.column;
    this.problems = problems;
  }
}

/** The error of a single problem. */
export function failure(
  code: Code,
  path: string,
  message: string,
  options?: { readonly cause: unknown },
): CreditEstimatorError {
  return new CreditEstimatorError([{ code, path, message }], options);
}
