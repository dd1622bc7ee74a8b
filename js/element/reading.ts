import type { RateCard } from "../index.js";
import type { NumericInput } from "../types.js";

const DIGIT = /\p{Nd}/u;
const CLOCK = /^(?:(\d+):)?(\d+):(\d\d(?:\.\d+)?)$/;
const UNITS =
  /^(?:(\d+)\s*(?:h\p{L}*\.?|時間?))?\s*(?:(\d+)\s*(?:m\p{L}*\.?|分))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s\p{L}*\.?|秒))?$/iu;

/**
 * A duration as a text in seconds: "3m 30s", "5 min", "3:30" and "٣:٣٠". What is none of these stays as it is, for the
 * engine to say what is wrong with it.
 */
export function plainText(text: string): string {
  const plain = text
    .trim()
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/：/g, ":")
    .replace(/٫/g, ".");
  const match = CLOCK.exec(plain) ?? UNITS.exec(plain);
  const [hours, minutes, seconds] = (match ?? []).slice(1).map((digits = "0") => Number(digits));
  // "1:99" is left to the engine, which refuses it
  const isClock = plain.includes(":");
  if (hours === undefined || minutes === undefined || seconds === undefined || plain === "") return plain;
  if (isClock && (seconds >= 60 || (hours > 0 && minutes >= 60))) return plain;
  return String(hours * 3600 + minutes * 60 + seconds);
}

/** Which digit one of any script is: so many come before it. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (DIGIT.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value % 10);
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
