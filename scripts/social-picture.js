// `npm run docs:social` takes the picture that links to the page are shown with, of the element itself, and the icon of
// a phone's home screen.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, resize, servePage } from "../tests/harness/index.js";
import { main, root } from "./steps.js";

const STATE = "media=stock&actor=human&duration=210";

const HTML = (body, style) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Picture</title>
<link rel="stylesheet" href="page/page.css"><link rel="stylesheet" href="${style}">
<script type="module" src="credit-estimator/define.js"></script><body>${body}</body></html>`;

const SOCIAL = `
:root { color-scheme: light; --size-5: 13.5rem; --size-4: 5.75rem }
html { scrollbar-gutter: auto; overflow: hidden }
body { box-sizing: border-box; height: 630px; padding: 48px 72px; font-size: 26px }
.wordmark { font-size: 34px }
.motto { position: absolute; inset: 54px 72px auto auto; margin: 0; color: var(--ink-soft) }
credit-estimator { min-height: 0; margin-block-start: 20px; --credit-estimator-chart-height: 210px; --credit-estimator-gap: 4px; --credit-estimator-small: 20px }
credit-estimator::part(controls), credit-estimator::part(receipt), credit-estimator::part(rail-head),
credit-estimator::part(hints), credit-estimator::part(band-lines), credit-estimator::part(band-label),
credit-estimator::part(band-end), credit-estimator::part(state), credit-estimator::part(readout) { display: none }
credit-estimator::part(figure-unit) { font-size: 30px }
`;

const ICON = `
html { scrollbar-gutter: auto; overflow: hidden }
body { display: grid; place-items: center; height: 180px; background: #faf8f3 }
img { width: 132px; height: 132px }
`;

async function take(driver, url, width, height, file) {
  await resize(driver, width, height);
  await driver.get(url);
  await driver.executeAsyncScript((done) => {
    document.fonts.ready.then(() => setTimeout(done, 1000));
  });
  const { data } = await driver.sendAndGetDevToolsCommand("Page.captureScreenshot", {
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  writeFileSync(join(root, "www", file), data, "base64");
  console.log(`www/${file}`);
}

await main(async () => {
  const site = mkdtempSync(join(tmpdir(), "social-"));
  cpSync(join(root, "dist/www"), site, { recursive: true });
  const [wordmark] = /<p class="wordmark">.*<\/p>/.exec(readFileSync(join(root, "www/index.html"), "utf8"));
  const motto = '<p class="motto">What a video will cost, before it is made</p>';
  const estimator = `<credit-estimator chart value="${STATE.replaceAll("&", "&amp;")}"></credit-estimator>`;
  writeFileSync(join(site, "social.html"), HTML(`${wordmark}${motto}${estimator}`, "social.css"));
  writeFileSync(join(site, "social.css"), SOCIAL);
  writeFileSync(join(site, "icon.html"), HTML('<img src="favicon.svg" alt="">', "icon.css"));
  writeFileSync(join(site, "icon.css"), ICON);
  const server = await servePage(site);
  const driver = await open("chromium");
  try {
    await take(driver, `${server.url}social.html`, 1200, 630, "social.png");
    await take(driver, `${server.url}icon.html`, 180, 180, "apple-touch-icon.png");
  } finally {
    await driver.quit();
    await server.close();
    rmSync(site, { recursive: true });
  }
});
