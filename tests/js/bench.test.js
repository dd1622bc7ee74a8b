// A comparison is worth something where all do the same work: the bench's contestants agree with the package.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../scripts/steps.js";

let peers;

before(async () => {
  const outfile = join(root, "target/bench/peers.mjs");
  mkdirSync(join(root, "target/bench"), { recursive: true });
  const contents = `export { RateCard } from "credit-estimator";
    export * as handwritten from "./bench/peers/handwritten.js";
    export * as big from "./bench/peers/big.js";
    export * as jsonLogic from "./bench/peers/json-logic.js";
    export { ultraWithActor } from "./bench/peers/columns.js";`;
  await build({ stdin: { contents, resolveDir: root }, bundle: true, format: "esm", charset: "utf8", outfile });
  peers = await import(pathToFileURL(outfile).href);
});

/** The same numbers in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("each gives the package's estimates, and its numbers", () => {
  const { RateCard, handwritten, big, jsonLogic } = peers;
  const card = RateCard.invideoV4;
  const below = random(5);
  const pick = (...things) => things[below(things.length)];
  for (let round = 0; round < 5000; round++) {
    const usage = {
      media: pick("generative", "stock", undefined),
      model: pick("pro", "ultra", undefined),
      actor: pick("none", "human", "virtualPro", "ownAvatar", undefined),
      duration: pick(undefined, below(400), below(100_000) / 1000, "3:30", 0),
      images: pick(undefined, 0, below(30)),
      clips: pick(undefined, [], [5], [3, 5], [pick(0, 1, 4.5, 7), 3]),
    };
    for (const key of Object.keys(usage)) if (usage[key] === undefined) delete usage[key];
    const expected = card.estimate(usage);
    for (const [name, peer] of Object.entries({ handwritten, big, jsonLogic })) {
      assert.deepEqual(peer.estimate(usage), expected, `${name} ${JSON.stringify(usage)}`);
      assert.equal(peer.credits(usage), expected.totals.credits, `${name} ${JSON.stringify(usage)}`);
    }
    assert.deepEqual(card.totals(usage), expected.totals);
  }
});

test("each refuses what the package refuses, with the same code and path", () => {
  const { RateCard, handwritten, big, jsonLogic } = peers;
  for (const usage of [
    { imagez: 3 },
    { media: "stok" },
    { model: "max" },
    { actor: "robot" },
    { duration: -1 },
    { duration: Number.NaN },
    { duration: 14_401 },
    { duration: "x" },
    { duration: true },
    { images: 1.5 },
    { images: -1 },
    { images: 10_001 },
    { clips: 5 },
    { clips: Array(1001).fill(1) },
    null,
    [],
  ]) {
    let refusal;
    try {
      RateCard.invideoV4.estimate(usage);
    } catch ({ code, path }) {
      refusal = { code, path };
    }
    assert.ok(refusal, JSON.stringify(usage));
    for (const { estimate, credits } of [handwritten, big, jsonLogic]) {
      assert.throws(() => estimate(usage), refusal);
      assert.throws(() => credits(usage), refusal);
    }
  }
});

test("the loop over a column gives the package's totals", () => {
  const { RateCard, ultraWithActor } = peers;
  const duration = Float64Array.from({ length: 20_000 }, (_, row) => (row % 3 ? row % 7001 : (row * 7.919) % 7000));
  const out = new Float64Array(duration.length);
  ultraWithActor(duration, out);
  const { totals } = RateCard.invideoV4.estimateMany({ model: "ultra", actor: "human", duration });
  assert.deepEqual(totals.credits, out);
});
