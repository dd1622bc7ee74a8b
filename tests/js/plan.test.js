// `recommendPlan` as importers see it: its shape, the plans of a vendor, and questions that are none.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const read = (name) => new RateCard(readFileSync(new URL(`../cards/${name}.json`, import.meta.url), "utf8"));

const card = new RateCard({
  id: "plans",
  balances: { credits: { label: "Credits" } },
  inputs: [
    { id: "length", kind: "duration", max: 3600 },
    { id: "model", kind: "choice", options: [{ id: "pro" }, { id: "ultra" }], default: "pro" },
  ],
  charges: [
    {
      id: "video",
      balance: "credits",
      quantity: { of: "length", minimum: 30 },
      price: { amount: { by: "model", pro: 20, ultra: 40 }, per: 60 },
    },
  ],
  plans: [
    {
      id: "plus",
      label: "Plus",
      price: { amount: 28, currency: "USD", every: "month" },
      allowances: { credits: 100 },
      input: { model: "pro" },
      overage: { credits: { quantity: { minimum: 50, increment: 10 }, price: { amount: 3, per: 10 } } },
    },
    { id: "pack", label: "Pack", price: { amount: "9.99", currency: "USD" }, allowances: { credits: 50 } },
  ],
});

test("a recommendation has the documented shape, and nothing else", () => {
  // 100 credits at ULTRA, 50 at PRO; twelve times 5
  const usages = [
    { length: "2:30", model: "ultra" },
    { usage: { length: 15 }, count: 6 },
  ];
  assert.deepEqual(card.recommendPlan(usages), {
    every: "month",
    totals: { credits: 160 },
    plans: [
      {
        plan: "plus",
        label: "Plus",
        currency: "USD",
        cost: 43,
        price: 28,
        every: "month",
        allowances: { credits: 100 },
        used: { credits: 110 },
        overage: { credits: { amount: 10, quantity: 50, cost: 15 } },
        covers: true,
        missing: {},
        sentence: "28 USD a month with 100 credits, 15 USD for 10 credits more: 43 USD a month",
      },
      {
        plan: "pack",
        label: "Pack",
        currency: "USD",
        cost: 39.96,
        price: 9.99,
        count: 4,
        allowances: { credits: 50 },
        used: { credits: 160 },
        overage: {},
        covers: true,
        missing: {},
        sentence: "4 × 9.99 USD with 50 credits: 39.96 USD",
      },
    ].reverse(),
    best: "pack",
  });
});

test("a vendor's packs and subscriptions", () => {
  const packs = read("magic-hour-credit-packs");
  const rank = (credits) =>
    packs
      .recommendPlan([{ credits }])
      .plans.filter(({ covers }) => covers)
      .map(({ plan, cost }) => [plan, cost]);
  assert.deepEqual(rank(12000).slice(0, 3), [
    ["creator", 19],
    ["pack-12000", 27],
    ["pack-4000", 30],
  ]);
  assert.deepEqual(rank(26000)[0], ["pack-32000", 64]);
  assert.equal(packs.recommendPlan([{ credits: 12001 }]).plans.at(-1).missing.credits, 1);
  const yearly = read("heygen-premium-credit-packs");
  const { plans } = yearly.recommendPlan([], { every: "month" });
  assert.deepEqual(
    plans.map(({ plan, cost }) => [plan, cost]),
    [
      ["annual-pack", 12.5],
      ["creator", 29],
    ],
  );
});

test("what is no question is an error with a code and a path", async (t) => {
  const many = Array.from({ length: 100_001 }, () => 0);
  const cases = [
    [RateCard.invideoV4, [{ duration: 5 }], {}, "missing_key", "plans"],
    [card, { length: 5 }, {}, "wrong_type", "usages"],
    [card, undefined, {}, "wrong_type", "usages"],
    [card, [5], {}, "wrong_type", "usages[0]"],
    [card, [{}, { length: -1 }], {}, "negative", "usages[1].length"],
    [card, [{ lenght: 1 }], {}, "unknown_input", "usages[0].lenght"],
    [card, [{ usage: { length: "x" } }], {}, "invalid_value", "usages[0].length"],
    [card, [{ usage: {}, cuont: 5 }], {}, "unknown_key", "usages[0].cuont"],
    [card, [{ usage: {}, count: -1 }], {}, "negative", "usages[0].count"],
    [card, [{ usage: {}, count: 1.5 }], {}, "invalid_value", "usages[0].count"],
    [card, [{ usage: 5 }], {}, "unknown_input", "usages[0].usage"],
    [card, many, {}, "too_large", ""],
    [card, [], { evry: "month" }, "unknown_key", "evry"],
    [card, [], { every: "hour" }, "invalid_value", "every"],
    [card, [], { every: null }, "wrong_type", "every"],
    [card, [], { currency: "EUR" }, "invalid_value", "currency"],
    [card, [], 5, "wrong_type", ""],
  ];
  for (const [which, usages, options, code, path] of cases) {
    await t.test(`${code} at ${path}`, () =>
      assert.throws(
        () => which.recommendPlan(usages, options),
        (error) => {
          assert.ok(error instanceof CreditEstimatorError, String(error));
          assert.deepEqual([error.code, error.path], [code, path]);
          return true;
        },
      ),
    );
  }
});
