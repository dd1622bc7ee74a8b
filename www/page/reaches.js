import { createAxis } from "../shared/axis.js";
import { element, keepInPlace, setAttribute, setText } from "../shared/dom.js";
import { amount, inSentence, secondsOf, short } from "../shared/format.js";
import { combinations, isTaken, merged, valuesOf } from "./combinations.js";

const list = (type) => new Intl.ListFormat("en", { type });
const [either, all] = [list("disjunction"), list("conjunction")];

/** More columns of choices than these have no room beside each other. */
const MOST_COLUMNS = 4;

/** From here on there is no room behind it for the text of the hairline, on a small screen, and of a bar, on any. */
const [FAR, FARTHEST] = [0.55, 0.88];

/** The longest video of every kind that fits into what there is, as bars on the axis of the estimator's slider. */
export function createReaches(card, length, take) {
  const balances = Object.entries(card.balances);
  const axis = createAxis(length);
  const grain = axis.step;
  const shortest = length.min > 0 ? length.min : grain;
  const probes = axis.labels.map(({ value }) => value).filter((value) => value > length.min);
  const head = element("div", { class: "reach-head", "aria-hidden": "true" });
  const now = element("span", { class: "reach-now" });
  const bars = element("ol", { class: "reach-bars" });
  const node = element(
    "div",
    { class: "reaches" },
    head,
    element("div", { class: "reach-top", "aria-hidden": "true" }, now),
    bars,
    element("div", { class: "reach-scale", "aria-hidden": "true" }, ...axis.labels.map(createMark)),
  );
  node.style.setProperty("--main", `${axis.main.fraction}`);
  const rows = [];
  let inputs;
  let ways = [];
  let usage;
  let key;

  return {
    element: node,
    /** Takes over what is set, and answers whether more of it is another than the length. */
    follow(next) {
      usage = next;
      const others = withLength(undefined);
      markLength();
      const before = key;
      key = JSON.stringify(others);
      if (key === before) return false;
      const found = combinations(card, others);
      ({ ways } = found);
      if (!inputs) {
        ({ inputs } = found);
        drawHead();
      }
      for (const way of ways) way.prices = JSON.stringify(probes.map((value) => totalsOf(way, value) ?? null));
      return true;
    },
    /** What the video takes in every way that has a price. */
    prices: () => ways.flatMap((way) => totalsOf(way, usage[length.id]) ?? []),
    /** Nothing can be taken while what is there is not known. */
    hold(isHeld) {
      for (const row of rows) row.hold(isHeld);
    },
    draw(within) {
      const fits = ways.map((way) => {
        const fit = fitOf(way, within);
        return { ...way, fit, key: [way.prices, fit.value, fit.sentence] };
      });
      const shown = merged(inputs, fits);
      while (rows.length > shown.length) rows.pop().element.remove();
      while (rows.length < shown.length) {
        const row = createRow();
        rows.push(row);
        bars.append(row.element);
      }
      for (const [index, row] of rows.entries()) row.draw(shown[index], within);
    },
  };

  function withLength(value) {
    const { [length.id]: _, ...others } = usage;
    return value === undefined ? others : { ...others, [length.id]: value };
  }

  function totalsOf({ values }, seconds) {
    try {
      return card.estimate({ ...withLength(seconds), ...values }).totals;
    } catch {
      return undefined;
    }
  }

  function fitOf({ values }, within) {
    try {
      const usage = { ...withLength(undefined), ...values };
      return card.fit(usage, { vary: length.id, within, from: shortest, step: grain });
    } catch (error) {
      return { reason: "error", limitedBy: [], sentence: error.message };
    }
  }

  function markLength() {
    const seconds = secondsOf(usage[length.id] ?? 0);
    const at = axis.fractionOf(seconds);
    node.style.setProperty("--now", `${at}`);
    setAttribute(node, "data-late", at > FAR);
    setAttribute(node, "data-empty", !(seconds > 0));
    setText(now, `Now ${short(seconds)}`);
  }

  function drawHead() {
    setAttribute(node, "data-many", inputs.length > MOST_COLUMNS);
    node.style.setProperty("--choices", `${inputs.length}`);
    node.style.setProperty("--balances", `${balances.length}`);
    head.replaceChildren(
      ...inputs.map(({ label }) => element("span", {}, label)),
      element("span", { class: "reach-why" }, "Limited by"),
      ...balances.map(([, { label }], index) =>
        element("span", { class: "reach-amount", "data-balance": index + 1 }, label),
      ),
    );
  }

  function createRow() {
    const choices = inputs.map(({ label }) => {
      const text = element("span", { class: "reach-option" });
      return { text, node: element("span", { class: "reach-choice" }, word(`${label} `), text, " ") };
    });
    const limit = element("span");
    const why = element("span", { class: "reach-why" }, word("limited by "), limit, " ");
    const amounts = balances.map(([, { label }], index) => {
      const text = element("span");
      const unit = word(` ${inSentence(label)} `);
      return { text, node: element("span", { class: "reach-amount", "data-balance": index + 1 }, text, unit) };
    });
    const most = element("span", { class: "reach-length" });
    const track = element("span", { class: "reach-track" }, element("i", { class: "reach-bar" }), most);
    const button = element(
      "button",
      { type: "button", class: "reach" },
      element("span", { class: "reach-choices" }, ...choices.map(({ node }) => node)),
      why,
      element("span", { class: "reach-amounts" }, ...amounts.map(({ node }) => node)),
      track,
    );
    const row = element("li", {}, button);
    let drawn;
    button.addEventListener("click", () => {
      const { value } = drawn.fit;
      const hasLength = value !== undefined && !isFree(drawn.fit);
      const values = { ...valuesOf(drawn, inputs, usage), ...(hasLength && { [length.id]: value }) };
      keepInPlace(button, () => take(values));
    });

    return {
      element: row,
      hold(isHeld) {
        button.disabled = isHeld;
        setAttribute(button, "title", !isHeld && titleOf(drawn.fit));
      },
      draw(way) {
        drawn = way;
        const { fit, options } = way;
        const { value, estimate } = fit;
        const hasBar = value !== undefined && !isFree(fit);
        const isNow = isTaken(way, inputs, usage);
        for (const [index, { text, node }] of choices.entries()) {
          const some = options[index];
          setText(text, some ? either.format(some.map(({ label }) => label)) : "");
          node.hidden = some === undefined;
        }
        setText(limit, limitOf(fit));
        why.hidden = limit.textContent === "";
        for (const [index, { text, node }] of amounts.entries()) {
          const [id, balance] = balances[index];
          const total = hasBar ? estimate.totals[id] : 0;
          setText(text, total > 0 ? amount(total, balance) : "");
          node.hidden = !(total > 0);
        }
        setText(most, lengthOf(fit));
        setAttribute(button, "title", titleOf(fit));
        setAttribute(button, "aria-current", isNow && "true");
        setAttribute(button, "data-bar", hasBar);
        const first = balances.findIndex(([id]) => fit.limitedBy.includes(id));
        setAttribute(track, "data-balance", first >= 0 && first + 1);
        const at = hasBar ? axis.fractionOf(value) : 0;
        setAttribute(track, "data-far", at > FARTHEST);
        track.style.setProperty("--at", `${at}`);
      },
    };
  }

  function titleOf(fit) {
    return fit.value !== undefined && !isFree(fit) && fit.sentence;
  }

  function limitOf(fit) {
    const { reason, limitedBy } = fit;
    if (reason === "balance") return all.format(limitedBy.map((id) => inSentence(card.balances[id].label)));
    if (reason === "notOffered") return "what is offered";
    return reason === "max" && !isFree(fit) ? "the longest there is" : "";
  }

  function lengthOf(fit) {
    if (isFree(fit)) return "no limit";
    return fit.value === undefined ? fit.sentence : short(fit.value);
  }
}

/** A name that stands in a head where there is one. */
const word = (text) => element("span", { class: "reach-word" }, text);

/** Whether every length fits since none takes anything of what is there. */
const isFree = ({ reason, left, estimate }) =>
  reason === "max" && Object.keys(left).every((id) => estimate.totals[id] === 0);

function createMark({ value, fraction }, index, marks) {
  const isMinor = index % 2 === 1 && index < marks.length - 1;
  const node = element(
    "span",
    { class: isMinor ? "reach-mark minor" : "reach-mark" },
    value > 0 ? short(value) : "none",
  );
  node.style.setProperty("--at", `${fraction}`);
  return node;
}
