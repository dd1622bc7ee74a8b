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

for (const name of names) {
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
