import { bytes as unpackBytes } from "../../dist/wasm/unpack.js";

/** What `scripts/pack.js` makes of the engine's module. */
declare const PACKED: string;

interface Unpack {
  readonly memory: WebAssembly.Memory;
  /** Where the text is and how long, where there is room and how much; answers how long the module is. */
  readonly unpack: (text: number, length: number, room: number, size: number) => number;
}

const PAGE = 65536;

/** The engine's module, which stands in this file as text: see `unpack/src/lib.rs`. */
export function bytes(): Uint8Array<ArrayBuffer> {
  const text = PACKED;
  const unpacking = new WebAssembly.Instance(new WebAssembly.Module(unpackBytes()));
  const { memory, unpack } = unpacking.exports as unknown as Unpack;
  const start = memory.buffer.byteLength;
  // a character is two bytes at most, and so is what it becomes
  memory.grow(Math.ceil((4 * text.length) / PAGE));
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, start));
  const end = start + written;
  return new Uint8Array(memory.buffer, end, unpack(start, written, end, memory.buffer.byteLength - end));
}
