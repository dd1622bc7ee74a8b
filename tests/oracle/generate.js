// Seeded random rate cards, valid by construction, and random usages of any card.

import { Fraction } from "./fraction.js";

/** mulberry32: small, seedable, good enough to choose test cases. */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  int(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(probability) {
    return this.next() < probability;
  }
  pick(items) {
    return items[this.int(0, items.length - 1)];
  }
  some(items, least, most) {
    const rest = [...items];
    const wanted = Math.min(rest.length, this.int(least, most));
    return Array.from({ length: wanted }, () => rest.splice(this.int(0, rest.length - 1), 1)[0]);
  }
}

// ── Cards ────────────────────────────────────────────────────────────────────────────────

/** A number of a card, to be written as a JSON number or as a string. */
class Literal {
  constructor(text, bare) {
    this.text = text;
    this.bare = bare && !text.includes("/");
  }
}

const walk = (value, literal) => {
  if (value instanceof Literal) return literal(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, literal));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, literal)]));
};

/** The document with every number as text: what an exact reader sees. */
export const exactDocument = (card) => walk(card, ({ text }) => text);

/** The document as a JS program would hold it. */
export const objectDocument = (card) =>
  walk(card, ({ text, bare }) => (bare && Fraction.of(Number(text)).eq(Fraction.of(text)) ? Number(text) : text));

/** The document as a JSON text that writes its bare numbers digit for digit. */
export const textDocument = (card) => {
  const mark = "\u0001";
  const marked = walk(card, ({ text, bare }) => (bare ? `${mark}${text}${mark}` : text));
  return JSON.stringify(marked, null, 1).replace(/"\\u0001([^"\\]*)\\u0001"/g, "$1");
};

const NAMES = [
  "alpha",
  "beta",
  "gamma",
  "delta",
  "epsilon",
  "zeta",
  "eta",
  "theta",
  "iota",
  "kappa",
  "lambda",
  "length",
  "x",
  "y2",
  "aVeryLongNameThatSaysLittle",
  "constructor",
  "toString",
  "valueOf",
  "name",
];
const OPTIONS = ["480p", "gen-4", "Pro", "v1.5", "none", "a", "toString", "constructor", "1", "05", "true", "x_y"];
const ROUND = ["up", "down", "halfUp"];

const numericKind = (input) => !["choice", "toggle"].includes(input.kind);
const exact = (value) => Fraction.of(value instanceof Literal ? value.text : value);
const approximately = (value) => exact(value).toNumber();

class CardMaker {
  constructor(random) {
    this.random = random;
    this.names = random.some(NAMES, NAMES.length, NAMES.length);
  }

  literal(text) {
    return new Literal(String(text), this.random.chance(0.6));
  }

  /** A whole or decimal number, a fraction, now and then with an exponent or with idle zeros. */
  figure(most, { zero = true } = {}) {
    const { random } = this;
    const whole = random.int(zero ? 0 : 1, Math.max(1, Math.floor(most)));
    const roll = random.next();
    if (roll < 0.4) return this.literal(whole);
    if (roll < 0.75) {
      const places = random.int(1, 3);
      const decimal = (random.int(zero ? 0 : 1, Math.max(1, Math.floor(most * 10 ** places))) / 10 ** places).toFixed(
        places,
      );
      return this.literal(decimal);
    }
    if (roll < 0.92) return this.literal(`${whole}/${random.pick([2, 3, 4, 6, 7, 9, 12, 17, 30, 60])}`);
    if (roll < 0.96) return new Literal(`${whole}e-${random.int(1, 2)}`, true);
    return this.literal(`${whole}.50`);
  }

  label(object, text) {
    return this.random.chance(0.7) ? { ...object, label: text } : object;
  }

  make() {
    const { random } = this;
    this.card = {
      id: `card-${random.int(0, 999)}`,
      version: `${random.int(1, 9)}.0`,
      title: "A card",
      source: { title: "Nowhere", url: "https://example.com/prices", retrieved: "2026-01-02" },
      balances: {},
      inputs: [],
      charges: [],
    };
    this.balances();
    this.inputs();
    for (let n = random.int(1, 6); n > 0; n--) this.charge(n);
    this.assumptions();
    if (random.chance(0.2)) this.plans();
    return this.card;
  }

  balances() {
    const { random, card } = this;
    for (const id of random.some(["credits", "videoMinutes", "tokens", "toString"], 1, 3)) {
      const balance = this.label({}, `The ${id}`);
      if (random.chance(0.8)) balance.decimals = random.int(0, 5);
      if (random.chance(0.8)) balance.round = random.pick(ROUND);
      card.balances[id] = balance;
    }
  }

