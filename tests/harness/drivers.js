// Finds and starts the WebDriver servers of the three browsers. No dependencies: `scripts/` uses it before and after installation.
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

const WEBKIT = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/** What each browser needs: programs (first match wins) and how its driver is started on a port. */
export const browsers = {
  chromium: {
    needs: { browser: ["chromium", "google-chrome", "chrome"], driver: ["chromedriver"] },
    start: ({ driver }, port) => [driver, `--port=${port}`],
  },
  firefox: {
    needs: { browser: ["firefox-esr", "firefox"], driver: ["geckodriver"] },
    start: ({ driver }, port) => [driver, `--port=${port}`, "--websocket-port=0"],
  },
  webkit: {
    needs: {
      browser: [WEBKIT, WEBKIT.replace("x86_64", "aarch64"), "MiniBrowser"],
      driver: ["WebKitWebDriver"],
      screen: ["Xvfb"],
    },
    start: ({ driver }, port) => [driver, `--port=${port}`],
  },
};

const searchPath = () => [
  join(root, "target/tools/bin"),
  ...(process.env.PATH ?? "").split(delimiter),
  join(homedir(), ".cargo/bin"),
];

function find(program) {
  const candidates = program.startsWith("/") ? [program] : searchPath().map((folder) => join(folder, program));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The paths of a browser's programs; `missing` names those that are not there. */
export function locate(name) {
  const found = {};
  const missing = [];
  for (const [role, programs] of Object.entries(browsers[name].needs)) {
    found[role] = programs.map(find).find(Boolean);
    if (!found[role]) missing.push(programs[0]);
  }
  return { ...found, missing };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Each process leads a group of its own, so that the browsers below it end with it.
const running = new Set();

function launch(command, options) {
  const child = spawn(command[0], command.slice(1), { detached: true, ...options });
  child.once("error", () => {});
  running.add(child);
  return child;
}

function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // already gone
  }
}

// A browser that is ending may still write to its folder: what cannot be removed yet is removed at the end.
const folders = new Set();

function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  } catch {
    folders.add(folder);
  }
}

process.once("exit", () => {
  for (const child of running) end(child);
  for (const folder of folders) remove(folder);
});
for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
  process.once(signal, () => process.exit(128 + number));
}

/**
 * A virtual screen, on a display number that is free. It has no window manager: the window under the pointer, which
 * rests in the middle, has the focus. So windows go to `corner`, which leaves them 1920 x 1200 pixels.
 */
async function startScreen(program) {
  const corner = { x: 1900, y: 1180 };
  const child = launch([program, "-displayfd", "3", "-screen", "0", "3840x2400x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await new Promise((resolve, reject) => {
    let text = "";
    child.stdio[3].on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(`:${text.trim()}`);
    });
    child.once("exit", (code) => reject(new Error(`Xvfb ended with code ${code}`)));
  });
  return { display, corner, stop: () => end(child) };
}

/** A window of WebKit's MiniBrowser is never narrower than its toolbar, so the toolbar is made small. */
function writeTheme(home) {
  mkdirSync(join(home, "gtk-3.0"));
  writeFileSync(
    join(home, "gtk-3.0/gtk.css"),
    "window * { min-width: 0; min-height: 0; padding: 0; margin: 0; border: 0; font-size: 1px }",
  );
}

/** Starts the driver of `name`: `{ url, paths, corner?, stop }`. */
export async function startDriver(name) {
  const paths = locate(name);
  if (paths.missing.length > 0) throw new Error(`${name} cannot be driven: ${paths.missing.join(", ")} not found`);
  const screen = paths.screen ? await startScreen(paths.screen) : undefined;
  const home = mkdtempSync(join(tmpdir(), `driver-${name}-`));
  folders.add(home);
  writeTheme(home);
  const port = await freePort();
  const child = launch(browsers[name].start(paths, port), {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...(screen && {
        DISPLAY: screen.display,
        GDK_BACKEND: "x11",
        NO_AT_BRIDGE: "1",
        LIBGL_ALWAYS_SOFTWARE: "1",
        MESA_SHADER_CACHE_DISABLE: "1",
      }),
      // profiles and caches go where they are removed again
      TMPDIR: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
    },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      log = (log + chunk).slice(-10_000);
    });
  }
  const stop = () => {
    end(child);
    screen?.stop();
    remove(home);
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  while (!(await ready(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      stop();
      throw new Error(`the driver of ${name} did not start: ${log || "it said nothing"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, paths, corner: screen?.corner, stop };
}

const ready = (url) =>
  fetch(`${url}/status`).then(
    async (response) => (await response.json()).value?.ready !== false,
    () => false,
  );
