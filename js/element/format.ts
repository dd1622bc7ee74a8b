import type { Balance } from "../types.js";

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Numbers, durations and dates as a language writes them. */
export interface Format {
  /** "1,234.5" */
  count(value: number): string;
  /** With the decimals of a balance: "10.00", "−0.01" */
  amount(value: number, balance: Balance): string;
  /** The amount cut at its decimal point, so that the two halves can be set and aligned apart. */
  amountParts(value: number, balance: Balance): readonly [whole: string, fraction: string];
  /** "3m 30s" */
  duration(seconds: number): string;
  /** "3 minutes 30 seconds" */
  spokenDuration(seconds: number): string;
  /** A day, `YYYY-MM-DD`, written out; anything else as it is. */
  date(day: string): string;
  /** "a, b or c" */
  either(words: readonly string[]): string;
  /** "a, b, c" */
  all(words: readonly string[]): string;
  /** The plural category of a count. */
  plural(count: number): string;
}

const made = new Map<string, Format>();

/**
 * Making formatters takes milliseconds: one set for each language. Numbers are the reader's; what has words in it, such
 * as a date, is of the language that the words around it are of.
 */
export function formatFor(language: string, spoken = language): Format {
  const key = `${language} ${spoken}`;
  const format = made.get(key) ?? createFormat(known(language), known(spoken));
  made.set(key, format);
  return format;
}

/** What Intl does not know as a language would throw at every turn. */
function known(language: string): string[] {
  try {
    return Intl.getCanonicalLocales(language);
  } catch {
    return [];
  }
}

function createFormat(locale: string[], spoken: string[]): Format {
  const fixed: Intl.NumberFormat[] = [];
  const digits = ({ decimals }: Balance): Intl.NumberFormat =>
    (fixed[decimals] ??= new Intl.NumberFormat(locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }));
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 9 });
  const plurals = new Intl.PluralRules(spoken);

  return {
    count: (value) => plain.format(value),
    amount: (value, balance) => digits(balance).format(value).replace("-", "−"),
    amountParts(value, balance) {
      // a digit may be two units of a text
      const signs = [...digits(balance).format(value)];
      const fraction = balance.decimals > 0 ? signs.splice(-1 - balance.decimals) : [];
      return [signs.join(""), fraction.join("")];
    },
    duration: durationFormat(spoken, "narrow"),
    spokenDuration: durationFormat(spoken, "long"),
    date: (day) =>
      DAY.test(day) && Date.parse(day)
        ? new Intl.DateTimeFormat(spoken, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day))
        : day,
    either: listFormat(spoken, { type: "disjunction" }),
    all: listFormat(spoken, { type: "conjunction", style: "narrow" }),
    plural: (count) => plurals.select(count),
  };
}

function listFormat(locale: string[], options: Intl.ListFormatOptions): (words: readonly string[]) => string {
  const list = new Intl.ListFormat(locale, options);
  return (words) => list.format(words);
}

/** The same in every browser: `Intl.DurationFormat` is not in all of them, and sets commas where the others set none. */
function durationFormat(locale: string[], unitDisplay: "narrow" | "long"): (seconds: number) => string {
  const list = listFormat(locale, { type: "unit", style: "narrow" });
  const units = UNITS.map(([unit, seconds]) => {
    const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits: 3 });
    return [format, seconds] as const;
  });
  return (duration) => {
    const words: string[] = [];
    let rest = duration;
    for (const [format, seconds] of units) {
      const amount = seconds === 1 ? rest : Math.floor(rest / seconds);
      rest -= amount * seconds;
      if (amount > 0 || (seconds === 1 && words.length === 0)) words.push(format.format(amount));
    }
    return list(words);
  };
}

/** "3:30", "1:02:03": the form that the engine reads back. */
export function clock(duration: number): string {
  const milliseconds = Math.round(duration * 1000);
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const seconds = (milliseconds % 60_000) / 1000;
  const two = (value: number) => (value < 10 ? `0${value}` : value);
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}`;
}
