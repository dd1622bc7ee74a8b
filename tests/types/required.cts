// What `require` gets is typed the same.
import { estimate, RateCard } from "credit-estimator";

const credits: number = estimate({ media: "stock", duration: 60 }).totals.credits;
const card = new RateCard({ id: "a", balances: { b: {} }, inputs: [{ id: "n", kind: "number", max: 5 }] });
const b: number = card.estimate({ n: credits }).totals.b;
// @ts-expect-error: no such input
card.estimate({ m: b });
