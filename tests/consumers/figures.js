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
