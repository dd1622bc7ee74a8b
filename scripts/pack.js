// `pack.js MODULE FILE` writes the engine's WebAssembly module as text that compresses better than the module itself:
// `unpack/src/lib.rs` says how, and makes the module of it again.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { letterOf, lettersOf } from "./letters.js";
import { Problem, root } from "./steps.js";
import { Reader, sections } from "./wasm-parts.js";

const UNPACK = join(root, "dist/wasm/unpack_bg.wasm");
const CODE_SECTION = 10;
// After what stands before the functions and after them, the symbols, and the code.
const FIRST_NUMBERS = 4;

const [BLOCK, IF, BR, BR_IF, BR_TABLE, CALL, CALL_INDIRECT, SELECT] = [0x02, 0x04, 0x0c, 0x0d, 0x0e, 0x10, 0x11, 0x1c];
const [LOCAL_GET, LOCAL_TEE, GLOBAL_GET, TABLE_SET, LOAD, STORE, STORE_LAST] = [
  0x20, 0x22, 0x23, 0x26, 0x28, 0x36, 0x3e,
];
const [MEMORY_SIZE, MEMORY_GROW, I32_CONST, I64_CONST, F32_CONST, F64_CONST] = [0x3f, 0x40, 0x41, 0x42, 0x43, 0x44];
const [LAST_PLAIN, REF_NULL, REF_FUNC, BULK] = [0xc4, 0xd0, 0xd2, 0xfc];

// What stands in a function beside its instructions.
const LOCALS = 0x100;
const END_OF_FUNCTION = { instruction: 0x101, own: [0x0b] };

/** What a function is made of: of each piece its instruction, the bytes of its own, and its number if it has one. */
function piecesOf(body) {
  const reader = new Reader(body);
  const pieces = [];
  const groups = reader.number();
  pieces.push({ instruction: LOCALS, own: [groups] });
  for (let group = 0; group < groups; group++) {
    pieces.push({ instruction: LOCALS, own: [], number: reader.numeral() });
    pieces.push({ instruction: LOCALS, own: reader.take(1) });
  }
  while (reader.at < body.length) pieces.push(...nextOf(reader));
  return [...pieces.slice(0, -1), END_OF_FUNCTION];
}

/** The next instruction: one piece, but for those that list where they go. */
function nextOf(reader) {
  const [instruction] = reader.take(1);
  const piece = (...own) => ({ instruction, own: [instruction, ...own.flatMap((bytes) => [...bytes])] });
  const between = (first, last) => instruction >= first && instruction <= last;
  const oneOf = (...list) => list.includes(instruction);
  if (between(LOCAL_GET, LOCAL_TEE) || oneOf(BR, BR_IF, CALL, I32_CONST, I64_CONST)) {
    return [{ ...piece(), number: reader.numeral() }];
  }
  if (between(LOAD, STORE_LAST)) return [{ ...piece(reader.numeral()), number: reader.numeral() }];
  if (oneOf(CALL_INDIRECT, SELECT)) return [piece(reader.numeral(), reader.numeral())];
  if (between(BLOCK, IF) || between(GLOBAL_GET, TABLE_SET) || oneOf(MEMORY_SIZE, MEMORY_GROW, REF_NULL, REF_FUNC)) {
    return [piece(reader.numeral())];
  }
  if (oneOf(F32_CONST, F64_CONST)) return [piece(reader.take(instruction === F32_CONST ? 4 : 8))];
  if (oneOf(BR_TABLE)) {
    const count = reader.numeral();
    const targets = Array.from({ length: new Reader(count).number() + 1 }, () => reader.numeral());
    return [piece(count), ...targets.map((number) => ({ instruction, own: [], number }))];
  }
  if (oneOf(BULK)) {
    const kind = reader.numeral();
    // what moves memory or tables names two of them, or one and a part of the module
    const names = { 8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1 }[kind[0]] ?? 0;
    return [piece(kind, ...Array.from({ length: names }, () => reader.numeral()))];
  }
  if (instruction > LAST_PLAIN) throw new Problem(`scripts/pack.js does not know the instruction ${instruction}.`);
  return [piece()];
}

const isLoad = (instruction) => instruction >= LOAD && instruction < STORE;

const number = (value) => (value < 128 ? letterOf(value) : letterOf((value & 127) | 128) + number(value >> 7));

