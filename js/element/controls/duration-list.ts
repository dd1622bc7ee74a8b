import type { NumericInput } from "../../types.js";
import { type Context, type Control, type ControlState, ERROR } from "../context.js";
import { element, entry, hasFocus, setAttribute, setInvalid } from "../dom.js";
import { clock } from "../format.js";
import { createReader, plainText } from "../reading.js";

type Item = string | number;

/** Several durations or counts, each with its own size: add one, change it, take it away. */
export function createList(input: NumericInput, { card, change, commit, labelOf, say }: Context): Control {
  const isTime = input.kind === "duration";
  const read = isTime ? createReader(card, input) : undefined;
  const label = labelOf(input);
  const labelId = `label-${input.id}`;
  const add = element(
    "button",
    { type: "button", part: "button text-button", "aria-label": say("of", { action: say("add"), label }) },
    say("add"),
  );
  const list = element("ul", { part: "list" });
  let items: readonly Item[] = [];
  const rows: ReturnType<typeof createRow>[] = [];
  const most = input.maxItems ?? 0;

  add.addEventListener("click", append);

  return {
    element: element(
      "div",
      { part: "field", role: "group", "aria-labelledby": labelId },
      element("div", { part: "field-row" }, element("span", { part: "label", id: labelId }, label), add),
      list,
    ),
    get field() {
      return rows[0]?.field ?? add;
    },
    update({ value, refusals }: ControlState) {
      items = Array.isArray(value) ? value : [];
      while (rows.length > items.length) rows.pop()?.element.remove();
      while (rows.length < items.length) {
        const row = createRow(rows.length);
        rows.push(row);
        list.append(row.element);
      }
      for (const [index, row] of rows.entries()) {
        row.update(
          items[index] ?? "",
          refusals.some((refusal) => refusal.index === index),
        );
      }
      setAttribute(add, "aria-disabled", items.length >= most);
    },
  };

  function append(): void {
    if (items.length >= most) return;
    change(input.id, [...items, items[items.length - 1] ?? input.initial ?? ""]);
    rows[rows.length - 1]?.field.focus();
    commit();
  }

  function remove(index: number): void {
    change(
      input.id,
      items.filter((_, other) => other !== index),
    );
    (rows[Math.min(index, rows.length - 1)]?.cross ?? add).focus();
    commit();
  }

  function createRow(index: number) {
    const item = say("item", { label, number: index + 1 });
    const field = entry({
      part: "entry item",
      inputmode: isTime ? undefined : "decimal",
      placeholder: isTime ? "0:00" : "0",
      "aria-label": item,
      "aria-describedby": ERROR + input.id,
    });
    const cross = element(
      "button",
      { type: "button", part: "button step", "aria-label": say("of", { action: say("remove"), label: item }) },
      "×",
    );
    const show = (value: Item) => {
      const seconds = value === "" ? undefined : read?.(value);
      field.value = seconds === undefined ? String(value) : clock(seconds);
    };
    field.addEventListener("input", () => {
      const text = plainText(field.value);
      const value = isTime || text === "" || Number.isNaN(Number(text)) ? text : Number(text);
      change(
        input.id,
        items.map((some, other) => (other === index ? value : some)),
      );
    });
    field.addEventListener("change", () => show(items[index] ?? ""));
    field.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") append();
    });
    cross.addEventListener("click", () => remove(index));
    return {
      element: element("li", { part: "list-row" }, field, cross),
      field,
      cross,
      update(value: Item, invalid: boolean) {
        if (!hasFocus(field)) show(value);
        setInvalid(field, invalid);
      },
    };
  }
}
