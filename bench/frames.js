// `node bench/frames.js [CLIPS] [SLOWDOWN]`: an edge of the demo's timeline is dragged for 600 frames in Chromium, and each
// frame is timed. DevTools slows the processor down (Emulation.setCPUThrottlingRate); without a slowdown it also says how
// much of the main thread's own time a frame takes, which does not depend on what else the machine does.
import { open, servePage } from "../tests/harness/index.js";

const [clips = 1000, slowdown = 4] = process.argv.slice(2).map(Number);
const FRAMES = 600;

/** Runs in the page: moves the pointer at the start of each frame, before the page's own work in it. */
function drag(frames, done) {
  const edge = document.querySelector('[data-id="4"] .edge');
  // events that are made up have no pointer that could be captured
  edge.setPointerCapture = () => {};
  const { x, y } = edge.getBoundingClientRect();
  const fire = (type, by) =>
    edge.dispatchEvent(
      new PointerEvent(type, { bubbles: true, pointerId: 7, button: 0, clientX: x + by, clientY: y + 20 }),
    );
  const intervals = [];
  let last;
  const frame = (now) => {
    if (last !== undefined) intervals.push(now - last);
    last = now;
    fire("pointermove", 90 * Math.sin(intervals.length / 10));
    if (intervals.length < frames) return requestAnimationFrame(frame);
    fire("pointerup", 0);
    done(intervals);
  };
  fire("pointerdown", 0);
  requestAnimationFrame(frame);
}

async function measure(rate) {
  const page = await servePage();
  const driver = await open("chromium", { width: 1440, height: 1000 });
  const command = (name, parameters = {}) => driver.sendAndGetDevToolsCommand(name, parameters);
  const busy = async () => {
    const { metrics } = await command("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  };
  try {
    await driver.get(`${page.url}editor.html?clips=${clips}`);
    await driver.wait(() => driver.executeScript("return document.querySelector('[data-id=\"4\"]') !== null"), 10_000);
    await command("Performance.enable", { timeDomain: "threadTicks" });
    await command("Emulation.setCPUThrottlingRate", { rate });
    const before = await busy();
    const intervals = await driver.executeAsyncScript(drag, FRAMES);
    const own = ((await busy()) - before) / FRAMES;
    return { intervals: intervals.sort((one, other) => one - other), own };
  } finally {
    await driver.quit();
    await page.close();
  }
}

const ms = (value) => `${value.toFixed(2)} ms`;
for (const rate of [1, slowdown]) {
  const { intervals, own } = await measure(rate);
  const at = (share) => ms(intervals[Math.floor((intervals.length - 1) * share)]);
  const late = intervals.filter((interval) => interval > 20).length;
  console.log(
    `${clips} clips, slowed down ${rate} x: a frame every ${at(0.5)} (median), ${at(0.95)} (95 %), ${late} of ${FRAMES} late;`,
    rate === 1 ? `main thread ${ms(own)} a frame, so ${ms(own * slowdown)} at ${slowdown} x` : "",
  );
}
