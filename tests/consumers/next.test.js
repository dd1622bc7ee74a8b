// Next: `next build` and `next start`; what the server sends, and what Chromium makes of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { open } from "../harness/index.js";
import { app, ELEMENT, FIGURES, run, shownAt, start, tool } from "./harness.js";
import { works } from "./matrix.js";

const NEXT = tool("next/dist/bin/next");

describe("Next", () => {
  let driver;
  let server;
  before(async () => {
    const cwd = app("next");
    await run(process.execPath, [NEXT, "build"], { cwd });
    server = await start(process.execPath, (port) => [NEXT, "start", "--port", String(port)], { cwd });
    driver = await open("chromium");
  });
  after(async () => {
    await driver?.quit();
    server?.stop();
  });

  const page = (path) => new URL(path, server.url).href;
  const textOf = async (selector) => (await driver.findElement(By.css(selector))).getText();

  test("the README's page", async () => {
    const html = await (await fetch(server.url)).text();
    assert.match(html, /160(<!-- -->)? credits/);
    assert.match(html, /<output>70<\/output>/);
    await driver.get(server.url);
    const field = await driver.findElement(By.css("input"));
    await driver.wait(
      async () => {
        await field.sendKeys(Key.chord(Key.CONTROL, "a"), "60");
        return (await textOf("output")) === "20";
      },
      10_000,
      "the client component does not answer",
    );
  });

  for (const [path, entry] of [
    ["figures", "credit-estimator"],
    ["slim", "credit-estimator/slim"],
  ]) {
    test(entry, async () => {
      const { figures } = await shownAt(driver, page(path));
      assert.deepEqual(figures, FIGURES);
      assert.deepEqual(JSON.parse(await textOf("#server")), FIGURES);
      assert.deepEqual(JSON.parse(await textOf("#client")), FIGURES);
      works("next server", entry);
      works("next client", entry);
    });
  }

  test("credit-estimator/define", async () => {
    assert.deepEqual((await shownAt(driver, page("element"))).figures, ELEMENT);
    works("next client", "credit-estimator/define");
  });

  test("the client component was rendered on the server too", async () => {
    const html = await (await fetch(page("figures"))).text();
    assert.equal(html.split("unknown_input").length > 2, true);
  });
});
