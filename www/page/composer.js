import { createAxis } from "../shared/axis.js";
import { element, setAttribute, setText, uniqueId } from "../shared/dom.js";
import { amount, count, inSentence, secondsOf, short, signed } from "../shared/format.js";
import { numberField, stepper, timeField } from "./fields.js";
import { itemsOf } from "./single-edits.js";

/** So many of the card's published edits are there at first. */
const MOST_AT_FIRST = 4;

/**
 * Edits that are still pending, as an editor keeps them: each is billed and rounded by itself. Undefined where a card has
 * nothing that can be edited without a video.
 */
export function createComposer(card) {
  const inputs = card.inputs.filter((input) => linesOf(input).length > 0);
  if (inputs.length === 0) return undefined;
  const charged = new Set(inputs.flatMap(linesOf).map(({ balance }) => balance));
  const balances = Object.entries(card.balances)
    .map(([id, balance], index) => [id, { ...balance, index }])
    .filter(([id]) => charged.has(id));

  const session = card.session();
  const rows = new Map();
  const adders = inputs.map(createAdder);
  const totals = balances.map(([, { index }]) => element("td", { class: "figure", "data-balance": index + 1 }));
  const body = element("tbody");
  const clear = element("button", { type: "button", class: "text-button" });
  const note = element("p", { class: "pending-note" });
  let cleared;
  clear.addEventListener("click", () => {
    if (cleared) cleared.undo();
    cleared = cleared ? undefined : session.clear();
    draw();
  });
  for (const usage of published()) session.add(usage);
  draw();

  return element(
    "div",
    { class: "pending" },
    element(
      "table",
      { class: "ledger pending-list" },
      element("caption", {}, "Pending edits"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, "Edit"),
          ...balances.map(([, { label, index }]) =>
            element("th", { scope: "col", class: "figure", "data-balance": index + 1 }, label),
          ),
          element("td"),
        ),
      ),
      body,
      element(
        "tfoot",
        {},
        element("tr", {}, element("th", { scope: "row" }, "Together"), ...totals, element("td", {}, clear)),
      ),
    ),
    note,
    element("div", { class: "adders" }, ...adders),
  );

  /** What an edit is billed for; nothing where it is none. */
  function linesOf(input) {
    const isEdit = input.kind === "number" || (input.kind === "duration" && input.maxItems !== undefined);
    if (!isEdit) return [];
    try {
      return card.estimate(usageOf(input, itemsOf(card, input)[0])).lines;
    } catch {
      return [];
    }
  }

  function createAdder(input) {
    const { id, label, kind, min, max, step } = input;
    const isTime = kind === "duration";
    const name = uniqueId(id);
    const [first] = itemsOf(card, input);
    const grain = isTime ? createAxis(input).step : step;
    const least = min > 0 ? min : grain;
    const attributes = { id: name, min: least, max, step: grain, value: first, "aria-describedby": `${name}-why` };
    const field = isTime ? timeField(attributes) : numberField(attributes);
    const why = element("p", { class: "adder-why", id: `${name}-why` });
    const price = element("span", { class: "adder-price" });
    const add = element("button", { type: "button", class: "button" }, "Add ", price);
    // the card is asked, so that what it takes is taken here
    const asked = () => {
      const text = field.value.trim();
      const value = isTime ? text : field.valueAsNumber;
      if (!isTime && Number.isNaN(value)) return {};
      const usage = usageOf(input, value);
      try {
        const { delta } = session.preview(undefined, usage);
        return (isTime ? secondsOf(text) : value) > 0 ? { usage, delta } : {};
      } catch {
        return {};
      }
    };
    const show = () => {
      const { usage, delta } = asked();
      setAttribute(field, "aria-invalid", !usage && "true");
      setAttribute(add, "aria-disabled", !usage && "true");
      setText(price, usage ? said(delta) : "");
      setText(why, usage ? "" : wanted(input, grain));
    };
    field.addEventListener("input", show);
    field.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") add.click();
    });
    add.addEventListener("click", () => {
      const { usage } = asked();
      if (!usage) return;
      session.add(usage);
      cleared = undefined;
      draw();
    });
    show();
    return element(
      "div",
      { class: "adder" },
      element(
        "label",
        { for: name },
        label,
        isTime ? element("span", { class: "adder-unit" }, " seconds or m:ss") : "",
      ),
      stepper(field, { less: `Less: ${label}`, more: `More: ${label}` }),
      add,
      why,
    );
  }

  function said(delta) {
    const moved = balances.filter(([id]) => delta[id] !== 0);
    return (moved.length > 0 ? moved : balances.slice(0, 1))
      .map(([id, balance], index) => `${signed(delta[id], balance)}${index > 0 ? ` ${inSentence(balance.label)}` : ""}`)
      .join(", ");
  }

  function draw() {
    const { entries } = session;
    for (const [id, row] of rows) {
      if (session.entry(id)) continue;
      row.remove();
      rows.delete(id);
    }
    for (const entry of entries) {
      if (!rows.has(entry.id)) rows.set(entry.id, createRow(entry));
    }
    const wanted = entries.map(({ id }) => rows.get(id));
    for (const [index, row] of wanted.entries()) {
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    }
    for (const [index, [id, balance]] of balances.entries())
      setText(totals[index], amount(session.totals[id], balance));
    setText(clear, cleared ? "Put back" : "Clear");
    setAttribute(clear, "aria-label", cleared ? "Put back all pending edits" : "Clear all pending edits");
    setAttribute(clear, "aria-disabled", entries.length === 0 && !cleared && "true");
    setText(note, explanation(entries));
  }

  function createRow({ id, usage, amounts }) {
    const text = inputs
      .filter((input) => usage[input.id] !== undefined)
      .map(({ id: of, label, kind }) => {
        const [value] = [usage[of]].flat();
        return `${label}: ${kind === "duration" ? short(secondsOf(value)) : count(value)}`;
      })
      .join(", ");
    const remove = element(
      "button",
      { type: "button", class: "text-button", "aria-label": `Remove: ${text}` },
      "Remove",
    );
    remove.addEventListener("click", () => {
      const at = session.entries.findIndex((entry) => entry.id === id);
      session.remove(id);
      cleared = undefined;
      draw();
      const next = session.entries[Math.min(at, session.size - 1)];
      (next ? rows.get(next.id).querySelector("button") : clear).focus();
    });
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, text),
      ...balances.map(([balance, format]) =>
        element(
          "td",
          { class: "figure", "data-balance": format.index + 1, "data-none": amounts[balance] === 0 },
          amount(amounts[balance], format),
        ),
      ),
      element("td", {}, remove),
    );
  }

  /** Where rounding each edit by itself comes to something else than rounding their sum. */
  function explanation(entries) {
    if (entries.length === 0) return "Nothing is pending.";
    const each = "Each edit is billed and rounded by itself.";
    const together = totalsOf(combined(entries.map(({ usage }) => usage)));
    if (entries.length === 1 || !together) return each;
    const others = balances.filter(([id]) => together[id] !== session.totals[id]);
    if (others.length === 0) return `${each} Made as one edit, these would come to the same.`;
    const figures = others.map(
      ([id, balance]) =>
        `${amount(together[id], balance)} and not ${amount(session.totals[id], balance)} ${inSentence(balance.label)}`,
    );
    return `${each} Made as one edit, and rounded once, these would come to ${figures.join(", ")}.`;
  }

  function totalsOf(usage) {
    try {
      return card.totals(usage);
    } catch {
      return undefined;
    }
  }

  /** The card's published edits, and that one twice which two of would cost something else as one. */
  function published() {
    const known = card.examples
      .map(({ input }) => input)
      .filter((usage) => Object.keys(usage).length === 1 && inputs.some(({ id }) => usage[id] !== undefined));
    const some = known.slice(0, MOST_AT_FIRST - 1);
    const twice = some.findIndex((usage) => {
      const pair = card.session();
      pair.add(usage);
      pair.add(usage);
      const together = totalsOf(combined([usage, usage]));
      return together && balances.some(([id]) => together[id] !== pair.totals[id]);
    });
    return twice < 0 ? some : some.toSpliced(twice, 0, some[twice]);
  }
}

/** What a field takes, in words. */
function wanted({ kind, min, max, step }, grain) {
  if (kind === "duration") {
    const from = min > 0 ? `from ${short(min)} to` : "up to";
    const some = Number.parseFloat(`${step}`) <= 0.1 ? "7.5" : `${grain * 7}`;
    const such = [some, "1:20"].filter((text) => secondsOf(text) >= min && secondsOf(text) <= max);
    return `A length ${from} ${short(max)}, such as ${such.join(" or ") || max}`;
  }
  const from = `from ${count(min > 0 ? min : Number.parseFloat(`${step}`))} to ${count(max)}`;
  return step === 1 ? `A whole number ${from}` : `A number ${from} in steps of ${step}`;
}

const usageOf = ({ id, maxItems }, value) => ({ [id]: maxItems === undefined ? value : [value] });

/** All of them as one edit: lists one after the other, counts added. */
function combined(usages) {
  const all = {};
  for (const usage of usages) {
    for (const [id, value] of Object.entries(usage)) {
      all[id] = Array.isArray(value) ? [...(all[id] ?? []), ...value] : Number(((all[id] ?? 0) + value).toFixed(9));
    }
  }
  return all;
}
