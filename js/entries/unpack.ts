import { size, text } from "../../dist/wasm/inline.js";
import { bytes } from "../../dist/wasm/unpack.js";
import { refused } from "../engine.js";

const PAGE = 65_536;

/** The engine's module, which is text in this file. */
export function unpacked(): Uint8Array<ArrayBuffer> {
  const { memory, unpack } = start();
  // no letter of the text takes more than two bytes
  const address = memory.grow(Math.ceil((2 * text.length + size + 8) / PAGE)) * PAGE;
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, address));
  unpack(address, written, size);
  return new Uint8Array(memory.buffer, address + written, size);
}

interface Unpack {
  readonly memory: WebAssembly.Memory;
  readonly unpack: (address: number, length: number, size: number) => void;
}

function start(): Unpack {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes())).exports as unknown as Unpack;
  } catch (cause) {
    throw refused(cause);
  }
}
