// Exact fractions over BigInt, always in lowest terms with a positive denominator.

const gcd = (a, b) => {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
};

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

function parseDecimal(text) {
  const match = DECIMAL.exec(text);
  if (!match) throw new SyntaxError(`not a number: ${JSON.stringify(text)}`);
  const [, sign, whole, part = "", exponent = "0"] = match;
  const digits = BigInt(whole + part) * (sign === "-" ? -1n : 1n);
  const power = Number(exponent) - part.length;
  return power >= 0 ? new Fraction(digits * 10n ** BigInt(power), 1n) : new Fraction(digits, 10n ** BigInt(-power));
}

export class Fraction {
  constructor(n, d = 1n) {
    if (d === 0n) throw new RangeError("denominator 0");
    if (d < 0n) [n, d] = [-n, -d];
    const common = d === 1n ? 1n : gcd(n, d);
    this.n = n / common;
    this.d = d / common;
  }

  /** 20, 0.2 (its shortest decimal), "20", "0.20", "1e-3", "1/9", a Fraction. */
  static of(value) {
    if (value instanceof Fraction) return value;
    if (typeof value === "bigint") return new Fraction(value);
    if (typeof value === "number") {
      if (!Number.isFinite(value)) throw new SyntaxError(`not finite: ${value}`);
      return parseDecimal(String(value));
    }
    if (typeof value !== "string") throw new SyntaxError(`not a number: ${typeof value}`);
    const slash = value.indexOf("/");
    return slash < 0
      ? parseDecimal(value)
      : parseDecimal(value.slice(0, slash)).over(parseDecimal(value.slice(slash + 1)));
  }

  plus(other) {
    return new Fraction(this.n * other.d + other.n * this.d, this.d * other.d);
  }
  minus(other) {
    return new Fraction(this.n * other.d - other.n * this.d, this.d * other.d);
  }
  mul(other) {
    return new Fraction(this.n * other.n, this.d * other.d);
  }
  over(other) {
    return new Fraction(this.n * other.d, this.d * other.n);
  }

  compare(other) {
    const left = this.n * other.d;
    const right = other.n * this.d;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  eq(other) {
    return this.compare(other) === 0;
  }
  below(other) {
    return this.compare(other) < 0;
  }
  above(other) {
    return this.compare(other) > 0;
  }
  atLeast(other) {
    return this.compare(other) >= 0;
  }
  atMost(other) {
    return this.compare(other) <= 0;
  }

  get isZero() {
    return this.n === 0n;
  }
  get isNegative() {
    return this.n < 0n;
  }
  get isWhole() {
    return this.d === 1n;
  }

  /** The whole number that `mode` takes this to, as a Fraction. */
  round(mode) {
    const floor = (n, d) => (n < 0n && n % d !== 0n ? n / d - 1n : n / d);
    if (mode === "down") return new Fraction(floor(this.n, this.d));
    if (mode === "up") return new Fraction(-floor(-this.n, this.d));
    if (mode === "halfUp") return new Fraction(floor(2n * this.n + this.d, 2n * this.d));
    throw new RangeError(`rounding mode ${mode}`);
  }

  /** The nearest multiple of `unit`, in the direction of `mode`. */
  roundTo(unit, mode) {
    return this.over(unit).round(mode).mul(unit);
  }

  /** The nearest double: division of two doubles, or parsing a decimal, rounds once. */
  toNumber() {
    const size = this.n < 0n ? -this.n : this.n;
    const exact = 1n << 53n;
    if (size <= exact && this.d <= exact) return Number(this.n) / Number(this.d);
    const places = 400n;
    const scaled = size * 10n ** places;
    const sticky = scaled % this.d === 0n ? "" : "1";
    const digits = (scaled / this.d).toString().padStart(Number(places) + 1, "0");
    const at = digits.length - Number(places);
    const text = `${digits.slice(0, at)}.${digits.slice(at)}${sticky}`;
    return (this.n < 0n ? -1 : 1) * Number(text);
  }

  toString() {
    return this.d === 1n ? `${this.n}` : `${this.n}/${this.d}`;
  }
}

export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);
export const sum = (items) => items.reduce((total, item) => total.plus(item), ZERO);
export const largest = (items) => items.reduce((a, b) => (a.below(b) ? b : a));
export const smallest = (items) => items.reduce((a, b) => (a.above(b) ? b : a));
