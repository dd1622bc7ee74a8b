import type { ToggleInput } from "../../types.js";
import { type Context, type Control, ERROR } from "../context.js";
import { element, setState } from "../dom.js";

/** On or off: a native checkbox, drawn as a switch. */
export function createToggle(input: ToggleInput, { change, labelOf }: Context): Control {
  const box = element("input", {
    type: "checkbox",
    role: "switch",
    part: "switch",
    "aria-describedby": ERROR + input.id,
  });
  box.addEventListener("change", () => change(input.id, box.checked));

  return {
    element: element("label", { part: "field field-row" }, element("span", { part: "label" }, labelOf(input)), box),
    field: box,
    update({ value }) {
      box.checked = value === true;
      setState(box, "checked", box.checked);
    },
  };
}
