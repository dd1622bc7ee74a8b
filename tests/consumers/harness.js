// What the tests of consumers need: throw-away apps with the packed package in them, and programs to drive them with.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { snippets } from "./snippets.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The tools, as `package-lock.json` pins them, and below them the apps; scripts/consumers.js fills it. */
export const home = here("../../target/consumers");
export const installed = (path) => join(home, "apps/node_modules/credit-estimator", path);
export const tool = (path) => join(home, "node_modules", path);

/** The program of a package for this machine alone, which npm chose among those of `scope`. */
export const platformTool = (scope, path) => join(tool(scope), readdirSync(tool(scope))[0], path);

/** What figures.js finds in every consumer. */
export const FIGURES = {
  builtIn: { credits: 160, videoMinutes: 0 },
  refusals: ["unknown_input", "imagez", true],
  ownCard: { credits: 20 },
};
export const ELEMENT = { totals: FIGURES.builtIn, sameCard: true };

/** The apps that are pages of a bundler, what they import and what they show. */
export const PAGES = [
  { name: "bundler", entry: "credit-estimator", shows: { figures: FIGURES, output: "160" } },
  { name: "bundler-slim", entry: "credit-estimator/slim", shows: { figures: FIGURES, output: "160" } },
  { name: "element", entry: "credit-estimator/define", shows: { figures: ELEMENT, output: null } },
];

/**
 * A new app in the folder `title`: the files of `apps/NAME`, the README's snippets for it, `figures.js`, and `files`, by path.
 * @returns {string} its folder
 */
export function app(name, title = name, files = {}) {
  const folder = join(home, "apps", title);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const template = here(`apps/${name}`);
  if (existsSync(template)) cpSync(template, folder, { recursive: true });
  cpSync(here("figures.js"), join(folder, "figures.js"));
  const all = {
    "package.json": JSON.stringify({ private: true, type: "module", dependencies: { "credit-estimator": "*" } }),
    ...snippets(name),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

// no colours, no questions, no telemetry, no updates, and caches where they are removed with the rest
const QUIET = {
  HOME: join(home, "apps"),
  CI: "true",
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  DENO_NO_UPDATE_CHECK: "1",
  DENO_NO_PROMPT: "1",
};

function launch(command, args, { cwd, env = {} }) {
  const { FORCE_COLOR, NODE_OPTIONS, NODE_TEST_CONTEXT, XDG_CACHE_HOME, XDG_CONFIG_HOME, ...inherited } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...inherited, ...QUIET, ...env },
    // a group of its own, so that what it started ends with it
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      child.log += text;
    });
  }
  return child;
}

const running = new Set();

function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // already gone
  }
}

process.once("exit", () => {
  for (const child of running) end(child);
});

/** Runs a program to its end and answers what it printed; one that fails is an error with all that it said. */
export async function run(command, args, { minutes = 3, ...options }) {
  const child = launch(command, args, options);
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  const timer = setTimeout(() => end(child), minutes * 60_000);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  end(child);
  assert.equal(code, 0, `${command} ${args.join(" ")}: ${child.log}`);
  return output;
}

/** Starts a server, `args(port)`, and waits until it answers `path`: `{ url, stop() }`. */
export async function start(command, args, { path = "", ...options }) {
  const port = await freePort();
  const child = launch(command, args(port), options);
  const url = `http://localhost:${port}/`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(url + path))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      end(child);
      throw new Error(`${command} ${args(port).join(" ")} does not answer: ${child.log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, stop: () => end(child) };
}

const answers = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a page shows: `globalThis.figures`, once its script has set it, and the text of its `output`. */
export async function shownAt(driver, url) {
  await driver.get(url);
  const look = "return { figures: globalThis.figures, output: document.querySelector('output')?.textContent }";
  await driver.wait(async () => (await driver.executeScript(look)).figures, 15_000, `${url} shows no figures`);
  return driver.executeScript(look);
}
