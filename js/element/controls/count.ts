import type { NumericInput } from "../../types.js";
import { type Context, type Control, ERROR } from "../context.js";
import { element, hasFocus, selectOnEntry, setAttribute, setState } from "../dom.js";
import { stepButton } from "./step-button.js";

/** A count: a native number field between − and +. */
export function createStepper(input: NumericInput, { change, commit, name, say }: Context): Control {
  const label = name(`inputs.${input.id}`, input.label);
  const field = element("input", {
    id: input.id,
    part: "entry count",
    type: "number",
    inputmode: Number.isInteger(input.step) ? "numeric" : "decimal",
    min: input.min,
    max: input.max,
    step: input.step,
    placeholder: String(input.min),
    autocomplete: "off",
    "aria-describedby": ERROR + input.id,
  });
  selectOnEntry(field);
  // What the browser cannot read as a number must not pass for an empty field.
  const take = () =>
    change(input.id, field.validity.badInput ? Number.NaN : field.value === "" ? undefined : field.valueAsNumber);
  field.addEventListener("input", take);
  const move = (direction: number) => () => {
    if (direction > 0) field.stepUp();
    else field.stepDown();
    take();
  };
  const less = stepButton("−", say("of", { action: say("less"), label }), move(-1), commit);
  const more = stepButton("+", say("of", { action: say("more"), label }), move(1), commit);

  return {
    element: element(
      "div",
      { part: "field field-row" },
      element("label", { part: "label", for: input.id }, label),
      element("div", { part: "stepper" }, less, field, more),
    ),
    field,
    update({ value, refusals }) {
      if (!hasFocus(field) && !Number.isNaN(value)) field.value = value === undefined ? "" : String(value);
      const current = Number(value ?? input.min);
      setAttribute(less, "aria-disabled", !(current > input.min));
      setAttribute(more, "aria-disabled", current >= input.max);
      setAttribute(field, "aria-invalid", refusals.length > 0 && "true");
      setState(field, "invalid", refusals.length > 0);
    },
  };
}
