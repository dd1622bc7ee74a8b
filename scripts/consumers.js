// Packs the package, installs it where the consumers are, drives them all and compares the README's table with what came of it.
// `--write` writes the table instead.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { matrix, write, written } from "../tests/consumers/matrix.js";
import { forget } from "../tests/consumers/results.js";
import { unused } from "../tests/consumers/snippets.js";
import { Problem, root, run, step } from "./steps.js";

const HOME = join(root, "target/consumers");
const APPS = join(HOME, "apps");

/** Drives them all: what `run` answers, with the reason if one does not work or the README's table is stale. */
export async function testConsumers({ write: writes = false } = {}) {
  const start = Date.now();
  await installTools();
  await installPackage();
  forget();
  const result = await run("node", ["scripts/node-tests.js", "tests/consumers"]);
  const { table, missing } = matrix();
  console.log(`\n${table}`);
  if (result.ok && writes) write(table);
  const reason = result.reason ?? complaint(table, missing);
  return { ...result, time: Date.now() - start, ok: reason === undefined, reason };
}

function complaint(table, missing) {
  if (missing.length > 0) return `no test vouches for ${missing.join(", ")}`;
  if (unused().length > 0) return `no test makes the README's ${unused().join(", ")}`;
  if (written() !== table) return "the README's table is stale: npm run test:consumers -- --write";
}

/** The tools that the lock file pins, which take a minute to install: again only when it changes. */
async function installTools() {
  const from = join(root, "tests/consumers");
  const stamp = join(HOME, "node_modules/.stamp");
  const wanted = createHash("sha256")
    .update(readFileSync(join(from, "package-lock.json")))
    .update(process.version + process.platform + process.arch)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  mkdirSync(HOME, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(from, file), join(HOME, file));
  cpSync(join(root, ".npmrc"), join(HOME, ".npmrc"));
  await step("Installing the consumers' tools", "npm", ["ci", "--prefix", HOME], {
    quiet: true,
    hint: "If npm's registry cannot be reached, try again when it can.",
  });
  writeFileSync(stamp, wanted);
}

/** What `npm pack` makes, installed beside the apps, which all find it there. */
async function installPackage() {
  rmSync(APPS, { recursive: true, force: true });
  mkdirSync(APPS, { recursive: true });
  cpSync(join(root, ".npmrc"), join(APPS, ".npmrc"));
  writeFileSync(join(APPS, "package.json"), '{ "private": true }\n');
  await step("Packing the package", "npm", ["pack", "--pack-destination", HOME], { quiet: true });
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tarball = join(HOME, `${name}-${version}.tgz`);
  await step("Installing it", "npm", ["install", "--prefix", APPS, tarball], { quiet: true });
  if (!existsSync(join(APPS, "node_modules/credit-estimator"))) throw new Problem("npm did not install the package.");
}
