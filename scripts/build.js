// `npm run build`: the engine to WebAssembly, the package to dist/, the page to dist/www/.
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ELEMENT_FILES } from "./element-files.js";
import { fillHead } from "./page-head.js";
import { fillOpening } from "./page-opening.js";
import { setUpBuild } from "./setup.js";
import { main, root, step } from "./steps.js";

const TARGET = "wasm32-unknown-unknown";
const ENGINE = `target/${TARGET}/release/credit_estimator.wasm`;
const GLUE = "target/bindgen";
const WASM = "dist/wasm";

// What package.json's `types` name, for `import` and for `require`, and for `import` alone.
const TYPED_TWICE = ["index.d.ts", "slim.d.ts"];
const TYPED = [...TYPED_TWICE, "element/index.d.ts", "element/define.d.ts"];
// What a page imports, of all that is in dist/.
const OF_A_PAGE = ["index.js", ...Object.keys(ELEMENT_FILES)];

// What Rust emits for its default target; Node 20 and every browser since 2023 run it.
const FEATURES = [
  "--mvp-features",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];
// What LLVM left apart stays apart but for the smallest: inlined as binaryen does by itself, the module is 8 % larger
// after brotli. The first kilobyte of the memory is the end of the stack.
const PACK = [
  ...["--always-inline-max-function-size", "2"],
  ...["--one-caller-inline-max-function-size", "30"],
  ...["--flexible-inline-max-function-size", "2"],
  "--low-memory-unused",
  "--coalesce-locals-learning",
  "--reorder-locals",
  // what is made for several types stands together
  "--reorder-functions-by-name",
];
const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];

export async function build() {
  await buildWasm();
  await step("Bundling the JavaScript", "node", ["scripts/bundle.js"]);
  await buildTypes();
  await buildPage();
  await step("Measuring", "node", ["scripts/sizes.js"]);
}

/** A module of its own that works beside the engine, inlined in `dist/wasm/NAME.js`. */
async function buildBeside(name) {
  const folder = join(root, "target", name);
  await step(`Compiling ${name}`, "cargo", ["build", "--release", "--locked", "--target", TARGET, "--package", name], {
    env: {
      CARGO_TARGET_DIR: folder,
      RUSTFLAGS: "-C link-arg=-zstack-size=65536",
    },
  });
  const optimized = `${WASM}/${name}_bg.wasm`;
  await step(`Optimizing ${name}`, "wasm-opt", [
    ...[join(folder, TARGET, `release/${name}.wasm`), "-o", optimized, "-O3", ...FEATURES, ...STRIP],
  ]);
  await step(`Inlining ${name}`, "node", ["scripts/inline.js", optimized, `${WASM}/${name}.js`]);
  return optimized;
}

async function buildWasm() {
  const cargo = (...args) => ["--locked", "--target", TARGET, ...args];
  // a panic in a library names its file: where that lies on this machine is nobody's business, and would make each build another
  const remap = `--remap-path-prefix=${process.env.CARGO_HOME ?? join(homedir(), ".cargo")}=`;
  await step("Compiling the engine to WebAssembly", "cargo", [
    "build",
    "--release",
    ...cargo("--package", "credit-estimator", "--lib", "--features", "package"),
    ...["--config", `target.${TARGET}.rustflags=${JSON.stringify([remap])}`],
  ]);
  const stamp = join(root, WASM, ".stamp");
  const inputs = [ENGINE, "Cargo.lock", "package-lock.json", "scripts/build.js", "scripts/inline.js"];
  inputs.push("scripts/pack.js", "scripts/letters.js", "scripts/trim.js", "scripts/wasm-parts.js", "unpack/src/lib.rs");
  const wanted = hash([...inputs, "xtask/src/bin/bindgen.rs"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  for (const folder of [WASM, GLUE]) rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, WASM), { recursive: true });
  await step("Generating its JavaScript glue, whose tool is compiled the first time", "cargo", [
    ...["run", "--locked", "--package", "xtask", "--bin", "bindgen", "--"],
    ...[ENGINE, GLUE],
  ]);
  for (const file of ["credit_estimator.js", "credit_estimator.d.ts", "snippets"]) {
    cpSync(join(root, GLUE, file), join(root, WASM, file), { recursive: true });
  }
  const trimmed = `${GLUE}/trimmed.wasm`;
  await step("Trimming it", "node", [
    "scripts/trim.js",
    `${GLUE}/credit_estimator_bg.wasm`,
    trimmed,
    `${WASM}/credit_estimator.js`,
  ]);
  const optimized = `${WASM}/credit_estimator_bg.wasm`;
  await step("Optimizing it", "wasm-opt", [
    ...[trimmed, "-o", optimized, "-Os", "--converge", ...PACK],
    ...FEATURES,
    ...STRIP,
  ]);
  appendFileSync(join(root, optimized), customSection("build", hash([optimized]).slice(0, 16)));
  await buildBeside("unpack");
  await step("Packing the engine", "node", ["scripts/pack.js", optimized, `${WASM}/packed.txt`]);
  writeFileSync(stamp, wanted);
}

