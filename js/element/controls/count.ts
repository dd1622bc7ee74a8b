import type { NumericInput } from "../../types.js";
import { createAxis } from "../axis.js";
import { type Context, type Control, ERROR } from "../context.js";
import { element, entry, hasFocus, setAttribute, setInvalid, setLength } from "../dom.js";
import { createScale, createSlider } from "./slider.js";

/** A count: a native number field between − and +, over a slider on which small counts have room. */
export function createCount(input: NumericInput, context: Context): Control {
  const { change, format, labelOf } = context;
  const { id, min, max } = input;
  const label = labelOf(input);
  const axis = createAxis(input);
  const field = entry({
    id: `count-${id}`,
    part: "entry count",
    type: "number",
    inputmode: Number.isInteger(input.step) ? "numeric" : "decimal",
    min,
    max,
    step: "any",
    placeholder: String(min),
    "aria-describedby": ERROR + id,
  });
  // What the browser cannot read as a number must not pass for an empty field.
  field.addEventListener("input", () =>
    change(id, field.validity.badInput ? Number.NaN : field.value === "" ? undefined : field.valueAsNumber),
  );
  const { slider, down, up, track, place, stepByKey } = createSlider(input, axis, context, (value) => {
    field.value = String(value);
    change(id, value);
  });
  setLength(field, "--digits", String(max).length);
  setAttribute(slider, "aria-label", label);
  field.addEventListener("keydown", stepByKey);
  const node = element(
    "div",
    { part: "field counter" },
    element(
      "div",
      { part: "field-row" },
      element("label", { part: "label", for: field.id }, label),
      element("div", { part: "stepper" }, down, field, up),
    ),
    element("div", { part: "rail-body" }, track, createScale(axis, format.count).scale),
  );

  return {
    element: node,
    field,
    update({ value, refusals }) {
      if (!hasFocus(field) && !Number.isNaN(value)) field.value = value === undefined ? "" : String(value);
      const count = Number(value ?? min);
      if (count >= 0) place(count, format.count(count), node);
      setInvalid(field, refusals.length > 0);
    },
  };
}
