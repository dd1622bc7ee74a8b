// The README's lines for a page of one's own, in a page of their own.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { names, open, servePage } from "../harness/index.js";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const [element, figure] = Array.from(readme.matchAll(/^```html\n(.*?)^```/gms), ([, lines]) => lines);

for (const name of names) {
  describe(`the README's page in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      writeFileSync(new URL("dist/www/readme.html", root), `<!doctype html><title>README</title>${element}${figure}`);
      page = await servePage();
      driver = await open(name);
      await driver.get(`${page.url}readme.html`);
    });
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const shown = () => driver.executeScript("return document.getElementById('credits').value");
    const move = (seconds) =>
      driver.executeScript(
        "const range = document.getElementById('seconds'); range.value = arguments[0]; range.dispatchEvent(new Event('input'));",
        seconds,
      );

    test("two lines are the estimator", async () => {
      const total = () =>
        driver.executeScript("return document.querySelector('credit-estimator').estimate?.totals.videoMinutes ?? 0");
      await driver.wait(async () => (await total()) > 0, 10_000);
      // 3:30 are four started minutes
      assert.equal(await total(), 4);
    });

    test("it shows a figure before and after the slider moves", async () => {
      await driver.wait(async () => (await shown()) !== "", 10_000);
      assert.equal(await shown(), "70");
      for (const [seconds, credits] of [
        [30, "10"],
        [60, "20"],
      ]) {
        await move(seconds);
        assert.equal(await shown(), credits);
      }
    });
  });
}
