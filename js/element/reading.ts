import type { RateCard } from "../index.js";
import type { NumericInput } from "../types.js";

/** Digits of other scripts: each zero, from which nine more follow. */
const ZEROS = ["٠", "۰", "０", "०"];
const CLOCK =
  /^(?:(\d+)\s*(?:h\p{L}*\.?|時間?))?\s*(?:(\d+)\s*(?:m\p{L}*\.?|分))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s\p{L}*\.?|秒))?$/iu;

/**
 * A text as the engine reads it: "3m 30s", "5 min" and "٣:٣٠" become seconds or a clock. What is none of these
 * stays as it is, for the engine to say what is wrong with it.
 */
export function plainText(text: string): string {
  let plain = text.trim();
  for (const zero of ZEROS) {
    const first = zero.charCodeAt(0);
    plain = plain.replace(new RegExp(`[${zero}-${String.fromCharCode(first + 9)}]`, "g"), (digit) =>
      String(digit.charCodeAt(0) - first),
    );
  }
  plain = plain.replace(/：/g, ":").replace(/٫/g, ".");
  const [, hours, minutes, seconds] = CLOCK.exec(plain) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return plain;
  return String(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0));
}

/** Reads a duration, as a number or as text; seconds, or `undefined` for what the engine refuses. */
export type Reader = (value: unknown) => number | undefined;

/**
 * Reads durations as the engine reads them: through a card whose total is the duration itself.
 * So the thumb stands where the engine says.
 */
export function createReader(card: RateCard, { min, max, step }: NumericInput): Reader {
  const ruler = new (card.constructor as typeof RateCard)({
    id: "ruler",
    version: "1",
    title: "Ruler",
    balances: { seconds: { decimals: 3 } },
    inputs: [{ id: "duration", kind: "duration", min, max, step }],
    charges: [{ id: "length", balance: "seconds", quantity: { of: "duration" }, price: { amount: 1 } }],
  });
  return (value) => {
    try {
      return ruler.estimate({ duration: value as number }).totals.seconds;
    } catch {
      return undefined;
    }
  };
}