  inputs() {
    const { random, card } = this;
    for (let n = random.int(2, 7); n > 0 || card.inputs.length === 0; n--) {
      const id = this.names.pop();
      const kind = random.pick(["choice", "choice", "toggle", "number", "number", "duration", "duration", "computed"]);
      const input = this[kind](id);
      if (!input) continue;
      if (kind !== "computed" && random.chance(0.2)) {
        const when = this.when(1, 2);
        if (when) input.when = when;
      }
      card.inputs.push(kind === "computed" ? input : this.label(input, `Input ${id}`));
    }
  }

  choice(id) {
    const { random } = this;
    const options = random.some(OPTIONS, 1, 4).map((option) => this.label({ id: option }, `${option}!`));
    const input = { id, kind: "choice", options };
    if (random.chance(0.75)) input.default = random.pick(options).id;
    return input;
  }

  toggle(id) {
    const input = { id, kind: "toggle" };
    if (this.random.chance(0.3)) input.default = this.random.chance(0.6);
    return input;
  }

  bounds(input, steps, counts) {
    const { random } = this;
    const step = random.pick(steps);
    const count = random.pick(counts);
    // Steps count from 0, so neither limit need be a multiple of one.
    const multiple = (times) => this.literal(Number((approximately(step ?? "1") * times).toFixed(4)));
    const aside = () => (random.chance(0.25) ? random.pick([0.2, 0.5]) : 0);
    input.max = multiple(count + aside());
    if (step !== undefined) input.step = this.literal(step);
    if (random.chance(0.25)) input.min = multiple(Math.max(0, random.int(0, Math.min(count, 3)) - aside()));
    if (random.chance(0.3)) input.maxItems = random.int(1, 6);
    if (random.chance(input.maxItems === undefined ? 0.35 : 0.1)) input.default = this.literal(this.value(input));
    if (random.chance(0.2) && input.maxItems === undefined) input.initial = this.literal(this.value(input));
    return input;
  }

  /** A value that the numeric input takes, as decimal text. */
  value(input) {
    const step = exact(input.step ?? "1");
    const first = exact(input.min ?? 0)
      .over(step)
      .round("up").n;
    const last = exact(input.max).over(step).round("down").n;
    const at = first + BigInt(Math.floor(this.random.next() * (Number(last - first) + 1)));
    return String(new Fraction(at).mul(step).toNumber());
  }

  number(id) {
    return this.bounds(
      { id, kind: "number" },
      [undefined, undefined, "1", "0.5", "0.1", "5", "0.25", "0.001"],
      [1, 3, 10, 100, 5000],
    );
  }

  duration(id) {
    const input = this.bounds(
      { id, kind: "duration" },
      [undefined, undefined, undefined, "0.5", "1", "5", "0.04"],
      [4, 30, 300, 2000],
    );
    return input;
  }

  computed(id) {
    const { random } = this;
    const parts = random.some(this.numerics(), 2, 3);
    if (parts.length < 2) return undefined;
    const kind = random.pick(["product", "largest"]);
    const input = { id, kind, of: parts.map((part) => part.id) };
    return this.most(input) > 1e8 ? undefined : input;
  }

  numerics() {
    return this.card.inputs.filter(numericKind);
  }
  input(id) {
    return this.card.inputs.find((input) => input.id === id);
  }

  /** The most that a numeric input can be, the sum for a list. */
  most(input) {
    if (input.of) {
      const parts = input.of.map((id) => this.most(this.input(id)));
      return input.kind === "largest" ? Math.max(...parts) : parts.reduce((a, b) => a * b);
    }
    return approximately(input.max) * (input.maxItems ?? 1);
  }

  /** A value that occurs: for a computed input one that its parts can make. */
  occurring(input) {
    if (!input.of) return this.value(input);
    const parts = input.of.map((id) => Fraction.of(this.occurring(this.input(id))));
    const value =
      input.kind === "largest" ? parts.reduce((a, b) => (a.below(b) ? b : a)) : parts.reduce((a, b) => a.mul(b));
    return String(value.toNumber());
  }

  when(least, most) {
    const { random, card } = this;
    const chosen = random.some(card.inputs, least, most);
    if (chosen.length === 0) return undefined;
    return Object.fromEntries(chosen.map((input) => [input.id, this.condition(input)]));
  }

