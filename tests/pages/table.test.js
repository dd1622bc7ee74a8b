// The curve as a table: the price of every length that it names, where the price jumps, and what a press takes.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Key } from "selenium-webdriver";
import { RateCard } from "../../dist/index.js";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, sidewaysOf, violationsOf } from "./chapter.js";
import { load, press, problems, serveWatchedPage } from "./page.js";

const card = RateCard.invideoV4;

const ULTRA = { media: "generative", model: "ultra", actor: "human", duration: 200 };
const STOCK = { media: "stock", actor: "human", duration: 200 };

// What is chosen, what the table says of it, its first rows, how many there are, and whether one second more costs something
// else in some than in others.
const TABLES = [
  [
    "per second, with a minimum",
    { media: "generative", model: "pro", duration: 60 },
    "Generative media: the same up to 30s, then more with every second.",
    ["0:01–0:30", "1:00", "1:30", "2:00", "2:30", "3:00", "3:30", "4:00", "4:30", "5:00", "10:00"],
    16,
    false,
  ],
  [
    "an actor besides",
    { ...ULTRA, duration: 120 },
    "Generative media: the same up to 30s, then more with every second. Actor: more with every started minute.",
    ["0:01–0:30", "1:00", "1:30", "2:00"],
    16,
    true,
  ],
  [
    "two balances, per started minute",
    STOCK,
    "Actor, Stock video: more with every started minute.",
    ["0:01–1:00", "1:01–2:00", "2:01–3:00", "3:01–4:00", "4:01–5:00", "9:01–10:00", "14:01–15:00"],
    11,
    false,
  ],
];

const STEPS = {
  id: "steps",
  balances: { coins: { label: "Coins", decimals: 1 } },
  inputs: [
    { id: "kind", kind: "choice", label: "Kind", options: [{ id: "clip" }, { id: "words" }], default: "clip" },
    { id: "length", kind: "duration", label: "Clip", min: 2, max: 90, step: 0.5, initial: 8, when: { kind: "clip" } },
    { id: "words", kind: "number", label: "Words", min: 1, max: 1_000_000, initial: 98_000, when: { kind: "words" } },
  ],
  charges: [
    {
      id: "clip",
      label: "Clip",
      balance: "coins",
      quantity: { of: "length" },
      price: {
        mode: "volume",
        tiers: [
          { upTo: 13, amount: 1 },
          { upTo: 60, amount: "0.5" },
        ],
      },
    },
    {
      id: "words",
      label: "Words",
      balance: "coins",
      quantity: { of: "words", increment: 100 },
      price: { mode: "volume", tiers: [{ upTo: 99_999, amount: "0.005" }, { amount: "0.004" }] },
    },
  ],
};

const write = (total, { decimals }) =>
  total.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

