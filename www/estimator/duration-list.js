import { element, hasFocus, selectOnEntry, setAttribute, setText, uniqueId } from "./dom.js";
import { clock } from "./format.js";
import { createReader } from "./reading.js";

/** Several durations, each with its own length: add one, change it, take it away. */
export function createDurationList(input, { change, errorId, card }) {
  const read = createReader(card, input);
  const labelId = uniqueId(input.id);
  const add = element("button", { type: "button", class: "button" }, "Add");
  const list = element("ul", { class: "list" });
  let lengths = [];
  const rows = [];

  add.setAttribute("aria-label", `Add: ${input.label}`);
  add.addEventListener("click", append);

  return {
    element: element(
      "div",
      { class: "field", role: "group", "aria-labelledby": labelId },
      element("div", { class: "field-row" }, element("span", { class: "field-label", id: labelId }, input.label), add),
      list,
    ),
    update({ value, errors }) {
      lengths = value ?? [];
      while (rows.length > lengths.length) rows.pop().element.remove();
      while (rows.length < lengths.length) {
        rows.push(createRow(rows.length));
        list.append(rows.at(-1).element);
      }
      for (const [index, row] of rows.entries()) {
        row.update(
          lengths[index],
          errors.some((error) => error.index === index),
        );
      }
      setAttribute(add, "aria-disabled", lengths.length >= input.maxItems);
    },
  };

  function append() {
    if (lengths.length >= input.maxItems) return;
    change([...lengths, lengths.at(-1) ?? input.initial ?? ""]);
    rows.at(-1).focus();
  }

  function remove(index) {
    change(lengths.filter((_, other) => other !== index));
    if (rows.length > 0) rows[Math.min(index, rows.length - 1)].focusRemove();
    else add.focus();
  }

  function createRow(index) {
    const field = element("input", {
      class: "list-value",
      type: "text",
      placeholder: "0:00",
      autocomplete: "off",
      enterkeyhint: "done",
      spellcheck: "false",
      "aria-label": `${input.label}, ${index + 1}`,
      "aria-describedby": errorId,
    });
    const cross = element("button", {
      type: "button",
      class: "step",
      "aria-label": `Remove: ${input.label}, ${index + 1}`,
    });
    setText(cross, "×");
    field.addEventListener("input", () => change(lengths.with(index, field.value.trim())));
    field.addEventListener("change", () => show(lengths[index]));
    selectOnEntry(field);
    field.addEventListener("keydown", ({ key }) => key === "Enter" && append());
    cross.addEventListener("click", () => remove(index));
    const show = (value) => {
      const seconds = value === "" ? undefined : read(value);
      field.value = seconds === undefined ? value : clock(seconds);
    };
    return {
      element: element("li", { class: "list-row" }, field, cross),
      focus: () => field.focus(),
      focusRemove: () => cross.focus(),
      update(value, invalid) {
        if (!hasFocus(field)) show(value);
        setAttribute(field, "aria-invalid", invalid && "true");
      },
    };
  }
}
