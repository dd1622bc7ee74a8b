// Node, Deno and Bun: the README's programs, and the figures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { app, FIGURES, platformTool, run } from "./harness.js";
import { works } from "./matrix.js";
import { snippets } from "./snippets.js";

const NODE = [process.execPath];
const DENO = [platformTool("@deno", "deno"), "run", "--no-remote"];
const BUN = [platformTool("@oven", "bin/bun"), "run"];

const PROGRAMS = [
  ["node import", "credit-estimator", NODE, "js"],
  ["node import", "credit-estimator/slim", NODE, "js"],
  ["node require", "credit-estimator", NODE, "cjs"],
  ["node require", "credit-estimator/slim", NODE, "cjs"],
  ["deno", "credit-estimator", DENO, "js"],
  ["deno", "credit-estimator/slim", DENO, "js"],
  ["bun", "credit-estimator", BUN, "js"],
  ["bun", "credit-estimator/slim", BUN, "js"],
];

for (const [consumer, entry, [command, ...args], ending] of PROGRAMS) {
  test(`${consumer}: ${entry}`, async () => {
    const name = entry.replace("credit-estimator", "node").replace("/", "-");
    const cwd = app(name, `${name}-${consumer.replace(" ", "-")}`);
    for (const [file, code] of Object.entries(snippets(name)).filter(([file]) => file.endsWith(`.${ending}`))) {
      const [, logged] = /console\.log\(.*\/\/ (.*)/.exec(code);
      assert.equal(await run(command, [...args, file], { cwd }), `${logged}\n`, file);
    }
    assert.deepEqual(JSON.parse(await run(command, [...args, `test.${ending}`], { cwd })), FIGURES);
    works(consumer, entry);
  });
}
