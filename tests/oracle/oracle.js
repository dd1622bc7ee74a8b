// A second reading of the rate card format, written from its specification and nothing else:
// one step of the text at a time, in fractions. Slow on purpose. It prices valid cards only.

import { Fraction, largest, ONE, smallest, sum, ZERO } from "./fraction.js";

export class Refusal extends Error {
  constructor(problems) {
    super(problems.map(({ code, path }) => `${code} at ${path}`).join(", "));
    this.problems = problems;
    this.code = problems[0].code;
    this.path = problems[0].path;
  }
}

const refuse = (code, path) => {
  throw new Refusal([{ code, path }]);
};

function attempt(run, problems) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
  }
}

const isList = (input) => input.maxItems !== undefined;
const isNumeric = (input) => !["choice", "toggle"].includes(input.kind);
const isComputed = (input) => ["product", "largest"].includes(input.kind);
const listed = (value) => (Array.isArray(value) ? value : [value]);

// ── Usage ────────────────────────────────────────────────────────────────────────────────

const MILLISECOND = Fraction.of("0.001");
const DURATION_TEXT = /^(?:(?:(\d+):([0-5]\d)|(\d+)):([0-5]\d(?:\.\d+)?)|(\d+(?:\.\d+)?))$/;

function durationText(text, path) {
  const match = DURATION_TEXT.exec(text);
  if (!match) refuse("invalid_value", path);
  const [, hours, minutes, onlyMinutes, seconds, plain] = match;
  const part = (value, unit) => Fraction.of(value ?? "0").mul(Fraction.of(unit));
  return sum([part(hours, 3600), part(minutes ?? onlyMinutes, 60), part(seconds ?? plain, 1)]);
}

function readNumber(input, value, path) {
  let exact;
  if (typeof value === "string" && input.kind === "duration") exact = durationText(value, path);
  else if (typeof value !== "number") refuse("wrong_type", path);
  else if (!Number.isFinite(value)) refuse("not_finite", path);
  else exact = Fraction.of(value);

  if (input.kind === "duration") exact = exact.roundTo(MILLISECOND, "halfUp");
  if (exact.isNegative) refuse("negative", path);
  if (exact.below(Fraction.of(input.min ?? 0))) refuse("too_small", path);
  if (exact.above(Fraction.of(input.max))) refuse("too_large", path);
  const step = Fraction.of(input.step ?? (input.kind === "duration" ? "0.001" : 1));
  if (!exact.over(step).isWhole) refuse("off_step", path);
  return exact;
}

function readValue(input, value, path, problems) {
  const wrong = (code) => void problems.push({ code, path });
  if (input.kind === "choice") {
    if (typeof value !== "string") return wrong("wrong_type");
    return input.options.some(({ id }) => id === value) ? value : wrong("unknown_option");
  }
  if (input.kind === "toggle") return typeof value === "boolean" ? value : wrong("wrong_type");
  if (!isList(input)) return attempt(() => readNumber(input, value, path), problems);
  if (!Array.isArray(value)) return wrong("wrong_type");
  if (value.length > input.maxItems) return wrong("too_many");
  return value.map((item, i) => attempt(() => readNumber(input, item, `${path}[${i}]`), problems));
}

const keyPath = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : `[${JSON.stringify(key)}]`);

/** The values that the caller gave, by input id. */
function readUsage(card, usage) {
  if (typeof usage !== "object" || usage === null || Array.isArray(usage)) refuse("wrong_type", "");
  const asked = new Map(card.inputs.filter((i) => !isComputed(i)).map((i) => [i.id, i]));
  const given = new Map();
  const problems = [];
  for (const [id, value] of Object.entries(usage)) {
    const input = asked.get(id);
    if (!input) problems.push({ code: "unknown_input", path: keyPath(id) });
    else if (value !== undefined) given.set(id, readValue(input, value, id, problems));
  }
  if (problems.length > 0) throw new Refusal(problems);
  return given;
}

// ── Inputs ───────────────────────────────────────────────────────────────────────────────

// Each input ends as one of
//   { state: "value", value, given }             a value, `given` by the caller or a default; for a list its items
//   { state: "missing" | "partial", missing }    `missing` names what the caller can give
//   { state: "leftOut" }
// and `asked`: what the caller is asked for, the first part of a computed one.
const numeric = ({ value }) => (Array.isArray(value) ? sum(value) : value);

function computed(input, inputs) {
  const parts = input.of.map((id) => inputs.get(id));
  const { asked } = parts[0];
  const leftOut = parts.find(({ state }) => state === "leftOut");
  if (leftOut) return { state: "leftOut", asked: leftOut.asked };
  const gaps = parts.filter(({ state }) => state !== "value");
  if (gaps.length === 0) {
    const values = parts.map(numeric);
    const value = input.kind === "largest" ? largest(values) : values.reduce((a, b) => a.mul(b));
    return { state: "value", value, asked, given: parts.some(({ given }) => given) };
  }
  const some = parts.some(({ state, given }) => given || state === "partial");
  return { state: some ? "partial" : "missing", asked, missing: gaps[0].missing };
}