  condition(input) {
    const { random } = this;
    if (input.kind === "toggle") return random.pick([true, true, false, [true], [true, false]]);
    if (input.kind === "choice") {
      const ids = input.options.map(({ id }) => id);
      return random.chance(0.4) ? random.pick(ids) : random.some(ids, 1, ids.length);
    }
    const one = () => (random.chance(0.25) ? this.literal(this.occurring(input)) : this.range(input));
    const any = () => (random.chance(0.3) ? [one(), one()] : one());
    return input.maxItems !== undefined && random.chance(0.5) ? { anyItem: any() } : any();
  }

  range(input) {
    const { random } = this;
    const bounds = [this.occurring(input), this.occurring(input)].sort((a, b) => a - b);
    const range = {};
    const low = random.chance(0.7);
    if (low) range[random.pick(["atLeast", "above"])] = this.literal(bounds[0]);
    if (!low || (random.chance(0.4) && Number(bounds[0]) < Number(bounds[1]))) {
      range[random.pick(["atMost", "below"])] = this.literal(bounds[1]);
    }
    return range;
  }

  /** A number of a charge: plain, or by an input, nested at most twice. */
  by(make, depth = 0) {
    const { random, card } = this;
    const usable = card.inputs.filter((input) => !numericKind(input) || this.few(input) || random.chance(0.02));
    if (!random.chance(depth === 0 ? 0.3 : 0.25) || depth > 2 || usable.length === 0) return make();
    const input = random.pick(usable);
    let keys = this.keys(input);
    if (keys.length > 1 && random.chance(0.1)) keys = keys.slice(1);
    const offered = random.pick(keys);
    const entries = keys.map((key) => [key, key !== offered && random.chance(0.03) ? null : this.by(make, depth + 1)]);
    return { by: input.id, ...Object.fromEntries(entries) };
  }

  few(input) {
    return (
      !input.of &&
      input.kind === "number" &&
      exact(input.max)
        .over(exact(input.step ?? 1))
        .atMost(Fraction.of(10))
    );
  }

  keys(input) {
    if (input.kind === "choice") return input.options.map(({ id }) => id);
    if (input.kind === "toggle") return ["true", "false"];
    const values = Array.from({ length: this.few(input) ? 60 : 8 }, () => this.occurring(input));
    return [...new Set([...values, input.default?.text ?? values[0]].map((value) => String(Number(value))))];
  }

  charge(n) {
    const { random, card } = this;
    const charge = this.label({ id: `charge${n}`, balance: random.pick(Object.keys(card.balances)) }, `Charge ${n}`);
    if (random.chance(0.4)) {
      const when = this.when(1, 3);
      if (when) charge.when = when;
    }

    let most = 1;
    let items = 1;
    const numerics = this.numerics();
    if (numerics.length > 0 && random.chance(0.85)) {
      const measured = random.pick(numerics);
      const quantity = { of: measured.id };
      most = this.most(measured);
      if (measured.maxItems !== undefined && random.chance(0.6)) {
        quantity.each = true;
        items = measured.maxItems;
        most = approximately(measured.max);
      } else if (measured.maxItems !== undefined && random.chance(0.2)) quantity.each = false;
      const scale = Math.max(1, most / random.pick([1, 3, 20, 100]));
      if (random.chance(0.4)) quantity.minimum = this.by(() => this.figure(scale));
      if (random.chance(0.5)) quantity.increment = this.by(() => this.figure(scale, { zero: false }));
      if (random.chance(0.5) && quantity.increment !== undefined) quantity.round = random.pick(ROUND);
      charge.quantity = quantity;
      most = most + 2 * scale + 2;
    }

    const limit = this.limit(charge) / items;
    const timesInput = random.chance(0.25) && random.pick(numerics.filter((input) => this.whole(input)));
    const times = timesInput ? Math.max(1, this.most(timesInput)) : 1;
    if (timesInput) charge.times = timesInput.id;

    const factors = random.chance(0.3) ? random.int(1, 2) : 0;
    const rate = Math.min(random.chance(0.2) ? 1e11 : 500, limit / (most * times * 16 * 4 ** factors));
    if (rate >= 0.01) charge.price = this.price(most, rate);
    else charge.price = rate >= 0.001 ? { amount: this.literal("0.001") } : { flat: this.literal(1) };
    if (factors > 0) charge.factors = Array.from({ length: factors }, () => this.by(() => this.figure(3)));

    const sizes = Math.min(1000, limit / times / 4);
    if (sizes >= 1) {
      const least = random.chance(0.25);
      if (least) charge.minimumAmount = this.by(() => this.figure(Math.min(sizes, 50)));
      const above = () => this.literal(random.int(51, 99) + random.int(0, 99) / 100);
      if (random.chance(0.25)) charge.maximumAmount = this.by(least ? above : () => this.figure(sizes));
    }
    if (random.chance(0.3)) {
      charge.round = random.pick(ROUND);
      if (random.chance(0.5)) charge.decimals = random.int(0, 4);
    }
    card.charges.push(charge);
  }

