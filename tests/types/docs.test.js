// The API reference says something of every public name, and is what the types make.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { reference } from "../../scripts/docs.js";

test("everything public is documented, and docs/api.md is not stale", async () => {
  const text = await reference();
  assert.match(text, /^### RateCard$/m);
  // said in a word: the difference is long
  const written = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
  assert.ok(written === text, "docs/api.md is stale: npm run docs");
});
