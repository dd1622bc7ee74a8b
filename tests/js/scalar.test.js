// Where a host refuses modules that are made while it runs, or their instructions, everything is priced all the same. A
// file of its own, since the refusal must come before the package first asks.
import assert from "node:assert/strict";
import { test } from "node:test";

const { Instance } = WebAssembly;
let refusals = 0;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    if (imports?.e?.m) {
      refusals++;
      throw new WebAssembly.CompileError("none of these here");
    }
    super(module, imports);
  }
};
const { RateCard } = await import("../../dist/index.js");

test("what is asked often costs the same without functions of its own", () => {
  const expected = RateCard.invideoV4.estimate({ actor: "human", duration: "3:30" });
  for (let time = 0; time < 2000; time++) RateCard.invideoV4.totals({ actor: "human", duration: time });
  assert.equal(refusals, 1, "it is asked for once");
  assert.deepEqual(RateCard.invideoV4.estimate({ actor: "human", duration: 210 }), expected);
});

test("columns without functions of their own cost what they cost one by one", () => {
  const card = RateCard.invideoV4;
  const duration = Float64Array.from({ length: 3001 }, (_, row) => (row * 7.919) % 700);
  const many = card.estimateMany({ actor: "human", duration });
  assert.equal(refusals, 1, "it is asked for once");
  for (const [row, seconds] of duration.entries()) {
    assert.equal(many.totals.credits[row], card.estimate({ actor: "human", duration: seconds }).totals.credits);
  }
  assert.throws(() => card.estimateMany({ duration: [1, 2, -3] }), { code: "negative", path: "duration[2]" });
});
