// Every control, by pointer and by keyboard; what the engine prices for the same usage is what must be shown.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Key, Origin } from "selenium-webdriver";
import { estimate } from "../../dist/index.js";
import { names, open } from "../harness/index.js";
import {
  active,
  addClip,
  choose,
  control,
  durationField,
  enter,
  inside,
  leaveOut,
  load,
  press,
  problems,
  serveWatchedPage,
  shown,
  slider,
  until,
} from "./page.js";

const credits = (usage) => estimate(usage).totals.credits.toLocaleString("en", { minimumFractionDigits: 2 });

// Typed after 3:30, which costs 70: the figure that stays is that of the last letters that could be priced.
const REFUSED = [
  ["abc", "70.00"],
  ["-1", "70.00"],
  ["NaN", "70.00"],
  ["3:3x", credits({ duration: 3 })],
  ["1:99", credits({ duration: 1 })],
  ["4:00:01", credits({ duration: "4:00" })],
];

// What is pressed in turn on the slider, and the duration that the field then shows ("" is none).
const KEYS = [
  [Key.ARROW_RIGHT, "1:01", "1 minute 1 second"],
  [Key.ARROW_UP, "1:02", "1 minute 2 seconds"],
  [Key.ARROW_LEFT, "1:01", "1 minute 1 second"],
  [Key.ARROW_DOWN, "1:00", "1 minute"],
  [Key.PAGE_UP, "2:00", "2 minutes"],
  [Key.PAGE_DOWN, "1:00", "1 minute"],
  [Key.END, "4:00:00", "4 hours"],
  [Key.ARROW_LEFT, "3:59:59", "3 hours 59 minutes 59 seconds"],
  [Key.HOME, "", "none"],
  [Key.ARROW_LEFT, "", "none"],
  [Key.ARROW_RIGHT, "0:01", "1 second"],
];

// What is pressed in turn on the slider of a count, which has room for 20 single images, and then for each decade.
const COUNT_KEYS = [
  [Key.ARROW_RIGHT, "1"],
  [Key.PAGE_UP, "21"],
  [Key.ARROW_UP, "22"],
  [Key.ARROW_DOWN, "21"],
  [Key.END, "10000"],
  [Key.ARROW_LEFT, "9999"],
  [Key.HOME, "0"],
  [Key.ARROW_LEFT, "0"],
];

