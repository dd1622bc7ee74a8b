import { element, setAttribute, uniqueId } from "./dom.js";

/** One of a few: a segmented row of native radio buttons. */
export function createChoice(input, { change, errorId }) {
  const name = uniqueId(input.id);
  const radios = input.options.map(({ id }) => element("input", { type: "radio", name, value: id }));
  const segments = input.options.map(({ label }, index) =>
    element("label", { class: "segment" }, radios[index], element("span", { class: "segment-label" }, label)),
  );
  const row = element("div", { class: "segments" }, ...segments);
  // WebKit does not count a radio button as :focus-visible that an arrow key chose.
  row.addEventListener("keydown", () => setAttribute(row, "data-by-key", true));
  row.addEventListener("pointerdown", () => setAttribute(row, "data-by-key", false));
  row.addEventListener("change", (event) => change(event.target.value));

  return {
    element: element(
      "fieldset",
      { class: "field", "aria-describedby": errorId },
      element("legend", { class: "field-label" }, input.label),
      row,
    ),
    update({ value }) {
      for (const radio of radios) radio.checked = radio.value === value;
    },
  };
}
