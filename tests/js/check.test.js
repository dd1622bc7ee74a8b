// Whether a usage may be made, as importers see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, RateCard } from "credit-estimator";

const card = RateCard.invideoV4;

test("a check that passes has the estimate and what is left", () => {
  const usage = { duration: 210 };
  // printed: PRO 3:30 is 70 credits
  assert.deepEqual(card.check(usage, { balances: { credits: 100 } }), {
    verdict: "ok",
    reasons: [],
    estimate: estimate(usage),
    remaining: { credits: 30 },
    shortfall: {},
    fits: [],
  });
  assert.deepEqual(card.check(usage).remaining, {});
  assert.equal(card.check(usage, {}).verdict, "ok");
  assert.equal(card.check(usage, { balances: { credits: undefined }, guardrails: undefined }).verdict, "ok");
});

test("a check that blocks says why, what is missing and what would pass", () => {
  const check = card.check(
    { media: "stock", actor: "human", duration: "2:01" },
    {
      balances: { credits: "14.5", videoMinutes: 10 },
      guardrails: [
        { balance: "videoMinutes", of: "total", warn: 2 },
        { balance: "credits", of: "share", warn: 0.5 },
      ],
    },
  );
  // printed: stock with an actor, 3 minutes or less, is 15 credits and 3 video minutes
  assert.equal(check.verdict, "block");
  assert.deepEqual(check.reasons, [
    {
      kind: "balance",
      level: "block",
      balance: "credits",
      limit: 14.5,
      amount: 15,
      sentence: "takes 15 credits, 0.5 credits more than the balance of 14.5 credits",
    },
    {
      kind: "total",
      level: "warn",
      balance: "videoMinutes",
      limit: 2,
      amount: 3,
      sentence: "takes 3 video minutes, 1 video minute more than the limit of 2 video minutes",
    },
    {
      kind: "share",
      level: "warn",
      balance: "credits",
      limit: 7.25,
      amount: 15,
      share: 0.5,
      sentence: "takes 15 credits, 7.75 credits more than 50 % of the balance (7.25 credits)",
    },
  ]);
  assert.deepEqual(check.remaining, { credits: 0, videoMinutes: 7 });
  assert.deepEqual(check.shortfall, { credits: 0.5 });
  assert.deepEqual(check.fits, [
    {
      input: "duration",
      value: 120,
      totals: { credits: 10, videoMinutes: 2 },
      sentence: "Video length: 2:00 passes, for 10 credits and 2 video minutes",
    },
  ]);
});

test("what is no limit is an error with a path", async (t) => {
  const cases = [
    [null, "wrong_type", ""],
    [[], "wrong_type", ""],
    [{ balance: { credits: 1 } }, "unknown_key", "balance", "balances"],
    [{ balance: undefined }, "unknown_key", "balance"],
    [{ balances: { credits: -1 } }, "negative", "balances.credits"],
    [{ balances: { credits: Number.NaN } }, "not_finite", "balances.credits"],
    [{ balances: { credits: Number.POSITIVE_INFINITY } }, "not_finite", "balances.credits"],
    [{ balances: { credit: 1 } }, "unknown_balance", "balances.credit", "credits"],
    [{ guardrails: { balance: "credits" } }, "wrong_type", "guardrails"],
    [{ guardrails: [{ balance: "credits", of: "total" }] }, "missing_key", "guardrails[0].block"],
    [{ guardrails: [{ balance: "credits", of: "totals", warn: 1 }] }, "invalid_value", "guardrails[0].of", "total"],
    [{ guardrails: [{ balance: "credits", of: "share", warn: 1 }] }, "missing_key", "guardrails[0].balance"],
  ];
  for (const [options, code, path, suggestion] of cases) {
    await t.test(`${code} ${path}`, () => {
      assert.throws(
        () => card.check({ duration: 60 }, options),
        (error) => {
          assert.deepEqual([error.name, error.code, error.path], ["CreditEstimatorError", code, path]);
          if (suggestion !== undefined) assert.equal(error.suggestion, suggestion);
          return true;
        },
      );
    });
  }
  assert.throws(() => card.check({ imagez: 1 }, {}), { code: "unknown_input", path: "imagez" });
});
