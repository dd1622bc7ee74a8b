// What callers hand over in practice: frozen, proxied, inherited and polluted objects; and memory over many calls.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CreditEstimatorError, estimate, RateCard } from "../../dist/index.js";

const VIDEO = { media: "generative", model: "ultra", duration: 210, actor: "human" };
const EXPECTED = estimate(VIDEO);

const getters = Object.defineProperties(
  {},
  Object.fromEntries(Object.entries(VIDEO).map(([key, value]) => [key, { get: () => value, enumerable: true }])),
);
const hidden = Object.defineProperty({ ...VIDEO }, "imagez", { value: 1, enumerable: false });

for (const [what, usage] of [
  ["frozen", Object.freeze({ ...VIDEO })],
  ["without a prototype", Object.assign(Object.create(null), VIDEO)],
  ["of getters", getters],
  ["behind a proxy", new Proxy({ ...VIDEO }, {})],
  ["behind a proxy that copies", new Proxy({ ...VIDEO }, { get: (target, key) => Reflect.get(target, key) })],
  ["with a symbol", { ...VIDEO, [Symbol("note")]: 1 }],
  ["with a key that is not enumerable", hidden],
  ["with absent keys", { ...VIDEO, images: undefined, clips: undefined }],
  ["in another order", Object.fromEntries(Object.entries(VIDEO).toReversed?.() ?? Object.entries(VIDEO).reverse())],
  ["with a fraction of float noise", { ...VIDEO, duration: 210.000000000001 }],
  ["with the length as a text", { ...VIDEO, duration: "3:30" }],
]) {
  test(`a usage ${what} costs the same`, () => assert.deepEqual(estimate(usage), EXPECTED));
}

test("nothing is taken from a polluted prototype", () => {
  const bare = { duration: 30 };
  const before = estimate(bare);
  const { prototype } = Object;
  try {
    prototype.actor = "human";
    prototype.images = 5;
    prototype.imagez = 5;
    assert.deepEqual(estimate(bare), before);
    const list = { clips: [5] };
    assert.equal(estimate(list).totals.credits, 1.67);
  } finally {
    delete prototype.actor;
    delete prototype.images;
    delete prototype.imagez;
  }
});

test("what a getter or a proxy throws is passed on, and the next call works", () => {
  const thrown = new RangeError("no");
  const throws = () => {
    throw thrown;
  };
  for (const usage of [
    Object.defineProperty({}, "duration", { get: throws, enumerable: true }),
    new Proxy({}, { ownKeys: throws }),
    new Proxy({}, { getPrototypeOf: throws }),
    { clips: new Proxy([1], { get: throws }) },
  ]) {
    assert.throws(
      () => estimate(usage),
      (error) => error === thrown,
    );
    assert.deepEqual(estimate(VIDEO), EXPECTED);
  }
});

test("a getter that asks for another price does not change this one", () => {
  const usage = {
    media: "generative",
    model: "ultra",
    get duration() {
      estimate({ media: "stock", actor: "none", images: 7, duration: 1 });
      return 210;
    },
    actor: "human",
  };
  assert.deepEqual(estimate(usage), EXPECTED);
});

test("a getter for which the engine's memory has to grow does not change this price", () => {
  const usage = {
    media: "generative",
    model: "ultra",
    get duration() {
      RateCard.invideoV4.columns(4_000_000).free();
      return 210;
    },
    actor: "human",
  };
  assert.deepEqual(estimate(usage), EXPECTED);
  assert.deepEqual(estimate(VIDEO), EXPECTED);
});

for (const [text, length] of [
  ["0:05", 5],
  ["3:30", 210],
  [" 3:30 ", 210],
  ["120:00", 7200],
  ["1:02:03", 3723],
  ["01:02:03", 3723],
  ["0:05.5", 5.5],
  ["210", 210],
  ["1:99", undefined],
  ["1:60:00", undefined],
  ["1:2", undefined],
  ["1:002", undefined],
  ["1:2:03", undefined],
  [":30", undefined],
  ["1:", undefined],
  ["1:00:00:00", undefined],
  ["999999:00", undefined],
  ["1e2", undefined],
  ["-1:00", undefined],
  ["", undefined],
]) {
  test(`${JSON.stringify(text)} is ${length ?? "no length"}, for a video and for a clip`, () => {
    const [video, clip] = [{ duration: text }, { duration: 9, clips: ["0:03", text] }];
    if (length === undefined) {
      assert.throws(() => estimate(video), { path: "duration" });
      assert.throws(() => estimate(clip), { path: "clips[1]" });
      return;
    }
    assert.deepEqual(estimate(video), estimate({ duration: length }));
    if (length <= 600) assert.deepEqual(estimate(clip), estimate({ duration: 9, clips: [3, length] }));
  });
}

