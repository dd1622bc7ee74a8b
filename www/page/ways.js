import { element, setAttribute, setText } from "../shared/dom.js";
import { amountParts, count, inSentence, secondsOf, short, signed } from "../shared/format.js";
import { createChoices } from "./choices.js";

const MOST_ROWS = 12;
const MOST_NAMES = 4;

/** The choices side by side, all else as it is: a press takes one. */
export function ways(place, { card, estimator }) {
  const choices = createChoices(card, estimator.usage);
  if (choices.at(estimator.usage).rows.flatMap(({ cells }) => cells).length < 2) return undefined;

  const balances = Object.entries(card.balances);
  const caption = element("caption");
  const head = element("thead", { role: "rowgroup" });
  const body = element("tbody", { role: "rowgroup" });
  const note = element("p", { class: "ways-note" });
  const all = element("button", { type: "button", class: "more", "aria-expanded": "false", hidden: true });
  const table = element("table", { class: "ways-table", role: "table" }, caption, head, body);
  place.append(element("div", { class: "ways" }, table, all, note));

  let drawnFor;
  let cells = [];
  let latest;
  all.addEventListener("click", () => {
    setAttribute(all, "aria-expanded", `${all.getAttribute("aria-expanded") === "false"}`);
    draw();
  });
  const update = (detail) => {
    latest = detail;
    draw();
  };
  // at once, so that what stands below has its place
  update({ usage: estimator.usage, estimate: estimator.estimate });
  return update;

  function draw() {
    const { usage, estimate } = latest;
    const layout = choices.at(usage);
    const key = layout.rows.map(({ cells }) => cells.map(({ parts }) => parts.map(({ group }) => nameOf(group))));
    const wanted = `${layout.across?.id} ${JSON.stringify(key)}`;
    const isNew = drawnFor !== wanted;
    const hadFocus = isNew && body.contains(document.activeElement);
    if (isNew) build(layout);
    drawnFor = wanted;
    const isAll = all.getAttribute("aria-expanded") === "true";
    const largest = Object.fromEntries(balances.map(([id]) => [id, 0]));
    for (const { cells } of layout.rows)
      for (const { totals } of cells) for (const id in totals) largest[id] = Math.max(largest[id], totals[id]);
    let next = 0;
    for (const [index, row] of layout.rows.entries()) {
      const used = balances.filter(([id]) => row.cells.some(({ totals }) => totals?.[id] > 0)).map(([id]) => id);
      const shown = used.length > 0 ? used : [balances[0][0]];
      const isChosen = row.cells.map(({ parts }) =>
        parts.every(({ axis, group }) => holds(group, chosen(axis, usage))),
      );
      const isFolded = !isAll && index >= MOST_ROWS && !isChosen.includes(true);
      body.rows[index].hidden = isFolded;
      for (const [column, cell] of row.cells.entries()) {
        const { write } = cells[next++];
        if (!isFolded) write({ cell, shown, largest, usage, isChosen: isChosen[column] });
      }
    }
    const rows = layout.rows.length;
    all.hidden = rows <= MOST_ROWS;
    setText(all, isAll ? "Fewer of them" : `All ${rows} of them`);
    setText(caption, madeOf(card, usage, estimate));
    setText(note, noteOf(layout, choices.held, usage));
    note.hidden = note.textContent === "";
    if (hadFocus) body.querySelector("[aria-current]")?.focus();
  }

  /** Draws the table anew. */
  function build({ across, rows }) {
    const columns = across?.groups ?? [undefined];
    cells = [];
    head.hidden = across === undefined;
    if (across) head.replaceChildren(...headRows(across));
    body.replaceChildren(
      ...rows.map((row) => {
        const names = row.parts.map(({ group }) => (group[0].says ?? "") + nameOf(group));
        const [last, ...others] = names.reverse();
        const nodes = row.cells.map((cell) => {
          const made = createCell(cell, names);
          cells.push(made);
          return made.node;
        });
        return element(
          "tr",
          { role: "row" },
          element(
            "th",
            { scope: "row", role: "rowheader" },
            element("span", { class: "ways-option" }, last ?? ""),
            ...others.map((name) => element("span", { class: "ways-of" }, name)),
          ),
          ...nodes,
        );
      }),
    );
    table.style.setProperty("--columns", columns.length);
    setAttribute(table, "data-many", columns.length > 2);
  }

  function headRows({ input, groups }) {
    const of = { scope: "colgroup", role: "columnheader", colspan: groups.length };
    return [
      element("tr", { role: "row" }, element("td", { role: "cell", rowspan: 2 }), element("th", of, input.label)),
      element(
        "tr",
        { role: "row" },
        ...groups.map((group) => element("th", { scope: "col", role: "columnheader" }, nameOf(group))),
      ),
    ];
  }

  function createCell({ parts, column }, names) {
    const lines = balances.map(([id, balance], index) => createLine(id, balance, index));
    const none = element("span", { class: "way-none" });
    const name = column && nameOf(column);
    const button = element(
      "button",
      { type: "button", class: "way" },
      element("span", { class: "visually-hidden" }, `${[...names, ""].join(", ")}`),
      name && element("span", { class: "way-column" }, name, element("span", { class: "visually-hidden" }, ": ")),
      ...lines.map(({ node }) => node),
      none,
    );
    const node = element("td", { role: "cell" }, button);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const { usage } = estimator;
      const taken = parts.map(({ axis, group }) => [
        axis.id,
        holds(group, chosen(axis, usage)) ? chosen(axis, usage) : group[0].value,
      ]);
      estimator.usage = { ...usage, ...Object.fromEntries(taken) };
    });
    return {
      node,
      write({ cell: { totals, problem, values }, shown, largest, usage, isChosen }) {
        setAttribute(button, "aria-current", isChosen && "true");
        setAttribute(button, "aria-disabled", problem !== undefined && "true");
        const delta = totals && !isChosen ? card.diff(usage, { ...usage, ...values }).delta : {};
        // a balance that nothing here is taken of may be taken of now
        const rest = balances
          .filter(([id]) => delta[id] && !shown.includes(id))
          .map(([id, balance]) => `${signed(delta[id], balance)} ${balance.label}`);
        for (const line of lines) {
          const place = shown.indexOf(line.id);
          line.node.hidden = totals === undefined || place < 0;
          if (line.node.hidden) continue;
          const most = largest[line.id];
          line.write(totals[line.id], {
            share: most > 0 ? totals[line.id] / most : 0,
            change: isChosen ? place === 0 && "Chosen" : most > 0 && delta[line.id],
            rest: place === shown.length - 1 ? rest.join(", ") : "",
          });
        }
        none.hidden = problem === undefined;
        setText(none, problem ? refusal(card, problem) : "");
      },
    };
  }
}

