import { element, setAttribute, setText, uniqueId } from "../shared/dom.js";
import { amount, short, signed } from "../shared/format.js";

/** The chosen chapter: its receipt, and its choices with what each of them would change. */
export function createInspector(project, card) {
  const { session } = project;
  const { balances } = card;
  const [main] = Object.keys(balances);
  const kinds = new Map(card.inputs.map(({ id, kind }) => [id, kind]));
  const measured = new Map(card.charges.map(({ id, of }) => [id, of]));
  let shown;

  const title = element("h2", { class: "inspector-title" });
  const rows = [];
  const body = element("tbody");
  const receipt = element(
    "table",
    { class: "receipt" },
    element("caption", { class: "visually-hidden" }, "What this chapter comes to"),
    body,
  );
  const choices = card.inputs.filter(({ kind }) => kind === "choice").map(createChoice);
  const empty = element("p", { class: "note" }, "No chapter is chosen.");
  const controls = element("div", { class: "choices" }, ...choices.map(({ element }) => element));
  const node = element("section", { class: "inspector", "aria-label": "Chapter" }, title, controls, receipt, empty);

  return {
    element: node,
    render(id) {
      const entry = id === undefined ? undefined : session.entry(id);
      empty.hidden = entry !== undefined;
      controls.hidden = receipt.hidden = title.hidden = entry === undefined;
      if (!entry) return setText(title, "");
      setText(title, project.sheet(id).name);
      for (const choice of choices) choice.render(id, entry.usage);
      // a receipt is drawn anew only where an entry of it changed
      const parts = [entry, session.entry(`${id}.images`), session.entry(`${id}.clips`)].filter(Boolean);
      if (shown?.length === parts.length && shown.every((part, index) => part === parts[index])) return;
      shown = parts;
      const drawn = parts.flatMap(lines);
      while (rows.length > drawn.length) rows.pop().element.remove();
      while (rows.length < drawn.length) rows.push(createRow());
      for (const [index, line] of drawn.entries()) rows[index].render(line);
    },
  };

  function lines(entry) {
    const { usage, range } = entry;
    if (range) {
      const [id, { from, to }] = Object.entries(range).find(([, { to }]) => to > 0) ?? [main, range[main]];
      return [
        line(
          "Length not known yet",
          `${short(usage.duration.from)}–${short(usage.duration.to)}`,
          `${amount(from, balances[id])}–${amount(to, balances[id])}`,
          id,
        ),
      ];
    }
    return card.estimate(usage).lines.map(({ charge, label, quantity, amount: figure, balance }) => {
      const of = measured.get(charge);
      const isCount = kinds.get(of) === "number";
      const said = isCount ? `${quantity}` : short(quantity);
      return line(label, said, amount(figure, balances[balance]), balance);
    });
  }

  function line(label, quantity, figure, id) {
    const index = Object.keys(balances).indexOf(id);
    return { label, quantity, figure, index, unit: index > 0 ? ` ${balances[id].label}` : "" };
  }

  function createRow() {
    const cells = {
      label: element("th", { scope: "row" }),
      quantity: element("td"),
      figure: element("span"),
      unit: element("span"),
    };
    const row = element(
      "tr",
      {},
      cells.label,
      cells.quantity,
      element("td", { class: "receipt-amount" }, cells.figure, cells.unit),
    );
    body.append(row);
    return {
      element: row,
      render(line) {
        setAttribute(row, "data-balance", line.index + 1);
        for (const [name, cell] of Object.entries(cells)) setText(cell, line[name]);
      },
    };
  }

  function createChoice(input) {
    const name = uniqueId(input.id);
    const options = input.options.map((option) => {
      const radio = element("input", { type: "radio", name, value: option.id });
      const delta = element("span", { class: "option-delta" });
      return {
        id: option.id,
        radio,
        delta,
        node: element(
          "label",
          { class: "option" },
          radio,
          element("span", { class: "option-label" }, option.label, delta),
        ),
      };
    });
    const node = element(
      "fieldset",
      { class: "choice" },
      element("legend", {}, input.label),
      element("div", { class: "options" }, ...options.map(({ node }) => node)),
    );
    let chapter;
    for (const { id, radio } of options) {
      radio.addEventListener("change", () => project.change(chapter, { [input.id]: id }));
    }
    return {
      element: node,
      render(id, usage) {
        chapter = id;
        const isAsked = input.id !== "model" || usage.media !== "stock";
        setAttribute(node, "data-left-out", !isAsked);
        node.disabled = !isAsked;
        for (const { id: option, radio, delta } of options) {
          const isChosen = isAsked && (usage[input.id] ?? input.default) === option;
          if (radio.checked !== isChosen) radio.checked = isChosen;
          setText(delta, isChosen || !isAsked ? "" : words(project.priceOfChange(id, { [input.id]: option })));
        }
      },
    };
  }

  /** What an option changes: "+20.00", or in the other balance "+2 Video minutes". */
  function words(delta) {
    const moved = Object.entries(balances).filter(([id]) => delta[id] !== 0);
    if (moved.length === 0) return "same";
    return moved
      .map(([id, balance]) => `${signed(delta[id], balance)}${id === main ? "" : ` ${balance.label}`}`)
      .join(", ");
  }
}
