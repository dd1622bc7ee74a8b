// The guide for editors: its code does what its comments say, and what it quotes stands in the file that it names.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { promisify } from "node:util";

const root = new URL("../../", import.meta.url);
const text = (file) => readFileSync(new URL(file, root), "utf8");
const blocks = [...text("docs/editor.md").matchAll(/^```jsx?(?: (\S+))?\n(.*?)^```/gms)].map(([, file, code]) => ({
  file,
  code,
}));

/** The comments that say what is logged, and not what is done. */
const expected = (code) =>
  code
    .split("\n")
    .filter((line) => /console\.log\(.*\/\//.test(line))
    .map((line) => line.replace(/^.*?\/\/ /, ""))
    .join("\n");

/** Without the indentation, which is another one in the guide. */
const bare = (code) => code.replace(/^[ \t]+/gm, "");

describe("the guide's code runs", () => {
  const runs = blocks.filter(({ file }) => file === undefined);
  test("there is some", () => assert.ok(runs.length >= 6));
  for (const [index, { code }] of runs.entries()) {
    test(`block ${index + 1}`, async () => {
      const options = ["--input-type=module", "--eval", code];
      const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root });
      assert.ok(stdout.length > 0);
      assert.equal(stdout.trim(), expected(code));
    });
  }
});

describe("the guide quotes what is there", () => {
  const quotes = blocks.filter(({ file }) => file !== undefined);
  test("there is some", () => assert.ok(quotes.length >= 8));
  for (const [index, { file, code }] of quotes.entries()) {
    test(`quote ${index + 1}, of ${file}`, () => {
      assert.ok(bare(text(file)).includes(bare(code)), code);
    });
  }
});
