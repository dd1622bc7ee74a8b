// Every figure that the vendor printed, beside what the engine makes of the same request.

import { element, keepInPlace, setAttribute, setText } from "../shared/dom.js";
import { amount, short } from "../shared/format.js";
import { sourceOf } from "./source.js";

const MEASURED = 10;
const RUNS = 10;

export function figures(place, { card, estimator }) {
  const notes = createNotes(card.assumptions);
  const measured = createProof(card, (input) => take(estimator, card, input));
  if (!notes && !measured) return undefined;
  place.append(...[...(measured?.elements ?? []), sourceOf(card), notes?.element].filter(Boolean));
  return ({ estimate, value }) => {
    measured?.mark(value);
    notes?.mark(estimate.assumptions);
  };
}

function createProof(card, onTake) {
  const proven = card
    .prove()
    .examples.flatMap(({ figures, problems }, index) =>
      figures.map((figure) => readFigure(card, card.examples[index], figure, problems)),
    );
  if (proven.length === 0) return undefined;
  const right = proven.filter(({ isRight }) => isRight).length;
  const result = `${right} of ${proven.length} figures come out`;
  const table = createTable(groupsOf(proven), onTake);
  const summary = element("p", { class: "proof" }, `${result}.`);
  const note = element("p", { class: "proof-note" }, "Press a row to set it above.");
  let isMeasured = false;
  return {
    elements: [summary, note, table.element],
    mark(value) {
      if (!isMeasured) {
        isMeasured = true;
        const { runs, milliseconds } = measure(card);
        setText(summary, `${result}, worked out just now in ${milliseconds}\u00a0ms.`);
        setText(
          note,
          `All of them were priced in this browser, ${runs} times, and that is the mean. Press a row to set it above.`,
        );
      }
      table.mark(value);
    },
  };
}

/** Proves the card until that took long enough for a coarse clock. */
function measure(card) {
  const start = performance.now();
  let runs = 0;
  let milliseconds;
  do {
    card.prove();
    runs++;
    milliseconds = performance.now() - start;
  } while (milliseconds < MEASURED || runs < RUNS);
  const mean = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 });
  return { runs, milliseconds: mean.format(milliseconds / runs) };
}

/** What a figure is of, what was printed, and what comes out: in words. */
function readFigure(card, example, { path, expected, found }, problems) {
  const [, , kind, name, part] = path.split(/\W+/);
  const charge = kind === "lines" ? card.charges.find(({ id }) => id === name) : undefined;
  const id = charge?.balance ?? name;
  const balance = card.balances[id];
  const problem = problems.find((some) => some.path === path) ?? (found === undefined ? problems[0] : undefined);
  const isQuantity = part === "quantity";
  const isLength = isQuantity && card.inputs.some((input) => input.id === charge.of && input.kind === "duration");
  const unit = isQuantity
    ? `${charge.label}, quantity`
    : charge
      ? `${balance.label}, ${charge.label} alone`
      : balance.label;
  const show = isLength ? short : isQuantity ? plain : undefined;
  return {
    input: example.input,
    note: example.note ?? "",
    asked: asked(card, example.input),
    unit,
    // the accents follow the card's order of balances
    accent: isQuantity ? undefined : Object.keys(card.balances).indexOf(id) + 1,
    printed: show ? show(expected) : plain(expected),
    decimals: show ? undefined : digitsOf(plain(expected)),
    found: found === undefined ? "no price" : show ? show(found) : amount(found, balance),
    isRight: problem === undefined,
    problem: found === undefined ? problem?.message : undefined,
  };
}

const plain = (value) =>
  typeof value === "number"
    ? value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 20 })
    : value;

const digitsOf = (text) => `${text}`.split(".")[1]?.length ?? 0;

/** What a figure of fewer decimals than another of its group lacks to stand on the same decimal point. */
function padding({ decimals }, group) {
  const most = Math.max(...group.map((figure) => figure.decimals ?? 0));
  if (decimals === undefined || decimals === most) return "";
  return `${decimals === 0 ? "." : ""}${"0".repeat(most - decimals)}`;
}

/** A usage in the card's own words, its length first: `["3m 30s", "Generative, PRO"]`. */
function asked({ inputs }, usage) {
  const main = inputs.find(({ id, kind, maxItems }) => kind === "duration" && !maxItems && usage[id] !== undefined);
  const others = inputs.filter((input) => input !== main && usage[input.id] !== undefined);
  const rest = others.map((input) => inWords(input, usage[input.id], inputs)).join(", ");
  const first = main && length(usage[main.id]);
  return first ? [first, rest] : [rest || "Nothing", ""];
}

function inWords({ kind, label, options }, value, inputs) {
  if (kind === "choice") {
    const option = options.find(({ id }) => id === value)?.label ?? value;
    const isElsewhere = inputs.some(
      (other) => other.options !== options && other.options?.some((some) => some.label === option),
    );
    return isElsewhere ? `${label}: ${option}` : option;
  }
  if (kind === "toggle") return value ? label : `${label}: no`;
  const values = [value].flat().map(kind === "duration" ? length : plain);
  return `${label}: ${values.join(", ")}`;
}

const length = (value) => (typeof value === "number" ? short(value) : value);

