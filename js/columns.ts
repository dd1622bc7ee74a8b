import * as engine from "../dist/wasm/credit_estimator.js";
import type { CardTypes } from "./card-types.js";
import type { Run } from "./emitted.js";
import { call, desk } from "./engine.js";
import { CreditEstimatorError, failure } from "./error.js";
import type { Hot, InputNames } from "./hot.js";
import { isPlain } from "./plain.js";
import type { Value } from "./types.js";

/** A number for each row. */
export type NumberColumn = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A value for each row: numbers, option ids, yes or no, or what else the input takes; `undefined` where it is absent. */
export type Column = NumberColumn | readonly (Value | undefined)[];

/** What an input takes in many rows: a value that is the same in all, or a column of them. */
export type ManyOf<V> = V | readonly V[] | (number extends V ? NumberColumn : never);

/**
 * What many usages are given as: for each input of the card, where these are known, a value or a column of its values;
 * otherwise any object of these.
 */
export type ColumnsArgument<T extends CardTypes, U> = [keyof T["usage"]] extends [never]
  ? { readonly [Input in keyof U]: Value | Column | undefined }
  : { readonly [Input in keyof T["usage"]]: ManyOf<T["usage"][Input]> };

/** The totals of many usages, row by row. */
export interface ManyEstimates<Balance extends string = string> {
  /** How many rows there are. */
  readonly length: number;
  /** The total of each balance, rounded once a row. */
  readonly totals: { readonly [Id in Balance]: Float64Array };
}

