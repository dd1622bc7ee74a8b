// The packed package itself: what tools for packages find in it, and what installing it does.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { app, home, installed, run, tool } from "./harness.js";

const TSC = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
const manifest = JSON.parse(readFileSync(installed("package.json"), "utf8"));

test("publint has nothing to say", async () => {
  const { publint } = await import(pathToFileURL(tool("publint/src/index-node.js")).href);
  const { messages } = await publint({ pkgDir: installed(""), strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test("every entry's types are right for every way to resolve it", async () => {
  const core = await import(pathToFileURL(tool("@arethetypeswrong/core/dist/index.js")).href);
  const tarball = readFileSync(join(home, `credit-estimator-${manifest.version}.tgz`));
  // WebAssembly has no types to be right
  const excludeEntrypoints = ["./estimator.wasm"];
  const { types, entrypoints, problems } = await core.checkPackage(core.createPackageFromTarballData(tarball), {
    excludeEntrypoints,
  });
  assert.equal(types.kind, "included");
  assert.ok(Object.keys(entrypoints).length > 4);
  // the element is for pages, and has no file for `require`
  const known = ({ kind, entrypoint }) => kind === "CJSResolvesToESM" && ["./element", "./define"].includes(entrypoint);
  assert.deepEqual(
    problems.filter((problem) => !known(problem)),
    [],
  );
});

const TYPED = `
  import { type Estimate, estimate, RateCard } from "credit-estimator";
  import { CreditEstimatorError, estimate as slimEstimate, load, type ModuleSource } from "credit-estimator/slim";

  const answer: Estimate = estimate({ media: "stock" });
  const source: ModuleSource = new Uint8Array();
  const loaded: Promise<void> = load(source);
  const credits: number | undefined = slimEstimate({ duration: 1 }).totals["credits"];
  // @ts-expect-error a usage is an object
  estimate("3:30");
  export { answer, CreditEstimatorError, credits, loaded, RateCard };
`;

for (const [module, moduleResolution, files] of [
  ["nodenext", "nodenext", ["main.mts", "main.cts"]],
  ["node16", "node16", ["main.mts", "main.cts"]],
  ["preserve", "bundler", ["main.ts"]],
]) {
  test(`with moduleResolution ${moduleResolution}, types need no declarations of the DOM or of Node`, async () => {
    const compilerOptions = {
      module,
      moduleResolution,
      target: "es2022",
      lib: ["es2022"],
      types: [],
      strict: true,
      noEmit: true,
    };
    const cwd = app("types", `types-${moduleResolution}`, {
      ...Object.fromEntries(files.map((file) => [file, TYPED])),
      "tsconfig.json": JSON.stringify({ compilerOptions, files }),
    });
    await run(process.execPath, [TSC], { cwd });
  });
}

test("cards, their schema, the module and the manifest can be named", () => {
  const { resolve } = createRequire(join(home, "apps/consumer.js"));
  const files = ["cards/invideo-v4.json", "cards/rate-card.schema.json", "estimator.wasm", "package.json"];
  for (const file of files) assert.ok(existsSync(resolve(`credit-estimator/${file}`)), file);
  assert.throws(() => resolve("credit-estimator/dist/cli.js"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
});

test("installing it runs nothing and brings nothing", () => {
  assert.deepEqual(manifest.dependencies ?? {}, {});
  assert.deepEqual(Object.keys(manifest.peerDependencies ?? {}), []);
  assert.deepEqual(
    Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare|prepublish)/.test(name)),
    [],
  );
});
