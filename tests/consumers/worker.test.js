// Cloudflare's workerd, which refuses to compile WebAssembly at run time: `wrangler dev` bundles the app and starts it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { app, FIGURES, start, tool } from "./harness.js";
import { works } from "./matrix.js";

let server;
before(async () => {
  const wrangler = [tool("wrangler/bin/wrangler.js"), "dev", "--local", "--show-interactive-dev-session=false"];
  server = await start(process.execPath, (port) => [...wrangler, "--ip", "127.0.0.1", "--port", String(port)], {
    cwd: app("worker"),
    path: "?duration=60",
  });
});
after(() => server?.stop());

const answer = async (path) => {
  const response = await fetch(new URL(path, server.url));
  return { status: response.status, body: await response.json() };
};

test("the README's worker", async () => {
  const { status, body } = await answer("?media=generative&model=ultra&duration=3:30&actor=human");
  assert.deepEqual([status, body.totals], [200, FIGURES.builtIn]);
  const refused = await answer("?imagez=3");
  assert.deepEqual([refused.status, refused.body.code, refused.body.path], [400, "unknown_input", "imagez"]);
});

for (const [path, entry] of [
  ["figures", "credit-estimator"],
  ["slim", "credit-estimator/slim"],
]) {
  test(entry, async () => {
    assert.deepEqual(await answer(path), { status: 200, body: FIGURES });
    works("workerd", entry);
  });
}
