// The inlined engine is taken apart by the build and put together again when it is first called, byte for byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import binaryen from "binaryen";
import { pack, unpack } from "../../scripts/pack.js";

const read = (file) => readFileSync(new URL(`../../dist/${file}`, import.meta.url));

const written = (text) => {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
};

const MANY = Array.from({ length: 300 }, (_, index) => `(local $l${index} i64)`).join(" ");
const LONG = Array.from(
  { length: 9000 },
  (_, index) => `(i32.store offset=${index} (i32.const ${-index * 9999}) (local.get 0))`,
);

/** What a module may hold, each with the instructions that it is about. */
const MODULES = [
  ["the engine", read("estimator.wasm")],
  ["a function of nothing", written('(module (func (export "a")))')],
  [
    "alignments that are told",
    written(
      "(module (memory 1) (func (param i32) (i64.store align=1 (local.get 0) (i64.load32_u align=2 (local.get 0))) (i32.store8 (local.get 0) (i32.load16_s offset=70000 (local.get 0)))))",
    ),
  ],
  [
    "a table of branches",
    written(
      `(module (func (param i32) (result i32) (block $a (block $b (br_table ${"$a $b ".repeat(80)} (local.get 0)))) (i32.const 5)))`,
    ),
  ],
  [
    "doubles, longs, globals and calls through a table",
    written(
      "(module (type $t (func (param f64) (result f64))) (table 1 funcref) (elem (i32.const 0) $f) (global $g (mut i64) (i64.const -5)) (func $f (type $t) (global.set $g (i64.const 1234567890123)) (call_indirect (type $t) (f64.const 1e308) (i32.const 0))))",
    ),
  ],
  [
    "memory that is copied and filled, and conversions",
    written(
      "(module (memory 1) (func (param f64) (result i32) (memory.copy (i32.const 0) (i32.const 9) (i32.const 5)) (memory.fill (i32.const 0) (i32.const 1) (i32.const 2)) (i32.trunc_sat_f64_s (local.get 0))))",
    ),
  ],
  [
    "blocks within loops, many locals and a long body",
    written(
      `(module (memory 1) (func (param i32) ${MANY} (loop (if (local.get 0) (then (nop)) (else (return)))) ${LONG.join(" ")}))`,
    ),
  ],
];

for (const [what, module] of MODULES) {
  test(`${what} comes out as it went in`, () => {
    assert.ok(WebAssembly.validate(module));
    assert.deepEqual(unpack(pack(module)), Buffer.from(module));
  });
}

test("an instruction that is not known stops the build", () => {
  const module = written("(module (func (result v128) (v128.const i32x4 1 2 3 4)))");
  assert.throws(() => pack(module), /does not know the instruction 253/);
});
