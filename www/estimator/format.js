const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** Numbers, durations and dates as the reader's language writes them. */
export function createFormat(locale) {
  const decimals = new Map();
  const fixed = (digits) => {
    if (!decimals.has(digits)) {
      const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      decimals.set(digits, new Intl.NumberFormat(locale, options));
    }
    return decimals.get(digits);
  };
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 9 });
  const durations = { narrow: durationFormat(locale, "narrow"), long: durationFormat(locale, "long") };

  return {
    count: (value) => plain.format(value),
    amount: (value, balance) => fixed(balance.decimals).format(value),
    /** The amount cut at its decimal point, so that the two halves can be set and aligned apart. */
    amountParts(value, balance) {
      const parts = fixed(balance.decimals).formatToParts(value);
      const cut = parts.findIndex(({ type }) => type === "decimal");
      const join = (some) => some.map((part) => part.value).join("");
      return cut < 0
        ? { whole: join(parts), fraction: "" }
        : { whole: join(parts.slice(0, cut)), fraction: join(parts.slice(cut)) };
    },
    /** "3m 30s" */
    duration: durations.narrow,
    /** "3 minutes 30 seconds" */
    spokenDuration: durations.long,
    date: (iso) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso)),
    either: (words) => new Intl.ListFormat(locale, { type: "disjunction" }).format(words),
    all: (words) => new Intl.ListFormat(locale, { type: "unit" }).format(words),
  };
}

function durationFormat(locale, unitDisplay) {
  const list = new Intl.ListFormat(locale, { type: "unit", style: "narrow" });
  const units = UNITS.map(([unit, seconds]) => {
    const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits: 3 });
    return [format, seconds];
  });
  return (duration) => {
    const words = [];
    let rest = duration;
    for (const [format, seconds] of units) {
      const amount = seconds === 1 ? rest : Math.floor(rest / seconds);
      rest -= amount * (seconds === 1 ? 0 : seconds);
      if (amount > 0 || (seconds === 1 && words.length === 0)) words.push(format.format(amount));
    }
    return list.format(words);
  };
}

/** "3:30", "1:02:03": the form that the engine reads back. */
export function clock(duration) {
  const milliseconds = Math.round(duration * 1000);
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const seconds = (milliseconds % 60_000) / 1000;
  const two = (value) => (value < 10 ? `0${value}` : `${value}`);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
