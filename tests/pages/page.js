// The page as a reader meets it: what it shows, and what can be done with it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Origin } from "selenium-webdriver";
import { servePage } from "../harness/index.js";

const BUILT = fileURLToPath(new URL("../../dist/www", import.meta.url));

const LISTENER = `
  const problems = [];
  window.problems = problems;
  addEventListener("error", (event) => {
    // the element's own errors are for its page; and a window that gets a scrollbar while sizes are told tells them a frame later
    const isLate = /^ResizeObserver loop completed/.test(event.message);
    if (!(event instanceof CustomEvent) && !isLate) problems.push("error: " + (event.message ?? event.target.outerHTML));
  }, true);
  addEventListener("unhandledrejection", (event) => problems.push("rejection: " + event.reason));
  addEventListener("securitypolicyviolation", (event) => problems.push("policy: " + event.violatedDirective + " " + event.blockedURI));
  for (const level of ["error", "warn"]) console[level] = (...words) => problems.push(level + ": " + words.join(" "));
`;

const OTHER_MAIN = (card) => `
  import "./credit-estimator/define.js";
  document.querySelector("credit-estimator").card = ${JSON.stringify(card)};
`;

/** Serves a copy of the built page that notes every error from its first line on; `card` takes the place of the built-in one. */
export async function serveWatchedPage(card) {
  const page = await serveWatchedFolder();
  for (const file of ["index.html", "editor.html"].map((name) => join(page.folder, name))) {
    const html = readFileSync(file, "utf8");
    writeFileSync(file, html.replace("<title>", '<script src="listener.js"></script><title>'));
  }
  if (card) writeFileSync(join(page.folder, "main.js"), OTHER_MAIN(card));
  return { ...page, hasChapters: card === undefined };
}

/** Serves a copy of the built page's folder, to write other pages into. */
export async function serveWatchedFolder(options) {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  cpSync(BUILT, folder, { recursive: true });
  writeFileSync(join(folder, "listener.js"), LISTENER);
  const server = await servePage(folder, options);
  return {
    url: server.url,
    folder,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function load(driver, { url, hasChapters = false }) {
  await driver.get(url);
  await until(
    () => driver.executeScript("return document.querySelector('credit-estimator').estimate !== undefined"),
    "the estimator is there",
  );
  if (!hasChapters) return;
  await until(
    () => driver.executeScript("return document.documentElement.dataset.chapters === 'drawn'"),
    "the chapters are there",
  );
}

export const problems = (driver) => driver.executeScript("return window.problems");

/** What the page shows, as text: totals by unit, the receipt's lines by label, and the state of the entry. */
export const shown = (driver) =>
  driver.executeScript(() => {
    const { shadowRoot } = document.querySelector("credit-estimator");
    const all = (selector) => [...shadowRoot.querySelectorAll(selector)].filter((node) => !node.closest("[hidden]"));
    const text = (node) => node.textContent;
    const column = (name) =>
      Object.fromEntries(
        all(".line").map((line) => [text(line.querySelector(".line-label")), text(line.querySelector(name))]),
      );
    return {
      totals: Object.fromEntries(all(".figure").map(({ children: [value, unit] }) => [text(unit), text(value)])),
      lines: column(".amount"),
      billed: column(".quantity"),
      notes: all(".notes li").map(text),
      state: text(shadowRoot.querySelector(".state")),
      duration: shadowRoot.querySelector(".time")?.value,
      spoken: shadowRoot.querySelector(".slider")?.getAttribute("aria-valuetext"),
      errors: all(".error").map(text).filter(Boolean),
      invalid: all("[aria-invalid]").map((node) => node.getAttribute("aria-label") ?? node.id),
      status: text(shadowRoot.querySelector("[role=status]")),
    };
  });

export async function choose(driver, input, option) {
  await press(await control(driver, input, `.segment:has([value="${option}"])`));
  await still(driver);
}

/** What is appearing or leaving has done so. */
export const still = (driver) =>
  driver.executeScript(() =>
    Promise.all(
      document
        .querySelector("credit-estimator")
        .shadowRoot.getAnimations()
        .map(({ finished }) => finished.catch(() => {})),
    ).then(() => {}),
  );

export const enter = async (field, text) => {
  await press(field);
  // to what has the focus: given a field of a shadow tree, Chromium's driver would move the caret first
  await field.getDriver().actions().sendKeys(text).perform();
};

/**
 * Clicks, in the middle of the window, on what can be seen there: WebKit's driver knows no elements of shadow trees by
 * their place. A control that is just coming in, or moves away as another one leaves, cannot be clicked yet, by a person
 * or a driver.
 */
export async function press(target) {
  const driver = target.getDriver();
  let place;
  let before;
  const find = async () => {
    before = place;
    place = await driver.executeScript((node) => {
      node.scrollIntoView({ block: "center", behavior: "instant" });
      const { x, y, width, height } = node.getBoundingClientRect();
      const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      const hit = node.getRootNode().elementFromPoint(middle.x, middle.y);
      const moves = node
        .getRootNode()
        .getAnimations()
        .some((some) => some instanceof CSSTransition);
      return node.contains(hit) && !moves ? middle : undefined;
    }, target);
    return place && place.x === before?.x && place.y === before.y;
  };
  await driver.wait(find, 10_000, "nothing to click on", 20);
  await driver
    .actions()
    .move({ origin: Origin.VIEWPORT, ...place })
    .click()
    .perform();
}

/** What is inside of the element. */
export const inside = (driver, selector) =>
  driver.executeScript((some) => document.querySelector("credit-estimator").shadowRoot.querySelector(some), selector);
/** What has the focus, inside of the element too. */
export const active = (driver) =>
  driver.executeScript(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node;
  });
export const durationField = (driver) => inside(driver, ".time");
export const slider = (driver) => inside(driver, ".slider");
export const control = (driver, input, selector) => inside(driver, `[data-input="${input}"] ${selector}`);
export const leaveOut = async (driver) => press(await control(driver, "duration", ".leave"));

export async function addClip(driver, text) {
  await press(await control(driver, "clips", ".text-button"));
  await enter(await active(driver), text);
}

/** Sets what a usage names, with the page's own controls; without a `duration` the video is left out. */
export async function make(driver, { duration, images, clips = [], ...choices }) {
  for (const [input, option] of Object.entries(choices)) await choose(driver, input, option);
  if (duration === undefined) await leaveOut(driver);
  else await enter(await durationField(driver), String(duration));
  if (images !== undefined) await enter(await control(driver, "images", ".count"), String(images));
  for (const clip of clips) await addClip(driver, String(clip));
}

export async function until(condition, what, milliseconds = 15_000) {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
