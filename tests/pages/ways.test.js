// The choices side by side: every combination at its own price, as the package says it, and what a press takes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Key } from "selenium-webdriver";
import { RateCard } from "../../dist/index.js";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, sidewaysOf, violationsOf } from "./chapter.js";
import { load, press, problems, serveWatchedPage } from "./page.js";

const card = RateCard.invideoV4;
const published = JSON.parse(readFileSync(new URL("../figures/invideo-v4.json", import.meta.url), "utf8")).rows;

const ROWS = [
  ["PRO Generative", { media: "generative", model: "pro" }],
  ["ULTRA Generative", { media: "generative", model: "ultra" }],
  ["Stock / basic", { media: "stock" }],
];
const COLUMNS = [
  ["None", { actor: "none" }],
  ["Human, Virtual Pro, Own avatar", { actor: "human" }],
];

const USAGES = [
  { media: "generative", model: "pro", actor: "none", duration: 60 },
  { media: "generative", model: "ultra", actor: "virtualPro", duration: "3:30", images: 3, clips: [5, 3] },
  { media: "stock", model: "pro", actor: "ownAvatar", duration: 61 },
  { media: "generative", model: "pro", actor: "human", duration: 14_400 },
];

const options = (...ids) => ids.map((id) => ({ id }));

/** Two toggles of which one asks for the other, an option that is not offered, and one that makes no difference. */
const STUDIO = {
  id: "studio",
  balances: { coins: { label: "Coins", decimals: 0 } },
  inputs: [
    { id: "sharp", kind: "toggle", label: "Sharp" },
    { id: "upscale", kind: "toggle", label: "Upscale", when: { sharp: true } },
    { id: "voice", kind: "choice", label: "Voice", options: options("low", "high"), default: "low" },
    { id: "size", kind: "choice", label: "Size", options: options("small", "big", "huge"), default: "small" },
    { id: "length", kind: "duration", label: "Clip", max: 90, initial: 8 },
  ],
  charges: [
    {
      id: "render",
      balance: "coins",
      quantity: { of: "length" },
      price: { amount: { by: "size", small: 1, big: 2, huge: null } },
    },
    { id: "sharp", balance: "coins", when: { sharp: true }, price: { amount: 7 } },
    { id: "upscale", balance: "coins", when: { upscale: true }, price: { amount: 100 } },
    { id: "voice", balance: "coins", quantity: { of: "length" }, price: { amount: { by: "voice", low: 1, high: 1 } } },
  ],
};

/** The same for both up to a minute, and told apart in the middle alone. */
const LATE = {
  id: "late",
  balances: { coins: { decimals: 0 } },
  inputs: [
    { id: "kind", kind: "choice", label: "Kind", options: options("flat", "bumpy", "dear"), default: "flat" },
    { id: "length", kind: "duration", label: "Clip", max: 90, initial: 8 },
  ],
  charges: [
    { id: "base", balance: "coins", price: { amount: { by: "kind", flat: 1, bumpy: 1, dear: 2 } } },
    {
      id: "bump",
      balance: "coins",
      when: { kind: "bumpy", length: { atLeast: 30, below: 60 } },
      price: { amount: 5 },
    },
  ],
};

const many = (count, name) => Array.from({ length: count }, (_, index) => ({ id: `${name}${index}` }));
const priced = (list) => Object.fromEntries(list.map(({ id }, index) => [id, index + 1]));
const [MODELS, SIZES, RATES] = [many(8, "model"), many(6, "size"), many(5, "rate")];
const LARGE = {
  id: "large",
  balances: { coins: { decimals: 0 } },
  inputs: [
    { id: "model", kind: "choice", label: "Model", options: MODELS, initial: "model2" },
    { id: "size", kind: "choice", label: "Size", options: SIZES, initial: "size5" },
    { id: "rate", kind: "choice", label: "Rate", options: RATES, initial: "rate3" },
  ],
  charges: [
    {
      id: "render",
      balance: "coins",
      price: { amount: { by: "model", ...priced(MODELS) } },
      factors: [
        { by: "size", ...priced(SIZES) },
        { by: "rate", ...priced(RATES) },
      ],
    },
  ],
};

