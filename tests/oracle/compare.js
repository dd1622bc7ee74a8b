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
  if (run.status !== 0)
    throw new Error(`the native engine stopped with ${run.status}:\n${run.stderr}`, { cause: run.error });
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
    const problems = error.problems.map(({ code, path, or }) => ({ code, path, ...(or && { or }) }));
    return { error: { code: error.code, path: error.path, problems } };
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
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

const bare = ({ code, path, problems }) => ({ code, path, problems });

/** Whether both found the same problems; which of them comes first is the engine's own. */
function sameProblems(found, expected) {
  const left = [...found];
  const taken = ({ or = [], ...problem }) => {
    const at = left.findIndex((one) =>
      [problem, ...or].some(({ code, path }) => one.code === code && one.path === path),
    );
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const strictFirst = [...expected].sort((a, b) => (a.or?.length ?? 0) - (b.or?.length ?? 0));
  return strictFirst.every(taken) && left.length === 0;
}
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
    const agreed = sameProblems(wasm.error.problems, oracle.error.problems);
    return agreed ? undefined : "the oracle refuses differently";
  }
  if (oracle.error) return "the engine prices what the oracle refuses";
  if (!same(wasm.estimate, native.estimate)) return "the builds price differently";
  if (!same(assumptionIds(wasm.estimate), oracle.estimate)) return "the oracle prices differently";
  return undefined;
}

const at = (node, path) => path.reduce((one, key) => one?.[key], node);

function paths(node, path = []) {
  if (typeof node !== "object" || node === null) return [];
  return Object.keys(node).flatMap((key) => [[...path, key], ...paths(node[key], [...path, key])]);
}

/** The same tree without what is at `path`, or with `value` there. */
function edited(node, [key, ...rest], value) {
  const copy = Array.isArray(node) ? [...node] : { ...node };
  if (rest.length > 0) copy[key] = edited(node[key], rest, value);
  else if (value !== undefined) copy[key] = value;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

/** Simpler things to have at `path`: nothing, or one branch of a `by`. */
function simpler(node, path) {
  const here = at(node, path);
  if (here === undefined) return [];
  const branches = here?.by === undefined ? [] : Object.keys(here).filter((key) => key !== "by" && here[key] !== null);
  return [undefined, ...branches.map((key) => here[key])];
}

/** The smallest `{ card, usage }` that still fails like this one; `ask` answers nothing for a card refused. */
export function shrink(card, usage, ask) {
  let best = { card, usage };
  let answers = ask(card, usage);
  const kind = answers && disagreement(answers);
  const fails = (next) => {
    if (!next.card || !next.usage) return false;
    let found;
    try {
      found = ask(next.card, next.usage);
    } catch {
      return false;
    }
    if (found === undefined || disagreement(found) !== kind) return false;
    answers = found;
    return true;
  };
  const given = { card, usage: Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined)) };
  if (fails(given)) best = given;
  for (let size; size !== JSON.stringify(best).length; ) {
    size = JSON.stringify(best).length;
    for (const path of paths(best)
      .reverse()
      .sort((a, b) => a.length - b.length)) {
      const next = simpler(best, path)
        .map((value) => edited(best, path, value))
        .find(fails);
      if (next) best = next;
    }
  }
  return { ...best, answers, kind };
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
