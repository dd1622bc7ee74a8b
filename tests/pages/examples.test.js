// The examples of the element, each bundled as a team would bundle it.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { By } from "selenium-webdriver";
import { compile } from "svelte/compiler";
import * as vue from "vue/compiler-sfc";
import { names, open, servePage } from "../harness/index.js";
import { durationField, enter, until } from "./page.js";

const here = fileURLToPath(new URL("../../examples/element", import.meta.url));

const MOUNTED = {
  react: `
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    import { Price } from "./VideoPrice.jsx";
    createRoot(document.querySelector("main")).render(createElement(Price));`,
  vue: `
    import { createApp } from "vue";
    import Price from "./VideoPrice.vue";
    createApp(Price).mount("main");`,
  svelte: `
    import { mount } from "svelte";
    import Price from "./VideoPrice.svelte";
    mount(Price, { target: document.querySelector("main") });`,
};

const components = {
  name: "components",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({
      contents: compile(readFileSync(path, "utf8"), { filename: path, generate: "client" }).js.code,
    }));
    onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor } = vue.parse(readFileSync(path, "utf8"), { filename: path });
      const compilerOptions = { isCustomElement: (tag) => tag.includes("-") };
      const { content } = vue.compileScript(descriptor, {
        id: "price",
        inlineTemplate: true,
        templateOptions: { compilerOptions },
      });
      return { contents: content, loader: "js" };
    });
  },
};

async function bundle(folder) {
  const common = {
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: folder,
    jsx: "automatic",
    plugins: [components],
    charset: "utf8",
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false" },
    logLevel: "error",
  };
  cpSync(here, folder, { recursive: true });
  await build({ ...common, entryPoints: [join(here, "plain.js")], allowOverwrite: true });
  for (const [name, contents] of Object.entries(MOUNTED)) {
    const stdin = { contents, resolveDir: here, sourcefile: `${name}.js` };
    const { outputFiles } = await build({ ...common, stdin, write: false, entryNames: name });
    for (const { path, text } of outputFiles) writeFileSync(path, text);
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><meta charset="utf-8"><title>${name}</title><main></main><script type="module" src="${name}.js"></script>`,
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), "examples-"));
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
  describe(`the element's examples in ${name}`, () => {
    let driver;
    before(async () => {
      driver = await open(name);
    });
    after(() => driver?.quit());

    const read = (script) => driver.executeScript(`return ${script}`);
    const shows = (script, expected) =>
      until(async () => (await read(script)) === expected, `${script} is ${expected}`, 10_000);

    for (const framework of Object.keys(MOUNTED)) {
      test(`${framework} is told of every estimate, and sets the state`, async () => {
        await driver.get(`${page.url}${framework}.html`);
        await shows("document.querySelector('p')?.textContent", "140 credits");
        await enter(await durationField(driver), "1:00");
        await shows("document.querySelector('p').textContent", "40 credits");
        await driver.findElement(By.css("button")).click();
        await shows("document.querySelector('p').textContent", "10 credits");
        assert.match(await read("document.querySelector('credit-estimator').value"), /duration=30$/);
      });
    }

    test("a plain page shows the figure, sends the form, and links to the state", async () => {
      await driver.get(`${page.url}plain.html`);
      await shows("document.getElementById('credits').value", "140");
      await enter(await durationField(driver), "30");
      await shows("document.getElementById('credits').value", "20");
      const link = await read("document.getElementById('link').href");
      assert.equal(await read("new FormData(document.forms[0]).get('video')"), new URL(link).search.slice(1));
      await driver.get(link);
      await shows("document.getElementById('credits').value", "20");
    });
  });
}
