import { identify } from "./identity.js";

/** The kind of a problem. Codes are contract; messages may change. */
export type Code =
  | "syntax"
  | "wrong_type"
  | "unknown_key"
  | "missing_key"
  | "invalid_value"
  | "negative"
  | "not_finite"
  | "too_large"
  | "too_small"
  | "off_step"
  | "too_many"
  | "too_deep"
  | "duplicate"
  | "unknown_input"
  | "unknown_option"
  | "unknown_balance"
  | "unknown_charge"
  | "unknown_entry"
  | "other_card"
  | "missing_input"
  | "left_out"
  | "not_offered"
  | "inexact"
  | "overflow"
  | "unreachable"
  | "no_effect"
  | "example_differs"
  // of the entries alone
  | "not_loaded"
  | "load_failed"
  | "wasm_refused";

/** One thing that is wrong with a rate card or a usage. */
export interface Problem {
  readonly code: Code;
  /** The path to the field, as in `charges[2].price.amount.by` or `clips[1]`; empty for the whole. */
  readonly path: string;
  /** One sentence, without a full stop. */
  readonly message: string;
  /** The known name nearest to an unknown one. */
  readonly suggestion?: string;
  /** Where in a card's JSON text it is, counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Why a rate card was refused or a usage could not be priced. Its own fields are those of the first problem. */
export class CreditEstimatorError extends Error {
  static {
    identify(this, "CreditEstimatorError");
  }

  override readonly name = "CreditEstimatorError";
  readonly code: Code;
  readonly path: string;
  readonly suggestion?: string;
  readonly line?: number;
  readonly column?: number;
  /** Every problem, the first one included. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly [Problem, ...Problem[]], options?: { readonly cause?: unknown }) {
    const [first] = problems;
    super(first.path === "" ? first.message : `${first.path}: ${first.message}`, options);
    this.code = first.code;
    this.path = first.path;
    if (first.suggestion !== undefined) this.suggestion = first.suggestion;
    if (first.line !== undefined) this.line = first.line;
    if (first.column !== undefined) this.column = first.column;
    this.problems = problems;
  }
}
