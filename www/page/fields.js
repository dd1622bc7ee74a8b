import { element } from "../shared/dom.js";
import { secondsOf } from "../shared/format.js";

/**
 * A native number field that is drawn as those of the estimator are. A click into it selects what is in it, as Tab does; a
 * further click sets the caret.
 */
export function numberField(attributes) {
  return entry({
    type: "number",
    inputmode: Number.isInteger(attributes.step) ? "numeric" : "decimal",
    ...attributes,
  });
}

/** A field for a length as a card reads it: "7.5", "1:20". The arrow keys move it by a step, as they do in a number field. */
export function timeField({ min, max, step, ...attributes }) {
  const field = entry({ type: "text", inputmode: "text", ...attributes });
  const move = (by) => {
    const now = secondsOf(field.value);
    const next = (by > 0 ? Math.floor(now / step) : Math.ceil(now / step)) * step + by;
    field.value = `${Number(Math.min(Math.max(Number.isFinite(next) ? next : min, min), max).toFixed(3))}`;
  };
  field.stepUp = () => move(step);
  field.stepDown = () => move(-step);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    field[event.key === "ArrowUp" ? "stepUp" : "stepDown"]();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return field;
}

function entry(attributes) {
  const field = element("input", { class: "entry", autocomplete: "off", enterkeyhint: "done", ...attributes });
  let isFresh = false;
  field.addEventListener("focus", () => {
    isFresh = true;
  });
  field.addEventListener("click", () => {
    if (isFresh) field.select();
    isFresh = false;
  });
  return field;
}

/** The field between − and +, each of which is one step. */
export function stepper(field, { less, more }) {
  const button = (sign, name, step) => {
    const node = element("button", { type: "button", class: "step", "aria-label": name }, sign);
    node.addEventListener("click", () => {
      step();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return node;
  };
  return element(
    "div",
    { class: "stepper" },
    button("−", less, () => field.stepDown()),
    field,
    button("+", more, () => field.stepUp()),
  );
}
