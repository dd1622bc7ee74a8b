// A card that the page has never seen: other kinds of input, other limits, three balances.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Key } from "selenium-webdriver";
import { RateCard } from "../../dist/index.js";
import { names, open } from "../harness/index.js";
import { choose, control, durationField, enter, load, press, problems, serveWatchedPage, shown } from "./page.js";

const CARD = {
  id: "studio",
  title: "Studio",
  balances: {
    coins: { label: "Coins", decimals: 0, round: "up" },
    gpu: { label: "GPU seconds", decimals: 1 },
    tokens: { label: "Tokens", decimals: 3 },
  },
  inputs: [
    { id: "sharp", kind: "toggle", label: "High definition" },
    { id: "upscale", kind: "toggle", label: "Upscale", when: { sharp: true }, initial: true },
    { id: "length", kind: "duration", label: "Clip", min: 2, max: 90, step: 0.5, initial: 8 },
    { id: "seats", kind: "number", label: "Seats", min: 1, max: 50, initial: 3 },
    {
      id: "quality",
      kind: "choice",
      label: "Quality",
      options: ["480p", "720p", "4k"].map((id) => ({ id })),
      initial: "720p",
    },
  ],
  charges: [
    {
      id: "render",
      balance: "coins",
      quantity: { of: "length", increment: 4 },
      price: { amount: { by: "sharp", true: 3, false: 2 } },
    },
    {
      id: "gpu",
      balance: "gpu",
      quantity: { of: "length" },
      price: { amount: "1.7" },
      factors: [{ by: "quality", "480p": 1, "720p": "7/3", "4k": null }],
    },
    { id: "upscale", balance: "tokens", when: { upscale: true }, quantity: { of: "length" }, price: { amount: "1/3" } },
    { id: "seats", balance: "tokens", quantity: { of: "seats" }, price: { amount: "0.125" } },
  ],
};

const card = new RateCard(CARD);

const TIERED = {
  id: "tiered",
  balances: { coins: { label: "Coins", decimals: 2 } },
  inputs: [
    { id: "fast", kind: "toggle", label: "Fast" },
    { id: "length", kind: "duration", label: "Length", max: 600, initial: 30 },
    { id: "seats", kind: "number", label: "Seats", max: 20, initial: 2 },
  ],
  charges: [
    {
      id: "volume",
      balance: "coins",
      quantity: { of: "length" },
      price: { mode: "volume", tiers: [{ upTo: 60, amount: 0.5 }, { amount: 0.25 }] },
    },
    {
      id: "graduated",
      balance: "coins",
      quantity: { of: "seats" },
      price: { mode: "graduated", tiers: [{ upTo: 5, amount: 3 }, { amount: 1 }] },
    },
    {
      id: "doubled",
      balance: "coins",
      quantity: { of: "length", minimum: 60 },
      price: { amount: { by: "fast", true: 8, false: 2 }, per: 60 },
    },
  ],
};

// What is set, and each line: its billed quantity, the rate where it is the whole truth, and its amount.
const RATES = [
  ["", ["30s × 0.5 / 1s 15.00", "2 × 3 6.00", "1m × 2 / 1m 2.00"]],
  ["length=60", ["1m × 0.5 / 1s 30.00", "2 × 3 6.00", "1m × 2 / 1m 2.00"]],
  ["length=61", ["1m 1s × 0.25 / 1s 15.25", "2 × 3 6.00", "1m 1s × 2 / 1m 2.03"]],
  ["length=120&seats=6", ["2m × 0.25 / 1s 30.00", "6 16.00", "2m × 2 / 1m 4.00"]],
  ["length=120&seats=5&fast=true", ["2m × 0.25 / 1s 30.00", "5 × 3 15.00", "2m × 8 / 1m 16.00"]],
];

for (const name of names) {
  test(`a line's rate is never another one's, in ${name}`, async () => {
    const page = await serveWatchedPage(TIERED);
    const driver = await open(name);
    try {
      await load(driver, page);
      const lines = (value) =>
        driver.executeScript((state) => {
          const estimator = document.querySelector("credit-estimator");
          estimator.value = state;
          return Array.from(estimator.shadowRoot.querySelectorAll("tbody .line"), (line) =>
            [...line.children]
              .slice(1)
              .map(({ textContent }) => textContent)
              .filter(Boolean)
              .join(" "),
          );
        }, value);
      // one after the other, without the rest in which everything is worked out
      for (const [value, expected] of [...RATES, ...RATES.toReversed()])
        assert.deepEqual(await lines(value), expected, value);
    } finally {
      await driver.quit();
      await page.close();
    }
  });

  describe(`another card in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage(CARD);
      driver = await open(name);
    });
    beforeEach(() => load(driver, page));
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const opening = { sharp: false, length: 8, seats: 3, quality: "720p" };
    const flip = async (input) => press(await control(driver, input, "[role=switch]"));
    const count = async (text) => enter(await control(driver, "seats", ".count"), text + Key.TAB);
    const last = async (text) => enter(await durationField(driver), text + Key.TAB);

    for (const [what, act, usage] of [
      ["as it opens", async () => {}, {}],
      ["a toggle", () => flip("sharp"), { sharp: true, upscale: true }],
      ["a toggle of a toggle", () => flip("sharp").then(() => flip("upscale")), { sharp: true, upscale: false }],
      ["half a second", () => last("10.5"), { length: 10.5 }],
      ["a count", () => count("50"), { seats: 50 }],
      ["a choice", () => choose(driver, "quality", "480p"), { quality: "480p" }],
    ]) {
      test(`${what}: three balances, each with its own decimals`, async () => {
        await act();
        const { totals, errors } = await shown(driver);
        const expected = card.estimate({ ...opening, ...usage }).totals;
        assert.deepEqual(errors, []);
        assert.deepEqual(totals, {
          Coins: expected.coins.toFixed(0),
          "GPU seconds": expected.gpu.toFixed(1),
          Tokens: expected.tokens.toFixed(3),
        });
      });
    }

    for (const [what, act, errors] of [
      ["below the least length", () => last("1"), 1],
      ["off the step", () => last("8.25"), 1],
      ["below the least count", () => count("0"), 1],
      ["two at once", () => last("1").then(() => count("99")), 2],
    ]) {
      test(`${what} is refused by the engine and shown at its control`, async () => {
        await act();
        const now = await shown(driver);
        assert.deepEqual([now.errors.length, now.invalid.length, now.state], [errors, errors, "Last valid estimate"]);
      });
    }

    test("what is not offered is told at its option", async () => {
      await choose(driver, "quality", "4k");
      const { state, totals, errors } = await shown(driver);
      assert.deepEqual([state, errors.length], ["Last valid estimate", 1]);
      assert.equal(totals["GPU seconds"], card.estimate(opening).totals.gpu.toFixed(1));
    });
  });
}
