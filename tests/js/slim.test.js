// `credit-estimator/slim` in Node: what loads the engine, what does not, and what is said before it is loaded.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const require = createRequire(import.meta.url);
const file = new URL(import.meta.resolve("credit-estimator/estimator.wasm"));
const bytes = readFileSync(file);
// the module's last section says which build it is
const other = bytes.with(-1, 0x21);
const closed = "http://127.0.0.1:1/estimator.wasm";

let copies = 0;
/** The entry as an application that has just started sees it. */
const fresh = () => import(`../../dist/slim.node.js?${copies++}`);

function freshlyRequired() {
  delete require.cache[require.resolve("credit-estimator/slim")];
  return require("credit-estimator/slim");
}

const part = () => {
  const whole = new Uint8Array(bytes.length + 14);
  whole.set(bytes, 7);
  return whole.subarray(7, -7);
};

test("the engine is loaded from", async (t) => {
  const sources = {
    "the file that comes with it": () => [],
    "a URL": () => [file],
    "a URL as text": () => [file.href],
    "a response": () => [new Response(bytes)],
    "a promise of a response": () => [Promise.resolve(new Response(bytes))],
    bytes: () => [bytes],
    "an ArrayBuffer": () => [new Uint8Array(bytes).buffer],
    "a part of a buffer": () => [part()],
    "a compiled module": () => [new WebAssembly.Module(bytes)],
  };
  for (const [title, source] of Object.entries(sources)) {
    for (const [how, entry] of Object.entries({ import: fresh, require: freshlyRequired })) {
      await t.test(`${title}, with ${how}`, async () => {
        const { load, estimate } = await entry();
        assert.throws(() => estimate({ duration: 60 }), { name: "CreditEstimatorError", code: "not_loaded", path: "" });
        await load(...source());
        assert.deepEqual(estimate({ duration: 60 }).totals, { credits: 20, videoMinutes: 0 });
      });
    }
  }
});

test("what is no engine is an error, and another try may follow", async (t) => {
  const { load, estimate } = await fresh();
  const failed = Promise.reject(new Error("mine"));
  failed.catch(() => {});
  const cases = [
    [null, "wrong_type", "source"],
    [42, "wrong_type", "source"],
    [{ module: bytes }, "wrong_type", "source"],
    ["estimator.wasm", "load_failed", ""],
    [closed, "load_failed", ""],
    [new URL("none.wasm", file), "load_failed", ""],
    [failed, "load_failed", "", /mine$/],
    [new Response("", { status: 404 }), "load_failed", "", /404$/],
    [new Response("<!doctype html>"), "load_failed", "", /no WebAssembly$/],
    [new Uint8Array(), "load_failed", "", /no WebAssembly$/],
    [other, "load_failed", "", /another version/],
    [new WebAssembly.Module(other), "load_failed", "", /another version/],
    [bytes.subarray(0, 1000), "wasm_refused", ""],
  ];
  for (const [source, code, path, message = /./] of cases) {
    await t.test(`${code}: ${String(message)}`, () =>
      assert.rejects(load(source), { name: "CreditEstimatorError", code, path, message }),
    );
  }
  await Promise.all([load(), load(), load(null)]);
  assert.equal(estimate({ duration: 60 }).totals.credits, 20);
});

test("instanceof knows what another copy of the package made", async () => {
  const slim = await fresh();
  await slim.load();
  const copies = [slim, require("credit-estimator")];
  for (const copy of copies) {
    assert.ok(copy.RateCard.invideoV4 instanceof RateCard);
    assert.throws(() => copy.estimate({ imagez: 1 }), CreditEstimatorError);
  }
  class Mine extends CreditEstimatorError {}
  const problem = { code: "syntax", path: "", message: "mine" };
  assert.ok(new Mine([problem]) instanceof Mine);
  assert.ok(new Mine([problem]) instanceof copies[0].CreditEstimatorError);
  assert.ok(!(new CreditEstimatorError([problem]) instanceof Mine));
  for (const thing of [undefined, null, 1, "", {}, new Error(), RateCard, CreditEstimatorError]) {
    assert.ok(!(thing instanceof RateCard) && !(thing instanceof CreditEstimatorError));
  }
});
