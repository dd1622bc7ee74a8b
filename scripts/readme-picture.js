// `npm run docs:screenshot` takes the README's pictures of the page, in light and in dark.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { open, resize, servePage } from "../tests/harness/index.js";
import { main, root } from "./steps.js";

const STATE = "media=generative&model=ultra&actor=human&duration=210";
const [WIDTH, HEIGHT] = [1440, 1080];
const FILES = { light: "docs/screenshot.png", dark: "docs/screenshot-dark.png" };

await main(async () => {
  const server = await servePage();
  const driver = await open("chromium");
  try {
    await resize(driver, WIDTH, HEIGHT);
    await driver.sendDevToolsCommand("Emulation.setScrollbarsHidden", { hidden: true });
    for (const [value, file] of Object.entries(FILES)) {
      await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", {
        features: [{ name: "prefers-color-scheme", value }],
      });
      await driver.get(`${server.url}#${STATE}`);
      const priced = "return document.querySelector('credit-estimator').estimate?.totals.credits === 160";
      await driver.wait(() => driver.executeScript(priced), 20_000);
      await driver.executeAsyncScript((done) => {
        document.fonts.ready.then(() => setTimeout(done, 1000));
      });
      const { data } = await driver.sendAndGetDevToolsCommand("Page.captureScreenshot", {
        clip: { x: 0, y: 0, width: WIDTH, height: HEIGHT, scale: 1 },
      });
      writeFileSync(join(root, file), data, "base64");
      console.log(file);
    }
  } finally {
    await driver.quit();
    await server.close();
  }
});