class Inherited {
  duration = 30;
}
for (const [what, usage, path] of [
  ["an instance of a class", new Inherited(), ""],
  ["a Map", new Map([["duration", 30]]), ""],
  ["an array", [30], ""],
  ["a number", 30, ""],
  ["null", null, ""],
  ["a boxed number", { duration: Object(30) }, "duration"],
  ["a number for a toggle's text", { media: 1 }, "media"],
  ["a text for a number", { images: "3" }, "images"],
  ["a boolean for a number", { images: true }, "images"],
  ["a number for a list", { clips: 5 }, "clips"],
  ["a list for a number", { images: [1] }, "images"],
  ["a bigint", { images: 3n }, "images"],
]) {
  test(`${what} is no usage or value`, () =>
    assert.throws(
      () => estimate(usage),
      (error) => error instanceof CreditEstimatorError && error.code === "wrong_type" && error.path === path,
    ));
}

test("each estimate is the caller's own", () => {
  const first = estimate(VIDEO);
  first.lines.length = 0;
  first.totals.credits = -1;
  first.assumptions.push("mine");
  first.ignored.push("mine");
  assert.deepEqual(estimate(VIDEO), EXPECTED);
});

test("the same card as text and as an object prices alike", () => {
  let compared = 0;
  for (const folder of ["cards", "cards/history", "tests/cards"]) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json") && !name.includes("schema"))) {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      const [fromText, fromObject] = [new RateCard(text), new RateCard(JSON.parse(text))];
      assert.deepEqual(fromObject.inputs, fromText.inputs);
      for (const { input } of fromText.examples) {
        assert.deepEqual(fromObject.estimate(input), fromText.estimate(input));
        compared++;
      }
    }
  }
  assert.ok(compared > 300);
});

/** The engine's memory, which only grows. */
const engineBytes = () => process.memoryUsage().external;

test("ten million estimates leave the memory where it was", () => {
  const usages = [VIDEO, { media: "stock", duration: 61 }, { images: 3, clips: [5, 3] }, { duration: 12.5 }];
  const spend = (count) => {
    for (let n = 0; n < count; n++) estimate(usages[n & 3]);
    // what is read as an object takes another way
    for (let n = 0; n < count / 1000; n++) {
      estimate({ duration: "1:30" });
      try {
        estimate({ imagez: n });
      } catch {}
    }
  };
  spend(100_000);
  const before = engineBytes();
  spend(10_000_000);
  assert.ok(engineBytes() - before < 4 << 20, `${engineBytes() - before} bytes more`);
});

test("cards made in a loop without a pause make room for each other, and each still works", () => {
  const text = readFileSync("cards/invideo-v4.json", "utf8");
  const first = new RateCard(text);
  const cards = [];
  for (let n = 0; n < 300; n++) cards.push(new RateCard(text));
  const before = engineBytes();
  for (let n = 0; n < 1500; n++) new RateCard(text);
  assert.ok(engineBytes() - before < 4 << 20, `${engineBytes() - before} bytes more`);
  for (const card of [first, ...cards]) assert.equal(card.estimate(VIDEO).totals.credits, 160);
});

test("a card that was freed is loaded again where it is used", () => {
  const card = new RateCard(readFileSync("cards/invideo-v4.json", "utf8"));
  card.free();
  card.free();
  assert.equal(card.estimate(VIDEO).totals.credits, 160);
});

test("figures that are no whole numbers and too long for a product of doubles are the nearest ones", () => {
  const card = new RateCard({
    id: "long",
    balances: { credits: {} },
    inputs: [
      { id: "a", kind: "number", max: 1e8 },
      { id: "b", kind: "duration", max: 1e6 },
      { id: "p", kind: "product", of: ["a", "b"] },
    ],
    charges: [{ id: "x", balance: "credits", quantity: { of: "p" }, price: { amount: 1, per: 1e12 } }],
  });
  const usage = { a: 96912179, b: 743837.513 };
  // 96912179 × 743837513 thousandths
  const nearest = Number("72086914206770.827");
  assert.equal(card.estimate(usage).lines[0].quantity, nearest);
  assert.equal(card.explain(usage).lines[0].quantity, nearest);
});

test("limits that are not there are said to be no limits", () => {
  const card = RateCard.invideoV4;
  assert.throws(() => card.session({ balances: null }), { code: "wrong_type", path: "balances" });
  assert.throws(() => card.session({ guardrails: null }), { code: "wrong_type", path: "guardrails" });
  assert.throws(() => card.session().setBalances(null), { code: "wrong_type", path: "balances" });
  const session = card.session({ balances: { credits: 10 } });
  session.add({ images: 5 });
  assert.throws(() => {
    session.totals.credits = 0;
  }, TypeError);
});
