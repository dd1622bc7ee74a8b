// An editor's session knows the card that it is for.
import { RateCard, type Session, type SessionState } from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

const card = new RateCard({
  id: "demo",
  balances: { credits: {}, minutes: {} },
  inputs: [
    { id: "media", kind: "choice", options: [{ id: "stock" }] },
    { id: "seconds", kind: "duration", max: 60 },
    { id: "clips", kind: "duration", max: 60, maxItems: 5 },
  ],
  charges: [{ id: "all", balance: "credits", quantity: { of: "seconds" }, price: { amount: 1 } }],
});

const session = card.session({
  balances: { credits: 28, minutes: "0.5" },
  guardrails: [{ balance: "credits", of: "share", warn: "0.8", block: undefined }],
  history: undefined,
});
const { id, delta, undo } = session.add({ seconds: "0:05", clips: [5] }, { id: undefined, group: {} });
expectType<Equal<typeof delta, { readonly credits: number; readonly minutes: number }>>();
expectType<Equal<ReturnType<typeof undo>, boolean>>();
session.update(id, { seconds: { from: 3, to: "0:10" } });
session.update(id, { seconds: {} });
const left: number | undefined = session.remaining.credits;
const most: number | undefined = session.preview(undefined, { seconds: 5 }).range?.credits.to;
expectType<Equal<(typeof session.verdict.reasons)[number]["balance"], "credits" | "minutes">>();
card.restoreSession(session.toJSON(), { balances: {} });
card.restoreSession(JSON.stringify(session));

// @ts-expect-error: no such balance
card.session({ balances: { credit: 28 } });
// @ts-expect-error: no such balance
card.session({ guardrails: [{ balance: "credit", of: "total", warn: 5 }] });
// @ts-expect-error: no such option
card.session({ histori: 5 });
// @ts-expect-error: no such input
session.add({ duration: 5 });
// @ts-expect-error: no such option
session.add({ media: "stok" });
// @ts-expect-error: a choice is no range
session.add({ media: { from: "stock" } });
// @ts-expect-error: a list is no range
session.add({ clips: { from: 1 } });
// @ts-expect-error: an entry has an id
session.remove();
// @ts-expect-error: no such balance
session.totals.credit;

// any session, of any card
const show = (any: Session) => any.totals;
show(session);
show(RateCard.invideoV4.session());
declare const text: string;
declare const state: SessionState;
const other = new RateCard(text).session({ balances: { whatever: 5 } });
other.add({ seconds: { from: 1 }, media: "stock" });
interface MyUsage {
  seconds: number;
}
declare const mine: MyUsage;
other.add(mine);
session.add(mine);
new RateCard(text).restoreSession(state);
// @ts-expect-error: a date is no value
other.add({ seconds: new Date() });

export { left, most };
