// What page tests need: the built page on a server, and three real browsers.
//
//     import { after, before, describe, test } from "node:test";
//     import { names, open, resize, servePage } from "../harness/index.js";
//
//     for (const name of names) {
//       describe(name, () => {
//         let page, driver;
//         before(async () => { page = await servePage(); driver = await open(name); });
//         after(async () => { await driver?.quit(); await page?.close(); });
//         test("…", async () => { await driver.get(page.url); await resize(driver, 320, 640); });
//       });
//     }
//
// `driver` is selenium's WebDriver. Opening takes 1 to 4 seconds: open one per browser and file, not one per test.
// `BROWSERS=chromium` runs one browser alone.

export { mostly, names, open, resize } from "./browsers.js";
export { servePage } from "./server.js";
