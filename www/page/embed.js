// The lines that put the estimator on another page, with what is set on this one, and how it looks there.

import { copies } from "../shared/copy.js";
import { element, uniqueId } from "../shared/dom.js";
import { createForm } from "./embed-form.js";
import { createPreview } from "./embed-preview.js";
import { htmlOf, programOf, styleOf } from "./embed-snippets.js";

const PAUSE = 250;

export function embed(place, { card, estimator }) {
  let latest;
  let waiting;
  const form = createForm(card, () => latest && show());
  const html = createSnippet("HTML");
  const style = createSnippet("CSS");
  const program = createSnippet("JavaScript");
  const preview = createPreview(card);
  const own = fileOf(card, estimator);
  const note = element(
    "p",
    { class: "embed-note" },
    "The files are those in this page’s own folder ",
    element("code", {}, "credit-estimator/"),
    ". Put them on your server.",
    own.isGuess ? ` ${own.name} stands for this card, saved as JSON.` : "",
  );
  place.append(
    form.element,
    html.element,
    style.element,
    note,
    preview.element,
    element(
      "div",
      { class: "embed-program" },
      element("h3", {}, "As code"),
      element(
        "p",
        { class: "embed-note" },
        "The same price in a program. From a clone, ",
        element("code", {}, "npm run build && npm pack"),
        " makes the package, and ",
        element("code", {}, "npm install"),
        " takes the file that it writes.",
      ),
      program.element,
    ),
  );

  function show() {
    const { usage, estimate, value } = latest;
    const options = form.read();
    const given = { ...options, card: own.name, value: options.isStart ? value : undefined };
    html.show(htmlOf(given));
    style.show(styleOf(given));
    program.show(programOf(card, own.name, usage, estimate));
    preview.show(given);
  }

  return (detail) => {
    const isFirst = latest === undefined;
    latest = detail;
    clearTimeout(waiting);
    if (isFirst) show();
    // what is dragged above is not followed by a second estimator, step by step
    else waiting = setTimeout(show, PAUSE);
  };
}

/** The name of the card's file, to be written into a page; undefined of the built-in one. */
function fileOf(card, estimator) {
  if (card === card.constructor.invideoV4) return {};
  const name = estimator.getAttribute("card");
  return { name: name ?? "prices.json", isGuess: name === null };
}

function createSnippet(language) {
  const id = uniqueId("snippet");
  const code = element("code", {});
  const button = element("button", { type: "button", class: "take-button", "aria-describedby": id }, "Copy");
  const node = element(
    "figure",
    { class: "snippet" },
    element(
      "figcaption",
      {},
      element("span", { id }, language),
      copies(button, () => code.textContent),
    ),
    element("pre", { dir: "ltr" }, code),
  );
  return {
    element: node,
    show(text) {
      node.hidden = text === "";
      if (code.textContent === text) return;
      // where a line has no room, it goes on further in, and is still seen to be one
      const lines = text.split(/(?<=\n)/).map((line) => element("span", { class: "snippet-line" }, line));
      code.replaceChildren(...lines);
    },
  };
}
