// The element is typed where the DOM is.
import { RateCard } from "credit-estimator";
import { CreditEstimatorElement, type Words } from "credit-estimator/element";
import "credit-estimator/define";
import { type Equal, expectType } from "../expect.js";

const element = document.createElement("credit-estimator");
expectType<Equal<typeof element, CreditEstimatorElement>>();
element.card = RateCard.invideoV4;
element.card = "/prices.json";
element.value = "media=stock&duration=210";
element.usage = { media: "stock", duration: 210 };
element.words = { total: "Your total" } satisfies Partial<Words>;
element.addEventListener("estimate", ({ detail }) => {
  const credits: number | undefined = detail.estimate.totals.credits;
  void credits;
});
element.addEventListener("error", ({ detail }) => void (detail.of === "card"));
customElements.define("my-estimator", class extends CreditEstimatorElement {});

// @ts-expect-error: a number is no card
element.card = 5;
// @ts-expect-error: a date is no value
element.usage = { duration: new Date() };
// @ts-expect-error: no such word
element.words = { totl: "Your total" };
