import * as engine from "../dist/wasm/credit_estimator.js";
import { Runs } from "./emitted.js";
import { desk } from "./engine.js";
import type { Assumption, Estimate, Line } from "./types.js";

/** What the way of numbers needs to know of a card: the names of its parts, in the engine's order. */
export interface Names {
  readonly card: Estimate["card"];
  readonly balances: readonly string[];
  readonly inputs: readonly InputNames[];
  readonly charges: readonly Pick<Line, "charge" | "label" | "balance">[];
  readonly assumptions: readonly Assumption[];
}

export interface InputNames {
  readonly id: string;
  readonly kind: string;
  readonly options?: readonly { readonly id: string }[];
  readonly maxItems?: number;
}

/** A card that may have to be loaded again before it has a number. */
interface Numbered {
  readonly number: number;
}

/** As the engine lays out its two blocks of doubles. */
const MOST_VALUES = 31;
const ITEMS_AT = 32;
const ITEMS = 4096;
const [SAID, IGNORED, DIFFERS, HEAD] = [0, 1, 2, 3];

/** What an input's values are. */
const [CHOICE, TOGGLE, NUMBER, DURATION, LIST, DURATIONS] = [0, 1, 2, 3, 4, 5];

/** Choices that the engine tells apart. */
const MOST_CHOICES = 2 ** 31;

type Usage = Readonly<Record<string, unknown>>;

/** How an input is written. */
interface Written {
  readonly index: number;
  /** The next one; the first one after the last. */
  after: Written;
  /** Undefined for one that cannot be given. */
  readonly id: string | undefined;
  readonly kind: number;
  readonly options: readonly string[];
  /** By how much the number of what is given changes: from one option to the next, or where a number or list is there. */
  readonly stride: number;
}

/**
 * Prices usages without crossing to the engine with objects: names become numbers here, figures become objects here, and
 * all that is between is the engine's. Whatever is not plain (an unknown key, a value that is refused) is left to the
 * engine's own reading, which says what is wrong.
 */
export class Hot {
  readonly #names: Names;
  /** The first of the inputs. */
  readonly #first: Written;
  readonly #linesAt: number;
  /** The number of a usage in which nothing is given; in how many ways numbers are given or not, and all in all. */
  readonly #nothing: number;
  readonly #patterns: number;
  readonly #writable: boolean;
  /** Functions for what is often given: for all figures of an estimate, and for totals alone. */
  readonly #runs = new Runs();
  readonly #sums = new Runs();
  /** Functions for columns. */
  readonly rows = new Runs();

  /** Of what was written last: a number for its choices and for which numbers are given, and the bits of its inputs. */
  #number = 0;
  given = 0;

  constructor(names: Names) {
    this.#names = names;
    const { inputs } = names;
    const kinds = inputs.map(kindOf);
    const options = inputs.map(({ options = [] }) => options.map(({ id }) => interned(id)));
    const strides = inputs.map(() => 0);
    let [patterns, nothing] = [1, 0];
    for (const [index, kind] of kinds.entries()) {
      if (kind < NUMBER) continue;
      strides[index] = patterns;
      patterns *= 2;
    }
    let all = patterns;
    for (let index = inputs.length - 1; index >= 0; index--) {
      const values = kinds[index] === TOGGLE ? 2 : (options[index] as string[]).length;
      if (values === 0) continue;
      strides[index] = all;
      nothing += values * all;
      all *= values + 1;
    }
    const written = inputs.map(
      ({ id, kind }, index): Written => ({
        index,
        after: undefined as unknown as Written,
        id: kind === "product" || kind === "largest" ? undefined : interned(id),
        kind: kinds[index] as number,
        options: options[index] as string[],
        stride: strides[index] as number,
      }),
    );
    for (const input of written) input.after = written[(input.index + 1) % written.length] as Written;
    this.#first = written[0] as Written;
    this.#nothing = nothing;
    this.#patterns = patterns;
    this.#writable =
      inputs.length > 0 &&
      inputs.length <= MOST_VALUES &&
      all / patterns < MOST_CHOICES &&
      all <= Number.MAX_SAFE_INTEGER;
    this.#linesAt = HEAD + 3 * names.balances.length;
  }

  /** The estimate, or undefined where the usage must be read and priced as an object. */
  estimate(card: Numbered, usage: object): Estimate | undefined {
    const made = this.#price(card, usage, this.#runs);
    return made < 0 ? undefined : this.#present(made);
  }

