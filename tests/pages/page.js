// The page as a reader meets it: what it shows, and what can be done with it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { By } from "selenium-webdriver";
import { servePage } from "../harness/index.js";

const BUILT = fileURLToPath(new URL("../../dist/www", import.meta.url));

const LISTENER = `
  const problems = [];
  window.problems = problems;
  addEventListener("error", (event) => problems.push("error: " + (event.message ?? event.target.outerHTML)), true);
  addEventListener("unhandledrejection", (event) => problems.push("rejection: " + event.reason));
  addEventListener("securitypolicyviolation", (event) => problems.push("policy: " + event.violatedDirective + " " + event.blockedURI));
  for (const level of ["error", "warn"]) console[level] = (...words) => problems.push(level + ": " + words.join(" "));
`;

const OTHER_MAIN = (card) => `
  import { RateCard } from "./engine.js";
  import { mount } from "./estimator/mount.js";
  mount(document.querySelector("#estimator"), new RateCard(${JSON.stringify(card)}));
`;

/** Serves a copy of the built page that notes every error from its first line on; `card` takes the place of the built-in one. */
export async function serveWatchedPage(card) {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  cpSync(BUILT, folder, { recursive: true });
  const index = join(folder, "index.html");
  const html = readFileSync(index, "utf8");
  writeFileSync(index, html.replace("<title>", '<script src="listener.js"></script><title>'));
  writeFileSync(join(folder, "listener.js"), LISTENER);
  if (card) writeFileSync(join(folder, "main.js"), OTHER_MAIN(card));
  const server = await servePage(folder);
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function load(driver, { url }) {
  await driver.get(url);
  await until(
    () => driver.executeScript("return document.querySelector('.figure') !== null"),
    "the estimator is there",
  );
}

export const problems = (driver) => driver.executeScript("return window.problems");

/** What the page shows, as text: totals by unit, the receipt's lines by label, and the state of the entry. */
export const shown = (driver) =>
  driver.executeScript(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (node) => node.textContent;
    return {
      totals: Object.fromEntries(all(".figure").map(({ children: [value, unit] }) => [text(unit), text(value)])),
      lines: Object.fromEntries(
        all(".receipt tbody tr").map(({ children: [label, , amount] }) => [text(label), text(amount)]),
      ),
      billed: Object.fromEntries(
        all(".receipt tbody tr").map(({ children: [label, billed] }) => [text(label), text(billed)]),
      ),
      notes: all(".notes li").map(text),
      state: text(document.querySelector(".total-state")),
      duration: document.querySelector(".lens").value,
      spoken: document.querySelector(".slider").getAttribute("aria-valuetext"),
      errors: all(".error").map(text).filter(Boolean),
      invalid: all("[aria-invalid]").map((node) => node.getAttribute("aria-label") ?? node.id),
      status: text(document.querySelector("[role=status]")),
    };
  });

export async function choose(driver, input, option) {
  await press(await driver.findElement(By.xpath(`//*[@data-input="${input}"]//input[@value="${option}"]/..`)));
  await still(driver);
}

/** What is appearing or leaving has done so. */
const still = (driver) =>
  driver.executeScript(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))).then(() => {}),
  );

export const enter = async (field, text) => {
  await press(field);
  await field.sendKeys(text);
};

/**
 * Clicks, in the middle of the window: WebKit's driver does not scroll past what sticks to its top. A control that is
 * just coming in, or moves away as another one leaves, cannot be clicked yet, by a person or a driver.
 */
export async function press(target) {
  const driver = target.getDriver();
  const click = async () => {
    await driver.executeScript((node) => node.scrollIntoView({ block: "center" }), target);
    try {
      await target.click();
      return true;
    } catch (thrown) {
      if (thrown.name === "ElementNotInteractableError") return false;
      throw thrown;
    }
  };
  await driver.wait(click, 10_000, "nothing to click on");
}

export const durationField = (driver) => driver.findElement(By.css(".lens"));
export const slider = (driver) => driver.findElement(By.css(".slider"));
export const control = (driver, input, selector) => driver.findElement(By.css(`[data-input="${input}"] ${selector}`));
export const leaveOut = async (driver) => press(await control(driver, "duration", ".rail-head .button"));

export async function addClip(driver, text) {
  await press(await control(driver, "clips", ".button"));
  await enter(await driver.switchTo().activeElement(), text);
}

/** Sets what a usage names, with the page's own controls; without a `duration` the video is left out. */
export async function make(driver, { duration, images, clips = [], ...choices }) {
  for (const [input, option] of Object.entries(choices)) await choose(driver, input, option);
  if (duration === undefined) await leaveOut(driver);
  else await enter(await durationField(driver), String(duration));
  if (images !== undefined) await enter(await control(driver, "images", ".stepper-value"), String(images));
  for (const clip of clips) await addClip(driver, String(clip));
}

export async function until(condition, what, milliseconds = 3000) {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
