// The declarations as importers get them: what compiles, what does not, and what the compiler says of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { declarations } from "../../scripts/declare.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file) => readFileSync(join(root, file), "utf8");

const COMPILERS = { "the compiler of this package": "typescript", "the oldest compiler": "typescript-oldest" };
const PROJECTS = ["tsconfig.json", "tsconfig.node16.json", "tsconfig.bundler.json", "element/tsconfig.json"];

// The frameworks' own declarations ask for a newer compiler than the oldest.
const FRAMEWORKS = ["react", "preact", "vue", "svelte"];

/** What a compiler prints for a project. */
function compile(project, compiler = "typescript") {
  const manifest = join(root, "node_modules", compiler, "package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  const args = [join(dirname(manifest), bin.tsc), "--pretty", "false", "--project", project];
  return new Promise((resolve) => execFile(process.execPath, args, (_, stdout, stderr) => resolve(stdout + stderr)));
}

for (const [name, compiler] of Object.entries(COMPILERS)) {
  for (const project of PROJECTS) {
    test(`${name} on ${project}`, async () => {
      assert.equal(await compile(join(root, "tests/types", project), compiler), "");
    });
  }
}

for (const framework of FRAMEWORKS) {
  test(`the element's tag in ${framework}`, async () => {
    assert.equal(await compile(join(root, "tests/types", framework)), "");
  });
}

test("what the compiler says of a mistake can be read", async () => {
  const lines = read("tests/types/messages/wrong.ts").split("\n");
  const expected = lines.flatMap((line, i) => (line.includes("//! ") ? [`${i + 1} ${line.split("//! ")[1]}`] : []));
  const printed = await compile(join(root, "tests/types/messages"));
  const found = [...printed.matchAll(/^\S+\((\d+),\d+\): error TS\d+: (.*(?:\n {2}.*)*)/gm)];
  assert.deepEqual(
    found.map(([, line, message]) => `${line} ${message.replace(/\n +/g, ": ")}`),
    expected,
  );
});

test("what is generated from the schema and the built-in card is not stale", () => {
  for (const [file, text] of Object.entries(declarations())) {
    assert.equal(read(file), text, `${file} is stale: npm run declare`);
  }
});

test("the codes mean what they mean in Rust", () => {
  const spaced = /(?<=[a-z])(?=[A-Z])/g;
  const inRust = [...read("src/error.rs").matchAll(/^ +\/\/\/ (.*)\n +([A-Z]\w+) "(\w+)",?$/gm)];
  const inTypes = [...read("js/error.ts").matchAll(/^ +\/\*\* (.*) \*\/\n +\| "(\w+)";?$/gm)];
  assert.ok(inRust.length > 20);
  const said = new Map(inTypes.map(([, text, code]) => [code, text]));
  for (const [, text, name, code] of inRust) {
    assert.equal(code, name.replace(spaced, "_").toLowerCase());
    assert.equal(said.get(code), text, code);
  }
});

/** Compiles texts, each a file by its name, as the tests beside this one are compiled. */
async function compileTexts(texts) {
  const folder = mkdtempSync(join(root, "target/types-"));
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ "extends": "../../tests/types/tsconfig.json", "include": ["*.ts"] }',
    );
    return await compile(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the built-in card is known as well as its literal would be", async () => {
  const known = (what) => `expectType<Equal<Known["${what}"], InvideoV4["${what}"]>>();`;
  const text = `import type { CardDocument, CardTypesOf, InvideoV4, InvideoV4Usage } from "credit-estimator";
import { type Equal, expectType } from "../../tests/types/expect.js";
const card = ${read("cards/invideo-v4.json").trim()} as const satisfies CardDocument;
type Known = CardTypesOf<typeof card>;
type Plain<T> = { [K in keyof T]: T[K] };
expectType<Equal<Plain<Known["usage"]>, Plain<InvideoV4Usage>>>();
${["balance", "charge", "plan"].map(known).join("\n")}`;
  assert.equal(await compileTexts({ "card.ts": text }), "");
});

test("every card here could be written in TypeScript, and its examples price with it", async () => {
  const files = ["cards", "cards/history", "tests/cards"].flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) =>
      name.endsWith(".json") && !name.endsWith(".schema.json") ? [`${folder}/${name}`] : [],
    ),
  );
  const texts = files.map((file, i) => {
    const { examples = [] } = JSON.parse(read(file));
    const inputs = [...new Set(examples.map(({ input }) => JSON.stringify(input)))];
    return [
      `card${i}.ts`,
      `// ${file}
import { RateCard } from "credit-estimator";
const card = new RateCard(${read(file)});
${inputs.map((input) => `card.estimate(${input});`).join("\n")}
// @ts-expect-error: no card has such an input
card.estimate({ nonesuch: 5 });`,
    ];
  });
  assert.ok(texts.length > 50);
  assert.equal(await compileTexts(Object.fromEntries(texts)), "");
});

test("the README's TypeScript compiles, and fails where it says so", async () => {
  const texts = Array.from(read("README.md").matchAll(/^```ts\n(.*?)^```/gms), ([, text], i) => [
    `snippet${i}.ts`,
    text,
  ]);
  assert.ok(texts.length > 0);
  assert.equal(await compileTexts(Object.fromEntries(texts)), "");
});
