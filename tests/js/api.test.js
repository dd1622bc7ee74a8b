// The package as importers see it: shapes, errors, and input that is not what it seems.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { CreditEstimatorError, estimate, RateCard } from "credit-estimator";

test("an estimate has the documented shape, and nothing else", () => {
  assert.deepEqual(estimate({ media: "generative", model: "ultra", duration: "3:30", actor: "human" }), {
    card: { id: "invideo-v4", version: RateCard.invideoV4.version },
    totals: { credits: 160, videoMinutes: 0 },
    lines: [
      { charge: "generation", label: "Generative media", balance: "credits", quantity: 210, amount: 140 },
      { charge: "actor", label: "Actor", balance: "credits", quantity: 240, amount: 20 },
    ],
    rounding: {},
    assumptions: [],
    ignored: [],
  });
});

test("import and require give the same figures", () => {
  const required = createRequire(import.meta.url)("credit-estimator");
  const usage = { media: "stock", actor: "human", duration: 121, model: "pro" };
  assert.deepEqual(required.estimate(usage), estimate(usage));
  assert.deepEqual(estimate(usage).totals, { credits: 15, videoMinutes: 3 });
  assert.deepEqual(estimate(usage).ignored, ["model"]);
});

const thrower = {
  get duration() {
    throw new RangeError("mine");
  },
};

test("what is no usage is an error with a code and a path", async (t) => {
  const cases = [
    [{ imagez: 3 }, "unknown_input", "imagez", "images"],
    [{ imagez: undefined }, "unknown_input", "imagez", "images"],
    [{ media: "stok" }, "unknown_option", "media", "stock"],
    [{ media: "" }, "unknown_option", "media"],
    [{ media: 1 }, "wrong_type", "media"],
    [{ duration: Number.NaN }, "not_finite", "duration"],
    [{ duration: Number.POSITIVE_INFINITY }, "not_finite", "duration"],
    [{ duration: -1 }, "negative", "duration"],
    [{ duration: 1e308 }, "too_large", "duration"],
    [{ duration: 14400.001 }, "too_large", "duration"],
    [{ duration: null }, "wrong_type", "duration"],
    [{ duration: "abc" }, "invalid_value", "duration"],
    [{ duration: "1:60" }, "invalid_value", "duration"],
    [{ duration: [60] }, "wrong_type", "duration"],
    [{ duration: new Date() }, "wrong_type", "duration"],
    [{ duration: 60n }, "wrong_type", "duration"],
    [{ images: 2.5 }, "off_step", "images"],
    [{ images: "2" }, "wrong_type", "images"],
    [{ images: new Number(2) }, "wrong_type", "images"],
    [{ clips: 5 }, "wrong_type", "clips"],
    [{ clips: [5, "x"] }, "invalid_value", "clips[1]"],
    [{ clips: [5, undefined] }, "wrong_type", "clips[1]"],
    [{ clips: Array(1001).fill(1) }, "too_many", "clips"],
    [{ clips: new Array(2 ** 32 - 1) }, "too_large", "clips"],
    [undefined, "wrong_type", ""],
    [null, "wrong_type", ""],
    [60, "wrong_type", ""],
    ["duration=60", "wrong_type", ""],
    [[], "wrong_type", ""],
    [() => {}, "wrong_type", ""],
    [new Map([["duration", 60]]), "wrong_type", ""],
    [
      new (class {
        duration = 60;
      })(),
      "wrong_type",
      "",
    ],
  ];
  for (const [usage, code, path, suggestion] of cases) {
    await t.test(`${code} ${path}`, () => {
      assert.throws(
        () => estimate(usage),
        (error) => {
          assert.ok(error instanceof CreditEstimatorError && error instanceof Error);
          assert.equal(error.name, "CreditEstimatorError");
          const { problems } = error;
          assert.deepEqual([error.code, error.path, error.suggestion], [code, path, suggestion]);
          assert.deepEqual([problems[0].code, problems[0].path], [code, path]);
          assert.ok(error.message.startsWith(path === "" ? "" : `${path}: `));
          return true;
        },
      );
    });
  }
});

test("every problem of a usage is said at once", () => {
  assert.throws(
    () => estimate({ imagez: 1, model: "plus", duration: -3 }),
    ({ problems, message }) => {
      assert.match(message, / \(and 2 more problems\)$/);
      assert.deepEqual(
        problems.map(({ code, path }) => `${code} ${path}`),
        ["unknown_input imagez", "unknown_option model", "negative duration"],
      );
      return true;
    },
  );
});

test("an exception of the caller's own is passed on", () => {
  assert.throws(() => estimate(thrower), { name: "RangeError", message: "mine" });
});

test("usages that are frozen, without prototype, proxied, getters, or with a polluted prototype", () => {
  const plain = { duration: 60, images: undefined };
  const expected = estimate({ duration: 60 });
  const getters = Object.defineProperty({}, "duration", { get: () => 60, enumerable: true });
  for (const usage of [
    plain,
    Object.freeze({ ...plain }),
    Object.assign(Object.create(null), plain),
    new Proxy(plain, {}),
    getters,
  ]) {
    assert.deepEqual(estimate(usage), expected);
  }
  Object.prototype.images = 5;
  try {
    assert.deepEqual(estimate({ duration: 60 }), expected);
  } finally {
    delete Object.prototype.images;
  }
});

