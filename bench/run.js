// `npm run bench`: the cases in Node and in real Chromium; `-- --write` also writes the table into the README.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "../scripts/build.js";
import { setUpBrowsers, setUpBuild } from "../scripts/setup.js";
import { main, Problem, root } from "../scripts/steps.js";

const FOLDER = join(root, "target/bench");
const TABLE = /(<!-- speed: npm run bench -- --write -->\n)(?:\|.*\n)*/;
const COLD_STARTS = 11;

await main(async () => {
  await setUpBuild();
  await setUpBrowsers();
  await build();
  mkdirSync(FOLDER, { recursive: true });
  // only now are the npm packages there, and the built one
  const { build: bundle } = await import("esbuild");
  const { cases: sessions, measure: measureSession } = await import("./session.js");
  await bundle({
    entryPoints: ["bench/cases.js"],
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    charset: "utf8",
    outfile: join(FOLDER, "cases.js"),
  });
  console.log("• In Node");
  const { measureAll } = await import(pathToFileURL(join(FOLDER, "cases.js")).href);
  const inNode = measureAll();
  console.log("• In Chromium");
  const inChromium = await chromium();
  console.log("• Sessions, in Node");
  const edits = sessions.map((one) => ({ ...one, time: measureSession(one) }));
  const lines = table(inNode, inChromium.cases, inChromium.cold, edits);
  console.log(`\n${lines.join("\n")}`);
  if (process.argv.includes("--write")) write(lines);
});

/** The same cases in a browser, and how long the first estimate takes in a page that has just loaded. */
async function chromium() {
  writeFileSync(
    join(FOLDER, "index.html"),
    `<!doctype html><title>Bench</title><link rel="icon" href="data:,"><script type="module">
      import { estimate } from "./package.js";
      const start = performance.now();
      estimate({ media: "generative", model: "ultra", actor: "human", duration: 210 });
      window.cold = performance.now() - start;
    </script>`,
  );
  writeFileSync(join(FOLDER, "package.js"), readFileSync(join(root, "dist/index.js")));
  const { open, servePage } = await import("../tests/harness/index.js");
  const page = await servePage(FOLDER);
  const driver = await open("chromium");
  try {
    await driver.manage().setTimeouts({ script: 300_000 });
    const cold = [];
    for (let start = 0; start < COLD_STARTS; start++) {
      // another address each time, so that nothing compiled is kept
      await driver.get(`${page.url}?${start}`);
      cold.push(await driver.executeScript("return window.cold"));
    }
    const cases = await driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      import("./cases.js").then(({ measureAll }) => done(measureAll()), (error) => done(String(error)));`);
    if (typeof cases === "string") throw new Problem(cases);
    return { cases, cold: cold.sort((one, other) => one - other)[COLD_STARTS >> 1] };
  } finally {
    await driver.quit();
    await page.close();
  }
}

function table(inNode, inChromium, cold, edits) {
  const shown = (time) => (time < 10 ? time.toFixed(2) : time.toFixed(1));
  const cell = ({ time, ratio }, unit) => `${shown(time)} ${unit} | ${ratio === 1 ? "" : `${ratio.toFixed(1)} ×`}`;
  const lines = ["| work | by | Node | | Chromium | |", "|---|---|--:|--:|--:|--:|"];
  for (const [index, { name, unit, results }] of inNode.entries()) {
    for (const [place, result] of results.entries()) {
      const there = inChromium[index].results[place];
      lines.push(`| ${place === 0 ? name : ""} | ${result.name} | ${cell(result, unit)} | ${cell(there, unit)} |`);
    }
  }
  for (const [index, { size, name, time }] of edits.entries()) {
    const own = edits.find((one) => one.size === size);
    const ratio = index % 3 === 0 ? "" : `${(time / own.time).toFixed(1)} ×`;
    lines.push(
      `| ${index % 3 === 0 ? `an edit in a session of ${size}` : ""} | ${name} | ${shown(time)} µs | ${ratio} | | |`,
    );
  }
  lines.push(`| first estimate in a fresh page | credit-estimator | | | ${cold.toFixed(1)} ms | |`);
  return lines;
}

function write(lines) {
  const readme = join(root, "README.md");
  const text = readFileSync(readme, "utf8");
  if (!TABLE.test(text)) throw new Problem("README.md has no place for the table.");
  writeFileSync(
    readme,
    text.replace(TABLE, (_, mark) => `${mark}${lines.join("\n")}\n`),
  );
}
