// The public JavaScript, one self-contained file for each environment, and the command line.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { buildElement } from "./bundle-element.js";
import { minified } from "./minify.js";

/** Each file of dist/ and the entry that it is made of; package.json says who is given which. */
const ENTRIES = {
  "index.js": "inline",
  "index.cjs": "inline",
  "workerd.js": "workerd",
  "slim.js": "slim",
  "slim.node.js": "slim-node",
  "slim.node.cjs": "slim-node",
  "slim.workerd.js": "slim-workerd",
};

const wasm = readFileSync("dist/wasm/credit_estimator_bg.wasm");
const [mark] = WebAssembly.Module.customSections(new WebAssembly.Module(wasm), "build");
// put in its place at last, on a line of its own: breaks in it would only make it longer
const PACKED = JSON.stringify(readFileSync("dist/wasm/packed.txt", "utf8"));
const define = { BUILD: JSON.stringify(new TextDecoder().decode(mark)) };

const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  platform: "neutral",
  // escapes would only make inlined text longer
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  // what would not load everywhere stops the build
  logOverride: { "empty-import-meta": "error" },
};

/** What stands beside a built file and is no part of it. */
const beside = (filter, path) => ({
  name: `${path} stays outside`,
  setup({ onResolve }) {
    onResolve({ filter }, ({ importer }) => (importer.includes("node_modules") ? undefined : { path, external: true }));
  },
});

writeFileSync("dist/estimator.wasm", wasm);
await Promise.all([
  ...Object.entries(ENTRIES).map(([file, entry]) => buildEntry(file, entry)),
  buildElement(common),
  buildCommandLine(),
]);

async function buildEntry(file, entry) {
  const cjs = file.endsWith(".cjs");
  const { outputFiles } = await build({
    ...common,
    entryPoints: [`js/entries/${entry}.ts`],
    define,
    plugins: [beside(/^\.\/estimator\.wasm$/, "./estimator.wasm")],
    external: ["node:*"],
    format: cjs ? "cjs" : "esm",
    write: false,
  });
  // an uncaught error prints the line that threw
  const text = await minified(outputFiles[0].text, { cjs, format: { max_line_len: 300 } });
  const [before, ...after] = text.split(/\bPACKED\b/);
  if (after.length > 1) throw new Error(`${file} would hold the module twice.`);
  writeFileSync(`dist/${file}`, [before, ...after].join(`\n${PACKED}\n`));
}

async function buildCommandLine() {
  const outfile = "dist/cli.js";
  const { metafile } = await build({
    ...common,
    entryPoints: ["js/cli.ts"],
    format: "esm",
    platform: "node",
    target: "node20",
    outfile,
    metafile: true,
    lineLimit: 300,
    // what is bundled and not an ES module asks for Node's own modules in this way
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
    plugins: [beside(/^\.\.?\/index\.js$/, "./index.js")],
  });
  const notices = licences(Object.keys(metafile.outputs[outfile].inputs));
  writeFileSync(outfile, `${readFileSync(outfile, "utf8")}/*\n${notices.join("\n\n")}\n*/\n`);
}

/** The licence of each package that files were bundled from, which is to go with every copy of it. */
function licences(files) {
  const folders = new Set(files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]));
  return [...folders].filter(Boolean).map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${folder} holds no licence.`);
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}`;
  });
}
