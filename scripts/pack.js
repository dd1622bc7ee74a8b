// Takes a WebAssembly module's code apart, so that it compresses better: all operations one after another, then all
// indices of locals, all offsets, all constants. Alike things side by side are 12 % smaller after brotli.
// `unpack/src/lib.rs` puts it together again, byte for byte, and says how it is laid out.
import { Problem } from "./steps.js";

const CODE = 10;

/** The streams, in their order: `frame` is the module without its code. */
const STREAMS = [
  "frame",
  "operations",
  "locals",
  "offsets",
  "integers",
  "calls",
  "branches",
  "longs",
  "blocks",
  "others",
  "declared",
  "doubles",
];

/** The numbers that follow an operation, by the stream that each goes to. */
const FOLLOWED_BY = {
  2: ["blocks"],
  3: ["blocks"],
  4: ["blocks"],
  12: ["branches"],
  13: ["branches"],
  16: ["calls"],
  17: ["others", "others"],
  32: ["locals"],
  33: ["locals"],
  34: ["locals"],
  35: ["others"],
  36: ["others"],
  37: ["others"],
  38: ["others"],
  63: ["others"],
  64: ["others"],
  65: ["integers"],
  66: ["longs"],
  208: ["others"],
  210: ["others"],
};

const BLOCK_TABLE = 0x0e;
const DOUBLE = 0x44;
const PREFIX = 0xfc;
const FIRST_MEMORY = 0x28;
const LAST_MEMORY = 0x3e;
const LAST_PLAIN = 0xc4;
/** The alignment of a value by itself, from the first operation on memory on; another one is told. */
const NATURAL = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
/** An operation on memory whose alignment is told has another number, which no operation has. */
const TOLD = 0xd4 - FIRST_MEMORY;
/** How many numbers follow the operations behind the prefix. */
const BEHIND_PREFIX = { 8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1 };

/** The packed form of a module. */
export function pack(module) {
  const streams = Object.fromEntries(STREAMS.map((name) => [name, []]));
  let at = 0;
  const skip = () => {
    const start = at;
    while (module[at++] >= 128);
    return module.subarray(start, at);
  };
  const number = () => skip().reduce((sum, byte, index) => sum + (byte & 127) * 128 ** index, 0);
  const put = (stream, bytes) => {
    for (const byte of bytes) streams[stream].push(byte);
  };
  const several = (stream, count) => {
    for (let left = count; left > 0; left--) put(stream, skip());
  };

  function operation() {
    const code = module[at++];
    if (code >= FIRST_MEMORY && code <= LAST_MEMORY) {
      const isNatural = module[at] === NATURAL[code - FIRST_MEMORY];
      put("operations", [isNatural ? code : code + TOLD]);
      if (isNatural) at++;
      else several("others", 1);
      return several("offsets", 1);
    }
    put("operations", [code]);
    if (code in FOLLOWED_BY) for (const stream of FOLLOWED_BY[code]) several(stream, 1);
    else if (code === BLOCK_TABLE) {
      const start = at;
      const count = number();
      put("others", module.subarray(start, at));
      several("others", count + 1);
    } else if (code === DOUBLE) {
      put("doubles", module.subarray(at, at + 8));
      at += 8;
    } else if (code === PREFIX) {
      const [kind] = module.subarray(at);
      several("others", 1 + (BEHIND_PREFIX[kind] ?? 0));
    } else if (code > LAST_PLAIN || code === 0x43 || code === 0x1c) {
      throw new Problem(`scripts/pack.js does not know the operation 0x${code.toString(16)}.`);
    }
  }

  let codeAt = 0;
  let functions = 0;
  at = 8;
  put("frame", module.subarray(0, at));
  while (at < module.length) {
    const start = at;
    const id = module[at++];
    const length = number();
    const end = at + length;
    if (id === CODE) {
      codeAt = streams.frame.length;
      const count = at;
      functions = number();
      put("others", module.subarray(count, at));
      for (let left = functions; left > 0; left--) {
        const size = number();
        const stop = at + size;
        const kinds = module[at];
        several("declared", 1 + 2 * kinds);
        while (at < stop) operation();
      }
    } else put("frame", module.subarray(start, end));
    at = end;
  }
  const lengths = STREAMS.map((name) => streams[name].length);
  const head = [codeAt, functions, ...lengths].flatMap(written);
  return Uint8Array.from([...head, ...STREAMS.flatMap((name) => streams[name])]);
}

/** A number as WebAssembly writes it: seven bits a byte, the lowest first. */
function written(number) {
  return number < 128 ? [number] : [128 + (number % 128), ...written(Math.floor(number / 128))];
}
