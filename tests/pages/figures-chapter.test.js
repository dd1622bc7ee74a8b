// What the vendor printed, beside what comes out: every figure of the card, and what a press on one does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Key } from "selenium-webdriver";
import { RateCard } from "../../dist/index.js";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, sidewaysOf, violationsOf } from "./chapter.js";
import { load, press, problems, serveWatchedPage, shown, still, until } from "./page.js";

const { rows } = JSON.parse(readFileSync(new URL("../figures/invideo-v4.json", import.meta.url), "utf8"));
const PRINTED = rows.flatMap(({ expect }) => Object.values(expect));

const card = RateCard.invideoV4;

const CARD = {
  id: "studio",
  source: { title: "Price list", url: "javascript:alert(1)", retrieved: "2026-01-02" },
  balances: { coins: { label: "Coins", decimals: 1 }, tokens: { label: "Tokens" } },
  inputs: [
    { id: "length", kind: "duration", label: "Clip", max: 90, initial: 8 },
    { id: "sharp", kind: "toggle", label: "High definition" },
    { id: "seats", kind: "number", label: "Seats", min: 1, max: 50, initial: 3 },
  ],
  charges: [
    {
      id: "render",
      label: "Rendering",
      balance: "coins",
      quantity: { of: "length", increment: 4 },
      price: { amount: 2 },
    },
    {
      id: "seats",
      label: "Seats",
      balance: "tokens",
      when: { sharp: true },
      quantity: { of: "seats" },
      price: { amount: 1 },
    },
  ],
  assumptions: [
    { id: "sharp", text: "Sharp seats only.", because: "It says so.", where: { charge: "seats" } },
    { id: "blocks", text: "Blocks of 4 s.", where: { charge: "render" } },
  ],
  examples: [
    { input: { length: 5 }, lines: { render: { quantity: 8, amount: 16 } }, note: "the odd one" },
    { input: { length: 4, sharp: true, seats: 2 }, expect: { coins: 8, tokens: 3 }, note: "both: sharp" },
    { input: { length: 8 }, expect: { coins: 12.5 }, note: "both: plain" },
    { input: { seats: 99 }, expect: { tokens: 99 } },
  ],
};

/** Each row as text: what is asked for, what was printed, how they agree, what comes out. */
const table = (driver) =>
  driver.executeScript(() => {
    const text = (node) => {
      const copy = node.cloneNode(true);
      for (const hidden of copy.querySelectorAll("[aria-hidden]")) hidden.remove();
      return copy.textContent.trim().replace(/\s+/g, " ");
    };
    return [...document.querySelectorAll(".published tbody tr:not(.group)")].map((row) =>
      [...row.cells].map((cell) => text(cell.querySelector("button") ?? cell)),
    );
  });
const groups = (driver) =>
  driver.executeScript(() => [...document.querySelectorAll(".published .group")].map((row) => row.textContent));
const row = (driver, index) => driver.executeScript((at) => document.querySelectorAll(".published .ask")[at], index);

