// Where a host refuses the module of SIMD instructions, columns are priced all the same. A file of its own, since the
// refusal must come before the package first asks.
import assert from "node:assert/strict";
import { test } from "node:test";

const { Instance } = WebAssembly;
let refusals = 0;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    if (imports?.env?.memory) {
      refusals++;
      throw new WebAssembly.CompileError("no SIMD here");
    }
    super(module, imports);
  }
};
const { RateCard } = await import("../../dist/index.js");

test("columns without SIMD cost what they cost one by one", () => {
  const card = RateCard.invideoV4;
  const duration = Float64Array.from({ length: 3001 }, (_, row) => (row * 7.919) % 700);
  const many = card.estimateMany({ actor: "human", duration });
  assert.ok(refusals > 0, "SIMD was never asked for");
  for (const [row, seconds] of duration.entries()) {
    assert.equal(many.totals.credits[row], card.estimate({ actor: "human", duration: seconds }).totals.credits);
  }
  assert.throws(() => card.estimateMany({ duration: [1, 2, -3] }), { code: "negative", path: "duration[2]" });
});
