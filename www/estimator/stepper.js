import { element, hasFocus, selectOnEntry, setAttribute, uniqueId } from "./dom.js";
import { stepButton } from "./step-button.js";

/** A count: a native number field between − and +. */
export function createStepper(input, { change, errorId }) {
  const id = uniqueId(input.id);
  const field = element("input", {
    id,
    class: "stepper-value",
    type: "number",
    inputmode: Number.isInteger(input.step) ? "numeric" : "decimal",
    min: input.min,
    max: input.max,
    step: input.step,
    placeholder: String(input.min),
    autocomplete: "off",
    "aria-describedby": errorId,
  });
  selectOnEntry(field);
  field.addEventListener("input", () => change(read()));
  const move = (direction) => () => {
    if (direction > 0) field.stepUp();
    else field.stepDown();
    change(read());
  };
  const less = stepButton("−", `Less: ${input.label}`, move(-1));
  const more = stepButton("+", `More: ${input.label}`, move(1));

  // What the browser cannot read as a number must not pass for an empty field.
  const read = () => (field.validity.badInput ? Number.NaN : field.value === "" ? undefined : field.valueAsNumber);

  return {
    element: element(
      "div",
      { class: "field" },
      element(
        "div",
        { class: "field-row" },
        element("label", { class: "field-label", for: id }, input.label),
        element("div", { class: "stepper" }, less, field, more),
      ),
    ),
    update({ value, errors }) {
      if (!hasFocus(field) && !Number.isNaN(value)) field.value = value ?? "";
      setAttribute(less, "aria-disabled", !((value ?? input.min) > input.min));
      setAttribute(more, "aria-disabled", (value ?? input.min) >= input.max);
      setAttribute(field, "aria-invalid", errors.length > 0 && "true");
    },
  };
}
