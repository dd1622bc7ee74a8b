// Runs the steps of a script one by one and says what happens, for how long, and why it stopped.
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** A failure that the user can do something about: its message is all there is to say. */
export class Problem extends Error {}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const HEARTBEAT = 20_000;

// cargo of a fresh rustup, tools installed by this project and npm's, whichever shell this is.
const path = [
  process.env.PATH,
  join(homedir(), ".cargo/bin"),
  join(root, "target/tools/bin"),
  join(root, "node_modules/.bin"),
].join(delimiter);

/**
 * Runs a command from the root of the project: `{ ok, output, time, reason }`.
 * @param {{ quiet?: boolean, env?: object, minutes?: number }} options `quiet` shows the output only if it fails.
 */
export async function run(command, args, { quiet = false, env = {}, minutes = 15 } = {}) {
  const start = Date.now();
  const child = spawn(command, args, {
    cwd: root,
    // a group of its own, so that a timeout ends what it started too
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: path,
      CARGO_TARGET_DIR: join(root, "target"),
      ...(process.stdout.isTTY && { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" }),
      ...env,
    },
  });
  let output = "";
  let heard = start;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (quiet) return;
      heard = Date.now();
      to.write(text);
    });
  }
  let reason;
  const end = (why) => {
    reason = why;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // already gone
    }
  };
  const heartbeat = setInterval(() => {
    if (Date.now() - start > minutes * 60_000) end(`it took more than ${minutes} minutes`);
    if (Date.now() - heard < HEARTBEAT) return;
    heard = Date.now();
    console.log(`  … ${seconds(start)}`);
  }, 1000);
  const stop = () => end("interrupted");
  process.once("exit", stop);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      reason = error.code === "ENOENT" ? `${command} is not installed` : error.message;
      resolve(-1);
    });
    child.once("close", resolve);
  });
  clearInterval(heartbeat);
  process.off("exit", stop);
  const ok = code === 0 && !reason;
  if (!ok && quiet) console.log(output.trimEnd());
  return { ok, output, time: Date.now() - start, reason: ok ? undefined : (reason ?? `exit code ${code}`) };
}

for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
  process.once(signal, () => process.exit(128 + number));
}

/** What a command prints, or undefined if it fails. */
export async function ask(command, ...args) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, PATH: path },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("close", resolve);
  });
  return code === 0 ? output.trim() : undefined;
}

/** A step that the rest depends on: says what it does and how long it took, or throws a Problem with `hint`. */
export async function step(title, command, args, { hint, ...options } = {}) {
  console.log(`• ${title}`);
  const start = Date.now();
  const { ok, reason, output } = await run(command, args, options);
  if (!ok) throw new Problem(`${title}: failed (${reason}).${hint ? ` ${hint}` : ""}`);
  console.log(`  ${seconds(start)}`);
  return output;
}

/** Runs a script's main function; a Problem is told without a stack. */
export async function main(script) {
  try {
    await script();
  } catch (error) {
    console.error(`\n${error instanceof Problem ? error.message : error.stack}`);
    process.exit(1);
  }
}