for (const name of mostly("webkit")) {
  describe(`every published figure in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await load(driver, page);
      await chapter(driver, "figures");
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    test("all of the card's, as printed and as they come out", async () => {
      const seen = await table(driver);
      assert.deepEqual(
        seen.map(([, printed]) => Number(printed)),
        PRINTED,
      );
      for (const [index, { input, expect, lines }] of card.examples.entries()) {
        const estimate = card.estimate(input);
        const [, printed, agreement, found] = seen[index];
        const [[id, amount]] = Object.entries(expect ?? { actor: lines?.actor?.amount });
        const balance = card.balances[id] ?? card.balances.credits;
        const comesOut = estimate.totals[id] ?? estimate.lines.find(({ charge }) => charge === id).amount;
        assert.deepEqual(
          [printed, agreement, found],
          [`${amount}`, "the same", comesOut.toFixed(balance.decimals)],
          JSON.stringify(input),
        );
      }
    });

    test("the published figures stand on one decimal point in each group, and whole ones under their head", async () => {
      const groups = await driver.executeScript(() => {
        const right = (node, end) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          if (end !== undefined) range.setEnd(node.firstChild, end);
          return Math.round(range.getBoundingClientRect().right);
        };
        const head = right(document.querySelector(".published thead th:nth-child(2)"));
        return [...document.querySelectorAll(".published tbody")].map((body) =>
          [...body.querySelectorAll("td:nth-of-type(1)")].map((cell) => {
            const text = cell.firstChild.data;
            return [text, right(cell, text.split(".")[0].length) - head];
          }),
        );
      });
      for (const group of groups) {
        const places = group.map(([, place]) => place);
        assert.deepEqual(places, Array(places.length).fill(places[0]));
        if (!group.some(([text]) => text.includes("."))) assert.equal(places[0], 0, JSON.stringify(group));
      }
    });

    test("in words, under the headings of the page they were printed on", async () => {
      const seen = await table(driver);
      assert.deepEqual(
        [seen[2][0], seen[6][0], seen[7][0], seen[13][0], seen[16][0]],
        [
          "3m 30s Generative, PRO",
          "Images changed by remix: 1",
          "Clips changed by remix: 5s",
          "2m 1s Stock / basic, Human",
          "1m 1s Stock / basic",
        ],
      );
      assert.deepEqual(await groups(driver), [
        "PRO Credits",
        "ULTRA Credits",
        "Remix Credits",
        "Generative + actor, the surcharge alone Credits, Actor alone",
        "Stock + actor Credits",
        "Video minutes",
      ]);
    });

    test("how many come out and how long that took, the source, and all that is assumed", async () => {
      await until(
        async () =>
          /^20 of 20 figures come out, worked out just now in [\d.,]+\sms\.$/.test(
            await driver.executeScript("return document.querySelector('.proof').textContent"),
          ),
        "the time is there",
      );
      const [source, href, notes] = await driver.executeScript(() => {
        const place = document.querySelector("#figures");
        return [
          place.querySelector(".source").textContent,
          place.querySelector(".source a").href,
          [...place.querySelectorAll(".footnotes li")].map(({ children: [text, , because] }) => [
            text.textContent,
            because.textContent,
          ]),
        ];
      });
      assert.equal(source, `Published rates, read on November 22, 2026: ${card.source.title}`);
      assert.equal(href, card.source.url);
      assert.deepEqual(
        notes,
        card.assumptions.map(({ text, because }) => [text, because]),
      );
    });

    test("what the estimate above takes for granted is marked", async () => {
      const marked = () =>
        driver.executeScript(() =>
          [...document.querySelectorAll(".footnotes li")].flatMap((item, index) =>
            item.querySelector(".note-now").textContent ? [index] : [],
          ),
        );
      for (const usage of [{ duration: 10 }, { media: "stock", actor: "none", duration: 60 }]) {
        await driver.executeScript("document.querySelector('credit-estimator').usage = arguments[0]", usage);
        const wanted = card
          .estimate(usage)
          .assumptions.map(({ id }) => card.assumptions.findIndex((some) => some.id === id));
        await until(
          async () => `${await marked()}` === `${wanted.sort((a, b) => a - b)}`,
          `${JSON.stringify(usage)}: ${wanted}`,
        );
      }
    });

    test("a press sets what was asked for, and nothing else", async () => {
      for (const index of [2, 6, 7, 13, 15]) {
        await still(driver);
        await press(await row(driver, index));
        const { totals, errors } = await shown(driver);
        const { credits, videoMinutes } = card.estimate(card.examples[index].input).totals;
        assert.deepEqual([totals, errors], [{ Credits: credits.toFixed(2), "Video minutes": `${videoMinutes}` }, []]);
        const current = await driver.executeScript(() =>
          [...document.querySelectorAll(".published .ask")].flatMap((ask, at) =>
            ask.ariaCurrent === "true" ? [at] : [],
          ),
        );
        assert.deepEqual(current, [index]);
      }
      await driver.executeScript("document.querySelector('credit-estimator').value = 'duration=7'");
      await until(
        () => driver.executeScript("return document.querySelector('.published [aria-current]') === null"),
        "no row is marked once something else is set",
      );
    });

    test("a pressed row stays where it is, whatever becomes longer above it", async () => {
      await driver.executeScript("document.querySelector('credit-estimator').value = 'duration='");
      const top = async (node) => driver.executeScript((some) => some.getBoundingClientRect().top, node);
      const pressed = await row(driver, 13);
      await driver.executeScript((node) => node.scrollIntoView({ block: "center", behavior: "instant" }), pressed);
      await still(driver);
      const before = await top(pressed);
      await driver.executeScript((node) => node.click(), pressed);
      await still(driver);
      await until(async () => Math.abs((await top(pressed)) - before) < 2, `it is at ${before} still`);
    });

    test("by keyboard", async () => {
      await driver.executeScript((node) => node.focus(), await row(driver, 4));
      await driver.actions().sendKeys(Key.TAB).perform();
      await driver.actions().sendKeys(Key.ENTER).perform();
      assert.equal((await shown(driver)).totals.Credits, "140.00");
    });

    test("a card whose figures do not come out shows both", async () => {
      await driver.executeScript("document.querySelector('credit-estimator').card = arguments[0]", CARD);
      await chapter(driver, "figures");
      assert.deepEqual(await table(driver), [
        ["5s", "8s", "the same", "8s"],
        ["5s", "16", "the same", "16.0"],
        ["4s High definition, Seats: 2", "8", "the same", "8.0"],
        ["4s High definition, Seats: 2", "3", "differs", "2.00"],
        ["8s", "12.5", "differs", "16.0"],
        ["Seats: 99", "99", "differs", "no price"],
      ]);
      const [proof, notes, link, items] = await driver.executeScript(() => [
        document.querySelector(".proof").textContent,
        [...document.querySelectorAll(".published .ask-notes")].map((node) => node.textContent.trim()),
        document.querySelector("#figures .source a"),
        document.querySelectorAll(".footnotes li").length,
      ]);
      assert.match(proof, /^3 of 6 figures come out/);
      assert.deepEqual(notes.slice(0, 2), ["Rendering, quantity", "Coins, Rendering alone"]);
      assert.match(notes[5], /^at most 50 is taken/);
      assert.deepEqual([link, items], [null, 2]);
      assert.deepEqual(await violationsOf(driver, "#figures"), []);
    });

    test("a card without figures has no such chapter, and one with assumptions alone tells these", async () => {
      const estimator = "document.querySelector('credit-estimator')";
      const { examples, ...silent } = CARD;
      const { assumptions, ...bare } = silent;
      for (const [some, isHidden] of [
        [bare, true],
        [silent, false],
      ]) {
        await driver.executeScript(`${estimator}.card = arguments[0]`, some);
        await until(
          () => driver.executeScript("return document.querySelector('#figures').hidden === arguments[0]", isHidden),
          `hidden: ${isHidden}`,
        );
      }
      assert.deepEqual(await table(driver), []);
    });

    test("axe-core finds nothing, also on a phone, where nothing scrolls sideways", async () => {
      assert.deepEqual(await violationsOf(driver, "#figures"), []);
      await resize(driver, 320, 568);
      assert.deepEqual(await sidewaysOf(driver, "#figures"), []);
      assert.deepEqual(await violationsOf(driver, "#figures"), []);
      await resize(driver, 1280, 800);
    });
  });
}
