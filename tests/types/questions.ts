// Questions about one input: which inputs can be varied, what comes back, and any card being one of these.
import { RateCard } from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

const card = RateCard.invideoV4;
const usage = { actor: "human" } as const;

const fit = card.fit(usage, { vary: "duration", within: { credits: "99.5", videoMinutes: 3 }, to: "4:00:00", step: 1 });
expectType<Equal<typeof fit.input, "duration" | "images">>();
expectType<Equal<typeof fit.limitedBy, readonly ("credits" | "videoMinutes")[]>>();
expectType<Equal<typeof fit.value, number | undefined>>();
const spent: number | undefined = fit.estimate?.totals.credits;
const next: number | undefined = fit.next?.totals.videoMinutes;
// @ts-expect-error: a list is not varied
card.fit(usage, { vary: "clips", within: { credits: 5 } });
// @ts-expect-error: no such balance
card.fit(usage, { vary: "duration", within: { coins: 5 } });
// @ts-expect-error: into what?
card.fit(usage, { vary: "duration" });
// @ts-expect-error: no such option of an input
card.fit({ actor: "robot" }, { vary: "duration", within: {} });

const curve = card.curve(usage, { vary: "duration", from: 1, to: "2:00", step: 1 });
const minutes: Float64Array = curve.totals.videoMinutes;
expectType<
  Equal<(typeof curve.edges)[number]["charge"], "generation" | "actor" | "videoMinutes" | "images" | "clips">
>();
// @ts-expect-error: a curve fits into nothing
card.curve(usage, { vary: "duration", within: {} });
// @ts-expect-error: no such balance
curve.totals.coins;

const other = new RateCard("{}");
const starts: Float64Array = other.curve({ length: 5 }, { vary: "width" }).starts;
const any: number | undefined = other.fit({}, { vary: "width", within: { coins: 5 } }).left.coins;
const draw = (which: RateCard) => which.title;
draw(card);

export { any, minutes, next, spent, starts };

const PLANS = new RateCard({
  id: "plans",
  balances: { credits: {} },
  inputs: [{ id: "length", kind: "duration", max: 600 }],
  charges: [{ id: "all", balance: "credits", quantity: { of: "length" }, price: { amount: 1 } }],
  plans: [{ id: "plus", price: { amount: 28, currency: "USD", every: "month" }, allowances: { credits: 100 } }],
});
const best: "plus" | undefined = PLANS.recommendPlan([{ length: 5 }, { usage: { length: "0:30" }, count: 20 }]).best;
const over: number | undefined = PLANS.recommendPlan([], { every: "year", currency: "USD" }).plans[0]?.overage.credits
  ?.cost;
// @ts-expect-error: no such period
PLANS.recommendPlan([], { every: "hour" });
// @ts-expect-error: no such input
PLANS.recommendPlan([{ lenght: 5 }]);
const id: string | undefined = other.recommendPlan([{ length: 5 }, { length: 6, width: 3 }]).best;
const counted: string | undefined = other.recommendPlan([{ usage: { length: 5 }, count: 3 }]).best;
draw(PLANS);

export { best, counted, id, over };
