// A card that is written out types its own usages, balances, charges and plans.
import { type CardDocument, type CardTypesOf, RateCard, type UsageOf } from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

const card = new RateCard({
  id: "demo",
  balances: { credits: { decimals: 1 }, minutes: {} },
  inputs: [
    { id: "media", kind: "choice", options: [{ id: "stock" }, { id: "generative", label: "Generative" }] },
    { id: "draft", kind: "toggle" },
    { id: "images", kind: "number", max: 100, step: "1/2" },
    { id: "length", kind: "duration", max: 600 },
    { id: "clips", kind: "duration", max: 60, maxItems: 10 },
    { id: "voices", kind: "number", max: 9, maxItems: "3" },
    { id: "total", kind: "product", of: ["images", "length"] },
    { id: "most", kind: "largest", of: ["images", "length"] },
  ],
  charges: [
    {
      id: "video",
      balance: "credits",
      when: { media: ["stock", "generative"], length: { above: 5 } },
      quantity: { of: "length", increment: 30, round: "up" },
      price: { amount: { by: "media", stock: 1, generative: { by: "draft", true: "1/9", false: null } }, per: 60 },
    },
    {
      id: "count",
      balance: "minutes",
      quantity: { of: "total" },
      price: { mode: "volume", tiers: [{ upTo: 5, amount: 0 }, { flat: 2 }] },
    },
  ],
  plans: [{ id: "plus", price: { amount: "9.99", currency: "USD", every: "month" }, allowances: { credits: 100 } }],
  examples: [{ input: { length: 70 }, expect: { credits: 3.8 } }],
});

type Demo = typeof card extends RateCard<infer T> ? T : never;
expectType<
  Equal<
    Demo,
    {
      readonly usage: {
        readonly media?: "stock" | "generative" | undefined;
        readonly draft?: boolean | undefined;
        readonly images?: number | undefined;
        readonly length?: number | string | undefined;
        readonly clips?: readonly (number | string)[] | undefined;
        readonly voices?: readonly number[] | undefined;
      };
      readonly balance: "credits" | "minutes";
      readonly charge: "video" | "count";
      readonly plan: "plus";
    }
  >
>();

const estimate = card.estimate({
  media: "stock",
  draft: true,
  images: 2.5,
  length: "3:30",
  clips: [5, "0:03"],
  voices: [1],
});
expectType<Equal<typeof estimate.totals, { readonly credits: number; readonly minutes: number }>>();
expectType<Equal<(typeof estimate.lines)[number]["charge"], "video" | "count">>();
expectType<Equal<(typeof estimate.lines)[number]["balance"], "credits" | "minutes">>();
expectType<Equal<typeof estimate.rounding, { readonly credits?: number; readonly minutes?: number }>>();
expectType<Equal<(typeof estimate.ignored)[number], "media" | "draft" | "images" | "length" | "clips" | "voices">>();
expectType<Equal<(typeof card.charges)[number]["id"], "video" | "count">>();
expectType<Equal<(typeof card.plans)[number]["id"], "plus">>();
const decimals: number = card.balances.credits.decimals;

// undefined means absent; lists may be frozen
card.estimate({});
card.estimate({ media: undefined, clips: undefined, length: decimals });
card.estimate({ clips: Object.freeze([5, 3]), voices: [1, 2] as const });
declare const media: "stock" | undefined;
card.estimate({ media });

// @ts-expect-error: no such option
card.estimate({ media: "stok" });
// @ts-expect-error: no such input
card.estimate({ median: "stock" });
// @ts-expect-error: a toggle is a boolean
card.estimate({ draft: "true" });
// @ts-expect-error: a number is not written as text
card.estimate({ images: "2" });
// @ts-expect-error: one duration, not a list
card.estimate({ length: [5] });
// @ts-expect-error: a list, not one duration
card.estimate({ clips: 5 });
// @ts-expect-error: a list of numbers
card.estimate({ voices: ["1"] });
// @ts-expect-error: a computed input is not given
card.estimate({ total: 5 });
// @ts-expect-error: nor this one
card.estimate({ most: 5 });
// @ts-expect-error: null is not absent
card.estimate({ media: null });
// @ts-expect-error: a date is no duration
card.estimate({ length: new Date() });
// @ts-expect-error: a usage is an object
card.estimate(60);
// @ts-expect-error: no usage
card.estimate();
// @ts-expect-error: no such balance
estimate.totals.creditz;
// @ts-expect-error: no such charge
const wrong: boolean = estimate.lines[0]?.charge === "videos";
// @ts-expect-error: an estimate is not changed
estimate.totals.credits = 5;

// with `as const`, in place and beforehand
new RateCard({ id: "a", balances: { b: {} }, inputs: [{ id: "n", kind: "number", max: 5 }] } as const).estimate({
  n: 1,
});
new RateCard({
  id: "demo",
  balances: { credits: {} },
  inputs: [{ id: "media", kind: "choice", options: [{ id: "stock" }] }],
} as const)
  // @ts-expect-error: no such option
  .estimate({ media: "stok" });

const CARD = {
  id: "other",
  balances: { credits: {} },
  inputs: [{ id: "seconds", kind: "duration", max: 60 }],
  charges: [{ id: "all", balance: "credits", quantity: { of: "seconds" }, price: { amount: 1 } }],
} as const satisfies CardDocument;
const credits = (other: RateCard<CardTypesOf<typeof CARD>>) => other.estimate({ seconds: 5 }).totals.credits;
expectType<Equal<ReturnType<typeof credits>, number>>();
credits(new RateCard(CARD));
expectType<Equal<UsageOf<typeof CARD>, { readonly seconds?: number | string | undefined }>>();
// @ts-expect-error: another card
credits(card);

// a card without inputs is given none
const fixed = new RateCard({
  id: "fixed",
  balances: { credits: {} },
  charges: [{ id: "all", balance: "credits", price: { flat: 5 } }],
});
fixed.estimate({});
// @ts-expect-error: it has no inputs
fixed.estimate({ seconds: 5 });

// types of one's own
interface MyUsage {
  media: "stock";
  length: number;
}
declare const mine: MyUsage;
card.estimate(mine);
interface Wrong {
  media: "stok";
}
declare const notMine: Wrong;
// @ts-expect-error: no such option
card.estimate(notMine);

// any card will do here, and is this one there
const id = (any: RateCard) => any.id;
id(card);
id(new RateCard(CARD));

export { id, wrong };
