// A card that is written in TypeScript is checked: unknown keys, wrong kinds, what is missing.
import { type CardDocument, type ChargeDocument, type InputDocument, RateCard } from "credit-estimator";

const balances = { credits: {} };

// @ts-expect-error: unknown key
new RateCard({ id: "a", balances, chargez: [] });
// @ts-expect-error: unknown key, `as const`
new RateCard({ id: "a", balances: {}, chargez: [] } as const);
// @ts-expect-error: no balances
new RateCard({ id: "a" });
// @ts-expect-error: no id
new RateCard({ balances });
// @ts-expect-error: a text or an object
new RateCard(5);
// @ts-expect-error: nothing
new RateCard();
declare const something: unknown;
// @ts-expect-error: whatever it is
new RateCard(something);
// @ts-expect-error: no such way of rounding
new RateCard({ id: "a", balances: { credits: { round: "halfDown" } } });
new RateCard({
  id: "a",
  balances,
  inputs: [
    { id: "a", kind: "number", max: 5 },
    // @ts-expect-error: no such kind
    { id: "b", kind: "choise", options: [] },
  ],
});
new RateCard({
  id: "a",
  balances,
  inputs: [
    // @ts-expect-error: a choice has options
    { id: "b", kind: "choice" },
  ],
});
new RateCard({
  id: "a",
  balances,
  inputs: [
    // @ts-expect-error: a toggle has no limit
    { id: "b", kind: "toggle", max: 5 },
  ],
});
new RateCard({
  id: "a",
  balances,
  // @ts-expect-error: unknown key of a charge
  charges: [{ id: "c", balance: "credits", price: { amount: 1 }, prise: 1 }],
});
new RateCard({
  id: "a",
  balances,
  // @ts-expect-error: a price is no bare number
  charges: [{ id: "c", balance: "credits", price: 5 }],
});
new RateCard({
  id: "a",
  balances,
  // @ts-expect-error: unknown key of a tier
  charges: [{ id: "c", balance: "credits", price: { mode: "volume", tiers: [{ upto: 5, amount: 1 }] } }],
});
new RateCard({
  id: "a",
  balances,
  // @ts-expect-error: no such period
  plans: [{ id: "p", price: { amount: 1, currency: "USD", every: "hour" } }],
});

const charge: ChargeDocument = { id: "c", balance: "credits", price: { amount: 1 }, when: { draft: true } };
const input: InputDocument = { id: "draft", kind: "toggle", label: undefined };
// a card whose ids are any text takes any usage
const composed: CardDocument = { id: "composed", balances, inputs: [input], charges: [charge] };
new RateCard(composed).estimate({ whatever: 5 });
new RateCard({ ...composed, version: "2" }).estimate({ whatever: 5 });
