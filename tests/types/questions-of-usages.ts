// Questions about whole usages: what explains them, what compares two, what they are held against.
import { type Check, type Explanation, RateCard, type Step } from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

const card = RateCard.invideoV4;
type Charges = "generation" | "actor" | "videoMinutes" | "images" | "clips";
type Inputs = "media" | "model" | "actor" | "duration" | "images" | "clips";

const why = card.explain({ media: "stock", duration: "2:01" });
expectType<Equal<(typeof why.lines)[number]["charge"], Charges>>();
expectType<Equal<(typeof why.notMade)[number]["charge"], Charges>>();
expectType<Equal<(typeof why.hints)[number]["input"], Inputs>>();
const saved: number | undefined = why.hints[0]?.delta.credits;
// @ts-expect-error: no such option
card.explain({ media: "stok" });
// a step is known by its name
const words = (step: Step): string =>
  step.step === "minimum"
    ? `at least ${step.minimum}`
    : step.step === "items"
      ? `${step.groups.length}`
      : step.sentence;

const change = card.diff({ duration: 60 }, { duration: undefined, images: 5 });
expectType<Equal<typeof change.delta, { readonly credits: number; readonly videoMinutes: number }>>();
const before: number | undefined = change.lines[0]?.before?.amount;
// @ts-expect-error: no such input after
card.diff({ duration: 60 }, { length: 60 });

const verdict = card.check(
  { duration: 60 },
  { balances: { credits: "28.5" }, guardrails: [{ balance: "videoMinutes", of: "total", warn: 5, block: undefined }] },
);
card.check({ duration: 60 });
card.check({ duration: 60 }, { balances: undefined, guardrails: undefined });
expectType<Equal<typeof verdict.verdict, "ok" | "warn" | "block">>();
expectType<Equal<(typeof verdict.fits)[number]["input"], "duration" | "images">>();
expectType<Equal<(typeof verdict.reasons)[number]["balance"], "credits" | "videoMinutes">>();
// @ts-expect-error: no such balance
card.check({ duration: 60 }, { balances: { coins: 5 } });
// @ts-expect-error: no such guardrail
card.check({ duration: 60 }, { guardrails: [{ balance: "credits", of: "sum", warn: 5 }] });
// @ts-expect-error: no such option
card.check({ duration: 60 }, { balance: { credits: 5 } });

// answers about a known card are answers about any
const show = (explanation: Explanation, checked: Check) => [explanation.lines, checked.reasons];
show(why, verdict);
interface MyUsage {
  length: number;
}
declare const mine: MyUsage;
const other = new RateCard("{}");
show(other.explain(mine), other.check(mine, { balances: { coins: 5 } }));
other.diff(mine, { ...mine, length: 5 });
// @ts-expect-error: a date is no value
other.explain({ length: new Date() });

export { before, saved, words };

// many at once
const many = card.estimateMany({
  media: ["stock", "generative", undefined],
  actor: "human",
  duration: new Float64Array(3),
  images: [1, 2, 3],
  clips: [[5], [3, "0:04"], []],
});
expectType<Equal<keyof typeof many.totals, "credits" | "videoMinutes">>();
const totals: Float64Array = many.totals.credits;
card.estimateMany({ duration: ["3:30", 5], clips: [5, 3], model: undefined });
// @ts-expect-error: no such option
card.estimateMany({ media: ["stok"] });
// @ts-expect-error: no such input
card.estimateMany({ length: new Float64Array(3) });
// @ts-expect-error: options are no numbers
card.estimateMany({ media: new Uint8Array(3) });
const rows = card.columns(3);
rows.set("media", "stock");
rows.numbers("duration").fill(210);
expectType<Equal<keyof ReturnType<typeof rows.estimate>["totals"], "credits" | "videoMinutes">>();
// @ts-expect-error: no such input
rows.set("length", 5);
// @ts-expect-error: options are no numbers
rows.numbers("media");
other.estimateMany({ length: new Float64Array(3), width: 5, kind: ["a", "b", "c"] });
// @ts-expect-error: a date is no value
other.estimateMany({ length: [new Date()] });
other.columns(3).set("length", 5);

export { totals };