test("a duration is one quantity, however it is written", () => {
  for (const duration of [210, 210.0000000001, "210", "3:30", "0:03:30", "03:30.000"]) {
    assert.equal(estimate({ duration }).totals.credits, 70, String(duration));
  }
  assert.equal(estimate({ duration: 0.1 + 0.2, model: "ultra" }).totals.credits, 20);
});

const demo = {
  id: "demo",
  balances: { credits: { decimals: 4 } },
  inputs: [{ id: "count", kind: "number", max: 1000 }],
  charges: [{ id: "c", balance: "credits", quantity: { of: "count" }, price: { amount: 0.1 } }],
};

test("a card from text and from an object is the same card", () => {
  const ninth = { ...demo, charges: [{ ...demo.charges[0], price: { amount: "1/9" } }] };
  for (const document of [demo, ninth]) {
    const fromObject = new RateCard(document);
    const fromText = new RateCard(JSON.stringify(document));
    assert.deepEqual(fromObject.estimate({ count: 7 }), fromText.estimate({ count: 7 }));
  }
  assert.equal(new RateCard(demo).estimate({ count: 3 }).totals.credits, 0.3);
  assert.equal(new RateCard(ninth).estimate({ count: 1 }).totals.credits, 0.1111);
});

test("a card that is changed after it was given, and a description that cannot be", () => {
  const document = structuredClone(demo);
  const card = new RateCard(document);
  document.charges[0].price.amount = 99;
  assert.equal(card.estimate({ count: 1 }).totals.credits, 0.1);
  assert.throws(() => {
    card.inputs[0].max = 5;
  }, TypeError);
  assert.throws(() => {
    card.balances.credits.decimals = 5;
  }, TypeError);
});

test("what the card says of itself", () => {
  const card = new RateCard(demo);
  assert.deepEqual([card.id, card.title, card.version, card.source], ["demo", "demo", undefined, undefined]);
  assert.deepEqual(card.balances, { credits: { label: "credits", decimals: 4, round: "halfUp" } });
  assert.deepEqual(card.inputs, [{ id: "count", kind: "number", label: "count", min: 0, max: 1000, step: 1 }]);
  assert.deepEqual(card.charges, [{ id: "c", label: "c", balance: "credits", of: "count" }]);
  assert.deepEqual([card.assumptions, card.examples], [[], []]);
  const { invideoV4 } = RateCard;
  assert.equal(invideoV4, RateCard.invideoV4);
  assert.equal(invideoV4.examples.length, 20);
  assert.equal(invideoV4.assumptions.length, 8);
  assert.match(invideoV4.source.title, /^How are the credits/);
  assert.deepEqual(
    invideoV4.inputs.map(({ id, kind }) => `${id} ${kind}`),
    ["media choice", "model choice", "actor choice", "duration duration", "images number", "clips duration"],
  );
});

test("a card that only sells plans describes itself", () => {
  const plans = [{ id: "plus", price: { amount: 28, currency: "USD", every: "month" }, allowances: { credits: 100 } }];
  const card = new RateCard({ id: "plans", balances: { credits: {} }, plans });
  assert.deepEqual([card.inputs, card.charges, card.prove().examples], [[], [], []]);
  assert.deepEqual(card.plans, [{ ...plans[0], label: "plus" }]);
  assert.deepEqual(card.estimate({}).totals, { credits: 0 });
});

test("a card that is none says where", () => {
  const cases = [
    ["", "syntax", ""],
    ["{", "syntax", ""],
    [{}, "missing_key", "id"],
    [[], "wrong_type", ""],
    [{ ...demo, balancez: {} }, "unknown_key", "balancez"],
    [
      { ...demo, charges: [{ ...demo.charges[0], price: { amount: Number.NaN } }] },
      "not_finite",
      "charges[0].price.amount",
    ],
    [{ ...demo, charges: [{ ...demo.charges[0], price: { amount: 1n } }] }, "wrong_type", "charges[0].price.amount"],
    [{ ...demo, inputs: new Set() }, "wrong_type", "inputs"],
    [{ ...demo, title: "x".repeat(2 ** 20 + 1) }, "too_large", "title"],
  ];
  for (const [document, code, path] of cases) {
    assert.throws(
      () => new RateCard(document),
      (error) => {
        assert.ok(error instanceof CreditEstimatorError, String(error));
        assert.deepEqual([error.code, error.path], [code, path]);
        return true;
      },
    );
  }
  for (const card of [Buffer.from("{}"), Promise.resolve(demo), null, undefined, 3]) {
    assert.throws(() => new RateCard(card), { code: "wrong_type", path: "", message: /JSON text or a plain object/ });
  }
  const circular = { ...demo };
  circular.source = circular;
  assert.throws(() => new RateCard(circular), { code: "too_deep" });
});

test("a label is data", () => {
  const label = "<script>alert(1)</script>\u202e\u0000";
  const card = new RateCard({ ...demo, charges: [{ ...demo.charges[0], label }] });
  assert.equal(card.estimate({ count: 1 }).lines[0].label, label);
});

test("cards come and go without mixing up", () => {
  const priced = (amount) => new RateCard({ ...demo, charges: [{ ...demo.charges[0], price: { amount } }] });
  const cards = Array.from({ length: 50 }, (_, n) => priced(n + 1));
  cards.forEach((card, n) => {
    assert.equal(card.estimate({ count: 2 }).totals.credits, 2 * (n + 1));
  });
});
