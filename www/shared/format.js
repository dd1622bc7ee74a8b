const formats = new Map();

function number(key, options) {
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(document.documentElement.lang, options));
  return formats.get(key);
}

const decimals = (digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "1,000" */
export const count = (value) => number("count", { maximumFractionDigits: 9 }).format(value);

/** "26.67", "−0.01" */
export const amount = (value, balance) =>
  number(`=${balance.decimals}`, decimals(balance.decimals)).format(value).replace("-", "−");

/** "+26.67", "−5.00", "0.00" */
export const signed = (value, balance) =>
  number(`+${balance.decimals}`, { ...decimals(balance.decimals), signDisplay: "exceptZero" })
    .format(value)
    .replace("-", "−");

/** The two halves of an amount, to be set apart at the decimal point. */
export function amountParts(value, balance) {
  const text = amount(value, balance);
  const cut = balance.decimals > 0 ? text.length - balance.decimals - 1 : text.length;
  return [text.slice(0, cut), text.slice(cut)];
}

/** "1:20", "1:02:03" */
export function clock(seconds) {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value) => (value < 10 ? `0${value}` : `${value}`);
  const [hours, minutes] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  const rest = two((milliseconds % 60_000) / 1000);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "1 minute 20 seconds" */
export function spoken(seconds) {
  const unit = (name) => number(name, { style: "unit", unit: name, unitDisplay: "long", maximumFractionDigits: 3 });
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = seconds - hours * 3600 - minutes * 60;
  return [
    hours > 0 && unit("hour").format(hours),
    minutes > 0 && unit("minute").format(minutes),
    (rest > 0 || seconds === 0) && unit("second").format(rest),
  ]
    .filter(Boolean)
    .join(" ");
}

/** "in credits" within a sentence: a label without its capital, unless it is an abbreviation: "GPU seconds". */
export const inSentence = (label) =>
  /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** "3m 30s" */
export function short(seconds) {
  const unit = (name, value) =>
    value > 0 &&
    number(`${name}.`, { style: "unit", unit: name, unitDisplay: "narrow", maximumFractionDigits: 3 }).format(value);
  const rest = seconds % 60;
  const parts = [
    unit("hour", Math.floor(seconds / 3600)),
    unit("minute", Math.floor(seconds / 60) % 60),
    unit("second", rest),
  ];
  return (
    parts.filter(Boolean).join(" ") ||
    number("second.", { style: "unit", unit: "second", unitDisplay: "narrow" }).format(0)
  );
}

/** "November 22, 2026" */
export const day = (date) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));

/** Seconds of a length as it was entered: 210 of "3:30", "210" and 210. */
export const secondsOf = (length) =>
  typeof length === "number" ? length : length.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
