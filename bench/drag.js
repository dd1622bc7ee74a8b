// `npm run bench:drag [SLOWDOWN] [PASSES]`: the element's sliders are dragged from end to end in Chromium, by 600 events along
// the track, and each event is timed: what the element does in it, and with the style and layout that follow. DevTools slows
// the processor down (Emulation.setCPUThrottlingRate). What else the machine does only adds to a time: the track is walked
// several times, and each event's shortest time counts. Last, the page's own estimator with every feature, each event in a
// frame of its own, in a window as high as the chapters that follow it: they are drawn in the frame after, which is timed too.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/steps.js";
import { open, servePage } from "../tests/harness/index.js";

const [slowdown = 4, passes = 5] = process.argv.slice(2).map(Number);
const EVENTS = 600;
const PAGE_EVENTS = 120;

const ALL = 'chart budget="100" compare quantity="10"';
const ELEMENTS = { plain: "", chart: "chart", "all features": ALL };
const VALUES = {
  "one line": "duration=60",
  "every line": "model=ultra&amp;actor=human&amp;duration=60&amp;images=3&amp;clips=5,3,3",
};
/** What is dragged: the length, or a count, for which the curve over all lengths is drawn again. */
const SLIDERS = { length: ".rail .slider", count: ".counter .slider" };

const page = (attributes, value) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A slider</title>
<script type="module" src="credit-estimator/define.js"></script>
<credit-estimator ${attributes} value="${value}"></credit-estimator>`;

/** Runs in the page: sets the slider and tells it, as a drag does, each time in a task of its own. */
function drag(selector, events, passes, done) {
  const { shadowRoot } = document.querySelector("credit-estimator");
  const slider = shadowRoot.querySelector(selector);
  const times = Array.from({ length: events }, () => [Infinity, Infinity]);
  const { port1, port2 } = new MessageChannel();
  let count = 0;
  port1.onmessage = () => {
    const event = count % events;
    slider.value = String(Math.round((event / (events - 1)) * Number(slider.max)));
    const start = performance.now();
    slider.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    const handled = performance.now() - start;
    document.body.getBoundingClientRect();
    const laid = performance.now() - start;
    // the first walk compiles
    if (count >= events) {
      times[event][0] = Math.min(times[event][0], handled);
      times[event][1] = Math.min(times[event][1], laid);
    }
    if (++count < events * (passes + 1)) port2.postMessage(0);
    else done(times);
  };
  port2.postMessage(0);
}

/** The same at the pace of the frames: what is handled, and what is done in the frame that follows, with and without layout. */
function dragByFrame(selector, events, passes, done) {
  const { shadowRoot } = document.querySelector("credit-estimator");
  const slider = shadowRoot.querySelector(selector);
  const times = Array.from({ length: events }, () => [Infinity, Infinity, Infinity]);
  let count = 0;
  const turn = () => {
    const event = count % events;
    let frame;
    // the first and the last thing that the next frame does
    requestAnimationFrame(() => {
      frame = performance.now();
    });
    slider.value = String(Math.round((event / (events - 1)) * Number(slider.max)));
    const start = performance.now();
    slider.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    const handled = performance.now() - start;
    requestAnimationFrame(() => {
      const drawn = performance.now() - frame;
      document.body.getBoundingClientRect();
      const laid = performance.now() - frame;
      if (count >= events)
        for (const [which, time] of [handled, drawn, laid].entries())
          times[event][which] = Math.min(times[event][which], time);
      if (++count < events * (passes + 1)) setTimeout(turn);
      else done(times);
    });
  };
  turn();
}

async function measure(driver, url, selector, walk = drag, events = EVENTS) {
  await driver.get("about:blank");
  await driver.get(url);
  await driver.wait(() => driver.executeScript("return document.querySelector('credit-estimator').estimate"), 10_000);
  if (walk === dragByFrame)
    await driver.wait(
      () => driver.executeScript("return document.documentElement.dataset.chapters === 'drawn'"),
      10_000,
    );
  await driver.sendDevToolsCommand("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const times = await driver.executeAsyncScript(walk, selector, events, passes);
  await driver.sendDevToolsCommand("Emulation.setCPUThrottlingRate", { rate: 1 });
  return times[0].map((_, which) => times.map((time) => time[which]).sort((one, other) => one - other));
}

/** The page, its estimator with every feature. */
function fullPage(folder) {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  writeFileSync(join(folder, "full.html"), html.replace("<credit-estimator ", `<credit-estimator ${ALL.slice(6)} `));
}

const row = (sorted) => [0.5, 0.95, 1].map((share) => ms(at(sorted, share))).join(" ");
const at = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)];
const ms = (value) => value.toFixed(1).padStart(6);

const folder = mkdtempSync(join(tmpdir(), "drag-"));
cpSync(join(root, "dist/www"), folder, { recursive: true });
const server = await servePage(folder);
const driver = await open("chromium", { width: 1280, height: 900 });
await driver.manage().setTimeouts({ script: 600_000 });
console.log(`${EVENTS} events, slowed down ${slowdown} x, each the shortest of ${passes}, in ms`);
console.log(`${"".padEnd(56)}handled                  with style and layout    above`);
console.log(`${"".padEnd(56)}median   95 %    max     median   95 %    max     4 ms`);
try {
  for (const [slider, selector] of Object.entries(SLIDERS)) {
    for (const [attributes, html] of Object.entries(ELEMENTS)) {
      for (const [what, value] of Object.entries(VALUES)) {
        writeFileSync(join(folder, "drag.html"), page(html, value));
        const [handled, laid] = await measure(driver, `${server.url}drag.html`, selector);
        const late = handled.filter((time) => time > 4).length;
        console.log(`${`${slider}, ${attributes}, ${what}`.padEnd(56)}${row(handled)}     ${row(laid)}   ${late}`);
      }
    }
  }
  console.log(`\n${PAGE_EVENTS} events on the page, each in a frame of its own`);
  console.log(`${"".padEnd(40)}handled                  frame after it           with style and layout    above`);
  fullPage(folder);
  await driver.sendDevToolsCommand("Emulation.setDeviceMetricsOverride", {
    ...{ width: 1280, height: 2600, deviceScaleFactor: 1, mobile: false },
  });
  for (const [slider, selector] of Object.entries(SLIDERS)) {
    for (const [what, value] of Object.entries(VALUES)) {
      const url = `${server.url}full.html#${value.replaceAll("&amp;", "&")}`;
      const [handled, drawn, laid] = await measure(driver, url, selector, dragByFrame, PAGE_EVENTS);
      const late = handled.filter((time) => time > 4).length;
      console.log(`${`${slider}, ${what}`.padEnd(40)}${row(handled)}     ${row(drawn)}     ${row(laid)}   ${late}`);
    }
  }
} finally {
  await driver.quit();
  await server.close();
  rmSync(folder, { recursive: true });
}
