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

/** As the engine lays out its two blocks of doubles. */
const MOST_VALUES = 31;
const ITEMS = 4096;
const HEAD = 4;

/** What an input's values are. */
const [OTHER, TOGGLE, NUMBER, LIST] = [0, 1, 2, 3];

const { prototype } = Object;
const { getPrototypeOf } = Object;
const hasOwn = prototype.hasOwnProperty;

/**
 * Prices usages without crossing to the engine with objects: names become numbers here, figures become objects here, and
 * all that is between is the engine's. Whatever is not plain (a text for a duration, an unknown key, a value that is
 * refused) is left to the engine's own reading, which says what is wrong.
 */
export class Hot {
  readonly #names: Names;
  /** Of the inputs that can be given; undefined for the others. */
  readonly #ids: readonly (string | undefined)[];
  readonly #options: readonly (readonly string[] | undefined)[];
  readonly #kinds: readonly number[];
  readonly #count: number;
  readonly #linesAt: number;

  constructor(names: Names) {
    this.#names = names;
    this.#kinds = names.inputs.map(kindOf);
    this.#count = names.inputs.length;
    this.#linesAt = HEAD + 3 * names.balances.length;
    this.#ids = names.inputs.map(({ id, kind }) =>
      kind === "product" || kind === "largest" ? undefined : interned(id),
    );
    this.#options = names.inputs.map(({ options }) => options?.map(({ id }) => interned(id)));
  }

  /** The estimate, or undefined where the usage must be read and priced as an object. */
  estimate(number: number, usage: object): Estimate | undefined {
    return this.#price(number, usage) ? this.#present() : undefined;
  }

  /** The total of each balance in units of its last decimal, which are whole numbers; or undefined, as above. */
  units(number: number, usage: object): number[] | undefined {
    if (!this.#price(number, usage)) return;
    const { out } = desk;
    return this.#names.balances.map((_, index) => out[HEAD + 3 * index + 2] as number);
  }

  /** The totals alone, or undefined, as above. */
  totals(number: number, usage: object): Record<string, number> | undefined {
    return this.#price(number, usage) ? this.#totals() : undefined;
  }

  #price(number: number, usage: object): boolean {
    return this.write(usage) && desk.price(number);
  }

  /** Writes the values of a usage for the engine; false where it must be read as an object. */
  write(given: object): boolean {
    const usage = given as Readonly<Record<string, unknown>>;
    if (typeof usage !== "object" || usage === null || this.#count > MOST_VALUES) return false;
    const proto = getPrototypeOf(usage);
    if (proto !== prototype && proto !== null) return false;
    const raw = desk.open();
    // a getter may ask for another price meanwhile
    const turn = ++desk.turn;
    const count = this.#count;
    const ids = this.#ids;
    const kinds = this.#kinds;
    for (let index = 0; index < count; index++) raw[index] = Number.NaN;
    let next = 0;
    let items = 0;
    for (const key in usage) {
      if (!hasOwn.call(usage, key)) continue;
      // most usages name the inputs in the card's order
      let index = next;
      for (let tries = 1; ids[index] !== key; tries++) {
        if (tries >= count) return false;
        index = index + 1 === count ? 0 : index + 1;
      }
      next = index + 1 === count ? 0 : index + 1;
      const value = usage[key];
      if (typeof value === "number") {
        if (kinds[index] !== NUMBER || Number.isNaN(value)) return false;
        raw[index] = value;
      } else if (typeof value === "string") {
        const options = this.#options[index];
        if (options === undefined) return false;
        let option = 0;
        while (options[option] !== value) if (++option >= options.length) return false;
        raw[index] = option;
      } else if (value === undefined) continue;
      else if (typeof value === "boolean") {
        if (kinds[index] !== TOGGLE) return false;
        raw[index] = value ? 1 : 0;
      } else if (Array.isArray(value)) {
        const { length } = value;
        if (kinds[index] !== LIST || items + length >= ITEMS) return false;
        for (let item = 0; item < length; item++) {
          const number = value[item];
          if (typeof number !== "number" || Number.isNaN(number)) return false;
          raw[count + items + item] = number;
        }
        raw[index] = items * ITEMS + length;
        items += length;
      } else return false;
    }
    return desk.turn === turn;
  }

  #present(): Estimate {
    const { out } = desk;
    const names = this.#names;
    const at = this.#linesAt;
    const count = out[0] as number;
    // a list that is written out is made many times faster than one that grows
    let lines: Line[];
    if (count === 1) lines = [this.#line(at)];
    else if (count === 2) lines = [this.#line(at), this.#line(at + 3)];
    else if (count === 3) lines = [this.#line(at), this.#line(at + 3), this.#line(at + 6)];
    else {
      lines = [];
      for (let line = 0; line < count; line++) lines.push(this.#line(at + 3 * line));
    }
    return {
      card: names.card,
      totals: this.#totals(),
      lines,
      rounding: out[3] === 0 ? {} : this.#rounding(),
      assumptions: out[1] === 0 ? [] : chosen(names.assumptions, out[1] as number),
      ignored: out[2] === 0 ? [] : chosen(names.inputs, out[2] as number).map(({ id }) => id),
    };
  }

  #line(at: number): Line {
    const { out } = desk;
    const { charge, label, balance } = this.#names.charges[out[at] as number] as Names["charges"][number];
    return { charge, label, balance, quantity: out[at + 1] as number, amount: out[at + 2] as number };
  }

  #totals(): Record<string, number> {
    const { out } = desk;
    const { balances } = this.#names;
    const first = out[HEAD] as number;
    // as for lists, so for objects
    if (balances.length === 1) return { [balances[0] as string]: first };
    if (balances.length === 2) {
      return { [balances[0] as string]: first, [balances[1] as string]: out[HEAD + 3] as number };
    }
    const totals: Record<string, number> = {};
    for (let index = 0; index < balances.length; index++) {
      totals[balances[index] as string] = out[HEAD + 3 * index] as number;
    }
    return totals;
  }

  #rounding(): Record<string, number> {
    const { out } = desk;
    const rounding: Record<string, number> = {};
    for (const [index, balance] of this.#names.balances.entries()) {
      const difference = out[HEAD + 3 * index + 1] as number;
      if (difference !== 0) rounding[balance] = difference;
    }
    return rounding;
  }
}

/** The same text as the one that programs hold, which makes it quick to compare. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

function kindOf({ kind, maxItems }: InputNames): number {
  if (maxItems !== undefined) return LIST;
  return kind === "number" || kind === "duration" ? NUMBER : kind === "toggle" ? TOGGLE : OTHER;
}

/** The things whose bits are set. */
function chosen<T>(things: readonly T[], mask: number): T[] {
  const chosen: T[] = [];
  for (let bits = mask; bits !== 0; bits &= bits - 1) chosen.push(things[31 - Math.clz32(bits & -bits)] as T);
  return chosen;
}
