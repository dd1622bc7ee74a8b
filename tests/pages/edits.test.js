// What an edit costs: each single change of the video, and pending edits that are billed by themselves. All figures are those
// of the package, asked here.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { RateCard } from "credit-estimator";
import { Key } from "selenium-webdriver";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, sidewaysOf, violationsOf } from "./chapter.js";
import { active, enter, load, make, press, problems, serveWatchedPage, until } from "./page.js";

const card = RateCard.invideoV4;
const START = { media: "generative", model: "pro", actor: "none", duration: 60, clips: [] };

/** Every change by its name, and the usage that it leads to. */
const CHANGES = {
  "Video length: 1s more": ({ duration, ...others }) => ({ ...others, duration: duration + 1 }),
  "Video length: 1s less": ({ duration, ...others }) => ({ ...others, duration: duration - 1 }),
  "Video length: 1m more": ({ duration, ...others }) => ({ ...others, duration: duration + 60 }),
  "Video length: 1m less": ({ duration, ...others }) => ({ ...others, duration: duration - 60 }),
  "Images changed by remix: 1 more": ({ images = 0, ...others }) => ({ ...others, images: images + 1 }),
  "Clips changed by remix: one of 5s": ({ clips, ...others }) => ({ ...others, clips: [...clips, 5] }),
  "Clips changed by remix: one of 3s": ({ clips, ...others }) => ({ ...others, clips: [...clips, 3] }),
  "Media: Generative": (usage) => ({ ...usage, media: "generative" }),
  "Media: Stock / basic": (usage) => ({ ...usage, media: "stock" }),
  "Model: PRO": (usage) => ({ ...usage, model: "pro" }),
  "Model: ULTRA": (usage) => ({ ...usage, model: "ultra" }),
  "Actor: None": (usage) => ({ ...usage, actor: "none" }),
  "Actor: Human": (usage) => ({ ...usage, actor: "human" }),
  "Actor: Virtual Pro": (usage) => ({ ...usage, actor: "virtualPro" }),
  "Actor: Own avatar": (usage) => ({ ...usage, actor: "ownAvatar" }),
};

const OTHER = {
  id: "studio",
  title: "Studio",
  balances: { coins: { label: "Coins", decimals: 0, round: "up" }, gpu: { label: "GPU seconds", decimals: 1 } },
  inputs: [
    { id: "sharp", kind: "toggle", label: "High definition" },
    { id: "length", kind: "duration", label: "Clip", min: 2, max: 30, step: 0.5, initial: 8 },
    { id: "seats", kind: "number", label: "Seats", min: 1, max: 3, initial: 3 },
    { id: "voice", kind: "choice", label: "Voice", default: "a", options: [{ id: "a" }, { id: "b" }] },
  ],
  charges: [
    {
      id: "render",
      balance: "coins",
      quantity: { of: "length", increment: 4 },
      price: { amount: { by: "sharp", true: 3, false: 2 } },
    },
    { id: "seats", balance: "gpu", quantity: { of: "seats" }, price: { amount: { by: "voice", a: "0.3", b: null } } },
  ],
};

