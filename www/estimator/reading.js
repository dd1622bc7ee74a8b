/**
 * Reads durations as the engine reads them: through a card whose total is the duration itself.
 * Text becomes seconds nowhere else, so the thumb stands where the engine says.
 */
export function createReader(card, { min, max, step }) {
  const RateCard = card.constructor;
  const ruler = new RateCard({
    id: "ruler",
    version: "1",
    title: "Ruler",
    balances: { seconds: { decimals: 3 } },
    inputs: [{ id: "duration", kind: "duration", min, max, step }],
    charges: [{ id: "length", balance: "seconds", quantity: { of: "duration" }, price: { amount: 1 } }],
  });
  /** Seconds; `undefined` for what the engine refuses. */
  return (value) => {
    try {
      return ruler.estimate({ duration: value }).totals.seconds;
    } catch {
      return undefined;
    }
  };
}
