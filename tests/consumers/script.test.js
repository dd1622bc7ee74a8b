// A page's own `<script type="module">`, in the three browsers: from another origin, and under a Content-Security-Policy.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { names, open, servePage } from "../harness/index.js";
import { app, ELEMENT, FIGURES, installed, shownAt } from "./harness.js";
import { works } from "./matrix.js";
import { snippets } from "./snippets.js";

const ENTRIES = { "credit-estimator": "index.js", "credit-estimator/slim": "slim.js" };
const EXAMPLE = "https://static.example.com/credit-estimator/";
const WITHOUT_WASM = "script-src 'self'";
const WITH_WASM = "script-src 'self' 'wasm-unsafe-eval'";

const html = (body) => `<!doctype html><html lang="en"><title>A page</title>${body}</html>`;

/** Shows what the package at `url` answers, or the code of what it says instead. */
const asker = (url) => `
  import * as estimator from "${url}";
  import { figuresOf } from "./figures.js";
  const card = await (await fetch("cards/history/invideo-credits-rev1.json")).json();
  try {
    await estimator.load?.();
    globalThis.figures = figuresOf(estimator, card);
  } catch (error) {
    globalThis.figures = [error.code, error instanceof estimator.CreditEstimatorError];
  }
`;

/** The same of the element. */
const elementAsker = (url) => `
  import "${url}define.js";
  import { RateCard } from "${url}index.js";
  import { elementFigures } from "./figures.js";
  globalThis.figures = await elementFigures(RateCard);
`;
const ELEMENT_HTML =
  '<credit-estimator value="media=generative&amp;model=ultra&amp;duration=210&amp;actor=human"></credit-estimator>';

/** Notes, from the first line on, what no script has caught. */
const LISTENER = `
  globalThis.uncaught = [];
  addEventListener("error", (event) => uncaught.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => uncaught.push(String(event.reason)));
`;

let elsewhere;
const pages = {};
before(async () => {
  elsewhere = await servePage(installed("dist"), { headers: () => ({ "access-control-allow-origin": "*" }) });
  pages.elsewhere = await servePage(
    filled("script-elsewhere", {
      "index.html": html(snippets("script")["index.html"].replace(EXAMPLE, elsewhere.url)),
      ...askers(elsewhere.url),
    }),
  );
  const own = filled("policy", {
    "index.html": html(
      '<output></output><script src="listener.js"></script><script type="module" src="main.js"></script>',
    ),
    ...askers("./credit-estimator/"),
  });
  cpSync(installed("dist"), join(own, "credit-estimator"), { recursive: true });
  for (const policy of [WITHOUT_WASM, WITH_WASM]) {
    pages[policy] = await servePage(own, { headers: () => ({ "content-security-policy": policy }) });
  }
});
after(() => Promise.all([elsewhere, ...Object.values(pages)].map((page) => page?.close())));

/** An app with its cards, and with a page and a script for each entry. */
function filled(title, files) {
  const folder = app("policy", title, { "listener.js": LISTENER, ...files });
  cpSync(installed("cards"), join(folder, "cards"), { recursive: true });
  return folder;
}

const askers = (base) =>
  Object.fromEntries(
    [
      ...Object.values(ENTRIES).map((file) => [file, asker(base + file), ""]),
      ["define.js", elementAsker(base), ELEMENT_HTML],
    ].flatMap(([file, script, body]) => [
      [`ask-${file}`, script],
      [
        `${file}.html`,
        html(`<script src="listener.js"></script>${body}<script type="module" src="ask-${file}"></script>`),
      ],
    ]),
  );

for (const name of names) {
  describe(name, () => {
    let driver;
    before(async () => {
      driver = await open(name);
    });
    after(() => driver?.quit());

    const outputAt = async (url) => {
      await driver.get(url);
      const look = () => driver.executeScript("return document.querySelector('output').textContent");
      await driver.wait(look, 15_000, `${url} shows nothing`);
      return look();
    };
    const uncaught = () => driver.executeScript("return globalThis.uncaught");

    test("the README's pages", async () => {
      assert.equal(await outputAt(pages.elsewhere.url), "160");
      assert.equal(await outputAt(pages[WITH_WASM].url), "160");
      assert.equal(await outputAt(pages[WITHOUT_WASM].url), "See the price list");
      assert.deepEqual(await uncaught(), []);
    });

    for (const [consumer, page] of Object.entries({ script: "elsewhere", policy: WITH_WASM })) {
      test(`credit-estimator/define: ${consumer}`, async () => {
        const { figures } = await shownAt(driver, `${pages[page].url}define.js.html`);
        assert.deepEqual(figures, ELEMENT);
        works(consumer, "credit-estimator/define");
      });
    }

    for (const [entry, file] of Object.entries(ENTRIES)) {
      test(`${entry} of another origin`, async () => {
        const { figures } = await shownAt(driver, `${pages.elsewhere.url}${file}.html`);
        assert.deepEqual(figures, FIGURES);
        works("script", entry);
      });

      test(`${entry} under a policy that allows WebAssembly`, async () => {
        const { figures } = await shownAt(driver, `${pages[WITH_WASM].url}${file}.html`);
        assert.deepEqual(figures, FIGURES);
        works("policy", entry);
      });

      test(`${entry} under a policy that refuses it is an error with a code, and nothing uncaught`, async () => {
        const { figures } = await shownAt(driver, `${pages[WITHOUT_WASM].url}${file}.html`);
        assert.deepEqual(figures, ["wasm_refused", true]);
        assert.deepEqual(await uncaught(), []);
        works("strict policy", entry);
      });
    }
  });
}
