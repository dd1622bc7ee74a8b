/** A function that the engine wrote for one combination of choices. See `src/fast/emit.rs`. */
export type Run = (...numbers: number[]) => number;

/** Keys below this are found without looking for them. */
const FEW = 4096;

/** So many keys are counted, and a function is worth it as often. */
const MOST_COUNTED = 1024;
const OFTEN = 500;

/** Functions by what they are for, until all are let go of. */
export class Runs {
  #few: (Run | undefined)[] = [];
  readonly #others = new Map<number | string, Run | undefined>();
  readonly #uses = new Map<number, number>();
  #time = -1;

  /** The function; undefined where none was made, or none can be. */
  get(key: number | string): Run | undefined {
    if (this.#time !== time) return;
    return typeof key === "number" && key < FEW ? this.#few[key] : this.#others.get(key);
  }

  /** Counts a use without a function: whether one is worth it by now. */
  isOften(key: number): boolean {
    const uses = (this.#uses.get(key) ?? 0) + 1;
    if (this.#uses.size > MOST_COUNTED) this.#uses.clear();
    this.#uses.set(key, uses);
    return uses % OFTEN === 0;
  }

  /** Makes a function where there is none yet. */
  make(key: number | string, make: () => Run | undefined): Run | undefined {
    const run = make();
    // a further function may have been one too many
    if (this.#time !== time) {
      this.#few = [];
      this.#others.clear();
      this.#time = time;
    }
    if (typeof key !== "number" || key >= FEW) this.#others.set(key, run);
    else {
      // a list without gaps is the quicker one
      while (this.#few.length <= key) this.#few.push(undefined);
      this.#few[key] = run;
    }
    return run;
  }
}

/** Counts how often all functions were let go of, and those made since. */
let [time, count] = [0, 0];

/** So many functions at a time: each keeps some kilobytes. */
const MOST = 256;

let refused = false;

/**
 * Starts a module that works in the engine's memory; undefined where this host takes none made while it runs. `object`, since
 * what is declared needs no declarations of the DOM.
 */
export function start(module: Uint8Array | undefined, memory: object): Run | undefined {
  if (module === undefined || refused) return;
  if (count++ === MOST) forget();
  try {
    const imports = { e: { m: memory as WebAssembly.Memory } };
    return new WebAssembly.Instance(new WebAssembly.Module(module as BufferSource), imports).exports.f as Run;
  } catch {
    refused = true;
    return;
  }
}

/** Lets go of all functions, as they must be once the memory is no longer the engine's. */
export function forget(): void {
  time++;
  count = 0;
}