/** What columns need of their card. */
export interface Source {
  readonly number: number;
  readonly hot: Hot;
  readonly inputs: readonly InputNames[];
  readonly balances: readonly string[];
  /** Prices a usage; the totals by balance. */
  totals(usage: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, number>>;
}

const MOST_ROWS = 50_000_000;

/** Rows that are copied in, priced and copied out at a time: few enough to stay near the processor. */
const BLOCK = 8192;

/** As many rows as a function does together (see `src/fast/emit.rs`), and as many as it takes to be worth making one. */
const TOGETHER = 8;
const WORTH_A_FUNCTION = 1024;

/** Prices a usage for each row. What is no column is the same in all rows. */
export function estimateMany(source: Source, columns: object): ManyEstimates {
  const given = sort(source, columns);
  const { length } = given;
  const made: Float64Array[] = [];
  const column: Made = (index) => {
    made[index] ??= new Float64Array(length);
    return made[index];
  };
  for (const { same, rows } of groups(given)) priceGroup(source, given, same, rows, column);
  const totals = {};
  for (const [index, id] of source.balances.entries()) {
    // memory for a long column takes as long as pricing it: one of zeros is made for those who ask for it
    const isMade = made[index] !== undefined || length < BLOCK;
    const property = isMade ? { value: column(index), writable: true } : { get: () => column(index) };
    Object.defineProperty(totals, id, { ...property, enumerable: true, configurable: true });
  }
  return { length, totals };
}

/** The totals of a balance by its place, made where they are not yet. */
type Made = (balance: number) => Float64Array;

interface Given {
  readonly length: number;
  /** By input id: what is the same in all rows. */
  readonly same: Readonly<Record<string, Value>>;
  /** Columns of numbers, and of options. */
  readonly numbers: ReadonlyMap<string, Column>;
  readonly options: ReadonlyMap<string, Column>;
  /** Columns of lists and of whatever else is read row by row. */
  readonly others: ReadonlyMap<string, Column>;
}

function sort(source: Source, columns: object): Given {
  if (!isPlain(columns)) {
    throw failure("wrong_type", "", "expected an object with a column or a value for each input");
  }
  const inputOf = new Map(source.inputs.map((input) => [input.id, input]));
  refuse(
    source,
    Object.keys(columns).filter((id) => !inputOf.has(id)),
  );
  const same: Record<string, Value> = {};
  const numbers = new Map<string, Column>();
  const options = new Map<string, Column>();
  const others = new Map<string, Column>();
  let length: number | undefined;
  for (const [id, given] of Object.entries(columns)) {
    if (given === undefined) continue;
    // what is in the engine's memory would be gone where that grows
    const column = given instanceof Float64Array && given.buffer === desk.memory().buffer ? given.slice() : given;
    const input = inputOf.get(id);
    if (!isColumn(column, input)) {
      // no input takes such a value: a column was meant
      if (typeof column === "object" && column !== null && !Array.isArray(column)) {
        throw failure("wrong_type", id, "expected a value, an array of values or a typed array of numbers");
      }
      same[id] = column as Value;
      continue;
    }
    if (length !== undefined && column.length !== length) {
      const message = `the columns differ in length: ${column.length} here, ${length} before`;
      throw failure("invalid_value", id, message);
    }
    length = column.length;
    const kind = input?.maxItems === undefined ? input?.kind : "list";
    (kind === "number" || kind === "duration"
      ? numbers
      : kind === "choice" || kind === "toggle"
        ? options
        : others
    ).set(id, column);
  }
  if (length !== undefined && length > MOST_ROWS) {
    throw failure("too_many", "", `${length} rows, where at most ${MOST_ROWS} are taken`);
  }
  if (length === undefined) throw failure("missing_input", "", "no input has a column of values");
  // values that are no good are so in every row: they are refused before the first
  if (length === 0) source.totals(same);
  return { length, same, numbers, options, others };
}

/** Refuses names that are no inputs, as the engine refuses them. */
function refuse(source: Source, ids: readonly string[]): void {
  if (ids.length > 0) source.totals(Object.fromEntries(ids.map((id) => [id, undefined])));
}

/** A list is one value of an input that takes lists, where its items are none themselves. */
function isColumn(value: unknown, input: InputNames | undefined): value is Column {
  if (ArrayBuffer.isView(value)) return !(value instanceof DataView);
  return Array.isArray(value) && (input?.maxItems === undefined || value.some(Array.isArray));
}

/** A typed array of numbers; there are some of whole numbers that are none. */
function isNumeric(column: Column): column is NumberColumn {
  return ArrayBuffer.isView(column) && typeof column[0] === "number";
}

/** So many values are found sooner one after the other than by a map. */
const FEW = 16;

/** Numbers values as they come. */
class Codes {
  readonly #few: unknown[] = [];
  readonly #others = new Map<unknown, number>();

  of(value: unknown): number {
    const few = this.#few;
    for (let code = 0; code < few.length; code++) if (few[code] === value) return code;
    if (few.length < FEW) return few.push(value) - 1;
    let code = this.#others.get(value);
    if (code === undefined) {
      code = FEW + this.#others.size;
      this.#others.set(value, code);
    }
    return code;
  }
}

interface Group {
  readonly same: Readonly<Record<string, Value>>;
  /** Their places; undefined for all. */
  readonly rows: Uint32Array | undefined;
}

/** Rows with the same options are priced together. */
function groups({ length, same, options }: Given): Group[] {
  if (options.size === 0) return [{ same, rows: undefined }];
  const columns = [...options];
  const codes = columns.map(() => new Codes());
  /** For each column, where a row goes by where it was before and by the column's code. */
  const ways: number[][][] = columns.map(() => []);
  const ends = columns.map(() => 0);
  const sames: Record<string, Value>[] = [];
  const counts: number[] = [];
  const groupOf = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    let place = 0;
    for (let index = 0; index < columns.length; index++) {
      const code = (codes[index] as Codes).of((columns[index] as readonly [string, Column])[1][row]);
      const from = ways[index] as number[][];
      while (from.length <= place) from.push([]);
      const to = from[place] as number[];
      if (to[code] === undefined) {
        to[code] = ends[index] as number;
        ends[index] = to[code] + 1;
      }
      place = to[code];
    }
    if (place === counts.length) {
      counts.push(0);
      sames.push({ ...same, ...valuesAt(columns, row) });
    }
    groupOf[row] = place;
    counts[place] = (counts[place] as number) + 1;
  }
  // the rows of each group, after those of the group before it
  const rows = new Uint32Array(length);
  let before = 0;
  const next = counts.map((count) => {
    before += count;
    return before - count;
  });
  for (let row = 0; row < length; row++) {
    const place = groupOf[row] as number;
    const at = next[place] as number;
    rows[at] = row;
    next[place] = at + 1;
  }
  return sames.map((same, place) => {
    const end = next[place] as number;
    return { same, rows: rows.subarray(end - (counts[place] as number), end) };
  });
}

