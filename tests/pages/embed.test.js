// The lines for another page: what they say, that they do it, and that the preview keeps to itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { estimate } from "../../dist/index.js";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, sidewaysOf, violationsOf } from "./chapter.js";
import { load, problems, serveWatchedPage, shown, until } from "./page.js";

const PACKAGE = pathToFileURL(fileURLToPath(new URL("../../dist/index.js", import.meta.url))).href;

const STATE = "media=stock&actor=human&duration=121";
const START = 'value="media=stock&amp;actor=human&amp;duration=121"';

/** What is chosen, and the two lines for it. */
const LINES = [
  ["as it opens", {}, "credit-estimator/define.js", ` ${START} chart`, "Prices are on our price list."],
  ["nothing", { shows: [], start: false }, "credit-estimator/define.js", "", "Prices are on our price list."],
  [
    "everything",
    { shows: [0, 1, 2, 3], language: "ar" },
    "credit-estimator/define.js",
    ` ${START} chart budget="100" compare quantity="10" lang="ar" dir="rtl"`,
    "الأسعار موجودة في قائمة أسعارنا.",
  ],
  [
    "amounts of one's own",
    { shows: [2, 3], numbers: ["12.5", "3"], start: false },
    "credit-estimator/define.js",
    ' budget="12.5" quantity="3"',
    "Prices are on our price list.",
  ],
  [
    "another language and folder",
    { shows: [], start: false, language: "de", base: "https://static.example/e" },
    "https://static.example/e/define.js",
    ' lang="de"',
    "Die Preise stehen in unserer Preisliste.",
  ],
  [
    "a folder that would break out of the attribute",
    { shows: [], start: false, base: '"><script>alert(1)</script>&amp;' },
    "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;/define.js",
    "",
    "Prices are on our price list.",
  ],
];

const CARD = {
  id: "studio",
  balances: { coins: { label: "Coins", decimals: 0 } },
  inputs: [{ id: "seats", kind: "number", label: "Seats", max: 50, initial: 3 }],
  charges: [{ id: "seats", balance: "coins", quantity: { of: "seats" }, price: { amount: 7 } }],
};

/** The texts to copy, by what they are written in. */
const snippets = (driver) =>
  driver.executeScript(() =>
    Object.fromEntries(
      [...document.querySelectorAll(".snippet:not([hidden])")].map((node) => [
        node.querySelector("figcaption span").textContent,
        node.querySelector("code").textContent,
      ]),
    ),
  );

/** What the estimator on the stranger's page shows and is. */
const preview = (driver) =>
  driver.executeScript(() => {
    const page = document.querySelector(".embed-page").shadowRoot.querySelector(".page");
    const all = [...page.querySelectorAll("credit-estimator")];
    const { shadowRoot, value, estimate } = all[0] ?? {};
    if (!estimate) return {};
    return {
      count: all.length,
      value,
      credits: estimate.totals,
      units: [...shadowRoot.querySelectorAll(".figure-unit")].map((node) => node.textContent),
      status: shadowRoot.querySelector("[role=status]").textContent,
      parts: [".chart", ".budget", ".compare", ".several"].map((part) => shadowRoot.querySelector(part) !== null),
      language: shadowRoot.querySelector(".layout").lang,
      direction: getComputedStyle(shadowRoot.querySelector(".layout")).direction,
      accent: getComputedStyle(all[0]).getPropertyValue("--credit-estimator-accent").trim(),
      background: getComputedStyle(page).backgroundColor,
    };
  });

