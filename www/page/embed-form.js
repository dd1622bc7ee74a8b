// What can be chosen for an estimator on another page.

import { element, uniqueId } from "../shared/dom.js";
import { LANGUAGES } from "./embed-words.js";

const FOLDER = "credit-estimator/";

export function createForm(card, onChange) {
  const [balance] = Object.values(card.balances);
  const hasLength = card.inputs.some(({ kind, maxItems }) => kind === "duration" && !maxItems);
  const chart = checkbox("The price curve", hasLength);
  const compare = checkbox("Every other choice");
  const budget = withNumber(checkbox("What a balance buys"), 100, balance?.label ?? "");
  const quantity = withNumber(checkbox("What several come to"), 10, "a month");
  const start = checkbox("What is set above", true);
  const language = element(
    "select",
    { class: "embed-field" },
    element("option", { value: "" }, "What the page speaks"),
    ...LANGUAGES.map(([value, name]) => element("option", { value, lang: value }, name)),
  );
  const colour = element("input", { type: "color", value: "#0b6e4f", class: "embed-colour", "aria-label": "Accent" });
  const accent = besides(checkbox("Of its own"), colour);
  const base = element("input", {
    type: "text",
    class: "embed-field",
    value: FOLDER,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    dir: "ltr",
  });
  const form = element(
    "form",
    { class: "embed-form" },
    group("Shows", ...[hasLength ? chart.element : undefined, compare.element, budget.element, quantity.element]),
    group("Starts with", start.element),
    labelled("Speaks", language),
    group("Accent", accent.element),
    labelled("Files in", base),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    for (const some of [budget, quantity, accent]) some.update();
    onChange();
  });
  return {
    element: form,
    read: () => ({
      chart: hasLength && chart.box.checked,
      compare: compare.box.checked,
      budget: budget.read(),
      quantity: quantity.read(),
      isStart: start.box.checked,
      language: language.value || undefined,
      accent: accent.box.checked ? colour.value : undefined,
      base: base.value.trim(),
    }),
  };
}

function checkbox(text, isChecked = false) {
  const box = element("input", { type: "checkbox" });
  box.checked = isChecked;
  return { box, element: element("label", { class: "embed-check" }, box, element("span", {}, text)) };
}

/** With something that is there only while the box is checked. */
function besides({ box, element: label }, ...more) {
  const node = element("span", { class: "embed-more" }, ...more);
  const made = {
    box,
    element: element("span", { class: "embed-pair" }, label, node),
    update: () => {
      node.hidden = !box.checked;
    },
  };
  made.update();
  return made;
}

function withNumber(check, initial, unit) {
  const field = element("input", {
    type: "number",
    class: "embed-field embed-number",
    min: 0,
    step: "any",
    value: initial,
    "aria-label": `${check.element.textContent}: ${unit}`,
  });
  const pair = besides(check, field, element("span", {}, unit));
  return {
    ...pair,
    read: () => (check.box.checked && field.value !== "" && field.validity.valid ? field.value : undefined),
  };
}

function group(title, ...children) {
  const id = uniqueId("embed");
  return element(
    "div",
    { class: "embed-row", role: "group", "aria-labelledby": id },
    element("span", { class: "embed-title", id }, title),
    element("div", { class: "embed-choices" }, ...children),
  );
}

function labelled(title, field) {
  field.id = uniqueId("embed");
  return element(
    "div",
    { class: "embed-row" },
    element("label", { class: "embed-title", for: field.id }, title),
    element("div", { class: "embed-choices" }, field),
  );
}