for (const name of mostly("webkit")) {
  describe(`the curve as a table in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await resize(driver, 1280, 800);
      await load(driver, page);
      await chapter(driver, "table");
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
      await chapter(driver, "table");
    };
    const lengthButton = (text) =>
      driver.executeScript(
        (wanted) => [...document.querySelectorAll(".lengths-take")].find((some) => some.textContent === wanted),
        text,
      );
    const more = async () => {
      await press(await driver.executeScript("return document.querySelector('#table .more')"));
      await chapter(driver, "table");
    };
    const table = () =>
      driver.executeScript(() => {
        const all = (node, selector) => [...node.querySelectorAll(selector)].filter((some) => some.checkVisibility());
        const text = (node) => node.textContent;
        return {
          courses: all(document, ".lengths-courses").map(text).join(),
          heads: all(document, ".lengths thead th").map(text),
          rows: all(document, ".lengths tbody tr").map((row) => [
            text(row.querySelector("th")),
            ...all(row, "td").map(text),
          ]),
          now: all(document, ".lengths tbody tr").flatMap((row) =>
            row.querySelector("[aria-current]") ? [text(row.querySelector("th"))] : [],
          ),
          more: all(document, "#table .more").map(text).join(),
        };
      });

    for (const [what, some, courses, lengths, count, isUneven] of TABLES) {
      test(`${what}: every figure is the package's, at both ends of a row`, async () => {
        await set(some);
        const shown = await table();
        assert.equal(shown.courses, courses);
        assert.deepEqual(
          shown.rows.slice(0, lengths.length).map(([length]) => length),
          lengths,
        );
        assert.equal(shown.rows.length, count);
        const used = Object.entries(card.balances).filter(([id]) => card.totals(some)[id] > 0);
        assert.deepEqual(shown.heads, [
          "Video length",
          ...used.flatMap(([, { label }]) => (isUneven ? [label, `${label}, 1s more`] : [label])),
        ]);
        for (const [length, ...figures] of shown.rows) {
          const [first, last = first] = length.split("–").map(seconds);
          for (const [index, [id, balance]] of used.entries()) {
            for (const duration of [first, last]) {
              assert.equal(
                figures[isUneven ? index * 2 : index],
                write(card.totals({ ...some, duration })[id], balance),
                length,
              );
            }
            if (last === 14_400 || !isUneven) continue;
            const { delta } = card.diff({ ...some, duration: last }, { ...some, duration: last + 1 });
            assert.equal(figures[index * 2 + 1], `+${write(delta[id], balance)}`, length);
          }
          // one second less and one more cost something else, where a row is of several lengths
          if (last > first) {
            for (const duration of [first - 1, last + 1].filter((edge) => edge > 0 && edge <= 14_400)) {
              assert.notDeepEqual(card.totals({ ...some, duration }), card.totals({ ...some, duration: last }), length);
            }
          }
        }
      });
    }

    test("the length that is set stands in the table, alone marked, and no row moves", async () => {
      await set(ULTRA);
      const places = () =>
        driver.executeScript(() =>
          [...document.querySelectorAll(".lengths tr, #table .more")].map((node) => {
            const { y, height } = node.getBoundingClientRect();
            return [y + scrollY, height].map(Math.round);
          }),
        );
      const first = await places();
      for (const [duration, row] of [
        [200, "3:20"],
        [180, "3:00"],
        [0.5, "0:00.5"],
        [30, "0:01–0:30"],
        [31, "0:31"],
        [74.25, "1:14.25"],
        [3599, "59:59"],
        [14_399, "3:59:59"],
        [14_400, "4:00:00"],
        ["2:01", "2:01"],
      ]) {
        await set({ ...ULTRA, duration });
        const { now, rows } = await table();
        assert.deepEqual(now, [row]);
        const [, credits] = rows.find(([length]) => length === row);
        assert.equal(credits, write(card.totals({ ...ULTRA, duration }).credits, card.balances.credits));
        assert.deepEqual(rows.map(([length]) => length).at(0), duration === 0.5 ? row : "0:01–0:30");
        assert.deepEqual(rows.map(([length]) => length).at(-1), "4:00:00");
        assert.deepEqual(await places(), first, row);
      }
      await driver.executeScript(`${estimator}.value = "duration="`);
      await chapter(driver, "table");
      assert.deepEqual((await table()).now, []);
    });

    test("a press takes a length and keeps the rest, and the focus", async () => {
      await set({ ...ULTRA, images: 3, clips: [5] });
      const target = await lengthButton("10:00");
      await press(target);
      await chapter(driver, "table");
      assert.deepEqual(await usage(), { ...ULTRA, images: 3, clips: [5], duration: 600 });
      assert.deepEqual((await table()).now, ["10:00"]);
      // WebKit focuses no button that is clicked
      if (name !== "webkit") {
        assert.equal(await driver.executeScript("return document.activeElement === arguments[0]", target), true);
      }
      // the last of several that cost the same
      await press(await lengthButton("0:01–0:30"));
      assert.equal((await usage()).duration, 30);
    });

    test("by keyboard alone", async () => {
      await driver.executeScript("arguments[0].focus()", await lengthButton("1:30"));
      await driver.actions().sendKeys(Key.TAB, Key.ENTER).perform();
      await chapter(driver, "table");
      assert.equal((await usage()).duration, 120);
      assert.deepEqual((await table()).now, ["2:00"]);
    });

    test("all lengths, and fewer again", async () => {
      await set(ULTRA);
      const { rows: few, more: label } = await table();
      assert.equal(label, "All lengths");
      await more();
      const { rows, more: other, now } = await table();
      assert.equal(other, "Fewer lengths");
      assert.deepEqual(now, ["3:20"]);
      assert.ok(rows.length > 60 && rows.length <= 200, `${rows.length}`);
      const lengths = rows.map(([length]) => length);
      for (const [length] of few) assert.ok(lengths.includes(length), length);
      const ends = lengths.map((length) => seconds(length.split("–").at(-1)));
      assert.deepEqual(
        ends,
        [...ends].sort((one, another) => one - another),
      );
      await more();
      assert.deepEqual((await table()).rows, few);
    });

    test("another card: tiers, an end of what is offered, other steps, and counts where no length is asked for", async () => {
      const other = new RateCard(STEPS);
      await driver.executeScript(`${estimator}.card = arguments[0]`, STEPS);
      await chapter(driver, "table");
      const first = await table();
      assert.equal(first.courses, "Clip: another rate above 13s, then no price above 1m.");
      assert.deepEqual(first.heads, ["Clip", "Coins", "Coins, 1s more"]);
      assert.deepEqual(first.now, ["0:08"]);
      const figures = Object.fromEntries(first.rows.map(([length, figure]) => [length, figure]));
      // both sides of a jump
      for (const length of [2, 13, 14, 20, 30, 60]) {
        assert.equal(
          figures[`0:${`${length}`.padStart(2, "0")}`] ?? figures["1:00"],
          write(other.totals({ length }).coins, { decimals: 1 }),
        );
      }
      assert.equal(figures["1:01–1:30"], "Not offered");
      await set({ kind: "words", words: 98_000 });
      const second = await table();
      assert.equal(second.courses, "Words: more with every started 100 of words, then another rate above 99,900.");
      assert.deepEqual(second.now, ["97,901–98,000"]);
      for (const [length, figure] of second.rows) {
        for (const end of length.split("–")) {
          const words = Number(end.replaceAll(",", ""));
          assert.equal(figure, write(other.totals({ kind: "words", words }).coins, { decimals: 1 }), length);
        }
      }
      await press(await lengthButton("901–1,000"));
      assert.equal((await usage()).words, 1000);
      await driver.executeScript(`${estimator}.card = arguments[0]`, {
        ...STEPS,
        id: "other",
        inputs: STEPS.inputs.slice(0, 1),
        charges: [{ id: "one", balance: "coins", price: { amount: 1 } }],
      });
      await driver.executeScript(() => new Promise((done) => setTimeout(done, 50)));
      assert.equal(await driver.executeScript("return document.getElementById('table').hidden"), true);
    });

    test("many tiers are said in few words, and where no length counts there is no table", async () => {
      const tiers = Array.from({ length: 9 }, (_, index) => ({ upTo: (index + 1) * 10, amount: 10 - index }));
      await driver.executeScript(`${estimator}.card = arguments[0]`, {
        ...STEPS,
        id: "tiers",
        inputs: STEPS.inputs.slice(0, 2),
        charges: [{ ...STEPS.charges[0], price: { mode: "volume", tiers } }],
      });
      await chapter(driver, "table");
      const { courses, rows } = await table();
      const rates = [10, 20, 30, 40].map((at) => `another rate above ${at}s`);
      assert.equal(courses, `Clip: ${rates.join(", then ")}, then 4 more changes.`);
      // both sides of each jump, but for the one that the length that is set stands for
      assert.deepEqual(
        rows.map(([length]) => length).filter((length) => length.endsWith("1")),
        ["0:11", "0:21", "0:31", "0:41", "0:51", "1:01", "1:11", "1:21"],
      );
      await set({ kind: "words" });
      assert.deepEqual(
        [(await table()).courses, (await table()).rows.length],
        ["With these choices no length counts.", 0],
      );
      await set({ kind: "clip", length: 20 });
      assert.deepEqual((await table()).now, ["0:20"]);
    });

    for (const [width, height] of [
      [320, 568],
      [360, 740],
      [768, 1024],
    ]) {
      test(`${width} wide: nothing to scroll sideways`, async () => {
        await resize(driver, width, height);
        await load(driver, page);
        for (const some of [STOCK, ULTRA]) {
          await set(some);
          assert.deepEqual(await sidewaysOf(driver, "#table"), []);
          assert.ok((await table()).rows.length > 10);
        }
      });
    }

    test("axe-core finds nothing", async () => {
      for (const some of [STOCK, ULTRA]) {
        await set(some);
        assert.deepEqual(await violationsOf(driver, "#table"), []);
      }
    });

    if (name !== "chromium") return;

    for (const features of [{ "prefers-color-scheme": "dark" }, { "forced-colors": "active" }]) {
      test(`axe-core finds nothing with ${JSON.stringify(features)}`, async () => {
        await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", {
          features: Object.entries(features).map(([feature, value]) => ({ name: feature, value })),
        });
        await set(STOCK);
        assert.deepEqual(await violationsOf(driver, "#table"), []);
        await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features: [] });
      });
    }
  });
}
