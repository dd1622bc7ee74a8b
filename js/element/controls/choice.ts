import type { ChoiceInput } from "../../types.js";
import { type Context, type Control, ERROR } from "../context.js";
import { element, setState } from "../dom.js";

/** One of a few: a segmented row of native radio buttons. */
export function createChoice(input: ChoiceInput, { change, labelOf, name }: Context): Control {
  const radios = input.options.map(({ id }) =>
    element("input", { part: "radio", type: "radio", name: input.id, value: id }),
  );
  const labels = input.options.map(({ id, label }) =>
    element("span", { part: "segment-label" }, name(`inputs.${input.id}.${id}`, label)),
  );
  const segments = radios.map((radio, index) => element("label", { part: "segment" }, radio, labels[index]));
  const row = element("div", { part: "segments" }, ...segments);
  // WebKit does not count a radio button as :focus-visible that an arrow key chose.
  row.addEventListener("keydown", () => setState(row, "by-key", true));
  row.addEventListener("pointerdown", () => setState(row, "by-key", false));
  row.addEventListener("change", (event) => change(input.id, (event.target as HTMLInputElement).value));

  return {
    element: element(
      "fieldset",
      { part: "field", "aria-describedby": ERROR + input.id },
      element("legend", { part: "label" }, labelOf(input)),
      row,
    ),
    get field() {
      return radios.find(({ checked }) => checked) ?? radios[0] ?? row;
    },
    update({ value }) {
      for (const [index, radio] of radios.entries()) {
        radio.checked = radio.value === value;
        setState(labels[index] as HTMLElement, "checked", radio.checked);
      }
    },
  };
}