function valuesAt(columns: Iterable<readonly [string, Column]>, row: number): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [id, column] of columns) {
    const value = column[row];
    if (value !== undefined) values[id] = value;
  }
  return values;
}

function priceGroup(
  source: Source,
  given: Given,
  same: Group["same"],
  rows: Uint32Array | undefined,
  totals: Made,
): void {
  const count = rows?.length ?? given.length;
  /** One row as an object: for what has to be said of it, or read in another way. */
  const priceOne = (place: number): number[] => {
    const row = rows?.[place] ?? place;
    const columns = [...given.numbers, ...given.options, ...given.others];
    try {
      const totals = source.totals({ ...same, ...valuesAt(columns, row) });
      return source.balances.map((id) => totals[id] as number);
    } catch (error) {
      throw inRow(error, row, new Set(columns.map(([id]) => id)));
    }
  };
  const put = (place: number, figures: readonly number[]) => {
    const row = rows?.[place] ?? place;
    for (const [index, figure] of figures.entries()) totals(index)[row] = figure;
  };
  if (given.others.size > 0) {
    for (let place = 0; place < count; place++) put(place, priceOne(place));
    return;
  }
  // Numbers that are the same in all rows fill columns too: so a run takes them.
  const settled: Record<string, Value> = { ...same };
  const constant = new Map<string, number>();
  for (const { id, kind, maxItems } of source.inputs) {
    const value = settled[id];
    if ((kind !== "number" && kind !== "duration") || maxItems !== undefined || typeof value !== "number") continue;
    constant.set(id, value);
    delete settled[id];
  }
  const batch = new Batch(source, Math.min(count, BLOCK), [...given.numbers.keys(), ...constant.keys()]);
  try {
    for (const [id, value] of constant) batch.numbers(id).fill(value);
    batch.begin(settled);
    for (let from = 0; from < count; from += BLOCK) {
      const length = Math.min(BLOCK, count - from);
      for (const [id, column] of given.numbers) {
        const into = batch.numbers(id);
        if (rows === undefined && isNumeric(column)) {
          into.set(length === column.length ? column : column.subarray(from, from + length));
          continue;
        }
        for (let place = 0; place < length; place++) {
          const value = column[rows?.[from + place] ?? from + place];
          // what is no number is read as an object, where it is refused or taken
          into[place] = typeof value === "number" ? value : Number.NaN;
        }
      }
      batch.run(length, (place) => priceOne(from + place));
      for (const index of source.balances.keys()) {
        if (!batch.written(index)) continue;
        const to = totals(index);
        const figures = batch.totals(index);
        if (rows === undefined) to.set(length === figures.length ? figures : figures.subarray(0, length), from);
        else for (let place = 0; place < length; place++) to[rows[from + place] as number] = figures[place] as number;
      }
    }
  } finally {
    batch.close();
  }
}

/** Columns in the engine's memory. */
class Batch {
  readonly #source: Source;
  readonly #generation: number;
  readonly #number: number;
  readonly #rows: number;
  readonly #columns = new Map<string, number>();
  #same: Readonly<Record<string, Value>> = {};
  #writable = false;
  #run: Run | undefined;
  /** Columns and totals, by their places. */
  readonly #views = new Map<number, Float64Array>();
  /** Where columns and totals are, as a run takes them. */
  #addresses: number[] = [];
  /** Whether there may be anything but 0 in a balance's totals. */
  readonly #written: boolean[] = [];
  #closed = false;

