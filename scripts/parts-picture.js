// `npm run docs:picture` draws docs/element-parts.png: the element, and the names of its most important parts.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, servePage } from "../tests/harness/index.js";
import { main, root } from "./steps.js";

// Where each name stands: at a corner of its part, inside or outside.
const NAMED = {
  figures: "out",
  "figure-value": "end",
  state: "out",
  "rail-head": "out",
  chart: "out",
  track: "out",
  time: "below",
  hint: "end",
  segments: "end",
  "segment-label": "below",
  stepper: "end",
  list: "below",
  caption: "out",
  line: "out",
  derivation: "out",
  sum: "out",
  source: "out",
  notes: "out",
};

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parts</title><link rel="stylesheet" href="parts.css">
<script type="module" src="credit-estimator/define.js"></script><credit-estimator chart value="actor=human&amp;duration=61&amp;images=3&amp;clips=5,3"></credit-estimator>`;

const STYLE = `
  html { background: #fff; color: #222; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 32px 140px 32px 40px; width: 960px; position: relative }
  .box { position: absolute; border: 1px dashed #c2185b; pointer-events: none }
  .name { position: absolute; font: 600 11px/1.3 ui-monospace, monospace; color: #fff; background: #c2185b; padding: 0 4px; white-space: nowrap }
`;

await main(async () => {
  const site = mkdtempSync(join(tmpdir(), "parts-"));
  cpSync(join(root, "dist/www"), site, { recursive: true });
  writeFileSync(join(site, "parts.html"), PAGE);
  writeFileSync(join(site, "parts.css"), STYLE);
  const server = await servePage(site);
  const driver = await open("chromium", { width: 1160, height: 1000 });
  try {
    await driver.get(`${server.url}parts.html`);
    await driver.wait(() =>
      driver.executeScript("return Boolean(document.querySelector('credit-estimator')?.estimate)"),
    );
    await driver.executeScript(
      "document.querySelector('credit-estimator').shadowRoot.querySelectorAll('.opener')[1].click()",
    );
    await new Promise((done) => setTimeout(done, 500));
    await driver.executeScript((named) => {
      const { shadowRoot } = document.querySelector("credit-estimator");
      const origin = document.body.getBoundingClientRect();
      for (const [part, place] of Object.entries(named)) {
        const node = [...shadowRoot.querySelectorAll(`.${part}`)].find((some) => some.checkVisibility());
        const { x, y, width, height } = node.getBoundingClientRect();
        const box = Object.assign(document.createElement("div"), { className: "box" });
        const [left, top] = [x - origin.x, y - origin.y];
        Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
        const name = Object.assign(document.createElement("span"), { className: "name", textContent: part });
        document.body.append(box, name);
        const [ends, bottom] = [left + width - name.offsetWidth, top + height];
        const [nameLeft, nameTop] = {
          start: [left, top],
          end: [ends, top],
          out: [left + width + 4, top],
          below: [left, bottom],
        }[place];
        Object.assign(name.style, { left: `${nameLeft}px`, top: `${nameTop}px` });
      }
    }, NAMED);
    const { data } = await driver.sendAndGetDevToolsCommand("Page.captureScreenshot", { captureBeyondViewport: true });
    writeFileSync(join(root, "docs/element-parts.png"), data, "base64");
  } finally {
    await driver.quit();
    await server.close();
    rmSync(site, { recursive: true });
  }
});
