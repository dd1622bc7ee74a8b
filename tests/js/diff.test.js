// What changes between two usages, as importers see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, RateCard } from "credit-estimator";

const card = RateCard.invideoV4;

test("a diff has both estimates and what changes, in total and charge by charge", () => {
  const [before, after] = [{ duration: 61 }, { duration: 61, actor: "human" }];
  // printed: an actor adds 5 credits a started minute
  assert.deepEqual(card.diff(before, after), {
    before: estimate(before),
    after: estimate(after),
    delta: { credits: 10, videoMinutes: 0 },
    lines: [
      {
        charge: "generation",
        label: "Generative media",
        balance: "credits",
        before: { quantity: 61, amount: 20.33 },
        after: { quantity: 61, amount: 20.33 },
        delta: 0,
      },
      { charge: "actor", label: "Actor", balance: "credits", after: { quantity: 120, amount: 10 }, delta: 10 },
    ],
  });
  const back = card.diff(after, before);
  assert.deepEqual(back.delta, { credits: -10, videoMinutes: 0 });
  assert.deepEqual(back.lines[1].before, { quantity: 120, amount: 10 });
  assert.equal("after" in back.lines[1], false);
});

test("an error says which of both it is about", () => {
  const fine = { duration: 60 };
  assert.throws(() => card.diff({ imagez: 1 }, fine), { code: "unknown_input", path: "before.imagez" });
  assert.throws(() => card.diff(fine, { clips: [5, "x"] }), { code: "invalid_value", path: "after.clips[1]" });
  assert.throws(() => card.diff(fine), { code: "wrong_type", path: "after" });
  assert.throws(() => card.diff(null, fine), { code: "wrong_type", path: "before" });
});
