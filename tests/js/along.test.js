// `curve` and `fit` as importers see them: shapes, figures of the built-in card, and questions that are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const card = RateCard.invideoV4;

test("a fit has the documented shape, and nothing else", () => {
  const usage = { media: "generative", actor: "human" };
  assert.deepEqual(card.fit(usage, { vary: "duration", within: { credits: 100 } }), {
    input: "duration",
    value: 240,
    estimate: card.estimate({ ...usage, duration: 240 }),
    limitedBy: ["credits"],
    reason: "balance",
    left: { credits: 0 },
    next: { value: 240.001, totals: { credits: 105.33, videoMinutes: 0 } },
    sentence: "4:00 fits: 4:00.001 would take 105.33 credits of 100 credits",
  });
  assert.deepEqual(
    card.fit({ images: 3 }, { vary: "duration", from: "0:01", within: { credits: "0.61", videoMinutes: 0 } }),
    {
      input: "duration",
      limitedBy: ["credits"],
      reason: "none",
      left: { credits: 0.61, videoMinutes: 0 },
      next: { value: 1, totals: { credits: 10.6, videoMinutes: 0 } },
      sentence: "nothing fits: 1 s would take 10.6 credits of 0.61 credits",
    },
  );
});

test("the most that fits, of the built-in card", async (t) => {
  const cases = [
    // 20 credits a minute, 30 seconds at least
    [{}, { vary: "duration", within: { credits: 9.99 } }, 0, "balance"],
    [{}, { vary: "duration", within: { credits: 10 } }, 30, "balance"],
    [{}, { vary: "duration", within: { credits: 28 } }, 84, "balance"],
    [{ duration: 5 }, { vary: "duration", within: { credits: 28 }, to: 60 }, 60, "max"],
    [{ model: "ultra" }, { vary: "duration", within: { credits: 100 }, step: 30 }, 150, "balance"],
    // each started minute
    [{ media: "stock" }, { vary: "duration", within: { videoMinutes: 3 } }, 180, "balance"],
    [
      { media: "stock", actor: "human" },
      { vary: "duration", within: { videoMinutes: 9, credits: 14.99 } },
      120,
      "balance",
    ],
    [{ duration: 60 }, { vary: "images", within: { credits: 21 } }, 5, "balance"],
    [{}, { vary: "duration", within: {} }, 14400, "max"],
  ];
  for (const [usage, options, value, reason] of cases) {
    await t.test(`${JSON.stringify(usage)} ${JSON.stringify(options)}`, () => {
      const fit = card.fit(usage, options);
      assert.deepEqual([fit.value, fit.reason], [value, reason]);
    });
  }
});

test("a curve has the documented shape, and nothing else", () => {
  const { starts, totals, ...rest } = card.curve(
    { media: "stock", actor: "human" },
    { vary: "duration", from: 1, to: "3:00" },
  );
  assert.deepEqual(starts, Float64Array.of(1, 60.001, 120.001));
  assert.deepEqual(totals, { credits: Float64Array.of(5, 10, 15), videoMinutes: Float64Array.of(1, 2, 3) });
  const edge = { at: 60, kind: "increment", balance: "credits", every: 60, to: 120, count: 2 };
  assert.deepEqual(rest, {
    input: "duration",
    from: 1,
    to: 180,
    step: 0.001,
    edges: [
      { ...edge, charge: "actor" },
      { ...edge, charge: "videoMinutes", balance: "videoMinutes" },
    ],
  });
});

test("the ticks of a slider, for a generated video with an actor", () => {
  const { edges } = card.curve({ actor: "human" }, { vary: "duration", to: 600, step: 1 });
  assert.deepEqual(edges, [
    { at: 30, kind: "minimum", charge: "generation", balance: "credits" },
    { at: 60, kind: "increment", charge: "actor", balance: "credits", every: 60, to: 540, count: 9 },
  ]);
});

test("a curve says every second what an estimate says", () => {
  for (const usage of [{}, { model: "ultra", actor: "human" }, { media: "stock", actor: "ownAvatar", clips: [3, 1] }]) {
    const { starts, totals } = card.curve(usage, { vary: "duration" });
    let run = 0;
    for (let duration = 0; duration <= 7200; duration++) {
      while (starts[run + 1] <= duration) run++;
      const { credits, videoMinutes } = card.estimate({ ...usage, duration }).totals;
      assert.deepEqual([totals.credits[run], totals.videoMinutes[run]], [credits, videoMinutes], `${duration}`);
    }
  }
});

