// The tag in React's JSX.

import { RateCard } from "credit-estimator";
import type { CreditEstimatorElement } from "credit-estimator/element";
import type {} from "credit-estimator/types/react";
import { createRef } from "react";

const ref = createRef<CreditEstimatorElement>();
export const price = (
  <credit-estimator
    ref={ref}
    id="price"
    className="price"
    lang="de"
    card={RateCard.invideoV4}
    value="media=stock&duration=210"
    words={{ total: "Summe", labels: { "balances.credits": "Sterne" } }}
    budget={100}
    quantity="10"
    chart
    compare
    onInput={(event) => event.currentTarget.value.length}
    onestimate={({ detail }) => detail.estimate.totals.credits?.toFixed(2)}
    onerror={({ detail }) => detail.of === "card"}
  >
    <p>20 credits a minute</p>
  </credit-estimator>
);
export const total: number | undefined = ref.current?.estimate?.totals.credits;

export const wrong = [
  // @ts-expect-error: a number is no card
  <credit-estimator key="card" card={5} />,
  // @ts-expect-error: no such word
  <credit-estimator key="words" words={{ totl: "Summe" }} />,
  // @ts-expect-error: no such attribute
  <credit-estimator key="attribute" charts />,
  // @ts-expect-error: the detail has no such member
  <credit-estimator key="detail" onestimate={({ detail }) => detail.total} />,
  // @ts-expect-error: an error is of the card, the engine, the value or the attribute `budget` or `quantity`
  <credit-estimator key="error" onerror={({ detail }) => detail.of === "form"} />,
  // @ts-expect-error: another tag has no card
  <div key="div" card="invideo-v4" />,
];