function absent(input) {
  const initially = input.kind === "toggle" ? false : undefined;
  const value = input.default ?? initially;
  if (value === undefined) return { state: "missing", missing: input.id };
  if (!isNumeric(input)) return { state: "value", value };
  const number = Fraction.of(value);
  return { state: "value", value: isList(input) ? [number] : number };
}

function resolveInputs(card, given) {
  const inputs = new Map();
  const ignored = [];
  for (const input of card.inputs) {
    let resolved;
    if (isComputed(input)) resolved = computed(input, inputs);
    else if (conditions(input.when, inputs).holds === false) {
      resolved = { state: "leftOut" };
      if (given.has(input.id)) ignored.push(input.id);
    } else if (given.has(input.id)) resolved = { state: "value", value: given.get(input.id), given: true };
    else resolved = absent(input);
    inputs.set(input.id, { asked: input.id, ...resolved });
  }
  return { inputs, ignored };
}

// ── Conditions: true, false, or undefined for what cannot be known ──────────────────────

const RANGE = {
  atLeast: (value, bound) => value.atLeast(bound),
  atMost: (value, bound) => value.atMost(bound),
  above: (value, bound) => value.above(bound),
  below: (value, bound) => value.below(bound),
};

function matches(value, wanted) {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(value, one));
  if (!(value instanceof Fraction)) return value === wanted;
  if (typeof wanted !== "object") return value.eq(Fraction.of(wanted));
  return Object.entries(wanted).every(([key, bound]) => RANGE[key](value, Fraction.of(bound)));
}

function condition(wanted, input) {
  if (input.state === "leftOut") return false;
  if (input.state !== "value") return undefined;
  if (typeof wanted === "object" && Object.hasOwn(wanted, "anyItem")) {
    return input.value.some((item) => matches(item, wanted.anyItem));
  }
  const { value } = input;
  return matches(Array.isArray(value) ? sum(value) : value, wanted);
}

function conditions(when, inputs) {
  let holds = true;
  let missing;
  for (const [id, wanted] of Object.entries(when ?? {})) {
    const one = condition(wanted, inputs.get(id));
    if (one === false) return { holds: false };
    if (one === undefined) {
      holds = undefined;
      missing ??= inputs.get(id).missing;
    }
  }
  return { holds, missing };
}

// ── Charges ──────────────────────────────────────────────────────────────────────────────

function needed(id, inputs) {
  const input = inputs.get(id);
  if (input.state === "leftOut") refuse("left_out", input.asked);
  if (input.state !== "value") refuse("missing_input", input.missing);
  return input;
}

/** A number of a charge, through its `by`s. `item` is the item that `each` measures just now. */
function number(spec, inputs, item) {
  if (typeof spec !== "object") return Fraction.of(spec);
  const { by } = spec;
  const input = needed(by, inputs);
  const value = item?.of === by ? item.value : Array.isArray(input.value) ? sum(input.value) : input.value;
  const found = Object.entries(spec).find(
    ([key]) => key !== "by" && (value instanceof Fraction ? value.eq(Fraction.of(key)) : key === String(value)),
  );
  if (found === undefined || found[1] === null) refuse("not_offered", input.asked);
  return number(found[1], inputs, item);
}

/** `read` of each. A step has no order within: its first problem stands, or any of the others. */
function together(specs, read) {
  const problems = [];
  const values = specs.map((spec) => attempt(() => read(spec), problems));
  const [first, ...or] = problems;
  if (first) throw new Refusal([{ ...first, or }]);
  return values;
}

function tiered({ mode, tiers }, quantity, read, of) {
  const price = (tier, units) => {
    const [flat, amount, per] = together([tier.flat ?? 0, tier.amount ?? 0, tier.per ?? 1], read);
    return flat.plus(amount.mul(units).over(per));
  };
  const end = (tier) => (tier.upTo === undefined ? quantity : read(tier.upTo));

  if (mode === "volume") {
    for (const tier of tiers) if (quantity.atMost(end(tier))) return price(tier, quantity);
    refuse("not_offered", of);
  }
  let amount = ZERO;
  let previous = ZERO;
  for (const tier of tiers) {
    const last = end(tier);
    const reached = smallest([quantity, last]);
    if (quantity.above(previous)) amount = amount.plus(price(tier, reached.minus(previous)));
    if (quantity.atMost(last)) return amount;
    previous = reached;
  }
  return refuse("not_offered", of);
}

