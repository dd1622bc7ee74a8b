import * as engine from "../dist/wasm/credit_estimator.js";
import type { CardTypes, InputId, NumericInputId, UsageArgument } from "./card-types.js";
import type { Check, CheckOptions } from "./check.js";
import {
  type Source as ColumnSource,
  Columns,
  type ColumnsArgument,
  estimateMany,
  type ManyEstimates,
} from "./columns.js";
import type { Curve, CurveOptions } from "./curve.js";
import type { Diff } from "./diff.js";
import { call } from "./engine.js";
import type { Explanation } from "./explain.js";
import type { Fit, FitOptions } from "./fit.js";
import { Hot } from "./hot.js";
import { identify } from "./identity.js";
import type { InvideoV4 } from "./invideo-v4.js";
import { BUILT_IN, Loaded } from "./loaded.js";
import type { Counted, PlannedUsage, PlanOptions, Recommendation } from "./plan.js";
import { createSession, type Pricing, type Session, type SessionOptions, type SessionState } from "./session.js";
import type { Assumption, Balance, Charge, Estimate, Example, Input, Plan, Proof, Source } from "./types.js";

interface Description<T extends CardTypes> {
  readonly id: string;
  readonly version?: string;
  readonly title: string;
  readonly source?: Source;
  readonly balances: { readonly [Id in T["balance"]]: Balance };
  readonly inputs?: readonly (Input | { readonly id: string; readonly kind: "product" | "largest" })[];
  readonly charges?: readonly (Charge<T> & { readonly quantity?: { readonly of: string } })[];
  readonly assumptions?: readonly Assumption[];
  readonly examples?: readonly Example[];
  readonly plans?: readonly Plan<T>[];
}

let invideoV4: RateCard<InvideoV4> | undefined;

/**
 * A rate card that was checked: it prices every usage it accepts, exactly. `T` is what the compiler knows of it: for a
 * card that is written out in TypeScript, the usages it takes.
 */
export class RateCard<T extends CardTypes = CardTypes> {
  static {
    identify(this, "RateCard");
  }

  readonly #loaded: Loaded;
  readonly #description: Description<T>;
  readonly #hot: Hot;

