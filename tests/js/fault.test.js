// A panic cannot be reached. Where one is forced, in a build for this test alone: its message reaches the console, the
// next call works, and what is in hand still works.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../scripts/steps.js";

const TARGET = "wasm32-unknown-unknown";
const folder = join(root, "target/fault");
const glue = join(folder, "glue");

let faulty;

before(async () => {
  const run = (command, ...args) =>
    execFileSync(command, args, {
      cwd: root,
      stdio: "pipe",
      env: { ...process.env, CARGO_TARGET_DIR: join(root, "target") },
    });
  mkdirSync(glue, { recursive: true });
  const library = ["--package", "credit-estimator", "--lib", "--features", "fault"];
  run("cargo", "build", "--locked", "--target", TARGET, ...library);
  const module = join(root, "target", TARGET, "debug/credit_estimator.wasm");
  run("cargo", "run", "--locked", "--package", "xtask", "--bin", "bindgen", "--", module, glue);
  run("node", "scripts/pack.js", join(glue, "credit_estimator_bg.wasm"), join(glue, "packed.txt"));
  const outfile = join(folder, "index.mjs");
  await build({
    stdin: {
      contents: `export * from "./js/entries/inline.ts";
        import { call } from "./js/engine.ts";
        import { panicNow as panic } from "./dist/wasm/credit_estimator.js";
        export const panicNow = () => call(panic);`,
      resolveDir: root,
    },
    bundle: true,
    // the package says of its built files that importing them does nothing; of the entry that is not true
    ignoreAnnotations: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    define: { PACKED: JSON.stringify(readFileSync(join(glue, "packed.txt"), "utf8")) },
    outfile,
    plugins: [
      {
        name: "the faulty module in place of the real one",
        setup({ onResolve }) {
          onResolve({ filter: /dist\/wasm\/credit_estimator\.js$/ }, ({ path }) => ({
            path: join(glue, path.slice(path.lastIndexOf("/") + 1)),
          }));
        },
      },
    ],
  });
  faulty = await import(pathToFileURL(outfile).href);
});

/** What is said on the console meanwhile. */
function hear(act) {
  const { error } = console;
  const heard = [];
  console.error = (text) => heard.push(text);
  try {
    act();
  } finally {
    console.error = error;
  }
  return heard.join("\n");
}

const VIDEO = { media: "generative", model: "ultra", duration: 210, actor: "human" };

test("after a panic, cards, sessions and columns in hand still work", () => {
  const { estimate, RateCard, panicNow } = faulty;
  const demo = {
    id: "demo",
    balances: { credits: {} },
    inputs: [{ id: "length", kind: "duration", max: 600 }],
    charges: [{ id: "video", balance: "credits", quantity: { of: "length" }, price: { amount: "1/3" } }],
  };
  const fromText = new RateCard(JSON.stringify(demo));
  const fromObject = new RateCard(demo);
  demo.charges[0].price.amount = "9";
  const session = RateCard.invideoV4.session({ balances: { credits: 300 } });
  session.add(VIDEO);

  for (let time = 0; time < 3; time++) {
    // what is asked often is priced by a function that works in the memory of this start of the engine
    for (let use = 0; use < 1200; use++) assert.equal(estimate({ duration: 30 + use }).totals.videoMinutes, 0);
    assert.equal(estimate({ duration: 60 }).totals.credits, 20);
    const heard = hear(() => assert.throws(panicNow, { name: "RuntimeError" }));
    assert.match(heard, /on purpose/);
    // others come first and take the numbers that the cards had
    const other = new RateCard({ ...demo, id: `other-${time}` });
    assert.equal(other.estimate({ length: 1 }).totals.credits, 9);
    assert.equal(fromObject.estimate({ length: 100 }).totals.credits, 33.33);
    assert.equal(fromText.estimate({ length: "1:40" }).totals.credits, 33.33);
    assert.equal(estimate({ duration: 210 }).totals.credits, 70);
    assert.equal(estimate(VIDEO).totals.credits, 160);
    session.add(VIDEO);
    assert.equal(session.totals.credits, 160 * (time + 2));
    assert.deepEqual([...RateCard.invideoV4.estimateMany({ ...VIDEO, duration: [210, 30] }).totals.credits], [160, 25]);
    assert.throws(() => estimate({ imagez: 1 }), { code: "unknown_input" });
  }
});

test("a panic before anything else is no different", () => {
  hear(() => assert.throws(faulty.panicNow, { name: "RuntimeError" }));
  assert.equal(faulty.estimate({ images: 5 }).totals.credits, 1);
});
