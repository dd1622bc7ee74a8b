// Which consumers there are, and the README's table of them: a tick stands for a test that has passed.
import { readFileSync, writeFileSync } from "node:fs";
import { note, noted } from "./results.js";

const root = new URL("../../", import.meta.url);
const readme = new URL("README.md", root);
const BLOCK = /(?<=<!-- consumers -->\n).*?(?=<!-- \/consumers -->)/s;

const { packages } = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
const versioned = (title, name) => `${title} ${packages[`node_modules/${name}`].version}`;

/** Each consumer by the name that its test knows it by, as the README calls it. */
const CONSUMERS = {
  "node import": "Node, `import`",
  "node require": "Node, `require`",
  deno: versioned("Deno", "deno"),
  bun: versioned("Bun", "bun"),
  workerd: `Cloudflare Workers, ${versioned("workerd", "workerd")}`,
  "vite dev": `${versioned("Vite", "vite")}, development server`,
  "vite build": `${versioned("Vite", "vite")}, build`,
  webpack: versioned("webpack", "webpack"),
  esbuild: versioned("esbuild", "esbuild"),
  rollup: versioned("Rollup", "rollup"),
  "next server": `${versioned("Next", "next")}, server component`,
  "next client": `${versioned("Next", "next")}, client component, rendered on the server too`,
  script: '`<script type="module">` of another origin, in Chromium, Firefox, WebKit',
  policy: "Content-Security-Policy with `script-src 'self' 'wasm-unsafe-eval'`",
  "strict policy": "Content-Security-Policy without `'wasm-unsafe-eval'`: an error with a code",
};
const ENTRIES = ["credit-estimator", "credit-estimator/slim", "credit-estimator/define"];
/** Where there is no page that the element could stand on, or nothing for it to show. */
const WITHOUT_ELEMENT = ["node import", "node require", "deno", "bun", "workerd", "next server", "strict policy"];

const nameOf = (consumer, entry) => `${consumer} ${entry.replace("/", " ")}`;

/** Notes that a consumer works with an entry: the last line of its test. */
export function works(consumer, entry) {
  if (!(consumer in CONSUMERS) || !ENTRIES.includes(entry) || !applies(consumer, entry)) {
    throw new Error(`${consumer}, ${entry}: not in matrix.js`);
  }
  note(nameOf(consumer, entry));
}

const applies = (consumer, entry) => !(entry.endsWith("/define") && WITHOUT_ELEMENT.includes(consumer));

/** The table, and the cells that no test has vouched for. */
export function matrix() {
  const missing = [];
  const cell = (consumer, entry) => {
    if (!applies(consumer, entry)) return "";
    if (noted(nameOf(consumer, entry))) return "✓";
    missing.push(`${consumer} with ${entry}`);
    return "✗";
  };
  const line = (...cells) => `| ${cells.join(" | ")} |\n`;
  const table = [
    line("", ...ENTRIES.map((entry) => `\`${entry}\``)),
    line("---", ...ENTRIES.map(() => ":-:")),
    ...Object.entries(CONSUMERS).map(([consumer, title]) =>
      line(title, ...ENTRIES.map((entry) => cell(consumer, entry))),
    ),
  ].join("");
  return { table, missing };
}

/** The README's table. */
export const written = () => BLOCK.exec(readFileSync(readme, "utf8"))?.[0];

export const write = (table) => writeFileSync(readme, readFileSync(readme, "utf8").replace(BLOCK, table));