/** Steps 2 to 5 for one quantity; `changed` collects the steps that changed their figure. */
function pipeline(charge, consumed, card, inputs, changed) {
  const item = charge.quantity?.each ? { of: charge.quantity.of, value: consumed } : undefined;
  const read = (spec) => number(spec, inputs, item);
  let figure = consumed;
  const step = (name, next) => {
    if (!next.eq(figure)) changed.add(name);
    figure = next;
  };

  const { minimum, increment, round = "up" } = charge.quantity ?? {};
  if (minimum !== undefined) step("minimum", largest([figure, read(minimum)]));
  if (increment !== undefined) step("increment", figure.roundTo(read(increment), round));
  const quantity = figure;

  const { price } = charge;
  const prices = price.mode === undefined ? { mode: "volume", tiers: [price] } : price;
  const of = charge.quantity?.of;
  figure = tiered(prices, quantity, read, of === undefined ? charge.id : inputs.get(of).asked);

  for (const factor of charge.factors ?? []) figure = figure.mul(read(factor));
  if (charge.minimumAmount !== undefined) step("minimumAmount", largest([figure, read(charge.minimumAmount)]));
  if (charge.maximumAmount !== undefined) step("maximumAmount", smallest([figure, read(charge.maximumAmount)]));
  if (charge.round !== undefined) {
    const decimals = charge.decimals ?? decimalsOf(card.balances[charge.balance]);
    step("round", figure.roundTo(unit(decimals), charge.round));
  }
  return { quantity, amount: figure };
}

const decimalsOf = (balance) => balance.decimals ?? 2;
const unit = (decimals) => new Fraction(1n, 10n ** BigInt(decimals));
const shown = (balance, exact) => exact.roundTo(unit(decimalsOf(balance)), balance.round ?? "halfUp");

/** What a charge adds, or nothing where it is not made. */
function make(charge, card, inputs) {
  const of = charge.quantity?.of;
  const measured = of === undefined ? { state: "value", value: ONE } : inputs.get(of);
  if (measured.state === "leftOut" || measured.state === "missing") return;

  const { holds, missing } = conditions(charge.when, inputs);
  if (holds === false) return;
  if (holds === undefined) refuse("missing_input", missing);
  if (measured.state === "partial") refuse("missing_input", measured.missing);

  const items = (charge.quantity?.each ? measured.value : [numeric(measured)]).filter((q) => !q.isZero);
  if (items.length === 0) return;
  const times = charge.times === undefined ? ONE : numeric(needed(charge.times, inputs));
  if (times.isZero) return;

  const changed = new Set();
  const made = items.map((item) => pipeline(charge, item, card, inputs, changed));
  return {
    charge,
    changed,
    quantity: sum(made.map(({ quantity }) => quantity)),
    amount: sum(made.map(({ amount }) => amount)).mul(times),
  };
}

// ── Estimate ─────────────────────────────────────────────────────────────────────────────

function applies({ when, where }, inputs, made, rounded) {
  if (conditions(when, inputs).holds !== true) return false;
  if (where === undefined) return true;
  if (where.balance !== undefined) return rounded.has(where.balance);
  return made.some(
    ({ charge, changed }) =>
      listed(where.charge).includes(charge.id) && (where.step === undefined || changed.has(where.step)),
  );
}

/** The estimate of `usage` on the valid card document `card`, or a Refusal with code and path. */
export function price(card, usage) {
  const { inputs, ignored } = resolveInputs(card, readUsage(card, usage));

  const made = [];
  const problems = [];
  for (const charge of card.charges) {
    const line = attempt(() => make(charge, card, inputs), problems);
    if (line) made.push(line);
  }
  if (problems.length > 0) throw new Refusal(problems);

  const totals = {};
  const rounding = {};
  const rounded = new Set();
  for (const [id, balance] of Object.entries(card.balances)) {
    const amounts = made.filter(({ charge }) => charge.balance === id).map(({ amount }) => amount);
    const exact = sum(amounts);
    const total = shown(balance, exact);
    const difference = total.minus(sum(amounts.map((amount) => shown(balance, amount))));
    totals[id] = total.toNumber();
    if (!difference.isZero) rounding[id] = difference.toNumber();
    if (!total.eq(exact)) rounded.add(id);
  }

  return {
    card: card.version === undefined ? { id: card.id } : { id: card.id, version: card.version },
    totals,
    lines: made.map(({ charge, quantity, amount }) => ({
      charge: charge.id,
      label: charge.label ?? charge.id,
      balance: charge.balance,
      quantity: quantity.toNumber(),
      amount: shown(card.balances[charge.balance], amount).toNumber(),
    })),
    rounding,
    assumptions: (card.assumptions ?? []).filter((one) => applies(one, inputs, made, rounded)).map(({ id }) => id),
    ignored,
  };
}
