const formats = new Map();

function number(key, options) {
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(document.documentElement.lang, options));
  return formats.get(key);
}

const decimals = (digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "26.67" */
export const amount = (value, balance) => number(`=${balance.decimals}`, decimals(balance.decimals)).format(value);

/** "+26.67", "−5.00", "±0.00" */
export function signed(value, balance) {
  const text = number(`+${balance.decimals}`, { ...decimals(balance.decimals), signDisplay: "exceptZero" }).format(
    value,
  );
  return value === 0 ? `±${text}` : text.replace("-", "−");
}

/** The two halves of an amount, to be set apart at the decimal point. */
export function amountParts(value, balance) {
  const text = amount(value, balance);
  const cut = balance.decimals > 0 ? text.length - balance.decimals - 1 : text.length;
  return [text.slice(0, cut), text.slice(cut)];
}

/** "1:20", "1:02:03" */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => `${value}`.padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = two(whole % 60) + (seconds > whole ? `${seconds - whole}`.slice(1, 5) : "");
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "1 minute 20 seconds" */
export function spoken(seconds) {
  const unit = (name) => number(name, { style: "unit", unit: name, unitDisplay: "long", maximumFractionDigits: 3 });
  const minutes = Math.floor(seconds / 60);
  const rest = seconds - minutes * 60;
  return [minutes > 0 && unit("minute").format(minutes), (rest > 0 || minutes === 0) && unit("second").format(rest)]
    .filter(Boolean)
    .join(" ");
}

/** "in credits" within a sentence: a label without its capital. */
export const inSentence = (label) => label.charAt(0).toLowerCase() + label.slice(1);

/** "3m 30s" */
export function short(seconds) {
  const unit = (name, value) =>
    value > 0 &&
    number(name, { style: "unit", unit: name, unitDisplay: "narrow", maximumFractionDigits: 3 }).format(value);
  const rest = seconds % 60;
  const parts = [
    unit("hour", Math.floor(seconds / 3600)),
    unit("minute", Math.floor(seconds / 60) % 60),
    unit("second", rest),
  ];
  return (
    parts.filter(Boolean).join(" ") ||
    number("second", { style: "unit", unit: "second", unitDisplay: "narrow" }).format(0)
  );
}

/** "November 22, 2026" */
export const day = (date) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));

/** Seconds of a length as it was entered: 210 of "3:30", "210" and 210. */
export const secondsOf = (length) =>
  typeof length === "number" ? length : length.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