  // Six charges and their rounding stay below 2^53 units of the balance's last decimal.
  limit(charge) {
    return 2 ** 53 / 16 / 10 ** (this.card.balances[charge.balance].decimals ?? 2);
  }

  whole(input) {
    if (input.of) return input.of.every((id) => this.whole(this.input(id)));
    return input.kind === "number" && exact(input.step ?? 1).isWhole;
  }

  price(most, rate) {
    const { random } = this;
    if (random.chance(0.6)) return this.tier(rate);
    const tiers = [];
    const count = random.int(1, 4);
    let reached = 0;
    for (let i = 0; i < count; i++) {
      const tier = this.tier(rate);
      const last = i === count - 1;
      if (!last || random.chance(0.3)) {
        const least = reached + 1;
        const width = Math.max(1, Math.floor(most / count));
        tier.upTo = this.by(() => this.literal(random.int(least, least + width)));
        if (last && random.chance(0.6)) tier.upTo = this.literal(Math.ceil(least + width + most));
        reached = least + width;
      }
      if (i === 0 && random.chance(0.3)) Object.assign(tier, { amount: this.literal(0), flat: undefined });
      if (tier.flat === undefined) delete tier.flat;
      tiers.push(tier);
    }
    return { mode: random.pick(["graduated", "volume"]), tiers };
  }

  tier(rate) {
    const { random } = this;
    const tier = {};
    const per = random.chance(0.4) ? random.pick(["60", "1000", "1/3", "0.5", "12", "7"]) : undefined;
    const scaled = rate * Math.min(1, per === undefined ? 1 : approximately(per));
    if (random.chance(0.9)) tier.amount = this.by(() => this.figure(scaled));
    if (per !== undefined && tier.amount !== undefined)
      tier.per = this.by(() => this.literal(random.chance(0.8) ? per : "1000"));
    if (tier.amount === undefined || random.chance(0.25)) tier.flat = this.by(() => this.figure(rate));
    return tier;
  }

  assumptions() {
    const { random, card } = this;
    const assumptions = [];
    for (let n = random.int(0, 4); n > 0; n--) {
      const one = { id: `assumed-${n}`, text: `Something ${n}.` };
      if (random.chance(0.5)) one.because = "It is not written.";
      if (random.chance(0.4)) {
        const when = this.when(1, 2);
        if (when) one.when = when;
      }
      if (random.chance(0.6)) one.where = this.where();
      assumptions.push(one);
    }
    if (assumptions.length > 0) card.assumptions = assumptions;
  }

  /** Of no account for an estimate, but a card may have them. */
  plans() {
    const { random, card } = this;
    const [balance] = Object.keys(card.balances);
    const plan = {
      id: "Plan-1",
      label: "A plan",
      price: { amount: this.figure(100), currency: "EUR", every: random.pick(["day", "week", "month", "year"]) },
      allowances: { [balance]: this.literal(random.int(0, 1000)) },
    };
    if (random.chance(0.5))
      plan.overage = {
        [balance]: {
          quantity: { increment: this.literal(10), round: "up" },
          price: { amount: this.figure(5), per: this.literal(100) },
        },
      };
    card.plans = [plan];
  }

  where() {
    const { random, card } = this;
    if (random.chance(0.3)) return { balance: random.pick(Object.keys(card.balances)), step: "round" };
    const steps = ({ quantity, minimumAmount, maximumAmount, round }) =>
      Object.entries({
        minimum: quantity?.minimum,
        increment: quantity?.increment,
        minimumAmount,
        maximumAmount,
        round,
      })
        .filter(([, value]) => value !== undefined)
        .map(([key]) => key);
    const first = random.pick(card.charges);
    const where = { charge: first.id };
    if (random.chance(0.7) && steps(first).length > 0) where.step = random.pick(steps(first));
    if (random.chance(0.4)) {
      const alike = card.charges.filter((charge) => where.step === undefined || steps(charge).includes(where.step));
      where.charge = random.some(alike, 1, 3).map(({ id }) => id);
    }
    return where;
  }
}

