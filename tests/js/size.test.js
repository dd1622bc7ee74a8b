// What is downloaded stays within its budget, and the README says what it is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { test } from "node:test";
import { broken, figuresOf, sizes } from "../../scripts/sizes.js";

const measured = sizes();

test("every shipped file has a budget and keeps to it", () => assert.deepEqual(broken(measured), []));

test("a budget has two ends, and no file goes without", () => {
  const one = (brotli) => ({ ...measured, "index.js": { brotli } });
  assert.match(broken(one(1e9)).join(), /^index.js is 1000000000 bytes/);
  assert.match(broken(one(0)).join(), /^index.js is 0 bytes/);
  assert.match(broken({ ...measured, "new.js": { brotli: 1 } }).join(), /^new.js is shipped and has no budget/);
  const { "index.js": _, ...others } = measured;
  assert.match(broken(others).join(), /^index.js has a budget and is not shipped/);
});

test("the README's figures are those of the build, to a twentieth", () => {
  const figures = figuresOf(readFileSync(new URL("../../README.md", import.meta.url), "utf8"));
  assert.ok(Object.keys(figures).length >= 4);
  for (const [file, said] of Object.entries(figures)) {
    const { raw, gzip, brotli } = measured[file];
    for (const [index, bytes] of [raw, gzip, brotli].entries()) {
      const off = Math.abs(bytes / said[index] - 1);
      assert.ok(off < 0.05, `${file} is ${bytes}, and the README says ${said[index]}: npm run size -- --write`);
    }
  }
});

test("no file says where it was built", () => {
  const places = [homedir(), new URL("../../", import.meta.url).pathname].filter(({ length }) => length > 1);
  for (const file of Object.keys(measured)) {
    const bytes = readFileSync(new URL(`../../dist/${file}`, import.meta.url), "latin1");
    for (const place of places) assert.ok(!bytes.includes(place), `${file} names ${place}`);
  }
});
