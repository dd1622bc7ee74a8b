// A card in a JSON file is imported as any text is: its kinds are no literals.
import { RateCard } from "credit-estimator";
import document from "../../cards/invideo-v4.json" with { type: "json" };
import { type Equal, expectType } from "./expect.js";

const card = new RateCard(document);
expectType<Equal<typeof card, RateCard>>();
card.estimate({ media: "stock", duration: 60 });
