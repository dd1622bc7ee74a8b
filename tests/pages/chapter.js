// What the tests of the page's chapters share.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { until } from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Scrolls to a chapter, once it is there, and waits until it is drawn. */
export async function chapter(driver, id) {
  await until(
    () =>
      driver.executeScript((name) => {
        const node = document.getElementById(name);
        node.scrollIntoView({ behavior: "instant" });
        return !node.hidden;
      }, id),
    `the chapter ${id} is there`,
  );
  await driver.executeScript(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
      }),
  );
}

/** What axe-core finds in a part of the page. */
export async function violationsOf(driver, selector) {
  await driver.executeScript(AXE);
  const { violations, passes } = await driver.executeScript("return axe.run(arguments[0])", selector);
  if (passes.length < 5) throw new Error(`${passes.length} rules passed`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What stands out of the window sideways, in a part of the page. */
export const sidewaysOf = (driver, selector) =>
  driver.executeScript(
    (part) =>
      [...document.querySelectorAll(`${part} *`)]
        .filter((node) => node.checkVisibility() && !node.closest(".visually-hidden, pre"))
        .filter((node) => {
          const { left, right } = node.getBoundingClientRect();
          return right > left && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
        })
        .map((node) => node.outerHTML.slice(0, 120)),
    selector,
  );