for (const name of mostly("chromium")) {
  describe(`the lines for another page in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await load(driver, page);
      await set(STATE);
      await chapter(driver, "embed");
      await until(async () => (await preview(driver)).value === STATE, "the preview is there");
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const set = (value) =>
      driver.executeScript("document.querySelector('credit-estimator').value = arguments[0]", value);
    const select = (options) =>
      driver.executeScript(({ shows = [0], start = true, language = "", base, numbers = [], accent }) => {
        const form = document.querySelector(".embed-form");
        const boxes = [...form.querySelectorAll("[type=checkbox]")];
        const wanted = [0, 1, 2, 3].map((index) => shows.includes(index)).concat(start, accent !== undefined);
        for (const [index, isOn] of wanted.entries()) boxes[index].checked = isOn;
        form.querySelector("select").value = language;
        if (base !== undefined) form.querySelector("[type=text]").value = base;
        for (const [index, text] of numbers.entries()) form.querySelectorAll("[type=number]")[index].value = text;
        if (accent) form.querySelector("[type=color]").value = accent;
        form.dispatchEvent(new Event("input"));
      }, options);

    for (const [what, options, source, attributes, fallback] of LINES) {
      test(`${what}: the two lines`, async () => {
        await select(options);
        const { HTML } = await snippets(driver);
        const lines = await driver.executeScript(() =>
          [...document.querySelector(".snippet code").children].map((line) => line.textContent.slice(0, 7)),
        );
        assert.deepEqual(lines, ["<script", "<credit"]);
        assert.equal(
          HTML,
          `<script type="module" src="${source}"></script>\n<credit-estimator${attributes}>${fallback}</credit-estimator>`,
        );
      });
    }

    test("a language and what else is shown are there already", async () => {
      const loaded = () =>
        driver.executeScript("return performance.getEntriesByType('resource').map(({ name }) => name)");
      await until(async () => (await loaded()).some((url) => url.endsWith("/words.ar.js")), "all is loaded");
      const first = await loaded();
      for (const language of ["ar", "de"]) {
        await select({ shows: [0, 1, 2, 3], language });
        await until(async () => (await preview(driver)).language === language, language);
      }
      assert.deepEqual(
        (await loaded()).filter((url) => !first.includes(url)),
        [],
      );
    });

    test("an amount that is none is left out", async () => {
      await select({ shows: [2], numbers: ["-1"], start: false });
      assert.doesNotMatch((await snippets(driver)).HTML, /budget/);
    });

    test("the lines do on a page of their own what they say", async () => {
      await select({ shows: [0, 2], language: "de" });
      const { HTML } = await snippets(driver);
      writeFileSync(
        join(page.folder, "own.html"),
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Own</title><script src="listener.js"></script>${HTML}`,
      );
      await driver.get(`${page.url}own.html`);
      await until(
        () => driver.executeScript("return document.querySelector('credit-estimator').estimate !== undefined"),
        "the estimator is there",
      );
      const { totals } = await shown(driver);
      const { credits, videoMinutes } = estimate({ media: "stock", actor: "human", duration: 121 }).totals;
      assert.deepEqual(Object.values(totals).sort(), [credits.toFixed(2).replace(".", ","), `${videoMinutes}`]);
    });

    test("the same price in a program, which comes to what it says", async () => {
      await set(`${STATE}&clips=5,3`);
      await until(async () => /clips/.test((await snippets(driver)).JavaScript), "the program follows");
      const { JavaScript } = await snippets(driver);
      const folder = mkdtempSync(join(tmpdir(), "program-"));
      try {
        const file = join(folder, "program.mjs");
        const said = JSON.stringify(estimate({ media: "stock", actor: "human", duration: 121, clips: [5, 3] }).totals);
        writeFileSync(file, `${JavaScript.replace('"credit-estimator"', JSON.stringify(PACKAGE))}\nexport { totals };`);
        const log = console.log;
        console.log = () => {};
        const { totals } = await import(pathToFileURL(file)).finally(() => {
          console.log = log;
        });
        assert.equal(JSON.stringify(totals), said);
        assert.match(JavaScript, /\/\/ \{ credits: 17\.67, videoMinutes: 3 \}$/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test("the preview is what was chosen, in every language, with the accent and the page that were chosen", async () => {
      await select({ shows: [0, 1, 2, 3], language: "ar", accent: "#ff0000" });
      await until(async () => (await preview(driver)).units?.[0] === "رصيد", "it is in Arabic");
      const seen = await preview(driver);
      assert.deepEqual(
        [seen.value, seen.units, seen.parts],
        [STATE, ["رصيد", "دقائق الفيديو"], [true, true, true, true]],
      );
      assert.deepEqual([seen.direction, seen.accent], ["rtl", "#ff0000"]);
      assert.equal((await snippets(driver)).CSS, "credit-estimator {\n  --credit-estimator-accent: #ff0000;\n}");
      await driver.executeScript("document.querySelector('.embed-preview [value=dark]').click()");
      assert.notEqual((await preview(driver)).background, seen.background);
      await select({ shows: [], start: false });
      await until(async () => (await preview(driver)).units?.[0] === "Credits", "it is in English again");
      const bare = await preview(driver);
      assert.deepEqual(
        [bare.parts, bare.direction, bare.accent, bare.credits.credits],
        [[false, false, false, false], "ltr", "", estimate({ duration: 60 }).totals.credits],
      );
    });

    test("the preview follows what is set above, silently, and is no estimator of the page", async () => {
      const states = [61, 62, 63].map((duration) => `media=stock&actor=none&duration=${duration}`);
      for (const state of states) await set(state);
      await until(async () => (await preview(driver)).value === states[2], "it follows");
      await new Promise((done) => setTimeout(done, 900));
      const { count, status } = await preview(driver);
      assert.deepEqual([count, status], [1, ""]);
      assert.equal(await driver.executeScript("return document.querySelectorAll('credit-estimator').length"), 1);
      assert.equal((await shown(driver)).totals.Credits, "0.00");
    });

    test("what is entered in the preview changes nothing above", async () => {
      await driver.executeScript(() => {
        document.querySelector(".embed-page").shadowRoot.querySelector("credit-estimator").value = "duration=7200";
      });
      assert.equal((await shown(driver)).totals.Credits, "15.00");
    });

    test("another card is named by its file", async () => {
      await driver.executeScript("document.querySelector('credit-estimator').card = arguments[0]", CARD);
      await chapter(driver, "embed");
      await until(async () => (await preview(driver)).units?.[0] === "Coins", "the preview has the card");
      const { HTML, JavaScript } = await snippets(driver);
      assert.match(HTML, /<credit-estimator card="prices\.json" value="seats=3">/);
      assert.match(
        JavaScript,
        /import prices from "\.\/prices\.json"[\s\S]*RateCard\(prices\)\.estimate\(\{ seats: 3 \}\)/,
      );
      assert.match(
        await driver.executeScript("return document.querySelector('.embed-note').textContent"),
        /prices\.json stands for/,
      );
    });

    test("axe-core finds nothing, also on a phone, where nothing scrolls sideways", async () => {
      await select({ shows: [0, 1, 2, 3], accent: "#005500" });
      await until(async () => (await preview(driver)).parts?.[2], "the preview is complete");
      assert.deepEqual(await violationsOf(driver, "#embed"), []);
      await resize(driver, 320, 568);
      await chapter(driver, "embed");
      assert.deepEqual(await sidewaysOf(driver, "#embed"), []);
      assert.deepEqual(await violationsOf(driver, "#embed"), []);
      const wide = await driver.executeScript(() => {
        const root = document.querySelector(".embed-page").shadowRoot.querySelector("credit-estimator").shadowRoot;
        return [...root.querySelectorAll("*")]
          .filter(
            (node) =>
              node.checkVisibility() && node.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5,
          )
          .map((node) => node.className);
      });
      assert.deepEqual(wide, []);
      await resize(driver, 1280, 800);
    });
  });
}
