import { element, setAttribute, setText } from "../shared/dom.js";
import { coursesOf } from "./courses.js";
import { createPriceTable } from "./price-table.js";

/** The table behind the curve: what each length comes to, or each count where the card asks for no length. */
export function table(place, { card, estimator }) {
  const inputs = ["duration", "number"].flatMap((kind) =>
    card.inputs.filter((input) => input.kind === kind && !("maxItems" in input)),
  );
  if (inputs.length === 0) return undefined;

  const courses = element("p", { class: "lengths-courses" });
  const all = element("button", { type: "button", class: "more", "aria-expanded": "false", hidden: true });
  const around = element("div", { class: "lengths-around" }, courses, all);
  place.append(around);

  const tables = new Map();
  let shown;
  let drawnFor;
  let latest;
  all.addEventListener("click", () => {
    setAttribute(all, "aria-expanded", `${all.getAttribute("aria-expanded") === "false"}`);
    drawnFor = undefined;
    draw();
  });
  const update = (detail) => {
    latest = detail;
    draw();
  };
  // at once, so that what stands below has its place
  update({ usage: estimator.usage });
  return update;

  function draw() {
    const { usage } = latest;
    if (othersOf(usage) !== drawnFor) {
      change(asked(usage), usage);
      drawnFor = othersOf(usage);
    }
    shown?.mark(usage);
  }

  /** All but the length itself. */
  function othersOf(usage) {
    return JSON.stringify({ ...usage, [shown?.input.id ?? ""]: undefined });
  }

  /** The input that counts with these choices. */
  function asked(usage) {
    return inputs.find(({ id, max }) => {
      try {
        return !card.estimate({ ...usage, [id]: max }).ignored.includes(id);
      } catch (error) {
        if (error.problems === undefined) throw error;
        return true;
      }
    });
  }

  /** Other choices, other prices. */
  function change(input, usage) {
    const next = input && (tables.get(input) ?? createPriceTable(card, estimator, input));
    if (next !== shown) {
      shown?.element.remove();
      if (next) {
        tables.set(input, next);
        all.before(next.element);
      }
      shown = next;
    }
    const isAll = all.getAttribute("aria-expanded") === "true";
    const drawn = shown?.draw(usage, isAll);
    setText(courses, drawn ? coursesOf(card, input, drawn) : "With these choices no length counts.");
    courses.hidden = courses.textContent === "";
    const what = input?.kind === "number" ? "numbers" : "lengths";
    setText(all, isAll ? `Fewer ${what}` : `All ${what}`);
    all.hidden = !drawn?.hasMore;
  }
}
