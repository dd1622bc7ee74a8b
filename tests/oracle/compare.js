// Asks the npm package, the native engine and the oracle for the same estimates, and cuts a
// disagreement down to the smallest card and usage that still show it.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { price, Refusal } from "./oracle.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? `${root}target`;
const binary = `${target}/release/examples/price`;

export function buildNative() {
  const built = spawnSync("cargo", ["build", "--release", "--quiet", "--example", "price"], {
    cwd: root,
    encoding: "utf8",
  });
  if (built.error) throw built.error;
  if (built.status !== 0) throw new Error(`the native engine does not build:\n${built.stderr}`);
}

// JSON has no NaN, so a number that is not finite travels as { "$number": "NaN" }.
const line = (request) =>
  JSON.stringify(request, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? { $number: String(value) } : value,
  );

/** One answer for each request, `{ card }` or `{ usage }`. */
export function askNative(requests) {
  const run = spawnSync(binary, {
    input: `${requests.map(line).join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`the native engine stopped with ${run.status}:\n${run.stderr}`);
  const answers = run.stdout.trimEnd().split("\n");
  if (answers.length !== requests.length) {
    throw new Error(`${requests.length} requests, ${answers.length} answers`);
  }
  return answers.map((answer) => JSON.parse(answer));
}

function attempt(Failure, run) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Failure)) return { crash: String(error?.stack ?? error) };
    return { error: { code: error.code, path: error.path, errors: error.errors } };
  }
}

export const askPackage = ({ CreditEstimatorError }, card, usage) =>
  attempt(CreditEstimatorError, () => ({ estimate: card.estimate(usage) }));

export const loadPackage = ({ RateCard, CreditEstimatorError }, document) =>
  attempt(CreditEstimatorError, () => ({ card: new RateCard(document) }));

export const askOracle = (document, usage) => attempt(Refusal, () => ({ estimate: price(document, usage) }));

// Bits, not just values: 0 and -0 differ, and so do a key that holds undefined and no key.
export function same(a, b) {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

const bare = ({ code, path }) => ({ code, path });
const assumptionIds = (estimate) => ({ ...estimate, assumptions: estimate.assumptions.map(({ id }) => id) });

/** What is wrong with three answers to one usage, or undefined where they agree. */
export function disagreement({ oracle, native, wasm }) {
  for (const [name, answer] of Object.entries({ oracle, native, wasm })) {
    if (answer.crash) return `${name} crashed`;
  }
  if (Boolean(wasm.error) !== Boolean(native.error)) return "only one build refuses";
  if (wasm.error) {
    if (!same(bare(wasm.error), bare(native.error))) return "the builds refuse differently";
    if (!oracle.error) return "the oracle prices what the engine refuses";
    const first = bare(wasm.error);
    if (oracle.error.errors.some((one) => one.code === first.code && one.path === first.path)) return undefined;
    return "the oracle refuses differently";
  }
  if (oracle.error) return "the engine prices what the oracle refuses";
  if (!same(wasm.estimate, native.estimate)) return "the builds price differently";
  if (!same(assumptionIds(wasm.estimate), oracle.estimate)) return "the oracle prices differently";
  return undefined;
}

/** Card and usage with one thing less: every key and every list item in turn. */
function* smaller(node) {
  if (typeof node !== "object" || node === null) return;
  const list = Array.isArray(node);
  for (const key of Object.keys(node)) {
    const without = list ? node.filter((_, i) => i !== Number(key)) : { ...node };
    if (!list) delete without[key];
    yield without;
    for (const part of smaller(node[key])) {
      const copy = list ? [...node] : { ...node };
      copy[key] = part;
      yield copy;
    }
  }
}

/** The smallest `{ card, usage }` that still fails like this one. `ask` takes the exact document. */
export function shrink(card, usage, ask, budget = 400) {
  let best = { card, usage, answers: ask(card, usage) };
  const kind = disagreement(best.answers);
  let shrunk = true;
  while (shrunk && budget > 0) {
    shrunk = false;
    for (const next of smaller({ card: best.card, usage: best.usage })) {
      if (!next.card || !next.usage || budget-- <= 0) continue;
      let answers;
      try {
        answers = ask(next.card, next.usage);
      } catch {
        continue;
      }
      if (answers === undefined || disagreement(answers) !== kind) continue;
      best = { ...next, answers };
      shrunk = true;
      break;
    }
  }
  return { ...best, kind };
}

const show = (value) =>
  JSON.stringify(value, (_, item) => (typeof item === "number" && !Number.isFinite(item) ? String(item) : item));

export const report = ({ kind, card, usage, answers }) =>
  [
    kind,
    `card    ${show(card)}`,
    `usage   ${show(usage)}`,
    ...["oracle", "native", "wasm"].map((name) => `${name.padEnd(8)}${show(answers[name])}`),
  ].join("\n");