  /** The total of each balance in units of its last decimal, which are whole numbers; or undefined, as above. */
  units(card: Numbered, usage: object): number[] | undefined {
    if (this.#price(card, usage, this.#sums) < 0) return;
    const { out } = desk;
    return this.#names.balances.map((_, index) => out[HEAD + 3 * index + 2] as number);
  }

  /** The totals alone, or undefined, as above. */
  totals(card: Numbered, usage: object): Record<string, number> | undefined {
    return this.#price(card, usage, this.#sums) < 0 ? undefined : this.#totals();
  }

  /** The bits of the charges that are made, or -1. */
  #price(card: Numbered, usage: object, runs: Runs): number {
    if (!this.write(usage)) return -1;
    const run = runs.get(this.#number);
    if (run !== undefined) {
      const made = run();
      if (made >= 0) return made;
    }
    return this.#priceByPlan(card.number, runs);
  }

  /** The number of the choices of what was written last, as `Fast::plan` in `src/fast/mod.rs` has it. */
  get choices(): number {
    return Math.floor(this.#number / this.#patterns);
  }

  #priceByPlan(number: number, runs: Runs): number {
    const { choices, given } = this;
    const made = desk.price(number, choices, given);
    if (made < 0) return made;
    if (runs.isOften(this.#number)) {
      const alone = runs === this.#sums;
      runs.make(this.#number, () => desk.run(() => engine.emitUsage(number, choices, given, alone)));
      // memory that grew meanwhile has left the figures behind
      desk.open();
    }
    return made;
  }

  /** Writes the values of a usage for the engine; false where it must be read as an object. */
  write(given: object): boolean {
    const usage = given as Usage;
    if (typeof usage !== "object" || usage === null || !this.#writable) return false;
    const raw = desk.open();
    const mine = ++desk.turn;
    let input = this.#first;
    let whole = this.#nothing;
    let bits = 0;
    let items = 0;
    for (const key in usage) {
      // biome-ignore lint/suspicious/noPrototypeBuiltins: Object.hasOwn takes longer than all the rest of this
      if (!Object.prototype.hasOwnProperty.call(usage, key)) continue;
      // most usages name the inputs in the card's order
      const from = input;
      while (input.id !== key) {
        input = input.after;
        if (input === from) return false;
      }
      const value = usage[key];
      const { index, kind, options, stride } = input;
      input = input.after;
      if (typeof value === "number") {
        if (kind !== NUMBER && kind !== DURATION) return false;
        raw[index] = value;
        whole += stride;
      } else if (typeof value === "string") {
        if (kind === CHOICE) {
          let option = 0;
          while (options[option] !== value) if (++option >= options.length) return false;
          whole += (option - options.length) * stride;
        } else {
          const seconds = kind === DURATION ? secondsOf(value) : -1;
          if (seconds < 0) return false;
          raw[index] = seconds;
          whole += stride;
        }
      } else if (value === undefined) continue;
      else if (typeof value === "boolean") {
        if (kind !== TOGGLE) return false;
        whole += (value ? -1 : -2) * stride;
      } else if (Array.isArray(value)) {
        const { length } = value;
        if (kind < LIST || items + length >= ITEMS) return false;
        for (let item = 0; item < length; item++) {
          let number = value[item];
          if (typeof number === "string" && kind === DURATIONS) number = secondsOf(number);
          if (typeof number !== "number") return false;
          raw[ITEMS_AT + items + item] = number;
        }
        raw[index] = items * ITEMS + length;
        whole += stride;
        items += length;
      } else return false;
      bits |= 1 << index;
    }
    this.#number = whole;
    this.given = bits;
    if (prototypeOf(usage, bits) !== Object.prototype) {
      const proto = Object.getPrototypeOf(usage);
      if (proto !== Object.prototype && proto !== null) return false;
    }
    // what a getter asked for may have grown the memory, or have been priced in its place
    return desk.turn === mine;
  }

  #present(made: number): Estimate {
    const { out } = desk;
    const names = this.#names;
    // a list that is written out is made many times faster than one that grows
    let lines: Line[];
    const second = made & (made - 1);
    const third = second & (second - 1);
    if (made === 0) lines = [];
    else if (second === 0) lines = [this.#line(made)];
    else if (third === 0) lines = [this.#line(made), this.#line(second)];
    else {
      lines = [this.#line(made), this.#line(second), this.#line(third)];
      for (let bits = third & (third - 1); bits !== 0; bits &= bits - 1) lines.push(this.#line(bits));
    }
    return {
      card: names.card,
      totals: this.#totals(),
      lines,
      rounding: out[DIFFERS] === 0 ? {} : this.#rounding(out[DIFFERS] as number),
      assumptions: out[SAID] === 0 ? [] : chosen(names.assumptions, out[SAID] as number),
      ignored: out[IGNORED] === 0 ? [] : chosen(names.inputs, out[IGNORED] as number).map(({ id }) => id),
    };
  }

  /** The line of the charge that has the lowest of these bits. */
  #line(bits: number): Line {
    const { out } = desk;
    const index = lowest(bits);
    const at = this.#linesAt + 2 * index;
    const { charge, label, balance } = this.#names.charges[index] as Names["charges"][number];
    return { charge, label, balance, quantity: out[at] as number, amount: out[at + 1] as number };
  }

  #totals(): Record<string, number> {
    return new Totals(this.#names.balances, desk.out);
  }

  #rounding(balances: number): Record<string, number> {
    const rounding: Record<string, number> = {};
    for (let bits = balances; bits !== 0; bits &= bits - 1) {
      const index = lowest(bits);
      rounding[this.#names.balances[index] as string] = desk.out[HEAD + 3 * index + 1] as number;
    }
    return rounding;
  }
}

// biome-ignore-start lint/suspicious/noProto: asked in this way, a prototype is known in a tenth of the time, as long as a
// place in the code has seen no more than four shapes of objects; therefore there are eight such places
const PROTOTYPES = [
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
  (usage: Usage) => usage.__proto__,
] as const;
// biome-ignore-end lint/suspicious/noProto: see above

/** The prototype of a usage in which these inputs are given. */
function prototypeOf(usage: Usage, given: number): unknown {
  switch ((given ^ (given >> 3)) & 7) {
    case 0:
      return PROTOTYPES[0](usage);
    case 1:
      return PROTOTYPES[1](usage);
    case 2:
      return PROTOTYPES[2](usage);
    case 3:
      return PROTOTYPES[3](usage);
    case 4:
      return PROTOTYPES[4](usage);
    case 5:
      return PROTOTYPES[5](usage);
    case 6:
      return PROTOTYPES[6](usage);
    default:
      return PROTOTYPES[7](usage);
  }
}

interface Totals {
  [balance: string]: number;
}

/** A plain object, which a constructor makes in less time than a literal whose keys are not known. */
const Totals = function (this: Totals, balances: readonly string[], out: Float64Array): void {
  this[balances[0] as string] = out[HEAD] as number;
  if (balances.length > 1) this[balances[1] as string] = out[HEAD + 3] as number;
  for (let index = 2; index < balances.length; index++) {
    this[balances[index] as string] = out[HEAD + 3 * index] as number;
  }
} as unknown as { new (balances: readonly string[], out: Float64Array): Totals; prototype: object };
Totals.prototype = Object.prototype;

/** The same text as the one that programs hold, which makes it quick to compare. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

function kindOf({ kind, maxItems }: InputNames): number {
  if (kind === "toggle") return TOGGLE;
  if (kind === "duration") return maxItems === undefined ? DURATION : DURATIONS;
  if (kind === "number") return maxItems === undefined ? NUMBER : LIST;
  return CHOICE;
}

/** Seconds of "3:30" and "1:02:03"; -1 for what is written in another way, which the engine reads or refuses. */
function secondsOf(text: string): number {
  const { length } = text;
  let [before, part, digits, colons] = [0, 0, 0, 0];
  if (length > 9) return -1;
  for (let place = 0; place < length; place++) {
    const digit = text.charCodeAt(place) - 48;
    if (digit === 10 && digits > 0 && (colons === 0 || (digits === 2 && part < 60))) {
      before = 60 * (before + part);
      part = digits = 0;
      colons++;
    } else if (digit >= 0 && digit < 10) {
      part = 10 * part + digit;
      digits++;
    } else return -1;
  }
  return (colons === 1 || colons === 2) && digits === 2 && part < 60 ? before + part : -1;
}

/** The place of the lowest bit. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** The things whose bits are set, of which there is one at least. */
function chosen<T>(things: readonly T[], mask: number): T[] {
  // as with lines
  const second = mask & (mask - 1);
  const third = second & (second - 1);
  if (second === 0) return [nth(things, mask)];
  if (third === 0) return [nth(things, mask), nth(things, second)];
  const chosen = [nth(things, mask), nth(things, second), nth(things, third)];
  for (let bits = third & (third - 1); bits !== 0; bits &= bits - 1) chosen.push(nth(things, bits));
  return chosen;
}

/** The thing of the lowest bit. */
function nth<T>(things: readonly T[], bits: number): T {
  return things[lowest(bits)] as T;
}
