// A card that the compiler knows nothing of, because it is text or data, takes any values.
import { type CardTypes, type Estimate, RateCard, type Usage, type Value } from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

declare const text: string;
declare const parsed: ReturnType<typeof JSON.parse>;
declare const object: object;
declare const record: Record<string, unknown>;
// not `as const`
const composed = { id: "composed", balances: { credits: {} }, inputs: [{ id: "draft", kind: "toggle" }] };

const card = new RateCard(text);
expectType<Equal<typeof card, RateCard>>();
for (const other of [
  new RateCard("{}"),
  new RateCard(parsed),
  new RateCard(object),
  new RateCard(record),
  new RateCard(composed),
  new RateCard({ ...composed, id: "other" }),
]) {
  expectType<Equal<typeof other, RateCard>>();
}

const estimate = card.estimate({ media: "stock", draft: true, length: "3:30", clips: [5], absent: undefined });
expectType<Equal<typeof estimate, Estimate>>();
const credits: number | undefined = estimate.totals.credits;
const charge: string | undefined = estimate.lines[0]?.charge;
const rest: number = estimate.rounding.credits ?? 0;
// @ts-expect-error: there may be no such balance
const certain: number = estimate.totals.credits;

// usages that were put together, and types of one's own
declare const usage: Usage;
declare const values: Record<string, Value>;
interface MyUsage {
  media: "stock";
  duration: number;
}
declare const mine: MyUsage;
card.estimate(usage);
card.estimate(values);
card.estimate(mine);
card.estimate({ ...mine, images: 5 });
RateCard.invideoV4.estimate(usage);

// @ts-expect-error: a date is no value
card.estimate({ length: new Date() });
// @ts-expect-error: null is not absent
card.estimate({ length: null });
// @ts-expect-error: a usage is an object
card.estimate(5);
interface NotMine {
  when: Date;
}
declare const notMine: NotMine;
// @ts-expect-error: a date is no value
card.estimate(notMine);

// functions for any card
const total = (any: RateCard, what: Usage) => any.estimate(what).totals;
total(RateCard.invideoV4, usage);
total(card, { length: 5 });
const generic = <T extends CardTypes>(any: RateCard<T>) => any.charges.map(({ id }): T["charge"] => id);
expectType<Equal<ReturnType<typeof generic<CardTypes>>, string[]>>();

declare const thing: unknown;
if (thing instanceof RateCard) expectType<Equal<typeof thing, RateCard>>();

class Own extends RateCard<string> {
  total(what: Usage): number | undefined {
    return this.estimate(what).totals.credits;
  }
}
new Own(text).total({ length: 5 });

export { certain, charge, credits, rest };