export const randomCard = (random) => new CardMaker(random).make();

/** The same document with one thing wrong somewhere, or now and then by luck nothing. */
export function spoiledCard(document, random) {
  const places = [];
  const collect = (node) => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      collect(node[key]);
    }
  };
  const spoiled = structuredClone(document);
  collect(spoiled);
  const [node, key] = random.pick(places);
  const value = node[key];
  const list = Array.isArray(node);
  const roll = random.int(0, 5);
  if (roll === 0 && list) node.splice(Number(key), 1);
  else if (roll === 0) delete node[key];
  else if (roll === 1 && list) node.push(structuredClone(value));
  else if (roll === 1) node[`${key}${random.pick(["s", "X", " "])}`] = value;
  else if (roll === 2) node[key] = structuredClone(random.pick(places).reduce((from, at) => from[at]));
  else if (roll === 3 && typeof value !== "object" && !Number.isNaN(Number(value)))
    node[key] = random.pick([-1, 0, "0", "-1/3", 1e15, 1e300, "1/0", 0.1, 1e-9]);
  else
    node[key] = random.pick([
      null,
      true,
      0,
      -1,
      1.5,
      2,
      "",
      "x",
      "up",
      [],
      {},
      [[]],
      { by: "x" },
      { atLeast: 1 },
      "1e400",
      "9".repeat(40),
    ]);
  return spoiled;
}

// ── Usages ───────────────────────────────────────────────────────────────────────────────

