// `trim.js MODULE TRIMMED GLUE` takes out of the module what only its tools needed, before it is optimised:
// - js-sys' closures and futures, which stand in the table of functions whether somebody calls them or not;
// - the long names of what is imported, which the glue has too.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Problem } from "./steps.js";
import { namesOf, Reader, sections } from "./wasm-parts.js";

const [IMPORTS, ELEMENTS] = [2, 9];
const FUNCTION = 0;

/** What nothing in the engine calls: it hands no closure to JavaScript, waits for no promise, and borrows with no word. */
const UNUSED =
  /^(wasm_bindgen(\[\w+\])?::convert::closures::|js_sys(\[\w+\])?::futures::|<core(\[\w+\])?::cell::Borrow)/;

/** The module and its glue, trimmed. */
export function trim(module, glue) {
  const names = new Map();
  const parts = [...sections(module)].map(({ id, body }) => {
    if (id === IMPORTS) return section(id, renamed(body, names));
    return section(id, id === ELEMENTS ? without(UNUSED, body, namesOf(module)) : body);
  });
  let text = glue;
  for (const [long, short] of names) {
    if (text.split(`${long}:`).length !== 2) throw new Problem(`The glue does not have ${long} once.`);
    text = text.replace(`${long}:`, `${short}:`);
  }
  return { module: Buffer.concat([module.subarray(0, 8), ...parts]), glue: text };
}

/** The imports under names without what tells versions of a library apart; which name became which goes into `names`. */
function renamed(body, names) {
  const reader = new Reader(body);
  const count = reader.number();
  const out = [numeral(count)];
  for (let i = 0; i < count; i++) {
    const from = reader.part();
    const long = String(reader.part());
    const plain = long.replace(/^(__wbg_|__wbindgen_)+|_[0-9a-f]{16}$/g, "");
    let short = plain;
    for (let more = 2; [...names.values()].includes(short); more++) short = plain + more;
    names.set(long, short);
    const [kind] = reader.take(1);
    if (kind !== FUNCTION) throw new Problem(`scripts/trim.js does not know what ${long} is.`);
    out.push(withLength(from), withLength(Buffer.from(short)), Buffer.of(kind), reader.numeral());
  }
  return Buffer.concat(out);
}

/** The table with another function in the place of each of those: whoever called one would be refused by its type, or stop. */
function without(unused, body, names) {
  const reader = new Reader(body);
  const head = [reader.numeral(), reader.numeral()];
  // of one segment, of the first form: where it starts, and the functions
  if (Buffer.concat(head).toString("hex") !== "0100") throw new Problem("scripts/trim.js knows one form of the table.");
  const offset = [reader.take(1), reader.numeral(), reader.take(1)];
  const functions = Array.from({ length: reader.number() }, () => reader.number());
  const kept = functions.find((index) => !unused.test(names.get(index)));
  const trimmed = functions.map((index) => numeral(unused.test(names.get(index)) ? kept : index));
  return Buffer.concat([...head, ...offset, numeral(functions.length), ...trimmed]);
}

function numeral(number) {
  return number < 128 ? Buffer.of(number) : Buffer.concat([Buffer.of((number & 127) | 128), numeral(number >> 7)]);
}

const withLength = (bytes) => Buffer.concat([numeral(bytes.length), bytes]);

const section = (id, body) => Buffer.concat([Buffer.of(id), withLength(body)]);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [module, file, glue] = process.argv.slice(2);
  const trimmed = trim(readFileSync(module), readFileSync(glue, "utf8"));
  writeFileSync(file, trimmed.module);
  writeFileSync(glue, trimmed.glue);
}
