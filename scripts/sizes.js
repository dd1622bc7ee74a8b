// Says what a consumer downloads: the build the default entry, `npm run size` every file and what its parts cost, and
// `npm run size -- --write` also writes the figures into the README.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { root } from "./steps.js";
import { modulesOf, sectionsOf } from "./wasm-parts.js";

/** Brotli bytes that each shipped file has at least and at most: what is smaller was not measured, or lost something. */
export const BUDGETS = {
  "index.js": [70_000, 104_600],
  "index.cjs": [70_000, 104_800],
  "workerd.js": [5_000, 10_600],
  "slim.js": [5_000, 11_100],
  "slim.node.js": [70_000, 105_100],
  "slim.node.cjs": [70_000, 105_300],
  "slim.workerd.js": [5_000, 11_100],
  "element.js": [9_000, 17_000],
  "define.js": [80, 200],
  "estimator.wasm": [75_000, 107_000],
  "cli.js": [15_000, 24_000],
};

const NAMED_MODULE = "target/bindgen/credit_estimator_bg.wasm";
const COLUMNS = ["raw", "gzip", "brotli"];
const TABLE = /(<!-- sizes: npm run size -- --write -->\n)(?:\|.*\n)*/;

const read = (file) => readFileSync(join(root, file));

/** The files that package.json hands out, without their declarations. */
export function shippedFiles() {
  const { exports, bin } = JSON.parse(read("package.json"));
  const targets = (value) => (typeof value === "object" ? Object.values(value).flatMap(targets) : [value]);
  const files = targets([exports, bin]).filter((file) => file.startsWith("./dist/") && !/\.d\.c?ts$/.test(file));
  return [...new Set(files.map((file) => file.slice("./dist/".length)))];
}

export function measure(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

/** Each shipped file and what it weighs. */
export function sizes(files = shippedFiles()) {
  return Object.fromEntries(files.map((file) => [file, measure(read(`dist/${file}`))]));
}

/** What `sizes` break of the budgets, one line each. */
export function broken(sizes) {
  const files = new Set([...Object.keys(BUDGETS), ...Object.keys(sizes)]);
  return [...files].flatMap((file) => {
    if (!(file in sizes)) return [`${file} has a budget and is not shipped`];
    if (!(file in BUDGETS)) return [`${file} is shipped and has no budget in scripts/sizes.js`];
    const [least, most] = BUDGETS[file];
    const { brotli } = sizes[file];
    if (brotli >= least && brotli <= most) return [];
    return [`${file} is ${brotli} bytes after brotli, and its budget in scripts/sizes.js is ${least} to ${most}`];
  });
}

/** What the default entry is made of: each part compressed alone, so that the sum is a little more than the whole. */
function parts() {
  const sections = sectionsOf(read("dist/estimator.wasm"));
  const card = measure(read("cards/invideo-v4.json"));
  const glue = measure(read("dist/workerd.js"));
  const inline = measure(read("dist/wasm/packed.txt"));
  const module = measure(read("dist/estimator.wasm"));
  const less = (one, other) => Object.fromEntries(COLUMNS.map((column) => [column, one[column] - other[column]]));
  const data = measure(sections.data);
  const others = measure(Buffer.concat(sections.others));
  return {
    "the engine's code": measure(sections.code),
    "its texts and tables": less(data, card),
    "the built-in card": card,
    "imports, exports and types": others,
    "the module as text, less for being taken apart": less(inline, module),
    "JavaScript and glue": glue,
  };
}

const row = (name, values) => `  ${name.padEnd(32)}${values.map((value) => String(value).padStart(9)).join("")}`;
const rows = (measured) =>
  Object.entries(measured)
    .map(([name, size]) => row(name, Object.values(size)))
    .join("\n");

/** The table of the README. */
export function table(sizes) {
  const number = (value) => value.toLocaleString("en-US");
  const named = { "index.js": "with everything inlined", "slim.js": "and `estimator.wasm` beside it" };
  const lines = ["index.js", "slim.js", "estimator.wasm", "element.js"].map((file) => {
    const name = file in named ? `\`dist/${file}\`, ${named[file]}` : `\`dist/${file}\``;
    return `| ${name} | ${COLUMNS.map((column) => number(sizes[file][column])).join(" | ")} |`;
  });
  return ["| bytes | raw | gzip | brotli |", "|---|--:|--:|--:|", ...lines].join("\n");
}

/** The figures that the README's table has, by file. */
export function figuresOf(readme) {
  const [found] = TABLE.exec(readme) ?? [""];
  const lines = [...found.matchAll(/^\| `dist\/([^`]+)`[^|]*\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$/gm)];
  return Object.fromEntries(
    lines.map(([, file, ...figures]) => [file, figures.map((figure) => Number(figure.replaceAll(",", "")))]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--parts")) report();
  else console.log(`${row("bytes", COLUMNS)}\n${rows(sizes(["index.js", "estimator.wasm"]))}`);
}

function report() {
  const measured = sizes();
  console.log(`${row("bytes", COLUMNS)}\n${rows(measured)}`);
  console.log(`\n${row("in dist/index.js", COLUMNS)}\n${rows(parts())}`);
  console.log(`\n${row("the engine before wasm-opt", ["raw"])}\n${rows(modulesOf(read(NAMED_MODULE)))}`);
  if (process.argv.includes("--write")) {
    const readme = read("README.md").toString();
    const written = readme.replace(TABLE, (_, mark) => `${mark}${table(measured)}\n`);
    writeFileSync(join(root, "README.md"), written);
  }
  const lines = broken(measured);
  for (const line of lines) console.log(`\n${line}`);
  if (lines.length > 0) process.exitCode = 1;
}
