// The element without a browser: what is said of it is complete, in every language, and it is small.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { RateCard } from "credit-estimator";
import * as define from "credit-estimator/define";
import { CreditEstimatorElement } from "credit-estimator/element";
import { build } from "esbuild";
import { manifest } from "../../scripts/manifest.js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const sources = readdirSync(new URL("js/element", root), { recursive: true });
const all = (ending) =>
  sources
    .filter((name) => name.endsWith(ending))
    .map((name) => read(`js/element/${name}`))
    .join("\n");
const [{ declarations }] = manifest().modules;
const [described] = declarations;
const names = (list) => list.map(({ name }) => name).sort();

test("a server imports it, and it does nothing there", () => {
  assert.equal(define.CreditEstimatorElement, CreditEstimatorElement);
});

test("it is small beside the engine", () => {
  const bytes = brotliCompressSync(readFileSync(new URL("dist/element.js", root))).length;
  assert.ok(bytes > 8_000 && bytes <= 14 * 1024, `${bytes} bytes`);
});

test("every attribute, member, part and variable is described, and no other", () => {
  assert.deepEqual(
    names(described.attributes).filter((name) => name !== "disabled"),
    [...CreditEstimatorElement.observedAttributes].sort(),
  );
  const parts = new Set();
  for (const [, text] of all(".ts").matchAll(
    /(?:part: |picture\(|createRow\(|section\()\s*(?:is\w+ \? )?["`]([^"`]+)["`]/g,
  ))
    for (const part of text.split(" ")) if (!part.includes("$") && !part.startsWith("balance-")) parts.add(part);
  for (const [, state] of all(".ts").matchAll(/setState\([^,]+, "([\w-]+)"/g)) parts.add(state);
  assert.deepEqual(names(described.cssParts), [...parts].sort());
  const variables = new Set(Array.from(all(".css").matchAll(/--credit-estimator-[a-z0-9-]+/g), ([name]) => name));
  assert.deepEqual(names(described.cssProperties), [...variables].sort());
});

test("the guide lists every variable, with what it is at first", () => {
  const rows = Array.from(
    read("docs/element.md").matchAll(/^\| `(--[\w-]+)` \| (.*) \| (.*) \|$/gm),
    ([, ...cells]) => cells,
  );
  assert.deepEqual(
    rows,
    described.cssProperties.map((variable) => [variable.name, variable.default, variable.description.slice(0, -1)]),
  );
});

// An input's limits and step, and its axis: the values at its ends, its labels, and how many positions it has.
const AXES = [
  [{ kind: "number", max: 10_000 }, [0, 10_000], [0, 20, 100, 1000, 10_000], 72],
  [{ kind: "number", max: 250 }, [0, 250], [0, 20, 100, 250], 51],
  [{ kind: "number", max: 9 }, [0, 9], [0, 2, 4, 6, 8, 9], 9],
  [{ kind: "number", min: 1, max: 50 }, [1, 50], [1, 10, 20, 30, 40, 50], 49],
  [{ kind: "number", min: 3, max: 31, step: 2 }, [4, 30], [4, 10, 20, 30], 13],
  [{ kind: "number", max: 1, step: 0.1 }, [0, 1], [0, 0.2, 0.4, 0.6, 0.8, 1], 10],
  [{ kind: "number", max: 7, step: "2/3" }, [0, 6], [0, 2, 4, 6], 3],
  [{ kind: "number", max: 12_345, step: 5 }, [0, 12_345], [0, 100, 500, 5000, 12_345], 69],
  [{ kind: "duration", max: 14_400 }, [0, 14_400], [0, 60, 120, 180, 240, 300, 600, 3600, 14_400], 446],
  [{ kind: "duration", max: 45 }, [0, 45], [0, 10, 20, 30, 40, 45], 45],
  [{ kind: "duration", min: 2, max: 90, step: 0.5 }, [2, 90], [2, 15, 30, 45, 60, 75, 90], 88],
];

test("an axis goes from the least to the most by multiples of the step", async () => {
  const { outputFiles } = await build({
    entryPoints: ["js/element/axis.ts"],
    bundle: true,
    write: false,
    format: "esm",
  });
  const { createAxis } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  for (const [input, ends, labels, positions] of AXES) {
    const axis = createAxis({ min: 0, step: 1, ...input });
    const what = JSON.stringify(input);
    const values = Array.from({ length: axis.positions + 1 }, (_, position) => axis.valueAt(position));
    assert.deepEqual([values[0], values.at(-1)], ends, what);
    assert.deepEqual(
      axis.labels.map(({ value }) => value),
      labels,
      what,
    );
    assert.equal(axis.positions, positions, what);
    assert.deepEqual([axis.towards(axis.min - 1, axis.min), axis.towards(axis.max + 1, axis.max)], ends, what);
    for (const [position, value] of values.entries()) {
      assert.equal(Math.round(axis.positionOf(value)), position, `${what} at ${value}`);
      assert.ok(position === 0 || value > values[position - 1], `${what} at ${value}`);
      const steps = value / Number.parseFloat(axis.step);
      if (input.kind === "number") assert.ok(Math.abs(steps - Math.round(steps)) < 1e-9, `${what} at ${value}`);
    }
  }
});

/** What can be wrong with something entered, or named by an attribute. */
const OF_ENTRIES = [
  ...["inexact", "invalid_value", "left_out", "missing_input", "negative", "not_finite", "not_offered", "off_step"],
  ...["too_large", "too_many", "too_small", "unknown_balance", "unknown_input", "unknown_option", "wrong_type"],
];

describe("every language says everything", () => {
  const phrases = (source) =>
    new Map(
      Array.from(read(source).matchAll(/^ {2,4}(\w+):\s*"(.*)",$/gm), ([, name, text]) => [
        name,
        Array.from(text.matchAll(/\{\w+\}/g), ([place]) => place).sort(),
      ]),
    );
  const english = new Map([...phrases("js/element/words/en.ts"), ...phrases("js/element/more/words.ts")]);
  const card = RateCard.invideoV4;
  const labels = [
    ...Object.keys(card.balances).map((id) => `balances.${id}`),
    ...card.inputs.flatMap(({ id, options = [] }) => [
      `inputs.${id}`,
      ...options.filter(({ label }) => !/^[A-Z]+$/.test(label)).map((option) => `inputs.${id}.${option.id}`),
    ]),
    ...card.charges.map(({ id }) => `charges.${id}`),
    ...card.assumptions.flatMap(({ id, because }) => [
      `assumptions.${id}`,
      ...(because ? [`assumptions.${id}.because`] : []),
    ]),
  ];

  for (const language of ["ar", "de", "es", "ja"]) {
    test(language, async () => {
      const { words } = await import(new URL(`dist/words.${language}.js`, root));
      for (const [name, places] of english) {
        const phrase = words[name] ?? words.extras[name];
        assert.ok(phrase, name);
        assert.deepEqual(Array.from(phrase.matchAll(/\{\w+\}/g), ([place]) => place).sort(), places, name);
      }
      assert.deepEqual(Object.keys(words.cards[card.id]).sort(), [...labels, "title"].sort());
      assert.deepEqual(Object.keys(words.problems).sort(), OF_ENTRIES);
    });
  }
});
