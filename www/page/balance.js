import { element, setAttribute, setText } from "../shared/dom.js";
import { amount, inSentence } from "../shared/format.js";
import { nameBalances, namedBalances } from "./address.js";
import { createGauge, roundAbove } from "./gauge.js";
import { createReaches } from "./reaches.js";
import { createCounter, MOST_TIMES } from "./times.js";

/** The part of a balance that passes without a warning. */
const SHARE = 0.8;
const list = (type) => new Intl.ListFormat("en", { type });
const [either, all] = [list("disjunction"), list("conjunction")];

/** What there is of each balance: whether the video fits into it, how often, and the longest one of each kind. */
export function balance(place, { card, estimator }) {
  const length = card.inputs.find(({ kind, maxItems }) => kind === "duration" && maxItems === undefined);
  const timesOf = createCounter(card);
  const gauges = Object.entries(card.balances).map(([id, some], index) =>
    createGauge({ id, index, ...some }, () => {
      if (!latest) return;
      nameBalances(own());
      drawVideo();
      drawReaches();
    }),
  );
  const reaches = length && createReaches(card, length, (values) => take(values));
  const answer = element("strong");
  const reason = element("span");
  const verdict = element("p", { class: "verdict" }, answer, " ", reason);
  const unknown = element("p", { class: "purse-unknown", hidden: true });
  let latest;
  let isNew = true;

  place.append(
    element(
      "div",
      { class: "purse" },
      element("div", { class: "gauges" }, ...gauges.map(({ element }) => element)),
      unknown,
      verdict,
    ),
  );
  if (reaches) place.append(reaches.element);

  const read = () => {
    // another card has its own
    if (!place.contains(verdict)) document.removeEventListener("addressread", read);
    else {
      isNew = true;
      draw(estimator);
    }
  };
  document.addEventListener("addressread", read);
  // at once, so that nothing moves when the chapter comes into view
  draw(estimator);
  return draw;

  function draw({ usage, estimate }) {
    latest = { usage, estimate };
    const isOther = reaches?.follow(usage);
    if (isNew) begin();
    if (isOther || isNew) drawReaches();
    isNew = false;
    drawVideo();
  }

  /** What a link says, what the first plan gives, or else twice what the dearest way to make this video takes. */
  function begin() {
    const named = namedBalances();
    const others = [...new Set(named.keys())].filter((id) => !Object.hasOwn(card.balances, id));
    setText(unknown, `Not taken over: there is no balance ${either.format(others.map((id) => `“${id}”`))}.`);
    unknown.hidden = others.length === 0;
    const dearest = reaches?.prices(latest.usage) ?? [latest.estimate.totals];
    for (const gauge of gauges) {
      const allowances = card.plans.map(({ allowances }) => Number(allowances?.[gauge.id] ?? 0)).filter(Boolean);
      const most = Math.max(0, ...dearest.map((totals) => totals[gauge.id]));
      const amounts = named.has(gauge.id) ? named.getAll(gauge.id).join("&") : undefined;
      gauge.begin(allowances[0] ?? roundAbove(most * 2), Math.max(0, ...allowances), amounts);
    }
  }

  /** What was entered, for a link. */
  function own() {
    return gauges.filter(({ isOwn }) => isOwn).map(({ id, given = "" }) => [id, given]);
  }

  function given() {
    return Object.fromEntries(gauges.flatMap(({ id, given }) => (given === undefined ? [] : [[id, given]])));
  }

  /** What there is is not known while a field holds something else than a number. */
  function drawReaches() {
    const isKnown = gauges.every(({ isValid }) => isValid);
    if (isKnown) reaches?.draw(given());
    reaches?.hold(!isKnown);
    setAttribute(place, "data-unknown", !isKnown);
  }

  function drawVideo() {
    const balances = given();
    const { usage, estimate } = latest;
    const unknown = gauges.filter(({ isValid }) => !isValid).map(({ label }) => inSentence(label));
    if (unknown.length > 0) {
      for (const gauge of gauges) gauge.draw(estimate.totals[gauge.id]);
      setAttribute(verdict, "data-verdict", false);
      setText(answer, "No answer yet.");
      setText(reason, `It needs a valid number of ${all.format(unknown)}.`);
      return;
    }
    const guardrails = Object.keys(balances).map((id) => ({ balance: id, of: "share", warn: SHARE }));
    const check = card.check(usage, { balances, guardrails });
    for (const gauge of gauges) gauge.draw(estimate.totals[gauge.id], check);
    const told = check.reasons.filter(({ level }) => level === check.verdict).map(({ sentence }) => `It ${sentence}.`);
    const [fits, left] = fitting(estimate.totals, balances);
    const isShort = check.verdict === "block";
    const passing = check.fits.filter(({ value }) => value !== undefined).map(({ sentence }) => `${sentence}.`);
    setAttribute(verdict, "data-verdict", check.verdict);
    setText(answer, isShort ? "This video does not fit." : fits);
    setText(reason, [...told, ...(isShort ? passing : left)].join(" "));
  }

  /** How often the video fits, and what that leaves. */
  function fitting(totals, balances) {
    const ids = Object.keys(balances);
    const named = (some) => some.map((id) => inSentence(card.balances[id].label));
    if (ids.length === 0) return ["No balance is given, so every video fits.", []];
    if (ids.every((id) => totals[id] === 0)) {
      const others = Object.keys(card.balances).filter((id) => totals[id] > 0);
      return [
        `This video takes no ${either.format(named(ids))}.`,
        others.length > 0 ? [`No limit is given for ${all.format(named(others))}.`] : [],
      ];
    }
    const most = timesOf(totals, balances);
    if (most?.value === undefined) return ["This video fits.", []];
    if (most.value >= MOST_TIMES) return [`This video fits ${MOST_TIMES} times and more.`, []];
    const left = ids.map((id) => `${amount(most.left[id], card.balances[id])} ${inSentence(card.balances[id].label)}`);
    return [
      most.value === 1 ? "This video fits once." : `This video fits ${most.value} times.`,
      [`Left then: ${left.join(", ")}.`],
    ];
  }

  function take(values) {
    estimator.usage = { ...latest.usage, ...values };
  }
}
