import { element } from "./dom.js";

/** On or off: a native checkbox, drawn as a switch. */
export function createToggle(input, { change }) {
  const box = element("input", { type: "checkbox", role: "switch", class: "switch" });
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
