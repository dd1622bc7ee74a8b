import { element } from "./dom.js";

/** On or off: a native checkbox, drawn as a switch. */
export function createToggle(input, { change, errorId }) {
  const box = element("input", { type: "checkbox", role: "switch", class: "switch", "aria-describedby": errorId });
  box.addEventListener("change", () => change(box.checked));

  return {
    element: element(
      "label",
      { class: "field field-row" },
      element("span", { class: "field-label" }, input.label),
      box,
    ),
    update({ value }) {
      box.checked = value;
    },
  };
}
