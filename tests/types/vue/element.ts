// The tag in Vue's templates, whose compiler checks what it is given against these properties.

import { RateCard } from "credit-estimator";
import type {} from "credit-estimator/types/vue";
import type { GlobalComponents } from "vue";

type Props = InstanceType<GlobalComponents["credit-estimator"]>["$props"];

export const props: Props = {
  id: "price",
  class: "price",
  card: RateCard.invideoV4,
  value: "media=stock&duration=210",
  words: { total: "Summe" },
  budget: 100,
  chart: true,
  onInput: (event) => event.target,
  onEstimate: ({ detail }) => void detail.estimate.totals.credits?.toFixed(2),
  onError: ({ detail }) => void (detail.of === "card"),
};

export const wrong: Props[] = [
  // @ts-expect-error: a number is no card
  { card: 5 },
  // @ts-expect-error: no such word
  { words: { totl: "Summe" } },
  // @ts-expect-error: a text is no yes or no
  { chart: "no" },
  // @ts-expect-error: the detail has no such member
  { onEstimate: ({ detail }) => void detail.total },
];