/** A section of a module that only those who look for it see; of less than 128 bytes, for its lengths' sake. */
function customSection(name, text) {
  const body = [name.length, ...Buffer.from(name + text)];
  return Buffer.from([0, body.length, ...body]);
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

/** Declarations for `import`, and the same ones named for `require`. */
async function buildTypes() {
  const dist = join(root, "dist");
  const declared = () =>
    readdirSync(dist, { recursive: true }).filter((file) => /\.d\.c?ts$/.test(file) && !/^(wasm|www)\b/.test(file));
  for (const file of declared()) rmSync(join(dist, file));
  await step("Declaring the types", "tsc", []);
  await step("Describing the element", "node", ["scripts/manifest.js"]);
  await step("Checking the types of the entries", "tsc", ["--project", "js/entries"]);
  await step("Checking the types of the command line", "tsc", ["--project", "js/cli"]);
  const text = (file) => readFileSync(join(dist, file), "utf8");
  const published = reachable(TYPED, text);
  for (const file of declared()) {
    if (!published.has(file)) rmSync(join(dist, file));
  }
  for (const file of reachable(TYPED_TWICE, text)) {
    writeFileSync(
      join(dist, file.replace(/ts$/, "cts")),
      text(file).replace(/(["']\.\/[^"']+)\.js(["'])/g, "$1.cjs$2"),
    );
  }
}

/** The declarations that a consumer of `entries` gets to see. */
function reachable(entries, text) {
  const files = new Set(entries);
  for (const file of files) {
    for (const [, name] of text(file).matchAll(/["'](\.\.?\/[^"']+)\.js["']/g)) {
      files.add(join(dirname(file), `${name}.d.ts`));
    }
  }
  return files;
}

/** The page imports the built package as any consumer does. */
async function buildPage() {
  const page = join(root, "dist/www");
  rmSync(page, { recursive: true, force: true });
  mkdirSync(page, { recursive: true });
  cpSync(join(root, "www"), page, { recursive: true });
  // One file each instead of dozens that would wait for one another.
  const bundle = (...rest) =>
    step("Bundling the page", "esbuild", [
      ...["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning", "--allow-overwrite"],
      ...["--outdir=dist/www", "--outbase=www", ...rest],
    ]);
  await bundle("www/main.js", "--external:./credit-estimator/*", "--external:./page/chapters.js");
  await bundle(...["www/page/chapters.js", "www/page/page.css", "--loader:.woff2=copy", "--asset-names=[dir]/[name]"]);
  for (const file of readdirSync(join(page, "page"))) {
    if (!["chapters.js", "page.css"].includes(file)) rmSync(join(page, "page", file));
  }
  for (const file of ["index.html", "editor.html"]) {
    const html = readFileSync(join(page, file), "utf8");
    writeFileSync(join(page, file), await fillOpening(fillHead(html, file, process.env.SITE_URL)));
  }
  for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(join(root, file), join(page, `${file}.txt`));
  const copy = join(page, "credit-estimator");
  mkdirSync(copy);
  for (const file of OF_A_PAGE) cpSync(join(root, "dist", file), join(copy, file));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUpBuild();
    await build();
  });
}
