// The README's JavaScript does what its comments say: what is logged is what stands behind or below it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { RateCard } from "credit-estimator";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const snippets = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);

/** The comments that say what is logged, and not what is done. */
function expected(code) {
  return code
    .split("\n")
    .filter((line) => /console\.log\(.*\/\/|^\s*\/\//.test(line))
    .map((line) => line.replace(/^.*?\/\/ ?/, ""))
    .join("\n");
}

test("there are snippets", () => assert.ok(snippets.length >= 3));

for (const [index, code] of snippets.entries()) {
  test(`snippet ${index + 1}`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: root,
    });
    assert.equal(stdout.trim(), expected(code));
  });
}

test("the assumptions are the card's", () => {
  for (const { text, because } of RateCard.invideoV4.assumptions)
    assert.ok(readme.includes(`| ${text} | ${because} |`), text);
});

test("links lead somewhere", () => {
  const slug = (heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
  for (const file of [
    "README.md",
    "CONTRIBUTING.md",
    ...["api", "editor", "element"].map((name) => `docs/${name}.md`),
  ]) {
    const text = readFileSync(new URL(file, root), "utf8").replace(/^```.*?^```/gms, "");
    const here = new Set([
      ...Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) => slug(heading)),
      ...Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id]) => id),
    ]);
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      if (target.startsWith("#")) assert.ok(here.has(target.slice(1)), `${file}: ${target}`);
      else assert.ok(existsSync(new URL(target, new URL(file, root))), `${file}: ${target}`);
    }
  }
});
