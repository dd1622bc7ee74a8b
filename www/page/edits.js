import { element, keepInPlace, setAttribute, setText } from "../shared/dom.js";
import { short, signed } from "../shared/format.js";
import { createComposer } from "./composer.js";
import { singleEdits } from "./single-edits.js";

/** What one change more would add to the video, and what several come to while they are pending. */
export function edits(place, { card, estimator }) {
  const balances = Object.entries(card.balances);
  const measured = new Map(card.charges.map(({ id, of }) => [id, of]));
  const groups = singleEdits(card).map(createGroup);
  if (groups.length === 0) return undefined;

  let latest;
  /** The option that a press on another one left, which is the way back. */
  let left;
  const composer = createComposer(card);
  place.append(
    element(
      "table",
      { class: "ledger edits" },
      element("caption", {}, "One change"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, "Change"),
          ...balances.map(([, { label }], index) =>
            element("th", { scope: "col", class: "figure", "data-balance": index + 1 }, label),
          ),
        ),
      ),
      element("tbody", {}, ...groups.flatMap(({ rows }) => rows)),
    ),
  );
  if (composer) place.append(composer);
  place.append(
    element(
      "p",
      { class: "edits-more" },
      element("a", { href: "editor.html" }, "The same in a timeline, edit by edit"),
    ),
  );

  // at once, so that nothing moves when the chapter comes into view
  draw(estimator);
  return draw;

  function draw({ usage, estimate }) {
    latest = usage;
    for (const group of groups) group.draw(usage, estimate);
    left?.focus();
    left = undefined;
  }

  function createGroup({ input, edits }) {
    const rows = edits.map((edit) => createRow(input, edit));
    return {
      rows: rows.map(({ element }) => element),
      draw(usage, { ignored }) {
        const isLeftOut = ignored.includes(input.id);
        const now = usage[input.id] ?? input.default;
        const set = edits.find(({ value }) => value !== undefined && value === now);
        let isFirst = true;
        for (const row of rows) {
          row.draw(usage, isLeftOut || row.edit === set, set, isFirst);
          if (!row.element.hidden) isFirst = false;
        }
      },
    };
  }

  function createRow(input, edit) {
    const { label } = input;
    const { name, after } = edit;
    const button = element("button", { type: "button", class: "edit-name", "aria-label": `${label}: ${name}` }, name);
    const now = element("span", { class: "edit-now" });
    const why = element("span", { class: "edit-why" });
    const figures = balances.map((_, index) => element("td", { class: "figure", "data-balance": index + 1 }));
    const row = element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element("span", { class: "edit" }, element("span", { class: "edit-of" }, label, now), button, why),
      ),
      ...figures,
    );
    button.addEventListener("click", () => {
      const next = after(latest);
      if (!next || !diffOf(latest, next)) return;
      left = groups.flatMap(({ rows }) => rows).find((some) => some.hidden && some.dataset.input === input.id);
      left = edit.value === undefined ? undefined : left?.querySelector("button");
      // the row itself leaves where it is a choice
      keepInPlace(place, () => {
        estimator.usage = next;
      });
    });
    row.dataset.input = input.id;

    return {
      edit,
      element: row,
      draw(usage, isHidden, set, isFirst) {
        row.hidden = isHidden;
        if (isHidden) return;
        const next = after(usage);
        const diff = next && diffOf(usage, next);
        setAttribute(row, "data-again", !isFirst);
        setText(now, set ? ` now ${set.name}` : "");
        setAttribute(button, "aria-disabled", !diff && "true");
        setText(why, diff ? stepsOf(diff, input, edit) : refusal(input, next));
        for (const [index, figure] of figures.entries()) {
          const [balance, format] = balances[index];
          const delta = diff?.delta[balance];
          setText(figure, delta === undefined ? "" : signed(delta, format));
          setAttribute(figure, "data-none", delta === 0);
        }
      },
    };
  }

  function diffOf(usage, next) {
    try {
      return card.diff(usage, next);
    } catch {
      return undefined;
    }
  }

  /** Where another length is billed than the video changes by: of which charge, and what it makes. */
  function stepsOf({ lines }, { id }, { by }) {
    if (by === undefined) return "";
    const told = lines.map((line) => {
      const billed = (line.after?.quantity ?? 0) - (line.before?.quantity ?? 0);
      return { ...line, isStep: measured.get(line.charge) === id && Math.abs(billed - by) > 1e-6 };
    });
    if (!told.some(({ isStep }) => isStep)) return "";
    const changed = told.filter(({ delta }) => delta !== 0);
    const names = new Map();
    for (const { label, balance, delta, isStep, before, after } of told) {
      if (!isStep && (delta === 0 || changed.length < 2)) continue;
      const name = changed.length > 1 && delta !== 0 ? `${label} ${signed(delta, card.balances[balance])}` : label;
      const billed = isStep ? `: ${billedOf(before, after)}` : "";
      names.set(billed, [...(names.get(billed) ?? []), name]);
    }
    return [...names].map(([billed, charges]) => charges.join(", ") + billed).join("; ");
  }

  function billedOf(before, after) {
    if (!after) return "no longer billed";
    if (before?.quantity === after.quantity) return `${short(after.quantity)} billed as before`;
    return `${short(after.quantity)} billed${before ? `, not ${short(before.quantity)}` : ""}`;
  }

  function refusal({ kind, min, max }, next) {
    if (next) return "not offered";
    if (kind !== "duration") return "the most there is";
    return min > 0 ? `from ${short(min)} to ${short(max)}` : `none to ${short(max)}`;
  }
}
