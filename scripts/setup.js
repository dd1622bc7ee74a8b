// Gets everything that building and testing need and a fresh machine lacks. Plain Node: nothing is installed yet.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browsers, locate } from "../tests/harness/drivers.js";
import { ask, Problem, root, run, step } from "./steps.js";

const NODE = 20;
const TARGET = "wasm32-unknown-unknown";
const GECKODRIVER = "0.37.1";
const DEBIAN_PACKAGES = [
  "chromium",
  "chromium-driver",
  "firefox-esr",
  "webkit2gtk-driver",
  "xvfb",
  "fonts-dejavu-core",
];

/** What building needs. */
export async function setUpBuild() {
  const version = Number(process.versions.node.split(".")[0]);
  if (version < NODE) throw new Problem(`Node ${NODE} or newer is needed; this is ${process.versions.node}.`);
  await setUpPackages();
  await setUpRust();
}

/** The npm packages, again whenever the lock file or Node changed. */
async function setUpPackages() {
  const stamp = join(root, "node_modules/.stamp");
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256")
    .update(lock)
    .update(process.version + process.platform + process.arch)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await step("Installing the npm packages that package-lock.json pins", "npm", ["ci"], {
    quiet: true,
    hint: "If npm's registry cannot be reached, try again when it can.",
  });
  writeFileSync(stamp, wanted);
}

async function setUpRust() {
  if (!(await ask("cargo", "--version"))) {
    throw new Problem("Rust is needed and is not installed: get it from https://rustup.rs, then run this again.");
  }
  const library = await ask("rustc", "--print", "target-libdir", "--target", TARGET);
  if (library && existsSync(library)) return;
  if (!(await ask("rustup", "--version"))) {
    throw new Problem(`This Rust cannot compile for ${TARGET} and has no rustup to add it: see https://rustup.rs.`);
  }
  await step(`Adding Rust's ${TARGET} target`, "rustup", ["target", "add", TARGET], {
    hint: "If Rust's download server cannot be reached, try again when it can.",
  });
}

/** The components that a minimal Rust lacks. */
export async function setUpLint() {
  for (const component of ["rustfmt", "clippy"]) {
    if (await ask("cargo", component === "rustfmt" ? "fmt" : component, "--version")) continue;
    await step(`Adding ${component}`, "rustup", ["component", "add", component], {
      hint: `${component} is needed to check the Rust code.`,
    });
  }
}

const missing = () => [...new Set(Object.keys(browsers).flatMap((name) => locate(name).missing))];

/** The three browsers and their drivers: taken as they are if present, else from Debian and crates.io. */
export async function setUpBrowsers() {
  if (missing().some((program) => program !== "geckodriver")) await installDebianPackages();
  if (missing().includes("geckodriver")) {
    await step(
      `Building geckodriver ${GECKODRIVER}`,
      "cargo",
      ["install", "geckodriver", "--version", GECKODRIVER, "--locked", "--debug", "--root", "target/tools"],
      // a folder of its own, removed again: its intermediate files are of no further use
      { env: { CARGO_PROFILE_DEV_DEBUG: "0", CARGO_TARGET_DIR: join(root, "target/tools/build") } },
    );
    rmSync(join(root, "target/tools/build"), { recursive: true, force: true });
  }
  if (missing().length === 0) return;
  throw new Problem(
    `The tests run in Chromium, Firefox and WebKitGTK, and this machine lacks ${missing().join(", ")}. On Debian, as ` +
      `root, \`npm test\` installs them; elsewhere install the browsers and their WebDriver programs so that they are ` +
      "on the PATH. `npm test -- --without-browsers` leaves these tests out.",
  );
}

async function installDebianPackages() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version") || !(await ask("apt-get", "--version"))) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  console.log(`• Installing ${DEBIAN_PACKAGES.join(", ")}`);
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...DEBIAN_PACKAGES]]) {
    const { ok, time, reason } = await run("apt-get", args, { quiet: true, env });
    if (!ok) throw new Problem(`apt-get ${args[0]} failed (${reason}): the browsers cannot be installed.`);
    console.log(`  apt-get ${args[0]}: ${(time / 1000).toFixed(1)} s`);
  }
}