const add = (bag, text) => {
  try {
    bag.push(Fraction.of(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
};

/** Every plain number below `node`. */
function figures(node, bag = []) {
  if (typeof node === "number" || typeof node === "string") add(bag, node);
  else if (typeof node === "object" && node !== null) {
    for (const value of Object.values(node)) figures(value, bag);
  }
  return bag;
}

/** The keys of every `by` on the input `id` below `node`. */
function keysOf(id, node, bag = []) {
  if (typeof node !== "object" || node === null) return bag;
  for (const [key, value] of Object.entries(node)) {
    if (node.by === id && key !== "by") add(bag, key);
    keysOf(id, value, bag);
  }
  return bag;
}

/** Draws usages of one card. `document` holds its numbers exactly (`exactDocument`). */
export class UsageMaker {
  constructor(document, random) {
    this.random = random;
    this.inputs = document.inputs.filter((input) => input.of === undefined);
    this.names = document.inputs.map(({ id }) => id);
    this.edges = new Map(this.inputs.map((input) => [input.id, this.edgesOf(input, document)]));
  }

  edgesOf(input, document) {
    if (input.max === undefined) return [];
    const bag = keysOf(input.id, document.charges);
    for (const { quantity, price, when } of document.charges) {
      if (quantity?.of === input.id) figures([quantity.minimum, quantity.increment, price], bag);
      if (when && Object.hasOwn(when, input.id)) figures(when[input.id], bag);
    }
    for (const { when } of [...document.inputs, ...(document.assumptions ?? [])]) {
      if (when && Object.hasOwn(when, input.id)) figures(when[input.id], bag);
    }
    const step = Fraction.of(input.step ?? (input.kind === "duration" ? "0.001" : 1));
    const [min, max] = [Fraction.of(input.min ?? 0), Fraction.of(input.max)];
    return bag.flatMap((figure) => {
      const at = figure.over(step).round("down").mul(step);
      return [at.minus(step), at, at.plus(step)].filter((value) => value.atLeast(min) && value.atMost(max));
    });
  }

  make({ wrong = 0 } = {}) {
    const { random } = this;
    const given = random.chance(0.5) ? 0.95 : 0.6;
    const usage = {};
    for (const input of random.chance(0.2) ? random.some(this.inputs, 99, 99) : this.inputs) {
      if (random.chance(given)) usage[input.id] = this.value(input);
      else if (random.chance(0.1)) usage[input.id] = undefined;
    }
    return random.chance(wrong) ? this.spoil(usage) : usage;
  }

  value(input) {
    if (input.kind === "choice") return this.random.pick(input.options).id;
    if (input.kind === "toggle") return this.random.chance(0.5);
    if (input.maxItems === undefined) return this.number(input);
    const most = Math.min(input.maxItems, this.random.pick([0, 1, 2, 3, 5, 9]));
    return Array.from({ length: this.random.chance(0.05) ? Math.min(input.maxItems, 30) : most }, () =>
      this.number(input),
    );
  }

  number(input) {
    const { random } = this;
    const edges = this.edges.get(input.id);
    const step = Fraction.of(input.step ?? (input.kind === "duration" ? "0.001" : 1));
    const first = Fraction.of(input.min ?? 0)
      .over(step)
      .round("up");
    const last = Fraction.of(input.max).over(step).round("down");
    const between = last.minus(first).toNumber();
    const nth = (n) => first.plus(new Fraction(BigInt(n))).mul(step);
    const roll = random.next();
    let exact;
    if (roll < 0.08) exact = first.mul(step);
    else if (roll < 0.14) exact = last.mul(step);
    else if (roll < 0.45 && edges.length > 0) exact = random.pick(edges);
    else if (roll < 0.7) exact = nth(Math.min(between, random.int(0, 200)));
    else exact = nth(Math.floor(random.next() * (between + 1)));
    if (input.kind !== "duration") return exact.toNumber();
    if (roll > 0.9) {
      const milliseconds = exact.mul(Fraction.of(1000)).toNumber();
      return (milliseconds + random.pick([1e-6, -1e-6, 0.2, -0.2, 0.5, -0.5, 0.4999, -0.5001])) / 1000;
    }
    return random.chance(0.2) ? this.clock(exact) : exact.toNumber();
  }

  clock(exact) {
    const { random } = this;
    const milliseconds = exact.mul(Fraction.of(1000)).n;
    const two = (value) => String(value).padStart(2, "0");
    const whole = milliseconds / 1000n;
    const rest = milliseconds % 1000n;
    const part = rest === 0n ? random.pick(["", "", ".0"]) : `.${String(rest).padStart(3, "0")}`;
    if (random.chance(0.2)) return `${whole}${part}`;
    if (whole >= 3600n || random.chance(0.2))
      return `${whole / 3600n}:${two((whole / 60n) % 60n)}:${two(whole % 60n)}${part}`;
    return `${whole / 60n}:${two(whole % 60n)}${part}`;
  }

  /** One thing wrong, sometimes two. */
  spoil(usage) {
    const { random } = this;
    const spoiled = { ...usage };
    for (const input of random.some([...this.inputs, undefined], 1, random.chance(0.2) ? 2 : 1)) {
      if (!input) {
        const name = random.pick(this.names);
        const key = random.pick([
          `${name}s`,
          name.slice(1),
          name.toUpperCase(),
          "",
          "constructor",
          "hasOwnProperty",
          "__proto__",
          "by",
        ]);
        const value = random.pick([1, "x", true, null]);
        Object.defineProperty(spoiled, key, { value, enumerable: true, configurable: true, writable: true });
        continue;
      }
      const { id } = input;
      if (input.maxItems !== undefined && random.chance(0.7)) {
        if (random.chance(0.2)) spoiled[id] = Array(input.maxItems + random.int(1, 3)).fill(Number(input.min ?? 0));
        else {
          const items = (Array.isArray(spoiled[id]) ? spoiled[id] : []).slice(0, input.maxItems - 1);
          items.splice(random.int(0, items.length), 0, this.wrong({ ...input, maxItems: undefined }));
          spoiled[id] = items;
        }
      } else spoiled[id] = this.wrong(input);
    }
    return spoiled;
  }

  wrong(input) {
    const { random } = this;
    if (input.kind === "choice") {
      const { id } = random.pick(input.options);
      return random.pick([`${id}x`, id.slice(1), "", "__proto__", "valueOf", 5, true, null, [], {}, NaN]);
    }
    if (input.kind === "toggle") return random.pick(["true", 1, 0, null, [], {}, NaN]);
    if (input.maxItems !== undefined) return random.pick([null, "x", true, {}, "[]"]);
    const max = Number(input.max);
    const step = Number(input.step ?? 1);
    return random.pick([
      NaN,
      Infinity,
      -Infinity,
      -1,
      -step,
      -0.5,
      max + step,
      max + 0.001,
      max * 2 + 1,
      1e15,
      1e300,
      Number.MAX_VALUE,
      step / 2,
      step / 3,
      step * 1.5,
      1e-7,
      5e-324,
      0.1 + 0.2,
      2 ** 53,
      null,
      true,
      {},
      [],
      "x",
      "",
      "1:2:3:4",
      "1:99",
      "NaN",
      ":",
      "1:",
    ]);
  }
}
