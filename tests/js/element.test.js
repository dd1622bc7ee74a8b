// The element without a browser: what is said of it is complete, in every language, and it is small.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { RateCard } from "credit-estimator";
import * as define from "credit-estimator/define";
import { CreditEstimatorElement } from "credit-estimator/element";
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
    });
  }
});
