/** The engine counts so far. */
export const MOST_TIMES = 10_000;
/** All that the engine takes of whole units of a balance's last decimal. */
const DIGITS = 10;

/**
 * How many of the same fit into what there is, each rounded by itself as it is billed, and what they leave. The engine counts
 * them, exactly, by a card that charges each total so many times.
 */
export function createCounter(card) {
  const ids = Object.keys(card.balances);
  const decimals = (id) => card.balances[id].decimals;
  let product;
  try {
    product = new card.constructor({
      id: "product",
      balances: Object.fromEntries(ids.map((id) => [id, { decimals: decimals(id) }])),
      inputs: [
        { id: "times", kind: "number", max: MOST_TIMES },
        ...ids.map((id, index) => ({
          id: `total${index}`,
          kind: "number",
          max: 10 ** Math.max(DIGITS - decimals(id), 0),
          step: `1/${10 ** decimals(id)}`,
        })),
      ],
      charges: ids.map((id, index) => ({
        id,
        balance: id,
        quantity: { of: `total${index}` },
        price: { amount: 1 },
        times: "times",
      })),
    });
  } catch {
    // figures of so many digits are not counted
    return () => undefined;
  }
  return (totals, within) => {
    try {
      const usage = Object.fromEntries(ids.map((id, index) => [`total${index}`, totals[id]]));
      return product.fit(usage, { vary: "times", within });
    } catch {
      return undefined;
    }
  };
}
