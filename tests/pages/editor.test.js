// The timeline as an editor's user meets it: what an edit costs while it is made, and the way back from it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { RateCard } from "credit-estimator";
import { By, Key } from "selenium-webdriver";
import { names, open, resize } from "../harness/index.js";
import { problems, serveWatchedPage, until } from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { sample } = await import("../../www/editor/sample.js");

/** The project as the page opens it, priced here. */
const fresh = (count) => RateCard.invideoV4.restoreSession(sample(RateCard.invideoV4, count).session);
const credits = (value) => value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

for (const name of names) {
  describe(`the editor in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name, { width: 1280, height: 1000 });
    });
    after(async () => {
      await driver?.quit();
      await page?.close();
    });
    beforeEach(() => start());
    afterEach(async () => {
      // the next test begins with a project of its own
      await driver.executeScript("addEventListener('pagehide', () => sessionStorage.clear())");
      assert.deepEqual(await problems(driver), []);
    });

    async function start(query = "") {
      await driver.get(`${page.url}editor.html${query}`);
      await until(
        () => driver.executeScript("return document.querySelector('.clip') !== null"),
        "the timeline is there",
      );
    }

    /** What is shown, once the frame is drawn. */
    const shown = () =>
      driver.executeAsyncScript((done) => {
        const text = (selector, node = document) => node.querySelector(selector)?.textContent ?? "";
        const visible = (node) => node && !node.hidden;
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            done({
              totals: [...document.querySelectorAll(".figure-value")].map((node) => node.textContent),
              delta: text(".figure-delta"),
              left: text(".left"),
              most: text(".figure-most"),
              advice: text(".advice p"),
              fix: visible(document.querySelector(".advice .tool")) ? text(".advice .tool") : null,
              selected: text(".inspector-title"),
              status: text("[role=status]"),
              clips: [...document.querySelectorAll(".clip")]
                .map((node) => ({
                  id: node.dataset.id,
                  name: text(".clip-name", node),
                  length: text(".clip-length", node),
                  tag: text(".tag", node).trim(),
                  remixes: [...node.querySelectorAll(".remix")].filter(visible).map((node) => node.textContent),
                  x: node.getBoundingClientRect().x,
                }))
                .sort((one, other) => one.x - other.x),
            }),
          ),
        );
      });
    const clip = async (id) => (await shown()).clips.find((clip) => clip.id === id);
    const edge = (id) => driver.findElement(By.css(`[data-id="${id}"] .edge`));
    const type = (...keys) =>
      driver
        .actions()
        .sendKeys(...keys)
        .perform();
    const undo = () => driver.actions().keyDown(Key.CONTROL).sendKeys("z").keyUp(Key.CONTROL).perform();
    const redo = () =>
      driver
        .actions()
        .keyDown(Key.CONTROL)
        .keyDown(Key.SHIFT)
        .sendKeys("z")
        .keyUp(Key.SHIFT)
        .keyUp(Key.CONTROL)
        .perform();
    const press = (label) =>
      driver.executeScript(
        "[...document.querySelectorAll('.tool')].find((node) => node.firstChild?.textContent === arguments[0]).click()",
        label,
      );
    async function drag(id, ...pixels) {
      const { x, y } = await driver.executeScript(
        "const { x, y, width, height } = arguments[0].getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 }",
        await edge(id),
      );
      const at = (by) => ({ x: Math.round(x) + by, y: Math.round(y), duration: 50 });
      const actions = driver.actions({ async: true }).move(at(0)).press();
      for (const by of pixels) actions.move(at(by));
      await actions.release().perform();
    }

    test("it opens with what each chapter costs and what all of them come to", async () => {
      const session = fresh();
      const { totals, left, clips, advice } = await shown();
      assert.deepEqual(totals, [credits(session.totals.credits), `${session.totals.videoMinutes}`]);
      assert.equal(left, `${credits(200 - session.totals.credits)} of 200.00 left`);
      assert.match(advice, /Within budget/);
      const walkThrough = clips.find(({ id }) => id === "3");
      assert.deepEqual([walkThrough.length, walkThrough.tag], ["1m 35s", "10.00 credits 2 min"]);
      assert.deepEqual(clips.find(({ id }) => id === "4").remixes, ["3 images · 0.60", "2 clips · 2.67"]);
    });

    test("a drag of an edge is priced as it goes, and is one step back", async () => {
      const before = await shown();
      await drag("4", 30, 60, 120);
      const { totals, delta, status } = await shown();
      const session = fresh();
      const { delta: by } = session.update("4", { ...session.entry("4").usage, duration: 92 });
      assert.deepEqual(totals, [credits(session.totals.credits), "4"]);
      assert.equal(delta, `+${credits(by.credits)} by this edit`);
      assert.match(status, /^\+13\.34/);
      const dragged = await clip("4");
      assert.deepEqual([dragged.length, dragged.tag], ["1m 32s", "30.67 credits"]);
      await undo();
      const undone = await shown();
      assert.deepEqual([undone.totals, undone.clips], [before.totals, before.clips]);
      await redo();
      assert.deepEqual((await shown()).totals, totals);
    });

    test("tag, total, bar and delta change in the frame of the pointer's move", async () => {
      const [before, inFrame] = await driver.executeAsyncScript((done) => {
        const edge = document.querySelector('[data-id="4"] .edge');
        edge.setPointerCapture = () => {};
        const { x, y } = edge.getBoundingClientRect();
        const fire = (type, by) =>
          edge.dispatchEvent(
            new PointerEvent(type, { bubbles: true, pointerId: 9, button: 0, clientX: x + by, clientY: y + 9 }),
          );
        const read = () => [
          document.querySelector('[data-id="4"] .tag').textContent.trim(),
          document.querySelector('[data-id="4"] .tip').textContent,
          document.querySelector(".figure-value").textContent,
          document.querySelector(".figure-delta").textContent,
          document.querySelector(".bar").style.getPropertyValue("--now"),
        ];
        fire("pointerdown", 0);
        requestAnimationFrame(() => {
          const before = read();
          fire("pointermove", 60);
          // asked for after the page's own, so called after it and before the frame is painted
          requestAnimationFrame(() => {
            const now = read();
            // the receipt follows while the pointer rests, still down
            setTimeout(() => {
              now.push(document.querySelector(".receipt-amount").textContent);
              fire("pointerup", 60);
              done([before, now]);
            }, 400);
          });
        });
      });
      assert.equal(inFrame.pop(), "24.00");
      assert.deepEqual(inFrame.slice(0, 4), ["24.00 credits", "+6.67 credits", "157.00", "+6.67 by this edit"]);
      for (const [index, text] of before.entries()) assert.notEqual(text, inFrame[index]);
    });

    test("by keyboard alone: to a chapter, along its edge, and back", async () => {
      await driver.executeScript("document.querySelector('[data-id=\"1\"] .clip-body').focus()");
      await type(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.TAB);
      assert.equal(
        await driver.executeScript("return document.activeElement.getAttribute('aria-label')"),
        "Length of Close-ups",
      );
      await type(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.PAGE_UP, Key.ARROW_LEFT);
      const { clips, selected } = await shown();
      assert.equal(selected, "Close-ups");
      assert.deepEqual(clips.find(({ id }) => id === "4").tag, "21.00 credits");
      assert.equal(
        await driver.executeScript("return document.activeElement.getAttribute('aria-valuetext')"),
        "1 minute 3 seconds, 21.00 credits",
      );
      assert.notEqual(
        await driver.executeScript("return getComputedStyle(document.activeElement).outlineStyle"),
        "none",
      );
      await undo();
      assert.equal((await clip("4")).length, "52s");
    });

    test("split, add, replace and remove, and every step back", async () => {
      const before = await shown();
      await press("Split");
      assert.deepEqual(
        (await shown()).clips.slice(0, 2).map(({ length, tag }) => [length, tag]),
        [
          ["12s", "10.00"],
          ["12s", "10.00"],
        ],
      );
      await press("Add chapter");
      await press("Replace image");
      await press("Replace clip");
      const { clips, selected, totals } = await shown();
      assert.equal(selected, "New chapter");
      assert.deepEqual(clips.find(({ name }) => name === "New chapter").remixes, ["1 image · 0.20", "1 clip · 1.67"]);
      assert.equal(totals[0], credits(150.33 + 10 + 10 + 1.87));
      await press("Remove");
      assert.equal((await shown()).totals[0], credits(150.33 + 10));
      for (let step = 0; step < 5; step++) await press("Undo");
      const after = await shown();
      assert.deepEqual([after.totals, after.clips], [before.totals, before.clips]);
    });

    test("a chapter that goes leaves the focus to the next, and all of them can go", async () => {
      await driver.executeScript("document.querySelector('[data-id=\"2\"] .clip-body').focus()");
      await type(Key.DELETE);
      assert.equal((await shown()).selected, "Walk-through");
      assert.match(await driver.executeScript("return document.activeElement.textContent"), /^Walk-through/);
      await type(...Array(6).fill(Key.DELETE));
      const { clips, selected, totals } = await shown();
      assert.deepEqual([clips, selected, totals], [[], "", ["0.00", "0"]]);
      await press("Add chapter");
      assert.deepEqual(
        (await shown()).clips.map(({ name }) => name),
        ["New chapter"],
      );
      for (let step = 0; step < 8; step++) await press("Undo");
      assert.equal((await shown()).clips.length, 7);
    });

    test("a choice says what it would change, and does so", async () => {
      const option = (value) => driver.findElement(By.xpath(`//input[@value="${value}"]/..`));
      assert.match(await (await option("ultra")).getText(), /\+10\.00/);
      await driver.executeScript("document.querySelector('input[value=ultra]').click()");
      const { totals, clips } = await shown();
      assert.deepEqual([totals[0], clips[0].tag], ["160.33", "20.00"]);
    });

    test("too much is said at once, with what would fit", async () => {
      await driver.executeScript("document.querySelector('[data-id=\"2\"] .edge').focus()");
      await driver.executeScript(() => {
        const edge = document.activeElement;
        for (let count = 0; count < 16; count++) {
          edge.dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
        }
      });
      const { advice, left, fix } = await shown();
      assert.match(advice, /^Too much: Takes 267 credits, 67 credits more than the balance of 200 credits\./);
      assert.equal(left, "67.00 over the 200.00");
      assert.equal(fix, "Shorten “Why it exists” to 2m 15s");
      await driver.findElement(By.css(".advice .tool")).click();
      const fitted = await shown();
      assert.deepEqual([(await clip("2")).length, fitted.fix], ["2m 15s", null]);
      assert.match(fitted.advice, /^Look out: .*90 % of the balance/);
    });

    test("a length that is not known yet has a range and no guess", async () => {
      await press("Add from script");
      const { totals, most, clips } = await shown();
      const { length, tag } = clips.find(({ name }) => name === "From script");
      assert.deepEqual([length, tag], ["20s–1m 30s", "10.00–30.00 credits"]);
      assert.deepEqual([totals[0], most], ["160.33", "up to 180.33 when all lengths are known"]);
    });

    test("a reload finds the edits", async () => {
      await press("Add chapter");
      const before = await shown();
      await start();
      const { totals, clips } = await shown();
      assert.deepEqual([totals, clips], [before.totals, before.clips]);
    });

    test("a thousand chapters are summed, and only those in view are drawn", async () => {
      await start("?clips=1000");
      const session = fresh(1000);
      const { totals, clips } = await shown();
      assert.deepEqual(totals, [credits(session.totals.credits), `${session.totals.videoMinutes}`]);
      assert.ok(clips.length < 40, `${clips.length} drawn`);
      await driver.executeScript("document.querySelector('[data-id=\"1\"] .clip-body').focus()");
      await type(Key.END);
      const atEnd = await shown();
      assert.equal(atEnd.selected, "Questions 1000".replace("Questions", atEnd.clips.at(-1).name.replace(/ \d+$/, "")));
      assert.equal(atEnd.clips.at(-1).id, "1000");
      assert.ok(atEnd.clips.length < 40, `${atEnd.clips.length} drawn`);
    });

    test("its two figures stand on one line, and it leads back to the estimator", async () => {
      const { baselines, links, units } = await driver.executeScript(() => ({
        // an empty inline block stands on the line itself
        baselines: [...document.querySelectorAll(".figure-value")].map((node) => {
          const mark = node.appendChild(document.createElement("span"));
          mark.style.display = "inline-block";
          const { bottom } = mark.getBoundingClientRect();
          mark.remove();
          return Math.round(bottom);
        }),
        links: [...document.querySelectorAll(".masthead a")].map((node) => node.getAttribute("href")),
        units: [...document.querySelectorAll(".figure-unit")].map((node) => node.textContent),
      }));
      assert.equal(baselines[0], baselines[1]);
      assert.deepEqual(links, ["./", "./"]);
      assert.deepEqual(
        units,
        Object.values(RateCard.invideoV4.balances).map(({ label }) => label),
      );
    });

    test("axe-core finds nothing, and a phone shows all of it", async () => {
      await press("Add from script");
      for (const [width, height] of [
        [1280, 1000],
        [360, 740],
      ]) {
        await resize(driver, width, height);
        await shown();
        await driver.executeScript(AXE);
        const { violations, passes } = await driver.executeScript("return axe.run()");
        assert.ok(passes.length > 20);
        assert.deepEqual(
          violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
          ),
          [],
        );
        const overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert.equal(await driver.executeScript(overflow), 0);
      }
      await resize(driver, 1280, 1000);
    });

    if (name !== "chromium") return;

    test("nothing moves while it loads, on a phone neither", async () => {
      for (const [width, height] of [
        [360, 740],
        [1280, 1000],
      ]) {
        await resize(driver, width, height);
        await start();
        const moved = await driver.executeAsyncScript((done) => {
          let sum = 0;
          const observer = new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) sum += value;
          });
          observer.observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        });
        assert.equal(moved, 0, `${width}`);
      }
    });
  });
}
