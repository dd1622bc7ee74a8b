import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, servePage } from "../harness/index.js";
import { app, PAGES, run, shownAt, start, tool } from "./harness.js";
import { works } from "./matrix.js";

const VITE = tool("vite/bin/vite.js");

describe("Vite", () => {
  let driver;
  before(async () => {
    driver = await open("chromium");
  });
  after(() => driver?.quit());

  for (const { name: general, entry, shows } of PAGES) {
    // the development server needs to be told where the module is
    const name = general === "bundler-slim" ? "vite-slim" : general;

    test(`${entry} from the development server`, async () => {
      const server = await start(process.execPath, (port) => [VITE, "--port", String(port), "--strictPort"], {
        cwd: app(name, `${name}-vite-dev`),
      });
      try {
        assert.deepEqual(await shownAt(driver, server.url), shows);
      } finally {
        server.stop();
      }
      works("vite dev", entry);
    });

    test(`${entry}, built`, async () => {
      const cwd = app(name, `${name}-vite`);
      await run(process.execPath, [VITE, "build"], { cwd });
      const page = await servePage(join(cwd, "dist"));
      try {
        assert.deepEqual(await shownAt(driver, page.url), shows);
      } finally {
        await page.close();
      }
      works("vite build", entry);
    });
  }
});
