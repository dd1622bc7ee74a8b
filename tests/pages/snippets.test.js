// The guide's code for frameworks, in a page: bundled as a team would bundle it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { By } from "selenium-webdriver";
import { compile } from "svelte/compiler";
import { names, open, servePage } from "../harness/index.js";
import { until } from "./page.js";

const here = fileURLToPath(new URL("../snippets", import.meta.url));

/** What a team's own page does with each of the snippets. */
const PAGES = {
  react: `
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    import { RateCard } from "credit-estimator";
    import { Pending } from "./react.jsx";
    window.session = RateCard.invideoV4.session({ balances: { credits: 28 } });
    createRoot(document.querySelector("main")).render(createElement(Pending, { session }));`,
  svelte: `
    import { mount } from "svelte";
    import { RateCard } from "credit-estimator";
    import Pending from "./Pending.svelte";
    window.session = RateCard.invideoV4.session({ balances: { credits: 28 } });
    mount(Pending, { target: document.querySelector("main"), props: { session } });`,
  plain: `
    import { RateCard } from "credit-estimator";
    import { bind } from "./plain.js";
    document.querySelector("main").innerHTML =
      '<input type="range" min="1" max="600" value="60"> <output></output> <button>Undo</button>';
    window.session = RateCard.invideoV4.session({ balances: { credits: 28 } });
    bind(session, ...["input", "output", "button"].map((name) => document.querySelector(name)));`,
  worker: `
    window.heard = [];
    window.worker = new Worker("worker.js", { type: "module" });
    worker.onmessage = ({ data }) => heard.push(data);`,
};

const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({
      contents: compile(readFileSync(path, "utf8"), { filename: path, generate: "client" }).js.code,
    }));
  },
};

async function bundle(folder) {
  const common = { bundle: true, format: "esm", outdir: folder, jsx: "automatic", plugins: [svelte], charset: "utf8" };
  for (const [name, contents] of Object.entries(PAGES)) {
    await build({
      ...common,
      stdin: { contents, resolveDir: here, sourcefile: `${name}-page.js` },
      outdir: undefined,
      outfile: join(folder, `${name}-page.js`),
    });
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><meta charset="utf-8"><title>${name}</title><main></main><script type="module" src="${name}-page.js"></script>`,
    );
  }
  await build({ ...common, entryPoints: [join(here, "worker.js")] });
}

const folder = mkdtempSync(join(tmpdir(), "snippets-"));
let page;
before(async () => {
  await bundle(folder);
  page = await servePage(folder);
});
after(async () => {
  await page?.close();
  rmSync(folder, { recursive: true });
});

for (const name of names) {
  describe(`the guide's snippets in ${name}`, () => {
    let driver;
    before(async () => {
      driver = await open(name);
    });
    after(() => driver?.quit());

    const text = (selector) =>
      driver.executeScript("return document.querySelector(arguments[0])?.textContent.trim()", selector);
    const shows = async (selector, expected) => {
      const says = async () => (await text(selector))?.replace(/\s+/g, " ");
      await until(async () => (await says()) === expected, `${expected}, and not ${await says()}`);
    };
    const run = (script) => driver.executeScript(script);

    for (const framework of ["react", "svelte"]) {
      test(`${framework} renders what is pending, and takes it back`, async () => {
        await driver.get(`${page.url}${framework}.html`);
        await shows("p", "0 credits, 28 left Undo");
        await run("session.add({ duration: 60 })");
        await shows("p", "20 credits, 8 left Undo");
        await run("session.add({ duration: 30 })");
        await shows("p", "30 credits, 0 left Undo");
        assert.equal(await run("return document.querySelector('p').dataset.verdict"), "block");
        await driver.findElement(By.css("button")).click();
        await shows("p", "20 credits, 8 left Undo");
      });
    }

    test("a plain slider shows what it costs, and a drag is one step back", async () => {
      await driver.get(`${page.url}plain.html`);
      await shows("output", "20 credits, 8 left");
      await run(() => {
        const slider = document.querySelector("input");
        for (const seconds of [70, 80, 90]) {
          slider.value = seconds;
          slider.dispatchEvent(new Event("input"));
        }
        slider.dispatchEvent(new Event("change"));
      });
      await shows("output", "30 credits, 0 left");
      await driver.findElement(By.css("button")).click();
      await shows("output", "20 credits, 8 left");
    });

    test("a worker keeps the session, and answers with snapshots", async () => {
      await driver.get(`${page.url}worker.html`);
      const heard = async (count) => {
        await until(() => driver.executeScript("return window.heard?.length >= arguments[0]", count), "an answer");
        return driver.executeScript("return heard.at(-1)");
      };
      await run("worker.postMessage({ id: 'a', usage: { duration: 60 } })");
      const { pending } = await heard(1);
      assert.deepEqual([pending.totals, pending.verdict.verdict], [{ credits: 20, videoMinutes: 0 }, "ok"]);
      await run("worker.postMessage({ id: 'a', usage: { duration: -1 } })");
      assert.deepEqual(await heard(2), { code: "negative", path: "duration" });
      await run("worker.postMessage({ id: 'a', usage: { duration: 90 } })");
      assert.equal((await heard(3)).pending.verdict.verdict, "block");
    });
  });
}
