import { element } from "../shared/dom.js";

/**
 * A native number field that is drawn as those of the estimator are. A click into it selects what is in it, as Tab does; a
 * further click sets the caret.
 */
export function numberField(attributes) {
  const field = element("input", {
    class: "entry",
    type: "number",
    inputmode: Number.isInteger(attributes.step) ? "numeric" : "decimal",
    autocomplete: "off",
    enterkeyhint: "done",
    ...attributes,
  });
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
