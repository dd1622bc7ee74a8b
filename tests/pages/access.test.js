// The page for everyone: what axe-core finds, small and large windows, the spoken status, other colours, and no engine at all.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { names, open, resize, servePage } from "../harness/index.js";
import {
  choose,
  durationField,
  enter,
  inside,
  load,
  make,
  problems,
  serveWatchedPage,
  shown,
  still,
  until,
} from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LONGEST = { model: "ultra", actor: "virtualPro", duration: "4:00:00", images: 10_000, clips: ["600", "9:59"] };

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const STATES = [
  ["as it opens", {}],
  ["with every control in use", LONGEST],
  ["with both balances", { media: "stock", actor: "human", duration: "2:01" }],
  ["with an error", { duration: "3:3x" }],
];

for (const name of names) {
  describe(`the page for everyone in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await resize(driver, 1280, 800);
      await load(driver, page);
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const audit = async () => {
      await still(driver);
      await driver.executeScript(AXE);
      const { violations, passes } = await driver.executeScript("return axe.run({ preload: false })");
      assert.ok(passes.length > 20, `${passes.length} rules passed`);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    };
    const emulate = (features) =>
      driver.sendDevToolsCommand("Emulation.setEmulatedMedia", {
        features: Object.entries(features).map(([feature, value]) => ({ name: feature, value })),
      });

    for (const [state, usage] of STATES) {
      test(`axe-core finds nothing ${state}`, async () => {
        if (Object.keys(usage).length > 0) await make(driver, usage);
        assert.deepEqual(await audit(), []);
      });
    }

    for (const [width, height] of [
      [320, 568],
      [360, 740],
      [768, 1024],
      [1440, 900],
    ]) {
      test(`${width} wide: nothing to scroll sideways, nothing cut, targets large enough`, async () => {
        await resize(driver, width, height);
        await load(driver, page);
        for (const usage of [{}, LONGEST]) {
          if (usage.duration) await make(driver, usage);
          const { scroll, cut, small } = await driver.executeScript(() => {
            const { shadowRoot } = document.querySelector("credit-estimator");
            const boxes = (selector) =>
              [...shadowRoot.querySelectorAll(selector)].filter((node) => node.checkVisibility());
            const name = (node) => node.getAttribute("aria-label") ?? node.textContent;
            const wide = (node) => {
              const { left, right } = node.getBoundingClientRect();
              return left < 0 || right > innerWidth;
            };
            const tight = (node) => {
              const { width, height } = node.getBoundingClientRect();
              return width < 44 || height < 44;
            };
            return {
              scroll: document.scrollingElement.scrollWidth - innerWidth,
              cut: boxes(".figure-value, .segment, button, .entry, td, th, li").filter(wide).map(name),
              small: boxes("button, .segment, .entry, .slider").filter(tight).map(name),
            };
          });
          assert.deepEqual({ scroll: Math.max(scroll, 0), cut, small }, { scroll: 0, cut: [], small: [] });
        }
      });
    }

    test("at 400 % nothing is cut, and what has the focus is seen beside the total", async () => {
      await resize(driver, 320, 256);
      await load(driver, page);
      await make(driver, LONGEST);
      // what stands above has its hints and explanations by then
      await pause(600);
      await still(driver);
      const first = "return document.querySelector('credit-estimator').shadowRoot.querySelector('.step')";
      const last =
        "return [...document.querySelector('credit-estimator').shadowRoot.querySelectorAll('button, .entry')].at(-1)";
      const hidden = [];
      const forth = () => driver.actions().sendKeys(Key.TAB).perform();
      const back = () => driver.actions().keyDown(Key.SHIFT).sendKeys(Key.TAB).keyUp(Key.SHIFT).perform();
      for (const [start, go, undo] of [
        [first, forth, back],
        [last, back, forth],
      ]) {
        await driver.executeScript((node) => node.focus(), await driver.executeScript(start));
        for (let count = 0; count < 24; count++) {
          const look = () =>
            driver.executeScript(() => {
              const { shadowRoot } = document.querySelector("credit-estimator");
              const node = shadowRoot.activeElement;
              if (!node) return undefined;
              const total = shadowRoot.querySelector(".total").getBoundingClientRect();
              const { top, bottom, left, right } = node.getBoundingClientRect();
              const covered =
                getComputedStyle(shadowRoot.querySelector(".total")).position === "sticky" ? total.bottom : 0;
              return {
                name: node.getAttribute("aria-label") ?? node.id,
                isSeen:
                  top >= Math.max(covered, 0) - 1 &&
                  (top + bottom) / 2 <= innerHeight &&
                  left >= 0 &&
                  right <= innerWidth,
                box: [top, bottom, covered],
                scroll: document.scrollingElement.scrollWidth - innerWidth,
              };
            });
          let seen = await look();
          // a browser may scroll to what has the focus in a later frame, and Firefox now and then when it comes again
          for (let tries = 0; seen?.isSeen === false && tries < 30; tries++) {
            await pause(50);
            if (tries % 10 === 9) {
              await undo();
              await go();
            }
            seen = await look();
          }
          if (!seen) break;
          if (!seen.isSeen || seen.scroll > 0) hidden.push(seen);
          await go();
        }
      }
      assert.deepEqual(hidden, []);
    });

    test("the total stays in view on a phone", async () => {
      await resize(driver, 360, 640);
      await load(driver, page);
      await driver.executeScript("scrollTo(0, document.querySelector('credit-estimator').offsetHeight / 2)");
      const [scrolled, top] = await driver.executeScript(() => [
        scrollY,
        document.querySelector("credit-estimator").shadowRoot.querySelector(".figure-value").getBoundingClientRect()
          .top,
      ]);
      assert.ok(scrolled > 200 && top >= 0 && top < 100, `${scrolled} ${top}`);
    });

    test("the figures stand still while they change", async () => {
      const places = () =>
        driver.executeScript(() => {
          document.activeElement.blur();
          scrollTo(0, 0);
          const { shadowRoot } = document.querySelector("credit-estimator");
          return [...shadowRoot.querySelectorAll(".figure-unit, .rail-head, .track, [data-input=media]")].map(
            (node) => {
              const { x, y } = node.getBoundingClientRect();
              return [x, y];
            },
          );
        });
      await choose(driver, "actor", "human");
      await choose(driver, "model", "ultra");
      const before = await places();
      for (const duration of ["0:01", "3:30", "59:59", "4:00:00", "x", "0"]) {
        await enter(await durationField(driver), duration);
        assert.deepEqual(await places(), before, duration);
      }
    });

    test("one status speaks, once the input has stopped", async () => {
      await new Promise((done) => setTimeout(done, 900));
      assert.equal((await shown(driver)).status, "", "what is shown at first is read with the page");
      await enter(await durationField(driver), "210");
      assert.equal((await shown(driver)).status, "");
      await until(async () => (await shown(driver)).status === "Estimate: 70.00 Credits, 0 Video minutes", "it speaks");
      const voices = (root) => [...root.querySelectorAll("[aria-live], [role=status], [role=alert], output")].length;
      assert.equal(
        await driver.executeScript(
          `const voices = ${voices}; return voices(document) + voices(document.querySelector("credit-estimator").shadowRoot)`,
        ),
        1,
      );
    });

    test("nothing is loaded after the page, and nothing from elsewhere", async () => {
      const loaded = () =>
        driver.executeScript("return performance.getEntriesByType('resource').map(({ name }) => name)");
      const first = await loaded();
      await make(driver, LONGEST);
      assert.deepEqual(
        (await loaded()).filter((url) => !first.includes(url)),
        [],
      );
      assert.deepEqual(
        first.filter((url) => !url.startsWith(page.url)),
        [],
      );
    });

    test("without WebAssembly the page says so, and what to do", async () => {
      const refusing = await servePage(undefined, {
        headers: () => ({ "content-security-policy": "script-src 'self'" }),
      });
      try {
        await driver.get(refusing.url);
        await until(async () => (await driver.findElements(By.css("[role=alert] button"))).length === 1, "the notice");
        const notice = await driver.findElement(By.css("[role=alert]")).getText();
        assert.match(notice, /could not be started[\s\S]*allow WebAssembly[\s\S]*Reload/);
      } finally {
        await refusing.close();
        await load(driver, page);
      }
    });

    if (name !== "chromium") return;

    for (const features of [
      { "prefers-color-scheme": "dark" },
      { "prefers-color-scheme": "dark", "prefers-contrast": "more" },
      { "forced-colors": "active" },
    ]) {
      test(`axe-core finds nothing with ${JSON.stringify(features)}`, async () => {
        await emulate(features);
        for (const [, usage] of STATES.slice(1)) {
          await load(driver, page);
          await make(driver, usage);
          assert.deepEqual(await audit(), []);
        }
        await emulate({});
      });
    }

    test("the chosen option is seen in forced colours", async () => {
      await emulate({ "forced-colors": "active" });
      const colours = await driver.executeScript(() =>
        [
          ...document
            .querySelector("credit-estimator")
            .shadowRoot.querySelectorAll("[data-input=media] .segment-label"),
        ].map((node) => getComputedStyle(node).backgroundColor),
      );
      await emulate({});
      assert.notEqual(colours[0], colours[1]);
    });

    test("nothing moves under reduced motion", async () => {
      await emulate({ "prefers-reduced-motion": "reduce" });
      await (await inside(driver, "[data-input=media] .segment:last-child")).click();
      const moving = await driver.executeScript(
        "return document.querySelector('credit-estimator').shadowRoot.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 0).length",
      );
      await emulate({});
      assert.equal(moving, 0);
    });
  });
}
