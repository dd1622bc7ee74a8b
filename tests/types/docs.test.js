// The API reference says something of every public name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reference } from "../../scripts/docs.js";

test("everything public is documented", async () => {
  const text = await reference();
  for (const name of ["RateCard", "estimate()", "CreditEstimatorError", "Estimate", "CardDocument"]) {
    assert.match(text, new RegExp(`^### ${name.replace(/\W/g, "\\$&")}$`, "m"));
  }
});