const signed = (value, decimals) =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toLocaleString("en", { minimumFractionDigits: decimals })}`;

for (const name of mostly("firefox")) {
  describe(`what an edit costs in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name, { width: 1280, height: 1000 });
    });
    beforeEach(async () => {
      await resize(driver, 1280, 1000);
      await load(driver, page);
      await chapter(driver, "edits");
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const find = (selector, index = 0) =>
      driver.executeScript((some, at) => document.querySelectorAll(`#edits ${some}`)[at], selector, index);
    const change = (label) => find(`[aria-label="${label}"]`);
    const usage = async () =>
      JSON.parse(await driver.executeScript("return JSON.stringify(document.querySelector('credit-estimator').usage)"));
    const set = async (usage) => {
      await driver.executeScript((given) => {
        document.querySelector("credit-estimator").usage = given;
      }, usage);
      await chapter(driver, "edits");
    };
    const shown = () =>
      driver.executeScript(() => {
        const all = (selector, node) => [...node.querySelectorAll(selector)];
        const figures = (row) => all(".figure", row).map(({ textContent }) => textContent);
        const [changes, pending] = all("#edits table", document);
        return {
          heads: all("thead .figure", changes).map(({ textContent }) => textContent),
          changes: Object.fromEntries(
            all("tbody tr:not([hidden])", changes).map((row) => [
              row.querySelector("button").getAttribute("aria-label"),
              figures(row),
            ]),
          ),
          why: Object.fromEntries(
            all("tbody tr:not([hidden])", changes).map((row) => [
              row.querySelector("button").getAttribute("aria-label"),
              row.querySelector(".edit-why").textContent,
            ]),
          ),
          now: all("tbody tr:not([hidden]):not([data-again]) .edit-now", changes).map(({ textContent }) => textContent),
          pending:
            pending && all("tbody tr", pending).map((row) => [row.querySelector("th").textContent, figures(row)[0]]),
          together: pending && figures(pending.querySelector("tfoot"))[0],
          note: document.querySelector(".pending-note")?.textContent,
          adders: all(".adder .button", document).map(({ textContent }) => textContent),
        };
      });

    for (const usage of [
      START,
      { ...START, duration: 30, actor: "human" },
      { ...START, duration: 120, actor: "human", model: "ultra", images: 2, clips: [5] },
      { ...START, duration: 59, actor: "ownAvatar", media: "stock" },
      { ...START, duration: 14400 },
      { ...START, duration: 0.5, images: 10_000 },
    ]) {
      test(`each change of ${JSON.stringify(usage)}`, async () => {
        await set(usage);
        const { heads, changes } = await shown();
        assert.deepEqual(heads, ["Credits", "Video minutes"]);
        const { ignored } = card.estimate(usage);
        const expected = {};
        for (const [label, after] of Object.entries(CHANGES)) {
          const next = after(usage);
          if (JSON.stringify(next) === JSON.stringify(usage)) continue;
          if (ignored.includes("model") && label.startsWith("Model")) continue;
          try {
            const { delta } = card.diff(usage, next);
            expected[label] = [signed(delta.credits, 2), signed(delta.videoMinutes, 0)];
          } catch {
            expected[label] = ["", ""];
          }
        }
        assert.deepEqual(changes, expected);
      });
    }

    // one started minute of an actor costs 5, thirty seconds are the least that is billed
    for (const [what, usage, label, why] of [
      [
        "a minute is crossed",
        { ...START, actor: "human" },
        "1s more",
        "Generative media +0.33; Actor +5.00: 2m billed, not 1m",
      ],
      ["no minute is crossed", { ...START, actor: "human" }, "1s less", "Actor: 1m billed as before"],
      [
        "none is crossed for two charges",
        { media: "stock", actor: "human", duration: 210, clips: [] },
        "1s more",
        "Actor, Stock video: 4m billed as before",
      ],
      ["the least is billed anyway", { ...START, duration: 20 }, "1s more", "Generative media: 30s billed as before"],
      ["nothing was billed", { ...START, duration: 0 }, "1s more", "Generative media: 30s billed"],
      ["nothing is billed any more", { ...START, duration: 1 }, "1s less", "Generative media: no longer billed"],
      ["every second is billed", START, "1s more", ""],
      ["there is no more", { ...START, duration: 14400 }, "1s more", "none to 4h"],
    ]) {
      test(`where ${what}, it says so`, async () => {
        await set(usage);
        assert.equal((await shown()).why[`Video length: ${label}`], why);
      });
    }

    test("a change that is pressed is made, and the focus goes where it is taken back", async () => {
      let expected = START;
      for (const label of [
        "Video length: 1m more",
        "Images changed by remix: 1 more",
        "Clips changed by remix: one of 3s",
        "Actor: Human",
        "Media: Stock / basic",
        "Media: Generative",
        "Model: ULTRA",
      ]) {
        await press(await change(label));
        await chapter(driver, "edits");
        expected = CHANGES[label](expected);
        assert.deepEqual(await usage(), expected, label);
      }
      const focused = await (await active(driver)).getAttribute("aria-label");
      assert.equal(focused, "Model: PRO");
      assert.deepEqual((await shown()).now, ["", "", "", " now Generative", " now ULTRA", " now Human"]);
    });

    test("it follows the estimator", async () => {
      await make(driver, { actor: "human", duration: "2:00" });
      await chapter(driver, "edits");
      const { delta } = card.diff({ actor: "human", duration: 120 }, { actor: "human", duration: 121 });
      const expected = signed(delta.credits, 2);
      await until(async () => (await shown()).changes["Video length: 1s more"][0] === expected, expected);
    });

    const amounts = (...usages) => usages.map((usage) => card.totals(usage).credits.toFixed(2));

    test("published edits are pending at first, and that one twice which rounds otherwise", async () => {
      const { pending, together, note, adders } = await shown();
      const [image, five, three] = amounts({ images: 1 }, { clips: [5] }, { clips: [3] });
      assert.deepEqual(pending, [
        ["Images changed by remix: 1", image],
        ["Clips changed by remix: 5s", five],
        ["Clips changed by remix: 5s", five],
        ["Clips changed by remix: 3s", three],
      ]);
      const session = card.session();
      for (const usage of [{ images: 1 }, { clips: [5] }, { clips: [5] }, { clips: [3] }]) session.add(usage);
      const [once] = amounts({ images: 1, clips: [5, 5, 3] });
      assert.equal(together, session.totals.credits.toFixed(2));
      assert.notEqual(together, once);
      assert.ok(note.endsWith(`these would come to ${once} and not ${together} credits.`), note);
      assert.deepEqual(adders, [`Add +${image}`, `Add +${five}`]);
    });

    test("edits are added, removed one by one, cleared and put back", async () => {
      const [clear] = [await find("tfoot button")];
      await press(clear);
      assert.deepEqual(await shown().then(({ pending, together, note }) => [pending, together, note]), [
        [],
        "0.00",
        "Nothing is pending.",
      ]);
      await press(clear);
      assert.equal((await shown()).pending.length, 4);
      await press(await find(".pending-list tbody button", 1));
      assert.equal((await shown()).pending.length, 3);
      const focused = await (await active(driver)).getAttribute("aria-label");
      assert.equal(focused, "Remove: Clips changed by remix: 5s");
      assert.match((await shown()).note, /would come to the same/);
      await press(clear);
      await enter(await find(".adder .entry", 1), "7");
      const [seven] = amounts({ clips: [7] });
      assert.equal((await shown()).adders[1], `Add +${seven}`);
      await press(await find(".adder .button", 1));
      await press(await find(".adder [aria-label^=More]"));
      await press(await find(".adder .button"));
      const { pending, together } = await shown();
      assert.deepEqual(pending, [
        ["Clips changed by remix: 7s", seven],
        ["Images changed by remix: 2", amounts({ images: 2 })[0]],
      ]);
      const session = card.session();
      session.add({ clips: [7] });
      session.add({ images: 2 });
      assert.equal(together, session.totals.credits.toFixed(2));
    });

    test("what cannot be added is refused", async () => {
      const { pending } = await shown();
      await enter(await find(".adder .entry", 1), "601");
      await press(await find(".adder .button", 1));
      assert.deepEqual((await shown()).pending, pending);
      assert.equal(await (await find(".adder .entry", 1)).getAttribute("aria-invalid"), "true");
      assert.equal((await shown()).adders[1], "Add ");
    });

    for (const [text, seconds] of [
      ["7.5", 7.5],
      ["1:20", 80],
      ["0:07.25", 7.25],
      ["10:00", 600],
    ]) {
      test(`a clip of ${text} is taken, as the card takes it`, async () => {
        await enter(await find(".adder .entry", 1), text);
        const [figure] = amounts({ clips: [seconds] });
        assert.equal((await shown()).adders[1], `Add +${figure}`);
        await press(await find(".adder .button", 1));
        assert.equal((await shown()).pending.at(-1)[1], figure);
      });
    }

    for (const [index, text, why] of [
      [0, "1.5", "A whole number from 1 to 10,000"],
      [0, "0", "A whole number from 1 to 10,000"],
      [1, "601", "A length up to 10m, such as 7.5 or 1:20"],
      [1, "0", "A length up to 10m, such as 7.5 or 1:20"],
      [1, "7,5", "A length up to 10m, such as 7.5 or 1:20"],
      [1, "soon", "A length up to 10m, such as 7.5 or 1:20"],
    ]) {
      test(`where ${text} cannot be added, it says what can`, async () => {
        await enter(await find(".adder .entry", index), text);
        assert.equal((await shown()).adders[index], "Add ");
        const words = await driver.executeScript(
          (node) => {
            const { textContent } = document.getElementById(node.getAttribute("aria-describedby"));
            return textContent;
          },
          await find(".adder .entry", index),
        );
        assert.equal(words, why);
        await press(await find(".adder [aria-label^=More]", index));
        assert.notEqual((await shown()).adders[index], "Add ", "a step leads back");
      });
    }

    test("keyboard alone: a length, and enter", async () => {
      await driver.executeScript((node) => node.focus(), await find(".adder .entry", 1));
      await driver.actions().sendKeys(Key.ARROW_UP, Key.ENTER).perform();
      assert.deepEqual((await shown()).pending.at(-1), ["Clips changed by remix: 6s", amounts({ clips: [6] })[0]]);
    });

    test("another card: its own steps, balances and limits", async () => {
      await driver.executeScript((other) => {
        document.querySelector("credit-estimator").card = other;
      }, OTHER);
      await chapter(driver, "edits");
      const other = new RateCard(OTHER);
      const usage = { sharp: false, length: 8, seats: 3, voice: "a" };
      const delta = (change) => {
        const { coins, gpu } = other.diff(usage, { ...usage, ...change }).delta;
        return [signed(coins, 0), signed(gpu, 1)];
      };
      const { heads, changes, why, pending, adders } = await shown();
      assert.deepEqual(heads, ["Coins", "GPU seconds"]);
      assert.deepEqual(changes, {
        "Clip: 1s more": delta({ length: 9 }),
        "Clip: 1s less": delta({ length: 7 }),
        "Seats: 1 more": ["", ""],
        "High definition: Yes": delta({ sharp: true }),
        "Voice: b": ["", ""],
      });
      assert.deepEqual(
        [why["Seats: 1 more"], why["Voice: b"], why["Clip: 1s more"]],
        ["the most there is", "not offered", "render: 12s billed, not 8s"],
      );
      assert.deepEqual(pending, []);
      assert.deepEqual(adders, ["Add +0.9"]);
    });

    for (const width of [320, 360, 768, 1440]) {
      test(`${width} wide: nothing to scroll sideways, nothing cut, heads of one line, targets large enough`, async () => {
        await resize(driver, width, 900);
        await load(driver, page);
        for (const usage of [
          START,
          { ...START, model: "ultra", actor: "virtualPro", duration: 14399, images: 10_000 },
        ]) {
          await set(usage);
          const small = await driver.executeScript(() =>
            [...document.querySelectorAll("#edits :is(button, input, a)")]
              .filter((node) => node.checkVisibility())
              .filter((node) => Math.min(node.offsetWidth, node.offsetHeight) < 44)
              .map(({ outerHTML }) => outerHTML),
          );
          const heads = await driver.executeScript(() =>
            [...document.querySelectorAll(".edits thead th")].map((node) => {
              const text = document.createRange();
              text.selectNodeContents(node);
              return text.getClientRects().length;
            }),
          );
          assert.deepEqual([await sidewaysOf(driver, "#edits"), small, heads], [[], [], [1, 1, 1]]);
        }
      });
    }

    for (const usage of [START, { ...START, media: "stock", actor: "human", duration: 14400 }]) {
      test(`axe-core finds nothing with ${JSON.stringify(usage)}`, async () => {
        await set(usage);
        assert.deepEqual(await violationsOf(driver, "#edits"), []);
      });
    }
  });
}