/** Figures that stand together: consecutive ones whose notes begin alike, up to a colon. */
function groupsOf(figures) {
  const groups = [];
  const headingOf = ({ note }, other) => {
    const [heading] = note.split(": ");
    return note.includes(": ") || heading === other?.note ? heading : undefined;
  };
  figures.forEach((figure, index) => {
    const title = headingOf(figure, figures[index + 1]) ?? headingOf(figure, figures[index - 1]) ?? "";
    const words = title === "" ? figure.note : figure.note.slice(title.length).replace(/^: /, "");
    if (groups.at(-1)?.title !== title) groups.push({ title, figures: [] });
    groups.at(-1).figures.push({ ...figure, words });
  });
  return groups;
}

function createTable(groups, onTake) {
  const rows = [];
  const heads = ["Asked for", "Published", "Agreement", "Here"].map((text, column) =>
    element(
      "th",
      { scope: "col", role: "columnheader", class: column === 0 ? undefined : "figure" },
      column === 2 ? element("span", { class: "visually-hidden" }, text) : text,
    ),
  );
  const bodies = groups.map(({ title, figures }) => {
    const isOfOne = figures.every(({ unit }) => unit === figures[0].unit);
    const head = [];
    if (title || isOfOne) {
      const cell = element(
        "th",
        { scope: "rowgroup", colspan: 4, role: "rowheader", "data-balance": isOfOne && figures[0].accent },
        sentence(title),
      );
      if (isOfOne && sentence(title) !== figures[0].unit) cell.append(" ", unitOf(figures[0]));
      head.push(element("tr", { role: "row", class: "group" }, cell));
    }
    return element(
      "tbody",
      { role: "rowgroup" },
      ...head,
      ...figures.map((figure) => {
        const row = createRow(figure, isOfOne, padding(figure, figures), () => {
          keepInPlace(row.element, () => {
            row.value = onTake(figure.input);
            for (const other of rows) other.mark(other === row ? row.value : undefined);
          });
        });
        rows.push(row);
        return row.element;
      }),
    );
  });
  return {
    element: element(
      "table",
      { class: "ledger published", role: "table" },
      element("caption", { class: "visually-hidden" }, "Published figures, and what comes out here"),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
      ...bodies,
    ),
    mark(value) {
      for (const row of rows) row.mark(value);
    },
  };
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const unitOf = ({ unit, accent }) => element("span", { class: "unit", "data-balance": accent }, unit);

function createRow(figure, isOfOne, pad, onTake) {
  const { asked, words, printed, found, isRight, problem, accent } = figure;
  const taken = element("span", { class: "taken" });
  const [first, rest] = asked;
  const button = element(
    "button",
    { type: "button", class: "ask" },
    element("span", { class: "ask-first" }, first),
    rest === "" ? undefined : ` ${rest}`,
  );
  const notes = [words && `“${words}”`, problem].filter(Boolean).join(": ");
  const cell = (...children) => element("td", { role: "cell", class: "figure" }, ...children);
  const row = element(
    "tr",
    { role: "row", class: isRight ? undefined : "differs", "data-balance": accent },
    element(
      "th",
      { scope: "row", role: "rowheader" },
      button,
      element("span", { class: "ask-notes" }, notes, isOfOne ? "" : " ", isOfOne ? "" : unitOf(figure), taken),
    ),
    cell(printed, pad === "" ? undefined : element("span", { class: "pad", "aria-hidden": "true" }, pad)),
    cell(
      element("span", { "aria-hidden": "true" }, isRight ? "=" : "≠"),
      element("span", { class: isRight ? "visually-hidden" : "differs-word" }, isRight ? "the same" : "differs"),
    ),
    cell(found),
  );
  // the whole row for a pointer, the button for all others
  row.addEventListener("click", onTake);
  const made = {
    element: row,
    value: undefined,
    mark(value) {
      const isTaken = made.value !== undefined && made.value === value;
      setAttribute(button, "aria-current", isTaken && "true");
      setText(taken, isTaken ? "set above" : "");
    },
  };
  return made;
}

/** Sets a request on the estimator, with nothing in it that was not asked for, and answers its state. */
function take(estimator, { inputs }, input) {
  const usage = {};
  for (const { id, kind, maxItems, default: usual } of inputs) {
    const value = input[id] ?? usual;
    // a choice without a default cannot be left out
    if (value !== undefined || kind !== "choice") usage[id] = value ?? (maxItems ? [] : undefined);
  }
  estimator.usage = usage;
  return estimator.value;
}

function createNotes(assumptions) {
  if (assumptions.length === 0) return undefined;
  const notes = new Map();
  for (const { id, text, because } of assumptions) {
    const now = element("span", { class: "note-now" });
    const words = because && element("span", { class: "note-because" }, because);
    notes.set(id, { now, element: element("li", {}, element("span", {}, text), now, words || undefined) });
  }
  return {
    element: element(
      "div",
      { class: "footnotes" },
      element("h3", {}, "What is taken for granted"),
      element("p", {}, "Where the source is silent, and why it is read like this."),
      element("ol", {}, ...[...notes.values()].map(({ element }) => element)),
    ),
    mark(current) {
      for (const [id, { now }] of notes)
        setText(now, current.some((some) => some.id === id) ? "in the estimate above" : "");
    },
  };
}