  constructor(source: Source, rows: number, columns: readonly string[]) {
    this.#source = source;
    this.#rows = rows;
    this.#number = call(() => engine.openBatch(source.inputs.length, source.balances.length, rows));
    this.#generation = desk.generation;
    for (const id of columns) this.add(id);
  }

  add(id: string): void {
    const place = this.#source.inputs.findIndex((input) => input.id === id);
    this.#columns.set(id, place);
    this.#addressOf(place);
  }

  /** The column of an input, for as long as the memory does not grow. */
  numbers(id: string): Float64Array {
    return this.#view(this.#columns.get(id) as number);
  }

  totals(balance: number): Float64Array {
    return this.#view(this.#source.inputs.length + balance);
  }

  /** The input has a column no more. */
  drop(id: string): void {
    const place = this.#columns.get(id);
    if (place === undefined) return;
    this.#columns.delete(id);
    this.#views.delete(place);
    call(() => engine.dropColumn(this.#number, place));
  }

  /** Whether anything may be charged in a balance. */
  written(balance: number): boolean {
    return this.#written[balance] === true;
  }

  #addressOf(place: number): number {
    return call(() => engine.batchColumn(this.#number, place));
  }

  #view(place: number): Float64Array {
    this.#assertThere();
    let view = this.#views.get(place);
    // memory that grew leaves its views empty
    if (view === undefined || view.length === 0) {
      const address = this.#addressOf(place);
      view = new Float64Array(desk.memory().buffer, address, this.#rows);
      this.#views.set(place, view);
    }
    return view;
  }

  /** Where the columns are gone, there is nothing to show or to price. */
  #assertThere(): void {
    if (this.#closed || this.#generation !== desk.generation) {
      throw failure("invalid_value", "", "these columns are gone: they were freed, or the engine was started anew");
    }
  }

  /** Makes ready for runs with these values in all rows. */
  begin(same: Readonly<Record<string, Value>>): void {
    const { number: card, hot, balances } = this.#source;
    this.#same = same;
    this.#writable = hot.write(same);
    this.#run = undefined;
    if (this.#writable && this.#rows >= WORTH_A_FUNCTION) {
      const { choices, given } = hot;
      // also which numbers are the same in all rows: what a function does not read is to it as if it were not given
      const key = [choices, given, ...this.#columns.values()].join();
      const make = () => desk.run(() => engine.emitRows(card, this.#number, choices, given));
      this.#run = hot.rows.get(key) ?? hot.rows.make(key, make);
    }
    const charged = this.#writable ? call(() => engine.chargedIn(card, hot.choices, hot.given)) : ~0;
    for (const index of balances.keys()) {
      const now = (charged & (1 << index)) !== 0;
      // what is not charged in is not written either
      if (this.#written[index] && !now) this.totals(index).fill(0);
      this.#written[index] = now;
    }
    this.#addresses = [
      ...[...this.#columns.values()].sort((one, other) => one - other).map((place) => this.#addressOf(place)),
      ...balances.map((_, index) => this.#addressOf(this.#source.inputs.length + index)),
    ];
  }

  /** Prices the first `length` rows. A row that has to be read as an object is priced by `one`. */
  run(length: number, one: (row: number) => readonly number[]): void {
    this.#assertThere();
    const { number: card, hot } = this.#source;
    let row = 0;
    while (row < length) {
      if (this.#run !== undefined) {
        const at = 8 * row;
        row += this.#run(...this.#addresses.map((address) => address + at), length - row);
        if (row === length) return;
      }
      const to = this.#run === undefined ? length : Math.min(row + TOGETHER, length);
      const done = this.#writable
        ? call(() => engine.batchRows(card, this.#number, hot.choices, hot.given, row, to))
        : row;
      if (done < to) {
        for (const [index, figure] of one(done).entries()) this.totals(index)[done] = figure;
        // the row was priced as an object, with the desk's help
        if (this.#writable) hot.write(this.#same);
      }
      row = Math.min(done + 1, to);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#generation === desk.generation) call(() => engine.closeBatch(this.#number));
  }
}

/** Columns that stay in the engine's memory, so that nothing is copied. */
export class Columns<Balance extends string = string, Input extends string = string, Numeric extends string = string> {
  readonly #source: Source;
  readonly #batch: Batch;
  // without a prototype, so that no name is one of its own
  readonly #same: Record<string, Value> = Object.create(null);
  readonly #added = new Set<string>();
  /** How many rows there are. */
  readonly length: number;

  /** @internal */
  constructor(source: Source, rows: number) {
    if (!Number.isSafeInteger(rows) || rows < 1 || rows > MOST_ROWS) {
      throw failure("invalid_value", "rows", `expected a whole number of rows from 1 to ${MOST_ROWS}`);
    }
    this.#source = source;
    this.length = rows;
    this.#batch = new Batch(source, rows, []);
  }

  /**
   * Sets an input to the same value in all rows, in place of its column; `undefined` leaves it out of all rows. What is
   * no input or no value of it is refused by `estimate`.
   */
  set(input: Input, value: Value | undefined): void {
    this.#batch.drop(input);
    this.#added.delete(input);
    if (value === undefined) delete this.#same[input];
    else this.#same[input] = Array.isArray(value) ? [...value] : value;
  }

  /**
   * The numbers of an input, a row each, to be filled in place: seconds for a duration; 0 in all rows at first,
   * whatever was set before or is the input's default.
   * The array is the engine's memory: ask for it again after anything else was done with the package.
   */
  numbers(input: Numeric): Float64Array {
    const found = this.#source.inputs.find(({ id }) => id === input);
    if (found === undefined) refuse(this.#source, [input]);
    if ((found?.kind !== "number" && found?.kind !== "duration") || found.maxItems !== undefined) {
      throw failure("wrong_type", input, `"${input}" takes no column of numbers`);
    }
    if (!this.#added.has(input)) {
      delete this.#same[input];
      this.#batch.add(input);
      this.#added.add(input);
    }
    return this.#batch.numbers(input);
  }

  /** Prices all rows. The totals are the engine's memory, as the numbers are. */
  estimate(): ManyEstimates<Balance> {
    this.#batch.begin(this.#same);
    this.#batch.run(this.length, (row) => {
      // asked for by each row: memory that grows leaves its views empty
      const columns = [...this.#added].map((id) => [id, this.#batch.numbers(id)] as const);
      const values = valuesAt(columns, row);
      try {
        const totals = this.#source.totals({ ...this.#same, ...values });
        return this.#source.balances.map((id) => totals[id] as number);
      } catch (error) {
        throw inRow(error, row, this.#added);
      }
    });
    const totals = this.#source.balances.map((id, index) => [id, this.#batch.totals(index)]);
    return { length: this.length, totals: Object.fromEntries(totals) } as ManyEstimates<Balance>;
  }

  /** Gives the memory back. */
  free(): void {
    this.#batch.close();
  }
}

/** The error of a row, with the row in the paths of what stands in columns: `duration[17]`. */
function inRow(error: unknown, row: number, columns: ReadonlySet<string>): unknown {
  if (!(error instanceof CreditEstimatorError)) return error;
  const [first, ...others] = error.problems.map((problem) => {
    const [, input = "", rest = ""] = /^([^.[]*)(.*)$/s.exec(problem.path) ?? [];
    return columns.has(input) ? { ...problem, path: `${input}[${row}]${rest}` } : problem;
  });
  return first ? new CreditEstimatorError([first, ...others]) : error;
}
