// Goes into every consumer: what the package it has imported answers.

export function figuresOf({ estimate, RateCard, CreditEstimatorError }, card) {
  const refusals = [];
  try {
    estimate({ imagez: 3 });
  } catch (error) {
    refusals.push(error.code, error.path, error instanceof CreditEstimatorError);
  }
  return {
    builtIn: estimate({ media: "generative", model: "ultra", duration: "3:30", actor: "human" }).totals,
    refusals,
    ownCard: new RateCard(card).estimate({ media: "generative", actor: "human", duration: 30 }).totals,
  };
}

/** What the page's element shows, and whether it is of the same engine as the page's `RateCard`. */
export async function elementFigures(RateCard) {
  const element = document.querySelector("credit-estimator");
  while (!element.estimate) await new Promise((resolve) => setTimeout(resolve, 20));
  return { totals: element.estimate.totals, sameCard: element.card === RateCard.invideoV4 };
}
