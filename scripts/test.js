// `npm test`: sets up, then every test. `npm test -- rust js` runs these groups alone.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startDriver } from "../tests/harness/drivers.js";
import { build } from "./build.js";
import { testConsumers } from "./consumers.js";
import { setUpBrowsers, setUpBuild, setUpLint } from "./setup.js";
import { main, Problem, root, run, seconds } from "./steps.js";

const GROUPS = ["lint", "rust", "wasm", "js", "types", "oracle", "pages", "consumers"];
const TARGET = "wasm32-unknown-unknown";
const ENGINE = ["--locked", "--package", "credit-estimator"];
const FEATURES = ["--features", "credit-estimator/schema"];
const DENY_WARNINGS = ["--", "-D", "warnings"];

/** The driver variable by which wasm-bindgen's test runner knows each browser; it takes WebKitGTK for Safari. */
const REMOTE = { chromium: "CHROMEDRIVER_REMOTE", firefox: "GECKODRIVER_REMOTE", webkit: "SAFARIDRIVER_REMOTE" };

const command =
  (...args) =>
  () =>
    run(args[0], args.slice(1));

/** A run that must also have run tests: their number is the sum of what the output says. */
const counted = async (result) => {
  const { ok, output, ...rest } = await result;
  const tests = [...output.matchAll(/^test result: .*? (\d+) passed/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  return { ...rest, ok: ok && tests > 0, tests, reason: ok && tests === 0 ? "no test ran" : rest.reason };
};

const rustTests = () => counted(run("cargo", ["test", ...ENGINE, "--all-features"]));

const wasmTests = (env = {}) =>
  counted(run("cargo", ["test", ...ENGINE, "--target", TARGET, "--test", "wasm"], { env }));

async function wasmTestsIn(browser) {
  const driver = await startDriver(browser);
  try {
    return await wasmTests({
      WASM_BINDGEN_USE_BROWSER: "1",
      // 20 s, the default, are few for a browser's first page on a busy machine
      WASM_BINDGEN_TEST_TIMEOUT: "120",
      [REMOTE[browser]]: driver.url,
    });
  } finally {
    driver.stop();
  }
}

const nodeTests = (folder, ...args) => counted(run("node", ["scripts/node-tests.js", `tests/${folder}`, ...args]));

const has = (path) => existsSync(join(root, path));

/** All steps in their order: what the step belongs to, and what must have passed before it. */
const STEPS = [
  { group: "lint", title: "Rust format", run: command("cargo", "fmt", "--all", "--check") },
  {
    group: "lint",
    title: "Rust lint",
    run: command("cargo", "clippy", "--locked", "--workspace", "--all-targets", ...FEATURES, ...DENY_WARNINGS),
  },
  {
    group: "lint",
    title: "Rust lint for WebAssembly",
    run: command("cargo", "clippy", ...ENGINE, "--target", TARGET, "--all-targets", ...DENY_WARNINGS),
  },
  {
    group: "lint",
    title: "JavaScript format and lint",
    run: command("biome", "ci", "--error-on-warnings", "--colors=off"),
  },
  {
    group: "rust",
    title: "Rust documentation",
    run: () =>
      run("cargo", ["doc", ...ENGINE, "--no-deps", "--all-features"], { env: { RUSTDOCFLAGS: "-D warnings" } }),
  },
  { group: "rust", title: "Rust tests", run: rustTests },
  { group: "wasm", title: "WebAssembly tests in Node", when: "tests/wasm.rs", run: () => wasmTests() },
  ...Object.keys(REMOTE).map((browser) => ({
    group: "wasm",
    title: `WebAssembly tests in ${browser}`,
    when: "tests/wasm.rs",
    browser: true,
    run: () => wasmTestsIn(browser),
  })),
  { group: "build", title: "Build", run: buildAll },
  { group: "js", title: "JavaScript tests", when: "tests/js", needs: "build", run: () => nodeTests("js") },
  { group: "types", title: "Type tests", when: "tests/types", needs: "build", run: () => nodeTests("types") },
  { group: "oracle", title: "Oracle tests", when: "tests/oracle", needs: "build", run: () => nodeTests("oracle") },
  {
    group: "pages",
    title: "Page tests",
    when: "tests/pages",
    needs: "build",
    browser: true,
    run: () => nodeTests("pages", "--in-pairs"),
  },
  {
    group: "consumers",
    title: "Consumers",
    when: "tests/consumers",
    needs: "build",
    browser: true,
    run: () => counted(testConsumers({ write: process.argv.includes("--write") })),
  },
];

async function buildAll() {
  const start = Date.now();
  await build();
  return { ok: true, time: Date.now() - start };
}

/** The chosen steps, in order, with the build if one of them needs it. */
function choose(args) {
  const flags = args.filter((arg) => arg.startsWith("-"));
  const groups = args.filter((arg) => !arg.startsWith("-"));
  const unknown = [
    ...flags.filter((flag) => !["--without-browsers", "--write"].includes(flag)),
    ...groups.filter((name) => !GROUPS.includes(name)),
  ];
  if (unknown.length > 0) {
    throw new Problem(
      `${unknown.join(", ")}: not known. The groups are ${GROUPS.join(" ")}; --without-browsers is a flag.`,
    );
  }
  const withoutBrowsers = flags.includes("--without-browsers");
  if (withoutBrowsers && process.env.CI === "true") throw new Problem("--without-browsers is not for CI.");
  const chosen = STEPS.filter(({ group }) => groups.length === 0 || groups.includes(group)).filter(
    ({ when, browser }) => (!when || has(when)) && !(browser && withoutBrowsers),
  );
  const steps = STEPS.filter(
    (step) => chosen.includes(step) || (step.group === "build" && chosen.some(({ needs }) => needs === "build")),
  );
  return { steps, withoutBrowsers };
}

async function runSteps(steps) {
  const results = [];
  for (const step of steps) {
    console.log(`\n▸ ${step.title}`);
    const start = Date.now();
    const blocker = results.find(({ group, ok }) => group === step.needs && !ok);
    const result = blocker
      ? { ok: false, time: 0, reason: `not run: ${blocker.title} failed` }
      : await step.run().catch((error) => ({
          ok: false,
          time: Date.now() - start,
          reason: error instanceof Problem ? error.message : error.stack,
        }));
    if (!result.ok) console.log(`✗ ${step.title}: ${result.reason}`);
    results.push({ ...step, ...result });
  }
  return results;
}

function report(results) {
  console.log(`\n${"".padEnd(34)}${"time".padStart(9)}${"tests".padStart(9)}`);
  for (const { title, ok, time, tests, reason } of results) {
    const duration = `${(time / 1000).toFixed(1)} s`;
    const outcome = ok ? "passed" : `FAILED: ${reason.split("\n")[0]}`;
    console.log(`${title.padEnd(34)}${duration.padStart(9)}${String(tests ?? "").padStart(9)}  ${outcome}`);
  }
}

await main(async () => {
  const start = Date.now();
  const { steps, withoutBrowsers } = choose(process.argv.slice(2));
  await setUpBuild();
  if (steps.some(({ group }) => group === "lint")) await setUpLint();
  if (steps.some(({ browser }) => browser)) await setUpBrowsers();
  console.log(`Set up in ${seconds(start)}.`);

  const results = await runSteps(steps);
  report(results);
  const failed = results.filter(({ ok }) => !ok).length;
  if (withoutBrowsers) console.log("\nNOTHING RAN IN A BROWSER: --without-browsers leaves these tests out.");
  console.log(`\nIn ${seconds(start)}.\n${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
