// `node-tests.js FOLDER [--in-pairs]` runs a folder's `*.test.js` files; no test at all is a failure.
import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const [folder, mode] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".test.js") && !name.includes("node_modules"))
  .map((name) => resolve(join(folder, name)));

const counts = { passed: 0, failed: 0 };
// a file without tests is reported as one test with the file's name, and a suite as a test of its own
const isTest = ({ name, details }) => details.type !== "suite" && !files.some((file) => name.endsWith(basename(file)));

run({ files, concurrency: mode === "--in-pairs" ? 2 : true, timeout: 600_000 })
  .on("test:pass", (event) => {
    if (isTest(event) && event.skip === undefined && event.todo === undefined) counts.passed++;
  })
  .on("test:fail", () => {
    counts.failed++;
  })
  .compose(new spec())
  .on("end", () => {
    console.log(
      `test result: ${counts.failed === 0 ? "ok" : "FAILED"}. ${counts.passed} passed; ${counts.failed} failed`,
    );
    if (counts.passed === 0) console.log(`No test ran in ${folder}.`);
    if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  })
  .pipe(process.stdout);
