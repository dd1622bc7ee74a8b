// What `explain` adds to an estimate, as importers see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, RateCard } from "credit-estimator";

const card = RateCard.invideoV4;

test("an explanation is the estimate, with how each figure comes about", () => {
  const usage = { duration: 12, actor: "human", clips: [3, 5, 3] };
  const { notMade, hints, lines, ...rest } = card.explain(usage);
  const { lines: plain, ...estimated } = estimate(usage);
  assert.deepEqual(rest, estimated);
  assert.deepEqual(
    lines.map(({ sentence, steps, rate, ...line }) => line),
    plain,
  );
  const [generation, actor, clips] = lines;
  // printed: at least 30 seconds, 20 credits a minute
  assert.deepEqual(generation, {
    ...plain[0],
    sentence: "12 s consumed, raised to the 30 s minimum, 30 s × 20 credits per 60 s = 10 credits",
    steps: [
      { step: "consumed", of: "duration", quantity: 12, sentence: "12 s consumed" },
      { step: "minimum", minimum: 30, quantity: 30, sentence: "raised to the 30 s minimum" },
      {
        step: "price",
        quantity: 30,
        amount: 20,
        per: 60,
        adds: 10,
        result: 10,
        sentence: "30 s × 20 credits per 60 s = 10 credits",
      },
    ],
    rate: { amount: 20, per: 60, of: "duration" },
  });
  assert.deepEqual(actor.steps[1], {
    step: "increment",
    increment: 60,
    round: "up",
    quantity: 60,
    sentence: "rounded up to 60 s in steps of 60 s",
  });
  const [items] = clips.steps;
  assert.equal(items.step, "items");
  assert.deepEqual(
    items.groups.map(({ count, item, amount }) => [count, item, amount]),
    [
      [2, 3, 1],
      [1, 5, 5 / 3],
    ],
  );
  assert.deepEqual(notMade, [
    {
      charge: "videoMinutes",
      label: "Stock video",
      balance: "videoMinutes",
      reason: "condition",
      input: "media",
      sentence: "Media is Generative",
    },
    {
      charge: "images",
      label: "Remix: images",
      balance: "credits",
      reason: "missing",
      input: "images",
      sentence: "Images changed by remix is not given",
    },
  ]);
  assert.deepEqual(hints, [
    {
      kind: "left",
      input: "duration",
      by: 18,
      to: 30,
      charge: "generation",
      delta: {},
      sentence: "18 s left in the 30 s minimum",
    },
    {
      kind: "left",
      input: "duration",
      by: 48,
      to: 60,
      charge: "actor",
      delta: { credits: 10 },
      sentence: "48 s left in this minute of Actor",
    },
  ]);
});

test("a hint says what both sides cost", () => {
  const usage = { media: "stock", actor: "human", duration: 61 };
  const [hint] = card.explain(usage).hints;
  assert.equal(hint.sentence, "1 second less saves 5 credits and 1 video minute");
  const [now, then] = [usage, { ...usage, [hint.input]: hint.to }].map((usage) => estimate(usage).totals);
  assert.deepEqual(hint.delta, {
    credits: then.credits - now.credits,
    videoMinutes: then.videoMinutes - now.videoMinutes,
  });
});

test("a tier, a factor, limits and times are told as numbers", () => {
  const tiered = new RateCard({
    id: "tiers",
    balances: { credits: { label: "Credits" } },
    inputs: [
      { id: "images", kind: "number", max: 1000 },
      { id: "copies", kind: "number", max: 10 },
    ],
    charges: [
      {
        id: "images",
        balance: "credits",
        quantity: { of: "images" },
        price: {
          mode: "graduated",
          tiers: [
            { upTo: 10, amount: 1 },
            { amount: 0.5, flat: 2 },
          ],
        },
        factors: [1.5],
        maximumAmount: 18.25,
        round: "down",
        decimals: 0,
        times: "copies",
      },
    ],
  });
  const [line] = tiered.explain({ images: 12, copies: 2 }).lines;
  // 10 × 1 + (2 × 0.5 + 2) = 13, × 1.5 = 19.5, at most 18.25, down to 18, × 2
  assert.deepEqual(
    line.steps.map(({ sentence, ...step }) => step),
    [
      { step: "consumed", of: "images", quantity: 12 },
      {
        step: "price",
        quantity: 10,
        amount: 1,
        per: 1,
        tier: { index: 0, upTo: 10, mode: "graduated" },
        adds: 10,
        result: 10,
      },
      {
        step: "price",
        quantity: 2,
        amount: 0.5,
        per: 1,
        flat: 2,
        tier: { index: 1, mode: "graduated" },
        adds: 3,
        result: 13,
      },
      { step: "factor", factor: 1.5, result: 19.5 },
      { step: "maximumAmount", limit: 18.25, result: 18.25 },
      { step: "round", decimals: 0, round: "down", result: 18 },
      { step: "times", of: "copies", times: 2, result: 36 },
    ],
  );
});

test("what cannot be priced cannot be explained", () => {
  assert.throws(() => card.explain({ duration: -1 }), {
    name: "CreditEstimatorError",
    code: "negative",
    path: "duration",
  });
  assert.throws(() => card.explain(undefined), { code: "wrong_type", path: "" });
});
