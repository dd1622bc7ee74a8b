// What a balance buys: whether the video fits, how often, and the longest one of every kind. All figures are those of the
// package, asked here.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { RateCard } from "credit-estimator";
import { Key } from "selenium-webdriver";
import { mostly, open, resize } from "../harness/index.js";
import { chapter, violationsOf } from "./chapter.js";
import { durationField, enter, load, make, press, problems, serveWatchedPage, until } from "./page.js";

const card = RateCard.invideoV4;

/** A card with other choices, more balances, a toggle, a shortest length, and a length that is not offered. */
const OTHER = {
  id: "studio",
  title: "Studio",
  balances: {
    coins: { label: "Coins", decimals: 0 },
    gpu: { label: "GPU seconds", decimals: 1 },
    seats: { decimals: 3 },
  },
  inputs: [
    { id: "sharp", kind: "toggle", label: "High definition" },
    { id: "length", kind: "duration", label: "Clip", min: 2, max: 90, step: 0.5, initial: 8 },
    { id: "voice", kind: "choice", label: "Voice", default: "a", options: [{ id: "a" }, { id: "b" }] },
  ],
  charges: [
    {
      id: "render",
      balance: "coins",
      quantity: { of: "length", increment: 4 },
      price: { amount: { by: "sharp", true: 3, false: 2 } },
    },
    {
      id: "voice",
      balance: "gpu",
      when: { voice: "b" },
      quantity: { of: "length" },
      price: { tiers: [{ upTo: 30, amount: "1.7" }], mode: "volume" },
    },
  ],
  plans: [{ id: "small", label: "Small", price: { amount: 5, currency: "USD" }, allowances: { coins: 40 } }],
};

/** The longest of every kind, with the options that cost the same together. */
const KINDS = [
  ["Generative", "PRO", "None"],
  ["Generative", "PRO", "Human, Virtual Pro, or Own avatar"],
  ["Generative", "ULTRA", "None"],
  ["Generative", "ULTRA", "Human, Virtual Pro, or Own avatar"],
  ["Stock / basic", "None"],
  ["Stock / basic", "Human, Virtual Pro, or Own avatar"],
];
const USAGES = ["pro", "ultra", undefined].flatMap((model) =>
  ["none", "human"].map((actor) => (model ? { media: "generative", model, actor } : { media: "stock", actor })),
);
const brief = (seconds) =>
  [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ]
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");

