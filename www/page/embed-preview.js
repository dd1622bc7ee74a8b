// A stranger's page, in a tree of its own that this page's style does not reach, with an estimator on it.

import { element, setAttribute, setText, uniqueId } from "../shared/dom.js";
import { attributesOf, styleOf } from "./embed-snippets.js";
import { LANGUAGES, wordsOf } from "./embed-words.js";

// What the choices here ask for comes with the page, so that nothing is loaded after it.
for (const file of ["element.more", ...LANGUAGES.map(([language]) => `words.${language}`)]) {
  // the words of the page's own language are in the estimator
  if (file !== "words.en") {
    document.head.append(element("link", { rel: "modulepreload", href: `credit-estimator/${file}.js` }));
  }
}

const STRANGERS = {
  plain: ["Plain", "font: 1rem/1.5 system-ui, sans-serif; color: #16181d; background: #fff; color-scheme: light"],
  serif: ["Serif", "font: 1.125rem/1.6 Georgia, serif; color: #3a2a1a; background: #fdf6e3; color-scheme: light"],
  dark: [
    "Dark",
    "font: 0.9375rem/1.5 ui-monospace, monospace; color: #c8ffd8; background: #0b1510; color-scheme: dark",
  ],
};

const PAGE = `
  .page { position: relative; padding: 2rem clamp(1rem, 5%, 3rem) 2.5rem; text-align: start }
  h3 { margin: 0; font-size: 1.5em; line-height: 1.2 }
  p { max-width: 40em; margin: 0.5em 0 2em }
  credit-estimator { display: block; --credit-estimator-figure-size: clamp(3rem, 10cqi, 4.5rem) }
  .coming { position: absolute; inset-inline: 0; visibility: hidden }
`;

export function createPreview(card) {
  const name = uniqueId("stranger");
  const choices = Object.entries(STRANGERS).map(([stranger, [label]], index) => {
    const radio = element("input", { type: "radio", name, value: stranger });
    radio.checked = index === 0;
    return element("label", { class: "embed-check" }, radio, element("span", {}, label));
  });
  const title = uniqueId("preview");
  const host = element("div", { class: "embed-page" });
  const node = element(
    "div",
    { class: "embed-preview", role: "group", "aria-labelledby": title },
    element(
      "div",
      { class: "embed-row" },
      element("span", { class: "embed-title", id: title }, "On a page"),
      element("div", { class: "embed-choices" }, ...choices),
    ),
    host,
  );
  const heading = element("h3", {}, wordsOf().title);
  const text = element("p", {}, wordsOf().text);
  const page = element("div", { class: "page" }, heading, text);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [sheet];
  root.append(page);
  let current;
  let shown = "";
  let accent = "";
  const dress = () => {
    const stranger = choices.map(({ control }) => control).find(({ checked }) => checked).value;
    sheet.replaceSync(`${PAGE} .page { ${STRANGERS[stranger][1]} } ${accent}`);
  };
  node.addEventListener("change", dress);
  dress();

  return {
    element: node,
    show(options) {
      const { language } = options;
      const words = wordsOf(language);
      setAttribute(page, "lang", language ?? "en");
      setAttribute(page, "dir", words.dir ?? "ltr");
      setText(heading, words.title);
      setText(text, words.text);
      accent = styleOf(options);
      dress();
      const attributes = attributesOf(options);
      const wanted = attributes.join();
      if (wanted !== shown) replace(Object.fromEntries(attributes));
      shown = wanted;
    },
  };

  /** Begins anew with every change, as a page does; the one before stays until the next is there. */
  function replace({ card: _, ...attributes }) {
    const next = element("credit-estimator", { ...attributes, class: "coming" });
    // this very card, which the page would get from its file
    next.card = card;
    for (const event of ["estimate", "error"]) next.addEventListener(event, () => arrive(next), { once: true });
    for (const other of page.querySelectorAll(".coming")) other.remove();
    page.append(next);
  }

  function arrive(next) {
    if (next === current || !next.isConnected) return;
    current?.remove();
    current = next;
    next.removeAttribute("class");
  }
}