const write = (total, { decimals }) =>
  total.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
const change = (delta, balance) =>
  delta === 0 ? "same" : `${delta < 0 ? "−" : "+"}${write(Math.abs(delta), balance)}`;

for (const name of mostly("chromium")) {
  describe(`the choices side by side in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await resize(driver, 1280, 800);
      await load(driver, page);
      await chapter(driver, "ways");
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const estimator = "document.querySelector('credit-estimator')";
    const usage = () => driver.executeScript(`return ${estimator}.usage`);
    const set = async (some) => {
      await driver.executeScript(`${estimator}.usage = arguments[0]`, some);
      await chapter(driver, "ways");
    };
    const take = async (other) => {
      await driver.executeScript(`${estimator}.card = arguments[0]`, other);
      await driver.executeScript(() => new Promise((done) => setTimeout(done, 50)));
    };
    const cell = (row, column) =>
      driver.executeScript(
        (one, other) => document.querySelectorAll(".ways-table tbody tr")[one].querySelectorAll("button")[other],
        row,
        column,
      );
    const table = () =>
      driver.executeScript(() => {
        const all = (node, selector) => [...node.querySelectorAll(selector)].filter((some) => some.checkVisibility());
        const text = (node) => node.textContent.trim();
        const lines = (node, part) =>
          Object.fromEntries(
            all(node, ".way-line").map((line) => [text(line.children[0]), text(line.querySelector(part))]),
          );
        const table = document.querySelector(".ways-table");
        return {
          caption: text(table.caption),
          columns: all(table, "thead tr:last-child th").map(text),
          rows: all(table, "tbody tr").map((row) => ({
            name: [...row.querySelector("th").children].map(text).join(" "),
            cells: all(row, "button").map((button) => ({
              totals: lines(button, ".way-figure"),
              changes: lines(button, ".way-delta"),
              rest: all(button, ".way-rest").map(text).join(""),
              none: all(button, ".way-none").map(text).join(),
              isChosen: button.getAttribute("aria-current") === "true",
            })),
          })),
          note: all(document, ".ways-note").map(text).join(),
          more: all(document, "#ways .more").map(text).join(),
        };
      });
    const chosen = async () =>
      (await table()).rows.flatMap(({ name: row, cells }) =>
        cells.flatMap(({ isChosen }, index) => (isChosen ? [[row, index]] : [])),
      );

    test("PRO, ULTRA and stock, with and without an actor: every figure and difference is the package's", async () => {
      for (const some of USAGES) {
        await set(some);
        const { columns, rows } = await table();
        assert.deepEqual(
          columns,
          COLUMNS.map(([label]) => label),
        );
        assert.deepEqual(
          rows.map(({ name: label }) => label),
          ROWS.map(([label]) => label),
        );
        for (const [index, [, down]] of ROWS.entries()) {
          for (const [place, [, across]] of COLUMNS.entries()) {
            const { after: other, delta } = card.diff(some, { ...some, ...down, ...across });
            const shown = rows[index].cells[place];
            for (const [id, balance] of Object.entries(card.balances)) {
              const figure = shown.totals[balance.label];
              if (other.totals[id] > 0 || figure !== undefined)
                assert.equal(figure, write(other.totals[id], balance), id);
              if (figure === undefined) {
                assert.equal(shown.rest.includes(balance.label), delta[id] !== 0, id);
                if (delta[id] !== 0) assert.equal(shown.rest, `${change(delta[id], balance)} ${balance.label}`);
                continue;
              }
              if (shown.isChosen) continue;
              assert.equal(shown.changes[balance.label], change(delta[id], balance), id);
            }
          }
        }
      }
    });

    test("every published price of a video stands in its cell", async () => {
      let count = 0;
      for (const { input, expect } of published) {
        const seconds = input.seconds ?? input.secondsAtMost ?? input.secondsTo;
        if (seconds === undefined || expect.surcharge !== undefined) continue;
        await set({ duration: seconds });
        const { rows } = await table();
        const row = rows.find(({ name: label }) => label.startsWith(input.model?.toUpperCase() ?? "Stock"));
        const { totals } = row.cells[input.actor ? 1 : 0];
        for (const [id, value] of Object.entries(expect)) {
          assert.equal(totals[card.balances[id].label], write(value, card.balances[id]), JSON.stringify(input));
          count++;
        }
      }
      assert.ok(count >= 14, `${count}`);
    });

    test("what stays the same is said above, and one cell is the chosen one", async () => {
      await set(USAGES[1]);
      const { caption, rows } = await table();
      assert.equal(caption, "Video length 3m 30s, Images changed by remix 3, Clips changed by remix 5s + 3s");
      assert.deepEqual(await chosen(), [["ULTRA Generative", 1]]);
      assert.equal(rows[1].cells[1].changes.Credits, "Chosen");
    });

    test("a press takes a choice and keeps the rest, and the focus", async () => {
      await set(USAGES[1]);
      const target = await cell(2, 0);
      await press(target);
      await chapter(driver, "ways");
      assert.deepEqual(await usage(), { ...USAGES[1], media: "stock", actor: "none" });
      assert.deepEqual(await chosen(), [["Stock / basic", 0]]);
      // WebKit focuses no button that is clicked
      if (name !== "webkit") {
        assert.equal(await driver.executeScript("return document.activeElement === arguments[0]", target), true);
      }
      await press(await cell(0, 1));
      assert.deepEqual(await usage(), { ...USAGES[1], media: "generative", model: "pro", actor: "human" });
    });

    test("an option that costs the same as the one that is chosen stays", async () => {
      await set(USAGES[1]);
      await press(await cell(0, 1));
      assert.equal((await usage()).actor, "virtualPro");
    });

    test("by keyboard alone", async () => {
      await driver.executeScript("arguments[0].focus()", await cell(0, 0));
      await driver.actions().sendKeys(Key.TAB, Key.TAB, Key.ENTER).perform();
      await chapter(driver, "ways");
      assert.deepEqual(await chosen(), [["ULTRA Generative", 0]]);
      await driver.actions().sendKeys(Key.TAB, Key.SPACE).perform();
      assert.equal((await usage()).actor, "human");
    });

    test("a button says its row, its column and its price", async () => {
      await set(USAGES[0]);
      assert.match(
        (await (await cell(1, 1)).getAttribute("textContent")).replace(/\s+/g, " "),
        /^ULTRA, Generative, Human, Virtual Pro, Own avatar: Credits 45\.00 \+25\.00/,
      );
    });

    test("nothing but figures changes with the length", async () => {
      const places = () =>
        driver.executeScript(() =>
          [...document.querySelectorAll(".ways-table :is(th, td, button)")].map((node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            return [x, y + scrollY, width, height].map(Math.round);
          }),
        );
      await driver.executeScript("window.kept = [...document.querySelectorAll('.ways-table button')]");
      const first = await places();
      for (const duration of [1, 29, 60, 61, 210, 3599, 14_400]) {
        await set({ duration });
        assert.deepEqual(await places(), first, `${duration}`);
      }
      assert.ok(await driver.executeScript("return window.kept.every((node) => node.isConnected)"));
    });

    test("without a video there is nothing to pay", async () => {
      await driver.executeScript(`${estimator}.value = "duration="`);
      await chapter(driver, "ways");
      for (const { cells } of (await table()).rows)
        for (const { totals, changes, isChosen } of cells) {
          assert.deepEqual([totals, changes], [{ Credits: "0.00" }, { Credits: isChosen ? "Chosen" : "" }]);
        }
    });

    test("another card: toggles, what is left out, not offered, and of no difference", async () => {
      await take(STUDIO);
      await chapter(driver, "ways");
      const { columns, rows, note } = await table();
      assert.deepEqual(columns, ["small", "big", "huge"]);
      assert.deepEqual(
        rows.map(({ name: label, cells }) => [label, ...cells.map(({ totals, none }) => totals.Coins ?? none)]),
        [
          ["Sharp: off", "16", "24", "Not offered"],
          ["Upscale: off Sharp: on", "23", "31", "Not offered"],
          ["Upscale: on Sharp: on", "123", "131", "Not offered"],
        ],
      );
      assert.equal(note, "Voice: whatever is chosen, the price is the same.");
      await press(await cell(0, 2));
      assert.equal((await usage()).size, "small");
      await press(await cell(2, 1));
      const { sharp, upscale, size, voice } = await usage();
      assert.deepEqual({ sharp, upscale, size, voice }, { sharp: true, upscale: true, size: "big", voice: "low" });
      await take({
        ...STUDIO,
        id: "other",
        inputs: STUDIO.inputs.slice(4),
        charges: [{ id: "one", balance: "coins", price: { amount: 1 } }],
      });
      assert.equal(await driver.executeScript("return document.getElementById('ways').hidden"), true);
    });

    test("options are told apart once their prices differ, and stay so", async () => {
      await take(LATE);
      await chapter(driver, "ways");
      const labels = async () => (await table()).rows.map(({ name: label }) => label);
      assert.deepEqual(await labels(), ["flat, bumpy", "dear"]);
      await set({ kind: "bumpy", length: 45 });
      assert.deepEqual(await labels(), ["flat", "bumpy", "dear"]);
      assert.deepEqual(
        (await table()).rows.map(({ cells: [{ totals }] }) => totals.coins),
        ["1", "6", "2"],
      );
      await set({ kind: "bumpy", length: 8 });
      assert.deepEqual(await labels(), ["flat", "bumpy", "dear"]);
    });

    test("of 240 combinations the longest list stays as it is chosen, and long tables are folded", async () => {
      await take(LARGE);
      await chapter(driver, "ways");
      const first = await table();
      assert.equal(first.note, "With Model: model2, as chosen above.");
      assert.equal(first.more, "All 30 of them");
      // the first twelve, and the one that is chosen
      assert.equal(first.rows.length, 13);
      assert.deepEqual(await chosen(), [["rate3 size5", 0]]);
      assert.equal(first.rows[12].cells[0].totals.coins, `${3 * 6 * 4}`);
      await press(await driver.executeScript("return document.querySelector('#ways .more')"));
      const { rows, more } = await table();
      assert.deepEqual([rows.length, more], [30, "Fewer of them"]);
      for (const [index, { cells }] of rows.entries()) {
        assert.equal(cells[0].totals.coins, `${3 * (Math.floor(index / 5) + 1) * ((index % 5) + 1)}`);
      }
    });

    for (const [width, height] of [
      [320, 568],
      [360, 740],
      [768, 1024],
    ]) {
      test(`${width} wide: nothing to scroll sideways, targets large enough`, async () => {
        await resize(driver, width, height);
        await load(driver, page);
        await set({ ...USAGES[3], media: "stock", images: 10_000 });
        assert.deepEqual(await sidewaysOf(driver, "#ways"), []);
        const sizes = await driver.executeScript(
          () =>
            [...document.querySelectorAll("#ways button")]
              .filter((node) => node.checkVisibility())
              .map((node) => node.getBoundingClientRect())
              .filter((box) => box.width < 44 || box.height < 44).length,
        );
        assert.equal(sizes, 0);
        assert.equal((await table()).rows.length, 3);
      });
    }

    test("axe-core finds nothing", async () => {
      assert.deepEqual(await violationsOf(driver, "#ways"), []);
      await resize(driver, 320, 568);
      assert.deepEqual(await violationsOf(driver, "#ways"), []);
    });

    if (name !== "chromium") return;

    for (const features of [{ "prefers-color-scheme": "dark" }, { "forced-colors": "active" }]) {
      test(`axe-core finds nothing with ${JSON.stringify(features)}`, async () => {
        await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", {
          features: Object.entries(features).map(([feature, value]) => ({ name: feature, value })),
        });
        assert.deepEqual(await violationsOf(driver, "#ways"), []);
        await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features: [] });
      });
    }
  });
}
