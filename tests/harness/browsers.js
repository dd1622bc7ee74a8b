// Opens the browsers for page tests: each with a fresh profile and a driver of its own.
import { Builder, Capabilities } from "selenium-webdriver";
import { startDriver } from "./drivers.js";

const options = {
  chromium: ({ browser }) => ({
    browserName: "chrome",
    "goog:chromeOptions": {
      binary: browser,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  }),
  firefox: ({ browser }) => ({
    browserName: "firefox",
    webSocketUrl: true,
    "moz:firefoxOptions": { binary: browser, args: ["-headless"] },
  }),
  webkit: ({ browser }) => ({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
  }),
};

/** The browsers to test in: all three, or those that `BROWSERS=chromium,firefox` names. */
export const names = process.env.BROWSERS?.split(",").filter(Boolean) ?? Object.keys(options);

/**
 * One browser, for a chapter of the page: every browser has some, and each draws all of them in the tests of the whole page.
 * `BROWSERS=chromium,firefox,webkit` runs them in all.
 */
export const mostly = (browser) => (process.env.BROWSERS ? names : [browser]);

/**
 * Opens a browser and returns selenium's WebDriver; its `quit()` also ends the driver.
 * @param {"chromium" | "firefox" | "webkit"} name
 * @param {{ width?: number, height?: number }} [size] of the page's viewport
 */
export async function open(name, { width = 1280, height = 800 } = {}) {
  const server = await startDriver(name);
  try {
    const driver = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(server.url)
      .withCapabilities(new Capabilities({ ...options[name](server.paths), acceptInsecureCerts: true }))
      .build();
    const quit = driver.quit.bind(driver);
    driver.quit = () => quit().finally(server.stop);
    await driver.manage().setTimeouts({ pageLoad: 30_000, script: 30_000 });
    if (server.corner) await driver.manage().window().setRect(server.corner);
    await resize(driver, width, height);
    return driver;
  } catch (error) {
    server.stop();
    throw error;
  }
}

/** Gives the page a viewport of exactly `width` x `height` CSS pixels, whatever the window's frame takes. */
export async function resize(driver, width, height) {
  if ((await driver.getCapabilities()).getBrowserName() === "firefox") return resizeFirefox(driver, width, height);
  const viewport = () => driver.executeScript("return [innerWidth, innerHeight]");
  const fits = async () => (await viewport()).join() === [width, height].join();
  const outer = { width, height };
  for (let attempt = 0; attempt < 4; attempt++) {
    await driver.manage().window().setRect(outer);
    if (await eventually(fits)) return;
    const [innerWidth, innerHeight] = await viewport();
    outer.width = Math.max(1, outer.width + width - innerWidth);
    outer.height = Math.max(1, outer.height + height - innerHeight);
  }
  throw new Error(`the viewport is ${await viewport()}, not ${width},${height}`);
}

async function eventually(condition) {
  for (let attempt = 0; attempt < 8; attempt++) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return false;
}

/** Firefox's window is at least 500 pixels wide; its viewport can be any size. */
async function resizeFirefox(driver, width, height) {
  const bidi = await driver.getBidi();
  const context = await driver.getWindowHandle();
  const answer = await bidi.send({
    method: "browsingContext.setViewport",
    params: { context, viewport: { width, height } },
  });
  if (answer.type !== "success") throw new Error(`the viewport cannot be ${width},${height}: ${answer.message}`);
}