  /**
   * Checks and compiles a rate card. One that is written out in TypeScript types its own usages:
   * `new RateCard({ … }).estimate({ media: "stok" })` does not compile.
   * @param card JSON text, or the same as a plain object (a number in it means its shortest decimal).
   * @throws {CreditEstimatorError} With every problem of the card.
   */
  constructor(card: string | object) {
    this.#loaded = new Loaded(card);
    this.#description = freeze(call(() => engine.describeCard(this.#number)));
    const { id, version, balances, inputs = [], charges = [] } = this.#description;
    this.#hot = new Hot({
      card: freeze(version === undefined ? { id } : { id, version }),
      balances: Object.keys(balances),
      inputs,
      charges: charges.map(({ id, label, balance }) => ({ charge: id, label, balance })),
      assumptions: freeze(this.assumptions),
    });
  }

  /** The built-in card of invideo version 4. */
  static get invideoV4(): RateCard<InvideoV4> {
    invideoV4 ??= new RateCard<InvideoV4>(BUILT_IN);
    return invideoV4;
  }

  /**
   * Prices a usage.
   * @param usage A value for each input that has one; `undefined` means absent.
   * @returns The totals, and the lines that they are made of.
   * @throws {CreditEstimatorError} Where the usage cannot be priced, with the path to every input that is why.
   */
  estimate<U>(usage: UsageArgument<T, U>): Estimate<T> {
    const priced = this.#hot.estimate(this.#loaded, usage) as Estimate<T> | undefined;
    return priced ?? call(() => engine.estimateUsage(this.#number, usage));
  }

  /**
   * The totals of a usage alone, where the lines are not needed.
   * @param usage A value for each input that has one; `undefined` means absent.
   * @throws {CreditEstimatorError} Where the usage cannot be priced, with the path to every input that is why.
   */
  totals<U>(usage: UsageArgument<T, U>): Estimate<T>["totals"] {
    return (this.#hot.totals(this.#loaded, usage) as Estimate<T>["totals"] | undefined) ?? this.estimate(usage).totals;
  }

  /**
   * Prices a usage for each row of some columns.
   *
   *     card.estimateMany({ media: "generative", duration: new Float64Array([30, 210]) }).totals.credits; // [10, 70]
   *
   * @param columns For each input a value that is the same in all rows, or a column: a typed array of numbers (seconds for
   *   a duration) or an array of whatever the input takes. All columns have the same number of rows.
   * @returns The totals of each row, in typed arrays.
   * @throws {CreditEstimatorError} Where a row cannot be priced, with the row in the path: `duration[17]`.
   */
  estimateMany<U>(columns: ColumnsArgument<T, U>): ManyEstimates<T["balance"]> {
    return estimateMany(this.#columnSource(), columns) as ManyEstimates<T["balance"]>;
  }

  /**
   * Columns in the engine's own memory, to be filled in place and priced again and again without a copy.
   *
   *     const columns = card.columns(1_000_000);
   *     columns.set("media", "generative");
   *     columns.numbers("duration").fill(210);
   *     columns.estimate().totals.credits; // Float64Array
   *
   * @param rows How many rows there are.
   */
  columns(rows: number): Columns<T["balance"], InputId<T>, NumericInputId<T>> {
    return new Columns(this.#columnSource(), rows);
  }

  #columnSource(): ColumnSource {
    const card = this;
    return {
      get number() {
        return card.#number;
      },
      hot: this.#hot,
      inputs: this.#description.inputs ?? [],
      balances: Object.keys(this.balances),
      totals: (usage) => this.estimate(usage as UsageArgument<T, typeof usage>).totals as Record<string, number>,
    };
  }

  /**
   * Prices a usage and says how each figure comes about: every step as data and in words, why other charges are not
   * made, and what a little more or less would change.
   * @param usage A value for each input that has one; `undefined` means absent.
   * @returns The estimate, with its arithmetic.
   * @throws {CreditEstimatorError} Where the usage cannot be priced.
   */
  explain<U>(usage: UsageArgument<T, U>): Explanation<T> {
    return call(() => engine.explainUsage(this.#number, usage));
  }

  /**
   * Prices two usages and compares them, in total and charge by charge.
   *
   *     card.diff({ duration: 60 }, { duration: 60, actor: "human" }).delta.credits; // 5
   *
   * @param before A value for each input that has one.
   * @param after The same, changed.
   * @returns Both estimates and what changes from the one to the other.
   * @throws {CreditEstimatorError} Where either cannot be priced; paths begin with `before` or `after`.
   */
  diff<U, V>(before: UsageArgument<T, U>, after: UsageArgument<T, V>): Diff<T> {
    return call(() => engine.diffUsages(this.#number, before, after));
  }

  /**
   * Prices a usage and says whether it may be made.
   *
   *     card.check({ duration: "3:30" }, { balances: { credits: 50 } }).fits[0]?.value; // 150
   *
   * @param usage A value for each input that has one.
   * @param options What is there to spend, and limits besides.
   * @returns The verdict with its reasons, what is left or missing, and what would pass.
   * @throws {CreditEstimatorError} Where the usage cannot be priced or the options cannot be taken.
   */
  check<U>(usage: UsageArgument<T, U>, options?: CheckOptions<T>): Check<T> {
    return call(() => engine.checkUsage(this.#number, usage, options));
  }

  /**
   * Begins to keep what an editor has pending.
   *
   *     const session = card.session({ balances: { credits: 28 } });
   *     const { id, delta, undo } = session.add({ clips: [5] });
   *
   * @throws {CreditEstimatorError} Where the options cannot be taken.
   */
  session(options?: SessionOptions<T>): Session<T> {
    return createSession<T>(this, this.#pricing(), options);
  }

  /**
   * Goes on with a session that was kept as JSON; every entry is priced anew. What there is to spend is told anew too.
   * @param state What `toJSON` answered, or its JSON text.
   * @throws {CreditEstimatorError} With the code `other_card` where the state is for another card or another version of
   *   it, and where an entry cannot be priced.
   */
  restoreSession(state: SessionState<T> | string, options?: SessionOptions<T>): Session<T> {
    return createSession<T>(this, this.#pricing(), options, { state });
  }

  get #number(): number {
    return this.#loaded.number;
  }

  #pricing(): Pricing {
    return {
      knowKeys: (given, known) => call(() => engine.knowKeys(given, known)),
      units: (usage) => this.#hot.units(this.#loaded, usage),
      spread: (usage) => call(() => engine.unitsOf(this.#number, usage)),
      room: (limits) => call(() => engine.roomOf(this.#number, limits)),
      fit: (usage, question) => call(() => engine.fitUsage(this.#number, usage, question)),
      verdict: (totals) => call(() => engine.verdictOn(this.#number, totals)),
    };
  }

  /**
   * Prices a usage at every value of one of its inputs, for a chart or a slider.
   *
   *     card.curve({ actor: "human" }, { vary: "duration", to: 600, step: 1 }).edges; // minimum at 30, increments every 60
   *
   * @param usage A value for each other input that has one.
   * @param options Which input is varied, and from where to where.
   * @returns Runs of values that cost the same, and the places where a charge changes its course.
   * @throws {CreditEstimatorError} Where the usage cannot be priced or the input cannot be varied (`vary`); `too_large` at
   *   `step` where the price changes more than 100,000 times.
   */
  curve<U>(usage: UsageArgument<T, U>, options: CurveOptions<NumericInputId<T>>): Curve<T, NumericInputId<T>> {
    return call(() => engine.curveUsage(this.#number, usage, options));
  }

  /**
   * Finds the most that fits into what there is: the largest value of one input with which no total is above its balance.
   *
   *     card.fit({ actor: "human" }, { vary: "duration", within: { credits: 100 } }).value; // 240
   *
   * It is exact to the input's step (a millisecond for a duration without one), also where more costs less.
   *
   * @param usage A value for each other input that has one.
   * @param options Which input is varied, and what it has to fit into.
   * @returns The value, what it costs, and why it is no more.
   * @throws {CreditEstimatorError} Where the usage cannot be priced, the input cannot be varied (`vary`) or an amount
   *   cannot be read (`within.credits`).
   */
  fit<U>(usage: UsageArgument<T, U>, options: FitOptions<NumericInputId<T>, T["balance"]>): Fit<T, NumericInputId<T>> {
    return call(() => engine.fitUsage(this.#number, usage, options));
  }

  /**
   * Compares what can be bought, where the card has plans, for all that is made in one period.
   *
   *     card.recommendPlan([{ duration: 60 }, { usage: { duration: 30 }, count: 20 }], { every: "month" }).best; // "plus"
   *
   * Every usage is priced by itself, with the values that a plan gives it. Money is exact.
   *
   * @param usages What is made in the period: usages, or `{ usage, count }` for those that are alike.
   * @param options The period, and the currency where the plans are paid in several.
   * @returns What each plan comes to, the cheapest that covers everything first.
   * @throws {CreditEstimatorError} `missing_key` at `plans` where the card has none and at `currency` where one is to be
   *   chosen; the problems of the usages where no plan can be priced (`usages[0].duration`).
   */
  recommendPlan(
    usages: readonly (PlannedUsage<T> | Counted<PlannedUsage<T>>)[],
    options?: PlanOptions,
  ): Recommendation<T> {
    return call(() => engine.recommendPlan(this.#number, usages, options));
  }

  /** Prices the card's examples and compares each figure that they name with what comes out. */
  prove(): Proof {
    return call(() => engine.proveCard(this.#number));
  }

  /**
   * Lets the engine forget the card. It is loaded anew where it is used again; a card that nothing holds any more is
   * forgotten by itself.
   */
  free(): void {
    this.#loaded.leave();
  }

  /** The card's id. */
  get id(): string {
    return this.#description.id;
  }

  /** The edition of the prices. */
  get version(): string | undefined {
    return this.#description.version;
  }

  /** What people call it; the id where it has no title. */
  get title(): string {
    return this.#description.title;
  }

  /** Where the prices were published. */
  get source(): Source | undefined {
    return this.#description.source;
  }

  /** What is charged in, by id. */
  get balances(): { readonly [Id in T["balance"]]: Balance } {
    return this.#description.balances;
  }

  /** What a usage can give, in the order it is asked; every default filled in. */
  get inputs(): readonly Input[] {
    return (this.#description.inputs ?? []).filter(
      (input): input is Input => input.kind !== "product" && input.kind !== "largest",
    );
  }

  /** What can be charged, in the order of an estimate's lines. */
  get charges(): readonly Charge<T>[] {
    return (this.#description.charges ?? []).map(({ id, label, balance, quantity }) =>
      quantity === undefined ? { id, label, balance } : { id, label, balance, of: quantity.of },
    );
  }

  /** All that the card takes for granted; an estimate names what matters for it. */
  get assumptions(): readonly Assumption[] {
    return (this.#description.assumptions ?? []).map(({ id, text, because }) =>
      because === undefined ? { id, text } : { id, text, because },
    );
  }

  /** Figures that the vendor published. */
  get examples(): readonly Example[] {
    return this.#description.examples ?? [];
  }

  /** What can be bought. */
  get plans(): readonly Plan<T>[] {
    return this.#description.plans ?? [];
  }
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