/** The module as text. */
export function pack(module) {
  const { body } = [...sections(module)].find(({ id }) => id === CODE_SECTION);
  const reader = new Reader(body);
  const functions = Array.from({ length: reader.number() }, () => piecesOf(reader.part()));
  const start = body.byteOffset - module.byteOffset;
  const count = new Reader(body);
  count.number();
  const head = lettersOf(module.subarray(0, start + count.at));
  const tail = lettersOf(module.subarray(start + body.length));

  const pieces = functions.flat();
  const places = new Places(pieces);
  const symbols = pieces.map((piece) => places.symbolOf(piece));
  const table = mostUsedFirst([places.symbolOf(END_OF_FUNCTION), ...symbols]);
  const index = new Map(table.map((symbol, index) => [symbol, index]));
  const code = symbols.map((symbol) => letterOf(index.get(symbol))).join("");
  const parts = [head, tail, table.join(""), code, ...places.numbers(pieces)];
  const lengths = parts.map((part) => number(Buffer.byteLength(part)));
  return number(parts.length) + lengths.join("") + parts.join("");
}

/** Each symbol once; the first one stays the first. */
function mostUsedFirst([first, ...symbols]) {
  const uses = new Map([[first, Number.POSITIVE_INFINITY]]);
  for (const symbol of symbols) uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
  return [...uses].sort(([, one], [, other]) => other - one).map(([symbol]) => symbol);
}

/** In which part of the text each number is. */
class Places {
  #kinds;
  #parts = new Map();
  #count = FIRST_NUMBERS;

  constructor(pieces) {
    this.#kinds = [...new Set(pieces.map(({ instruction }) => instruction))].filter((kind) => !isLoad(kind));
    for (const piece of pieces) if (piece.number) this.#reserve(piece);
  }

  /** Loads are alike, so are stores, and so is what is done with locals. */
  #kindOf({ instruction }) {
    if (instruction >= LOCAL_GET && instruction <= LOCAL_TEE) return LOCAL_GET;
    if (isLoad(instruction)) return LOAD;
    return instruction >= STORE && instruction <= STORE_LAST ? STORE : instruction;
  }

  /** A constant goes by all that may come next, a local by whether something is loaded from there, others by nothing. */
  #mostOf(piece) {
    const kind = this.#kindOf(piece);
    if (kind === I32_CONST) return this.#kinds.length;
    return kind === LOCAL_GET ? 1 : 0;
  }

  #furtherOf({ instruction }) {
    return this.#kinds.indexOf(instruction) + 1;
  }

  #reserve(piece) {
    const kind = this.#kindOf(piece);
    if (this.#parts.has(kind)) return;
    this.#parts.set(kind, this.#count);
    this.#count += this.#mostOf(piece) + 1;
  }

  /** What `unpack` is told of a piece. */
  symbolOf(piece) {
    const own = lettersOf(piece.own);
    const place = piece.number ? [this.#parts.get(this.#kindOf(piece)), this.#mostOf(piece)] : [0, 0];
    return [...place, this.#furtherOf(piece), Buffer.byteLength(own)].map(number).join("") + own;
  }

  /** The parts that hold numbers. */
  numbers(pieces) {
    const parts = Array.from({ length: this.#count }, () => []);
    for (const [i, piece] of pieces.entries()) {
      if (!piece.number) continue;
      const further = Math.min(this.#furtherOf(pieces[i + 1]), this.#mostOf(piece));
      parts[this.#parts.get(this.#kindOf(piece)) + further].push(...Array.from(piece.number, letterOf));
    }
    return parts.slice(FIRST_NUMBERS).map((part) => part.join(""));
  }
}

/** The module again, as `js/entries/unpack.ts` makes it. */
export function unpack(text) {
  const { memory, unpack } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(UNPACK))).exports;
  const bytes = Buffer.from(text);
  const start = memory.buffer.byteLength;
  memory.grow(Math.ceil((4 * text.length) / 65536));
  Buffer.from(memory.buffer).set(bytes, start);
  const end = start + bytes.length;
  return Buffer.from(memory.buffer, end, unpack(start, bytes.length, end, memory.buffer.byteLength - end));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source, file] = process.argv.slice(2);
  const module = readFileSync(source);
  const text = pack(module);
  if (!unpack(text).equals(module)) throw new Problem(`${source} does not come out of its text again.`);
  writeFileSync(file, text);
}