function createLine(id, balance, index) {
  const whole = element("span");
  const fraction = element("span", { class: "way-fraction" });
  const bar = element("span", { class: "way-bar" });
  const delta = element("span", { class: "way-delta" });
  const others = element("span", { class: "way-rest" });
  const node = element(
    "span",
    { class: "way-line", "data-balance": index + 1 },
    element("span", { class: "way-unit" }, balance.label),
    " ",
    element("span", { class: "way-figure" }, whole, fraction),
    bar,
    " ",
    others,
    " ",
    delta,
  );
  let drawn;
  return {
    id,
    node,
    write(total, { share, change, rest }) {
      const [before, after] = amountParts(total, balance);
      setText(whole, before);
      setText(fraction, after);
      setAttribute(node, "data-zero", total === 0);
      if (drawn !== share) bar.style.setProperty("--share", share);
      drawn = share;
      setText(others, rest);
      setText(delta, change === 0 ? "same" : typeof change === "number" ? signed(change, balance) : change || "");
    },
  };
}

const chosen = ({ id, input }, usage) => usage[id] ?? input.default;

const holds = (group, value) => group.some((option) => option.value === value);

function nameOf(group) {
  const names = group.map(({ label }) => label);
  const [first, rest] = [names.slice(0, MOST_NAMES - 1), names.length - MOST_NAMES + 1];
  return names.length > MOST_NAMES ? `${first.join(", ")} and ${rest} more` : names.join(", ");
}

/** Why there is no price. */
function refusal(card, { code, path, message }) {
  if (code === "not_offered") return "Not offered";
  const input = card.inputs.find(({ id }) => id === path);
  return code === "missing_input" && input ? `Needs ${inSentence(input.label)}` : message;
}

/** "Video length 3m 30s, Images 2": what is the same in every cell. */
function madeOf({ inputs }, usage, { ignored }) {
  return inputs
    .flatMap(({ id, kind, label }) => {
      const values = [usage[id] ?? []].flat();
      const isCounted = (kind === "duration" || kind === "number") && !ignored.includes(id);
      if (!isCounted || values.length === 0) return [];
      return [
        `${label} ${values.map((value) => (kind === "duration" ? short(secondsOf(value)) : count(value))).join(" + ")}`,
      ];
    })
    .join(", ");
}

/** What the table does not show. */
function noteOf({ alike }, held, usage) {
  const name = (axis) => axis.options.find(({ value }) => value === chosen(axis, usage))?.label ?? "none";
  return [
    held.length > 0 && `With ${held.map((axis) => `${axis.input.label}: ${name(axis)}`).join(", ")}, as chosen above.`,
    alike.length > 0 &&
      `${alike.map(({ input }) => input.label).join(", ")}: whatever is chosen, the price is the same.`,
  ]
    .filter(Boolean)
    .join(" ");
}
