// webpack, esbuild and Rollup: bundles without a configuration for the package, on a page in Chromium.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { open, servePage } from "../harness/index.js";
import { app, home, installed, PAGES, run, shownAt, tool } from "./harness.js";
import { works } from "./matrix.js";

const require = createRequire(join(home, "package.json"));
const imported = async (name) => import(pathToFileURL(require.resolve(name)).href);

const BUNDLERS = {
  async webpack(cwd) {
    const webpack = require("webpack");
    const output = { path: join(cwd, "dist"), filename: "test.js" };
    const compiler = webpack({ mode: "production", context: cwd, entry: "./test.js", output });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, done) => (error ? reject(error) : resolve(done))),
    );
    assert.ok(!stats.hasErrors(), stats.toString());
  },
  async esbuild(cwd) {
    await run(process.execPath, [tool("esbuild/bin/esbuild"), "test.js", "--bundle", "--format=esm", "--outdir=dist"], {
      cwd,
    });
  },
  async rollup(cwd) {
    const [{ rollup }, { default: resolve }, { default: json }] = await Promise.all(
      ["rollup", "@rollup/plugin-node-resolve", "@rollup/plugin-json"].map(imported),
    );
    const warnings = [];
    const onwarn = (warning) => warnings.push(warning.message);
    const bundle = await rollup({ input: join(cwd, "test.js"), plugins: [resolve(), json()], onwarn });
    await bundle.write({ dir: join(cwd, "dist") });
    assert.deepEqual(warnings, []);
  },
};

// what takes no file that a script names by `new URL`: its users copy it beside the bundle
const COPY = new Set(["esbuild", "rollup"]);

describe("bundlers", () => {
  let driver;
  before(async () => {
    driver = await open("chromium");
  });
  after(() => driver?.quit());

  for (const [bundler, build] of Object.entries(BUNDLERS)) {
    for (const { name, entry, shows } of PAGES) {
      test(`${bundler}: ${entry}`, async () => {
        const cwd = app(name, `${name}-${bundler}`);
        const dist = join(cwd, "dist");
        mkdirSync(dist);
        await build(cwd);
        cpSync(join(cwd, "index.html"), join(dist, "index.html"));
        if (entry.endsWith("slim") && COPY.has(bundler)) {
          cpSync(installed("dist/estimator.wasm"), join(dist, "estimator.wasm"));
        }
        const page = await servePage(dist);
        try {
          assert.deepEqual(await shownAt(driver, page.url), shows);
        } finally {
          await page.close();
        }
        works(bundler, entry);
      });
    }
  }

  for (const [bundler, build] of Object.entries(BUNDLERS)) {
    test(`${bundler} leaves out what is not used`, async () => {
      const cwd = app("unused", `unused-${bundler}`, {
        "test.js":
          'import { estimate } from "credit-estimator";\nimport { load } from "credit-estimator/slim";\nconsole.log();\n',
      });
      await build(cwd);
      assert.ok(statSync(join(cwd, "dist/test.js")).size < 100);
    });
  }
});
