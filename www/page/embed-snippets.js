// The lines to copy: markup, style and program, with every value escaped for where it stands.

import { wordsOf } from "./embed-words.js";
import { requestOf } from "./files.js";

/** The attributes of an estimator that shows what was chosen, in the order in which they are written. */
export const attributesOf = ({ card, value, chart, budget, compare, quantity, language }) =>
  Object.entries({
    card,
    value,
    chart: chart ? "" : undefined,
    budget,
    compare: compare ? "" : undefined,
    quantity,
    lang: language,
    dir: wordsOf(language).dir,
  }).filter(([, text]) => text !== undefined);

/** Two lines: the script, and the element with its fallback. */
export function htmlOf(options) {
  const { base, language } = options;
  const attributes = attributesOf(options).map(([name, text]) =>
    text === "" ? ` ${name}` : ` ${name}="${escaped(text)}"`,
  );
  const folder = base === "" || base.endsWith("/") ? base : `${base}/`;
  return [
    `<script type="module" src="${escaped(folder)}define.js"></script>`,
    `<credit-estimator${attributes.join("")}>${escaped(wordsOf(language).fallback)}</credit-estimator>`,
  ].join("\n");
}

/** The rule for an accent of the page's own; nothing without one. */
export const styleOf = ({ accent }) =>
  accent === undefined ? "" : `credit-estimator {\n  --credit-estimator-accent: ${accent};\n}`;

/** The same request in a program, with what it answers. */
export function programOf(card, file, usage, estimate) {
  const request = literal(requestOf(card, usage, estimate));
  const [imports, call] =
    file === undefined
      ? ['import { estimate } from "credit-estimator";', "estimate"]
      : [
          `import { RateCard } from "credit-estimator";\nimport prices from ${JSON.stringify(`./${file}`)} with { type: "json" };`,
          "new RateCard(prices).estimate",
        ];
  const totals = literal(estimate.totals, Number.POSITIVE_INFINITY);
  return `${imports}\n\nconst { totals } = ${call}(${request});\nconsole.log(totals); // ${totals}`;
}

/** A value as it is written in a program, over several lines where it is long. */
function literal(object, width = 60) {
  const entries = Object.entries(object).map(([key, value]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${Array.isArray(value) ? `[${value.map((some) => JSON.stringify(some)).join(", ")}]` : JSON.stringify(value)}`;
  });
  if (entries.length === 0) return "{}";
  const line = `{ ${entries.join(", ")} }`;
  return line.length <= width ? line : `{\n${entries.map((entry) => `  ${entry},\n`).join("")}}`;
}

const ENTITIES = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

const escaped = (text) => `${text}`.replace(/[&"<>]/g, (letter) => ENTITIES[letter]);