for (const name of mostly("chromium")) {
  describe(`what a balance buys in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name, { width: 1280, height: 1000 });
    });
    beforeEach(async () => {
      await resize(driver, 1280, 1000);
      await load(driver, page);
      await show();
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const find = (selector, index = 0) =>
      driver.executeScript((some, at) => document.querySelectorAll(`#balance ${some}`)[at], selector, index);
    /** Once it stands still: the chapters above come when they are drawn. */
    const show = async () => {
      await chapter(driver, "balance");
      await driver.executeAsyncScript((done) => {
        const node = document.querySelector("#balance");
        let before;
        let count = 0;
        const look = () => {
          node.scrollIntoView({ behavior: "instant" });
          const { top } = node.getBoundingClientRect();
          count = top === before ? count + 1 : 0;
          before = top;
          if (count > 5) done();
          else setTimeout(look, 30);
        };
        look();
      });
    };
    const shown = () =>
      driver.executeScript(() => {
        const all = (selector, node = document) => [...node.querySelectorAll(selector)];
        const text = (node) => node.textContent.trim();
        return {
          given: all("#balance .entry").map(({ value }) => value),
          sliders: all(".gauge-slider").map((node) => node.getAttribute("aria-valuetext")),
          notes: all(".gauge-note").map(text),
          verdict: document.querySelector(".verdict").dataset.verdict,
          answer: text(document.querySelector(".verdict strong")),
          reason: text(document.querySelector(".verdict span")),
          bars: all(".reach").map((node) => ({
            kind: all(".reach-choice:not([hidden]) .reach-option", node).map(text),
            limit: text(node.querySelector(".reach-why span:last-child")),
            takes: all(".reach-amount:not([hidden])", node).map(text),
            length: text(node.querySelector(".reach-length")),
            isNow: node.getAttribute("aria-current") === "true",
          })),
        };
      });
    /** Waits for what the next frame draws. */
    const drawn = () => driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    const give = async (...texts) => {
      for (const [index, text] of texts.entries()) {
        await enter(await find(".entry", index), (text === "" ? Key.BACK_SPACE : text) + Key.TAB);
      }
    };
    // what is undefined would come as null
    const usage = async () =>
      JSON.parse(await driver.executeScript("return JSON.stringify(document.querySelector('credit-estimator').usage)"));

    /** Opens a link to the page. */
    const follow = async (state) => {
      await driver.get("about:blank");
      await load(driver, { ...page, url: `${page.url}#${state}` });
      await chapter(driver, "balance");
    };
    const hash = () => driver.executeScript("return location.hash.slice(1)");

    test("what there is stands in the address, there and back", async () => {
      const state = "media=generative&model=pro&actor=none&duration=60";
      await give("141.5", "7");
      await until(async () => (await hash()).includes("Minutes"), "the address follows");
      assert.equal(await hash(), `${state}&balance.credits=141.5&balance.videoMinutes=7`);
      const before = await shown();
      await follow(await hash());
      assert.deepEqual(await shown(), before);
      await press(await find(".gauge .text-button"));
      await until(async () => (await hash()).includes("credits=&"), "no limit is in the address too");
      await follow(await hash());
      const { given } = await shown();
      assert.deepEqual(given, ["", "7"]);
      await driver.executeScript(`location.hash = "${state}&balance.videoMinutes=0"`);
      await until(async () => (await shown()).given[1] === "0", "another link on the same page");
      assert.deepEqual((await shown()).given, ["100", "0"]);
    });

    test("what nobody entered is not in the address", async () => {
      await make(driver, { duration: "2:00" });
      await until(async () => (await hash()).endsWith("duration=120"), "the address follows");
    });

    test("what a link says and no balance can be is said, and the rest is taken", async () => {
      for (const [says, given, note, unknown] of [
        ["balance.credits=abc", "200", "Not taken over: “abc”. A number from 0 to 100,000,000, such as 12.5", ""],
        ["balance.credits=-1", "200", "Not taken over: “-1”. A number from 0 to 100,000,000, such as 12.5", ""],
        ["balance.credits=1.234", "200", "Not taken over: “1.234”. A number from 0", ""],
        ["balance.credits=1&balance.credits=2", "200", "Not taken over: “1&2”. A number from 0", ""],
        [
          "balance.coins=5&balance.credits=90",
          "90",
          "This video takes 40.00",
          "Not taken over: there is no balance “coins”.",
        ],
      ]) {
        await follow(`duration=120&${says}&balance.videoMinutes=3`);
        const now = await shown();
        assert.deepEqual(now.given, [given, "3"], says);
        assert.ok(now.notes[0].startsWith(note), now.notes[0]);
        assert.equal(
          await driver.executeScript(
            "return document.querySelector('.purse-unknown:not([hidden])')?.textContent ?? ''",
          ),
          unknown,
        );
        assert.equal((await usage()).duration, "120");
      }
      await give("80");
      await until(
        async () => (await hash()).endsWith("duration=120&balance.credits=80&balance.videoMinutes=3"),
        "what is refused is forgotten",
      );
    });

    test("it starts with twice what the dearest way takes, to the next round number", async () => {
      const dearest = card.estimate({ model: "ultra", actor: "human", duration: 60 }).totals.credits;
      const { given } = await shown();
      assert.ok(dearest * 2 <= Number(given[0]) && Number(given[0]) < dearest * 5, given[0]);
      assert.equal(given[1], `${card.estimate({ media: "stock", duration: 60 }).totals.videoMinutes * 2}`);
    });

    for (const [credits, videoMinutes] of [
      ["100", "3"],
      ["28", "0"],
      ["33.33", ""],
      ["", "7"],
      ["", ""],
      ["0", ""],
      ["100000", "100000"],
    ]) {
      test(`the longest of every kind for ${credits || "any"} credits and ${videoMinutes || "any"} minutes`, async () => {
        await give(credits, videoMinutes);
        const within = { ...(credits && { credits }), ...(videoMinutes && { videoMinutes }) };
        const { bars } = await shown();
        assert.deepEqual(
          bars.map(({ kind }) => kind),
          KINDS,
        );
        for (const [index, usage] of USAGES.entries()) {
          const fit = card.fit(usage, { vary: "duration", within, from: 1, step: 1 });
          const { length, limit, takes } = bars[index];
          const isFree = fit.reason === "max" && Object.keys(within).every((id) => fit.estimate.totals[id] === 0);
          const expected = isFree ? "no limit" : fit.value === undefined ? fit.sentence : brief(fit.value);
          assert.equal(length, expected, JSON.stringify(usage));
          const totals = length === brief(fit.value ?? 0) ? fit.estimate.totals : {};
          const limits = fit.limitedBy.map((id) => (id === "credits" ? "credits" : "video minutes")).join(" and ");
          if (fit.reason === "balance") assert.equal(limit, limits);
          assert.deepEqual(takes, [
            ...(totals.credits ? [`${totals.credits.toLocaleString("en", { minimumFractionDigits: 2 })} credits`] : []),
            ...(totals.videoMinutes ? [`${totals.videoMinutes} video minutes`] : []),
          ]);
        }
      });
    }

    // 210 s take 70 credits; "4 h" of stock without an actor take none
    for (const [what, set, given, answer] of [
      ["fits", { duration: "3:30" }, ["141", ""], "This video fits 2 times."],
      ["fits once", { duration: "3:30" }, ["139.99", ""], "This video fits once."],
      ["warns", { duration: "3:30" }, ["70", ""], "This video fits once."],
      ["does not fit", { duration: "3:30" }, ["69.99", ""], "This video does not fit."],
      ["lacks minutes", { media: "stock", duration: "3:30" }, ["", "3"], "This video does not fit."],
      ["takes no minutes", { duration: "3:30" }, ["", "5"], "This video takes no video minutes."],
      ["takes nothing", { duration: "0" }, ["5", "5"], "This video takes no credits or video minutes."],
      ["has no limit", { duration: "3:30" }, ["", ""], "No balance is given, so every video fits."],
    ]) {
      test(`a video that ${what}`, async () => {
        await make(driver, set);
        await show();
        await give(...given);
        const now = await shown();
        const balances = Object.fromEntries(
          Object.keys(card.balances).flatMap((id, i) => (given[i] ? [[id, given[i]]] : [])),
        );
        const guardrails = Object.keys(balances).map((balance) => ({ balance, of: "share", warn: 0.8 }));
        const check = card.check(await usage(), { balances, guardrails });
        assert.deepEqual([now.answer, now.verdict], [answer, check.verdict]);
        for (const { level, sentence } of check.reasons) {
          assert.equal(now.reason.includes(sentence), level === check.verdict, sentence);
        }
        for (const { sentence } of check.fits) assert.ok(now.reason.includes(sentence), now.reason);
        for (const [index, [id, balance]] of Object.entries(card.balances).entries()) {
          const figure = (value) => value.toFixed(balance.decimals);
          const [left, short] = [check.remaining[id], check.shortfall[id]];
          const end = short
            ? `${figure(short)} missing`
            : left === undefined
              ? "there is no limit"
              : `${figure(left)} left`;
          const takes = `${figure(check.estimate.totals[id])} ${balance.label.toLowerCase()}`;
          assert.equal(now.notes[index], `This video takes ${takes}, ${end}`);
        }
      });
    }

    test("a bar that is pressed is made: its choices and its length", async () => {
      await give("100", "");
      for (const [index, wanted] of USAGES.entries()) {
        await press(await find(".reach", index));
        await drawn();
        const now = await usage();
        for (const [id, value] of Object.entries(wanted)) assert.equal(now[id], value);
        const isFree = wanted.media === "stock" && wanted.actor === "none";
        const fit = card.fit(wanted, { vary: "duration", within: { credits: 100 }, step: 1 });
        if (!isFree) assert.equal(now.duration, fit.value);
        const { bars, answer } = await shown();
        assert.deepEqual(
          bars.map(({ isNow }) => isNow),
          bars.map((_, at) => at === index),
        );
        assert.equal(answer, isFree ? "This video takes no credits." : "This video fits once.");
      }
    });

    test("an option stays that costs the same as the first of its kind", async () => {
      await make(driver, { actor: "ownAvatar" });
      await show();
      await press(await find(".reach", 3));
      await drawn();
      const { model, actor } = await usage();
      assert.deepEqual([model, actor], ["ultra", "ownAvatar"]);
    });

    test("the hairline stands below the slider's thumb, and bars end where their length lies on it", async () => {
      const places = () =>
        driver.executeScript(() => {
          const { shadowRoot } = document.querySelector("credit-estimator");
          const track = shadowRoot.querySelector(".track").getBoundingClientRect();
          const thumb =
            track.x + Number(shadowRoot.querySelector(".rail").style.getPropertyValue("--at")) * track.width;
          const top = document.querySelector(".reach-top").getBoundingClientRect();
          const now = Number(document.querySelector(".reaches").style.getPropertyValue("--now"));
          return { thumb, hairline: top.x + now * top.width };
        });
      for (const length of ["1", "59", "4:59", "7:30", "59:00", "3:59:00"]) {
        await enter(await durationField(driver), length);
        await drawn();
        await show();
        await drawn();
        const { thumb, hairline } = await places();
        assert.ok(Math.abs(thumb - hairline) < 1, `${length}: ${thumb} ${hairline}`);
      }
      await give("100", "");
      await press(await find(".reach", 2));
      await drawn();
      const { thumb } = await places();
      const end = await driver.executeScript(
        (node) => node.getBoundingClientRect().right,
        await find(".reach[aria-current] .reach-bar"),
      );
      assert.ok(Math.abs(thumb - end) < 1, `${thumb} ${end}`);
    });

    test("keyboard alone: a slider, a field, a bar", async () => {
      const type = (...keys) =>
        driver
          .actions()
          .sendKeys(...keys)
          .perform();
      await driver.executeScript((node) => node.focus(), await find(".gauge-slider"));
      const before = Number((await shown()).given[0]);
      await type(Key.ARROW_RIGHT, Key.ARROW_RIGHT);
      const { given, sliders } = await shown();
      assert.equal(Number(given[0]), before + 2);
      assert.equal(sliders[0], `${before + 2}.00`);
      await driver.executeScript((node) => node.focus(), await find(".reach"));
      await type(Key.TAB, Key.ENTER);
      await drawn();
      assert.equal((await usage()).actor, "human");
      const focused = await driver.executeScript(() => document.activeElement.getAttribute("aria-current"));
      assert.equal(focused, "true", "the focus stays on the bar that was pressed");
    });

    test("what is left out is put back as it was", async () => {
      await give("64", "9");
      const leave = await find(".gauge .text-button");
      await press(leave);
      assert.deepEqual((await shown()).given, ["", "9"]);
      await press(leave);
      assert.deepEqual((await shown()).given, ["64", "9"]);
    });

    test("credits that are left out are named where nothing else is taken", async () => {
      await make(driver, { model: "ultra", actor: "human", duration: "2:01" });
      await show();
      await give("", "5");
      const { answer, reason } = await shown();
      assert.deepEqual([answer, reason], ["This video takes no video minutes.", "No limit is given for credits."]);
    });

    const decimals = "A number with up to 2 decimals, such as 12.5";
    const range = "A number from 0 to 100,000,000, such as 12.5";
    for (const [text, words] of [
      ["1e9", range],
      ["-5", range],
      // Chromium leaves the comma out of what is typed
      ["1.000,5", name === "chromium" ? decimals : range],
      ["70.0001", decimals],
      ["7e99", range],
    ]) {
      test(`${text} is refused in words, and nothing is answered to it`, async () => {
        await give("141", "3");
        const { notes, bars, answer } = await shown();
        await give(text);
        const now = await shown();
        assert.equal(now.notes[0], words);
        assert.deepEqual(
          [now.answer, now.reason, now.verdict],
          ["No answer yet.", "It needs a valid number of credits.", null],
        );
        assert.equal(now.sliders[0], "no number");
        assert.doesNotMatch(now.notes[1], /left|missing|limit/);
        assert.equal(await (await find(".entry")).getAttribute("aria-invalid"), "true");
        const left = await driver.executeScript(() =>
          [
            ...document.querySelectorAll(
              "#balance .reach, #balance .reach :is(.reach-why > *, .reach-amount, i, .reach-length)",
            ),
          ]
            .filter((node) =>
              node.matches("button") ? !node.disabled : node.checkVisibility({ visibilityProperty: true }),
            )
            .map(({ className }) => className),
        );
        assert.deepEqual(left, []);
        await give("141");
        const again = await shown();
        assert.deepEqual([again.notes, again.bars, again.answer], [notes, bars, answer]);
      });
    }

    test("what is put back is never the beginning of a text that was refused", async () => {
      await give("141");
      await give("1e9");
      const leave = await find(".gauge .text-button");
      await press(leave);
      assert.equal((await shown()).given[0], "");
      await press(leave);
      assert.equal((await shown()).given[0], "141");
    });

    test("another card: its own choices, balances, lengths and plan", async () => {
      await driver.executeScript((other) => {
        document.querySelector("credit-estimator").card = other;
      }, OTHER);
      await drawn();
      await show();
      const other = new RateCard(OTHER);
      const { given, bars } = await shown();
      assert.deepEqual(given, ["40", "50", ""]);
      const within = { coins: 40, gpu: 50 };
      const expected = [false, true].flatMap((sharp) =>
        ["a", "b"].map((voice) => {
          const fit = other.fit({ sharp, voice }, { vary: "length", within, from: 2, step: 1 });
          const { coins, gpu } = fit.estimate.totals;
          return {
            kind: [sharp ? "Yes" : "No", voice],
            limit: { balance: fit.limitedBy.includes("coins") ? "coins" : "GPU seconds", max: "the longest there is" }[
              fit.reason
            ],
            takes: [...(coins ? [`${coins} coins`] : []), ...(gpu ? [`${gpu.toFixed(1)} GPU seconds`] : [])],
            length: brief(fit.value),
            isNow: !sharp && voice === "a",
          };
        }),
      );
      assert.deepEqual(bars, expected);
    });

    for (const width of [320, 768, 1440]) {
      test(`${width} wide: nothing to scroll sideways, nothing cut, targets large enough`, async () => {
        await resize(driver, width, 900);
        await load(driver, page);
        await show();
        for (const given of [
          ["100", "3"],
          ["0", "0"],
          ["100000000", "100000000"],
        ]) {
          await give(...given);
          const { scroll, cut, small } = await driver.executeScript(() => {
            const all = (selector) => [...document.querySelectorAll(`#balance :is(${selector})`)];
            const box = (node) => node.getBoundingClientRect();
            return {
              scroll: document.scrollingElement.scrollWidth - innerWidth,
              cut: all("span, p, input:not([type=range]), button")
                .filter((node) => box(node).left < 0 || box(node).right > innerWidth)
                .map(({ textContent }) => textContent),
              small: all("button, input")
                .filter((node) => box(node).width < 44 || box(node).height < 44)
                .map(({ className }) => className),
            };
          });
          assert.deepEqual({ scroll: Math.max(scroll, 0), cut, small }, { scroll: 0, cut: [], small: [] });
        }
      });
    }

    for (const width of [320, 360, 768, 1440]) {
      test(`${width} wide: bars are whole up to their ends, and the hairline goes through no words`, async () => {
        await resize(driver, width, 900);
        await load(driver, page);
        await make(driver, { duration: "3:30" });
        await show();
        for (const given of [
          ["500", "10"],
          ["5", "1"],
          ["100000", "100000"],
        ]) {
          await give(...given);
          const covered = await driver.executeScript(() => {
            const all = (selector) => [...document.querySelectorAll(`#balance ${selector}`)];
            const hairline = (track) => {
              const { top, height } = getComputedStyle(track, "::after");
              const start = track.getBoundingClientRect().top + Number.parseFloat(top);
              return { top: start, bottom: start + Number.parseFloat(height) };
            };
            const crosses = (a, b) => a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
            const texts = all(".reach").flatMap((row) => {
              const words = [...row.querySelectorAll(".reach-choice, .reach-why, .reach-amount")];
              const lines = words.map((node) => node.getBoundingClientRect()).filter(({ width }) => width > 1);
              const line = hairline(row.querySelector(".reach-track"));
              return lines.filter((box) => crosses(box, line)).map(() => row.textContent);
            });
            const bars = all(".reach[data-bar]").filter((row) => {
              const bar = row.querySelector(".reach-bar").getBoundingClientRect();
              const text = row.querySelector(".reach-length").getBoundingClientRect();
              return crosses(bar, text) && text.left < bar.right && bar.left < text.right;
            });
            return [texts, bars.map(({ textContent }) => textContent)];
          });
          assert.deepEqual(covered, [[], []], given.join(" "));
        }
      });
    }

    test("a bar is whole where the axis is even, and goes on in dashes", async () => {
      await give("500", "4");
      const bars = await driver.executeScript(() => {
        const marks = [...document.querySelectorAll(".reach-mark")];
        const box = marks.find(({ textContent }) => textContent === "5m").getBoundingClientRect();
        return [...document.querySelectorAll(".reach[data-bar] .reach-bar")].map((bar) => {
          const { left, width } = bar.getBoundingClientRect();
          const { backgroundImage, backgroundSize } = getComputedStyle(bar);
          const [, share, rest = "0"] = /^calc\((-?[\d.]+)% ([+-] [\d.]+)px\)/.exec(backgroundSize) ?? [];
          const whole = (share / 100) * width + Number(rest.replace(" ", ""));
          const isFar = width > box.left - left + box.width;
          const isRight = isFar ? Math.abs(left + whole - (box.left + box.width / 2)) < 2 : whole >= width;
          return [/repeating/.test(backgroundImage), isFar, isRight];
        });
      });
      const far = [true, true, true];
      assert.deepEqual(bars, [far, far, far, far, [true, false, true], [true, false, true]]);
    });

    for (const [what, given] of [
      ["as it opens", []],
      ["with too little", ["1", ""]],
      ["with no number", ["-1", ""]],
    ]) {
      test(`axe-core finds nothing ${what}`, async () => {
        await give(...given);
        assert.deepEqual(await violationsOf(driver, "#balance"), []);
      });
    }
  });
}