const withGaps = new RateCard({
  id: "gaps",
  balances: { credits: {} },
  inputs: [
    { id: "seconds", kind: "number", max: 10 },
    { id: "width", kind: "number", max: 10, when: { seconds: { above: 5 } } },
    { id: "area", kind: "product", of: ["seconds", "width"] },
  ],
  charges: [
    {
      id: "clip",
      balance: "credits",
      quantity: { of: "seconds" },
      price: { amount: { by: "seconds", 5: 1, 10: 0.5 } },
    },
  ],
});

test("what has no price is NaN, and does not fit", () => {
  const { starts, totals } = withGaps.curve({}, { vary: "seconds" });
  assert.deepEqual(starts, Float64Array.of(0, 1, 5, 6, 10));
  assert.deepEqual(totals, { credits: Float64Array.of(0, Number.NaN, 5, Number.NaN, 5) });
  assert.equal(withGaps.fit({}, { vary: "seconds", within: { credits: 5 } }).value, 10);
  const { value, reason, next } = withGaps.fit({}, { vary: "seconds", to: 9, within: { credits: 5 } });
  assert.deepEqual([value, reason, next], [5, "notOffered", undefined]);
});

test("what is no question is an error with a code and a path", async (t) => {
  const cases = [
    [{ duration: -1 }, { vary: "duration" }, "negative", "duration"],
    [{}, undefined, "wrong_type", ""],
    [{}, {}, "missing_key", "vary"],
    [{}, { vary: 5 }, "wrong_type", "vary"],
    [{}, { vary: "druation" }, "unknown_input", "vary", "duration"],
    [{}, { vary: "media" }, "wrong_type", "vary"],
    [{}, { vary: "clips" }, "wrong_type", "vary"],
    [{}, { vary: "duration", form: 5 }, "unknown_key", "form", "from"],
    [{}, { vary: "duration", from: Number.NaN }, "not_finite", "from"],
    [{}, { vary: "duration", from: -5 }, "negative", "from"],
    [{}, { vary: "duration", to: "4:00:01" }, "too_large", "to"],
    [{}, { vary: "images", to: "2" }, "wrong_type", "to"],
    [{}, { vary: "images", from: 2.5 }, "off_step", "from"],
    [{}, { vary: "duration", from: 5, to: 4 }, "too_small", "to"],
    [{}, { vary: "duration", step: 0 }, "invalid_value", "step"],
    [{}, { vary: "duration", step: null }, "wrong_type", "step"],
    [{}, { vary: "images", step: 1.5 }, "off_step", "step"],
  ];
  const within = [
    [{ credits: -1 }, "negative", "within.credits"],
    [{ credits: "-0.5" }, "negative", "within.credits"],
    [{ credits: Number.NaN }, "not_finite", "within.credits"],
    [{ credits: Number.POSITIVE_INFINITY }, "not_finite", "within.credits"],
    [{ credits: "ten" }, "invalid_value", "within.credits"],
    [{ credits: null }, "wrong_type", "within.credits"],
    [{ credit: 5 }, "unknown_balance", "within.credit", "credits"],
    [{ credit: undefined }, "unknown_balance", "within.credit", "credits"],
    [5, "wrong_type", "within"],
    [undefined, "missing_key", "within"],
  ];
  const check = (run, code, path, suggestion) =>
    assert.throws(run, (error) => {
      assert.ok(error instanceof CreditEstimatorError, String(error));
      assert.deepEqual([error.code, error.path, error.suggestion], [code, path, suggestion]);
      return true;
    });
  for (const [usage, options, code, path, suggestion] of cases) {
    await t.test(`${JSON.stringify(usage)} ${JSON.stringify(options)}`, () => {
      check(() => card.curve(usage, options), code, path, suggestion);
      check(() => card.fit(usage, options && { within: {}, ...options }), code, path, suggestion);
    });
  }
  for (const [amounts, code, path, suggestion] of within) {
    await t.test(`within ${JSON.stringify(amounts)}`, () => {
      check(() => card.fit({}, { vary: "duration", within: amounts }), code, path, suggestion);
    });
  }
  await t.test("an input that is not asked for, or computed", () => {
    check(() => card.fit({}, { vary: "duration", within: {}, form: 1 }), "unknown_key", "form", "from");
    check(() => withGaps.curve({ seconds: 3 }, { vary: "width" }), "left_out", "vary");
    check(() => withGaps.curve({}, { vary: "area" }), "wrong_type", "vary");
  });
});