for (const name of names) {
  describe(`controls in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(() => load(driver, page));
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const type = (...keys) =>
      driver
        .actions()
        .sendKeys(...keys)
        .perform();
    const focused = async () =>
      driver.executeScript((node) => node.getAttribute("aria-label") ?? node.value, await active(driver));

    async function drag(from, to, range, thumb = 28) {
      const node = range ?? (await slider(driver));
      await driver.executeScript((some) => some.scrollIntoView({ block: "center", behavior: "instant" }), node);
      const { x, y, width, height } = await driver.executeScript((some) => some.getBoundingClientRect().toJSON(), node);
      const at = (fraction) => ({
        origin: Origin.VIEWPORT,
        x: Math.round(x + thumb / 2 + fraction * (width - thumb)),
        y: Math.round(y + height / 2),
      });
      const pointer = driver.actions({ async: true }).move(at(from)).press();
      await pointer
        .move({ ...at((from + to) / 2), duration: 60 })
        .move({ ...at(to), duration: 60 })
        .release()
        .perform();
    }

    test("the slider follows a pointer, and the price follows the slider", async () => {
      const positions = Number(await (await slider(driver)).getAttribute("max"));
      let from = 60 / positions;
      const seen = [];
      for (const to of [0.2, 0.45, 0.66, 0.9, 1, 0]) {
        await drag(from, to);
        const { duration, totals } = await shown(driver);
        assert.equal(totals.Credits, credits(duration === "" ? {} : { duration }), duration);
        seen.push(duration);
        from = to;
      }
      assert.equal(new Set(seen).size, seen.length, seen.join());
      assert.deepEqual(seen.slice(-2), ["4:00:00", ""]);
    });

    test("the slider's keys", async () => {
      await driver.executeScript((node) => node.focus(), await slider(driver));
      for (const [key, duration, spoken] of KEYS) {
        await type(key);
        const now = await shown(driver);
        assert.deepEqual([now.duration, now.spoken], [duration, spoken]);
        assert.equal(now.totals.Credits, credits(duration === "" ? {} : { duration }));
      }
    });

    test("a count's slider: each key one image, however wide its steps are under a pointer", async () => {
      const range = await control(driver, "images", ".slider");
      const count = () => driver.executeScript((node) => node.value, field);
      const field = await control(driver, "images", ".count");
      assert.equal(await driver.executeScript((node) => node.getAttribute("aria-valuetext"), range), "0");
      for (const [from, to, least, most] of [
        [0, 0.13, 8, 11],
        [0.13, 0.5, 90, 110],
        [0.5, 1, 10_000, 10_000],
      ]) {
        await drag(from, to, range, 20);
        const now = Number(await count());
        assert.ok(now >= least && now <= most, `${to}: ${now}`);
        assert.equal((await shown(driver)).totals.Credits, credits({ duration: 60, images: now }));
      }
      assert.equal(await driver.executeScript((node) => node.getAttribute("aria-valuetext"), range), "10,000");
      await driver.executeScript((node) => node.focus(), range);
      await type(Key.HOME);
      for (const [key, expected] of COUNT_KEYS) {
        await type(key);
        assert.equal(await count(), expected);
        assert.equal((await shown(driver)).totals.Credits, credits({ duration: 60, images: Number(expected) }));
      }
      await enter(field, `7${Key.ARROW_UP}`);
      assert.equal(await count(), "8");
    });

    for (const [text, written, billed] of [
      ["3:30", "3:30", "3m 30s"],
      ["210", "3:30", "3m 30s"],
      ["1:02:03", "1:02:03", "1h 2m 3s"],
      ["0:10", "0:10", "30s"],
    ]) {
      test(`the field takes ${text}`, async () => {
        await enter(await durationField(driver), text + Key.TAB);
        const now = await shown(driver);
        assert.deepEqual([now.duration, now.billed["Generative media"]], [written, billed]);
        assert.equal(now.totals.Credits, credits({ duration: text }));
      });
    }

    test("a text that is no duration is named, and the last figure stays, marked", async () => {
      const field = await durationField(driver);
      await enter(field, `3:30${Key.TAB}`);
      for (const [text, last] of REFUSED) {
        await enter(field, text + Key.TAB);
        const now = await shown(driver);
        assert.deepEqual([now.totals.Credits, now.duration, now.state], [last, text, "Last valid estimate"], text);
        assert.deepEqual([now.errors.length, now.invalid], [1, ["Video length, exact"]], text);
        await until(async () => (await shown(driver)).status.startsWith("Video length: "), "the status tells it");
        await enter(field, `3:30${Key.TAB}`);
        assert.deepEqual((await shown(driver)).errors, []);
      }
    });

    test("the stepping buttons, with a hold", async () => {
      const [less, more] = [
        await inside(driver, ".rail-head .step"),
        await inside(driver, ".rail-head .step:last-child"),
      ];
      const words = (node) => driver.executeScript((some) => [some.textContent, some.ariaLabel], node);
      assert.deepEqual(await words(less), ["−1s", "Less 1s: Video length"]);
      assert.deepEqual(await words(more), ["+1s", "More 1s: Video length"]);
      await more.click();
      await more.click();
      await less.click();
      assert.equal((await shown(driver)).duration, "1:01");
      await driver.actions({ async: true }).move({ origin: more }).press().pause(900).release().perform();
      const [minutes, seconds] = (await shown(driver)).duration.split(":").map(Number);
      assert.ok(minutes * 60 + seconds > 63, `${minutes}:${seconds}`);
    });

    test("options change the price, and the model leaves for stock", async () => {
      const model = await inside(driver, '[data-input="model"]');
      const height = () => driver.executeScript((node) => node.offsetHeight, model);
      const usage = { duration: "3:30" };
      await enter(await durationField(driver), usage.duration);
      const full = await height();
      for (const [input, option] of [
        ["model", "ultra"],
        ["actor", "virtualPro"],
        ["media", "stock"],
        ["actor", "ownAvatar"],
        ["media", "generative"],
        ["model", "pro"],
        ["actor", "none"],
      ]) {
        await choose(driver, input, option);
        usage[input] = option;
        assert.equal((await shown(driver)).totals.Credits, credits(usage), JSON.stringify(usage));
        const leftOut = usage.media === "stock";
        assert.equal(await height(), leftOut ? 0 : full, "the model's height");
        assert.equal(await driver.executeScript((node) => node.inert, model), leftOut);
      }
    });

    test("edits without a video, and the video put back", async () => {
      await leaveOut(driver);
      const images = await control(driver, "images", ".count");
      await enter(images, "2");
      await images.sendKeys(Key.ARROW_UP);
      await addClip(driver, "5");
      await addClip(driver, "0:03");
      assert.equal((await shown(driver)).totals.Credits, credits({ images: 3, clips: [5, 3] }));
      await press(await control(driver, "clips", "[aria-label='Remove: Clips changed by remix, 2']"));
      assert.equal((await shown(driver)).totals.Credits, credits({ images: 3, clips: [5] }));
      assert.equal(await focused(), "Remove: Clips changed by remix, 1");
      await leaveOut(driver);
      const { totals, duration } = await shown(driver);
      assert.deepEqual([totals.Credits, duration], [credits({ duration: 60, images: 3, clips: [5] }), "1:00"]);
    });

    test("a clip that is no duration is told by its row; an empty row is not counted", async () => {
      await press(await control(driver, "clips", ".text-button"));
      const { totals, errors } = await shown(driver);
      assert.deepEqual([totals.Credits, errors], ["20.00", []]);
      await addClip(driver, "x");
      const now = await shown(driver);
      assert.deepEqual([now.invalid, now.totals.Credits], [["Clips changed by remix, 2"], "20.00"]);
    });

    test("counts that cannot be priced", async () => {
      const images = await control(driver, "images", ".count");
      for (const [text, last] of [
        ["-1", credits({ duration: 60 })],
        ["1.5", credits({ duration: 60, images: 1 })],
        ["10001", credits({ duration: 60, images: 1000 })],
      ]) {
        await enter(images, text + Key.TAB);
        const { state, errors, totals } = await shown(driver);
        assert.deepEqual([state, errors.length, totals.Credits], ["Last valid estimate", 1, last], text);
        await enter(images, Key.BACK_SPACE + Key.TAB);
        assert.deepEqual((await shown(driver)).totals.Credits, "20.00");
      }
    });

    test("keyboard alone, from the top of the page to a price", async () => {
      const tabTo = async (what) => {
        for (let count = 0; count < 30 && (await focused()) !== what; count++) await type(Key.TAB);
        assert.equal(await focused(), what);
      };
      await tabTo("Video length, exact");
      await type("2:01");
      await tabTo("generative");
      await type(Key.ARROW_RIGHT);
      await tabTo("none");
      await type(Key.ARROW_RIGHT);
      assert.equal(await focused(), "human");
      const { totals } = await shown(driver);
      assert.deepEqual(totals, { Credits: "15.00", "Video minutes": "3" });
      const outline = await driver.executeScript(
        (node) => getComputedStyle(node.nextElementSibling).outlineStyle,
        await active(driver),
      );
      assert.equal(outline, "solid");
      await tabTo("Add: Clips changed by remix");
      await type(Key.ENTER, "5");
      assert.equal(await focused(), "Clips changed by remix, 1");
      assert.equal((await shown(driver)).totals.Credits, "16.67");
    });
  });
}
