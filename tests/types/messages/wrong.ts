// What the compiler says of a mistake; each line that is wrong has its message behind it.
import { estimate, RateCard } from "credit-estimator";

estimate({ imagez: 3 }); //! Object literal may only specify known properties, but 'imagez' does not exist in type 'InvideoV4Usage'. Did you mean to write 'images'?
estimate({ media: "stok" }); //! Type '"stok"' is not assignable to type '"generative" | "stock" | undefined'. Did you mean '"stock"'?
estimate({ images: "2" }); //! Type 'string' is not assignable to type 'number'.
estimate({}).totals.credit; //! Property 'credit' does not exist on type 'Amounts<"credits" | "videoMinutes">'. Did you mean 'credits'?

const card = new RateCard({
  id: "demo",
  balances: { credits: {} },
  inputs: [{ id: "media", kind: "choice", options: [{ id: "stock" }, { id: "own" }] }],
  charges: [{ id: "video", balance: "credits", price: { amount: 1 } }],
});
card.estimate({ media: "stok" }); //! Type '"stok"' is not assignable to type '"own" | "stock" | undefined'. Did you mean '"stock"'?
card.estimate({ median: "stock" }); //! Object literal may only specify known properties, but 'median' does not exist in type '{ readonly media?: "own" | "stock" | undefined; }'. Did you mean to write 'media'?
card.estimate({}).totals.credit; //! Property 'credit' does not exist on type 'Amounts<"credits">'. Did you mean 'credits'?

new RateCard({ id: "demo", balances: {}, chargez: [] }); //! Object literal may only specify known properties, but 'chargez' does not exist in type 'CardDocument'. Did you mean to write 'charges'?
new RateCard({ id: "demo", balances: {}, inputs: [{ id: "a", kind: "choise" }] }); //! Type '"choise"' is not assignable to type '"choice" | "duration" | "largest" | "number" | "product" | "toggle"'. Did you mean '"choice"'?
new RateCard({ id: "demo", balances: { credits: { decimal: 2 } } }); //! Object literal may only specify known properties, but 'decimal' does not exist in type 'BalanceDocument'. Did you mean to write 'decimals'?
new RateCard({ id: "demo" }); //! Argument of type '{ id: string; }' is not assignable to parameter of type 'string | CardDocument'.: Property 'balances' is missing in type '{ id: string; }' but required in type 'CardDocument'.
new RateCard(5); //! Argument of type 'number' is not assignable to parameter of type 'string | object'.
