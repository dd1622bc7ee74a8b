// `npm run screenshots [FOLDER]` takes pictures of the element in every state, for people to look at: by width, colours,
// direction and language, on the page and on a stranger's. They are written to target/screenshots, or to FOLDER.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { open, resize, servePage } from "../tests/harness/index.js";
import { main, root } from "./steps.js";

const WIDTHS = [360, 768, 1440];

const COLOURS = {
  light: {},
  dark: { "prefers-color-scheme": "dark" },
  forced: { "forced-colors": "active" },
};

const FULL = "model=ultra&actor=ownAvatar&duration=241&images=3&clips=5,3,3";

/** What is set on the element, and what is done inside of it. */
const STATES = {
  opening: {},
  full: { value: FULL },
  balances: { value: "media=stock&actor=human&duration=121" },
  nothing: { value: "duration=" },
  long: { value: "model=ultra&actor=human&duration=14400&images=10000" },
  lines: { value: FULL, act: "for (const opener of root.querySelectorAll('.opener')) opener.click()" },
  refused: {
    act: "const field = root.querySelector('.time'); field.value = '3:3x'; field.dispatchEvent(new Event('input', { bubbles: true }))",
  },
  link: { value: "actor=human&modell=ultra&duration=45" },
  features: { value: FULL, attributes: { budget: "100", compare: "", quantity: "10" } },
  failing: { attributes: { card: "nowhere.json" } },
};

const LANGUAGES = { en: "ltr", de: "ltr", es: "ltr", ja: "ltr", ar: "rtl" };

const STRANGER = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A stranger's page</title><link rel="stylesheet" href="stranger.css"><script type="module" src="credit-estimator/define.js"></script>
<h1>What our videos cost</h1><p>Twenty credits a minute, and this is what yours will take:</p><credit-estimator chart></credit-estimator>`;

const STRANGERS = {
  serif:
    "body { font: 18px/1.6 Georgia, serif; color: #3a2a1a; background: #fdf6e3; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }",
  dark: "body { font: 15px/1.5 monospace; color: #c8ffd8; background: #0b1510; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }",
  plain: "",
};

const pictures = [
  ...Object.keys(STATES).flatMap((state) =>
    Object.keys(COLOURS).flatMap((colours) =>
      WIDTHS.map((width) => ({ page: "", state, colours, width, language: "en" })),
    ),
  ),
  ...["lines", "refused", "features"].flatMap((state) =>
    Object.keys(LANGUAGES)
      .slice(1)
      .flatMap((language) => WIDTHS.map((width) => ({ page: "", state, colours: "light", width, language }))),
  ),
  ...Object.keys(STRANGERS).flatMap((stranger) =>
    WIDTHS.map((width) => ({ page: `${stranger}.html`, state: "lines", colours: "light", width, language: "en" })),
  ),
];

const nameOf = ({ page, state, colours, width, language }) =>
  [page.replace(".html", "") || "page", state, language, colours, width].join("-");

async function take(driver, url, { page, state, colours, width, language }, file) {
  const { value, act = "", attributes = {} } = STATES[state];
  await resize(driver, width, 900);
  await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", {
    features: Object.entries(COLOURS[colours]).map(([name, value]) => ({ name, value })),
  });
  await driver.get(url + page);
  const defined = "return document.querySelector('credit-estimator')?.matches(':defined') ?? false";
  await driver.wait(() => driver.executeScript(defined), 10_000);
  await driver.executeScript(
    (lang, dir, state, all) => {
      Object.assign(document.documentElement, { lang, dir });
      const estimator = document.querySelector("credit-estimator");
      for (const [name, text] of Object.entries(all)) estimator.setAttribute(name, text);
      if (state !== null) estimator.value = state;
    },
    language,
    LANGUAGES[language],
    value ?? null,
    attributes,
  );
  await pause(450);
  if (act) await driver.executeScript(`const root = document.querySelector("credit-estimator").shadowRoot; ${act}`);
  await pause(act ? 750 : 0);
  // what is below the element on the page is the same in all its states
  const height = await driver.executeScript(
    (whole) =>
      whole
        ? document.documentElement.scrollHeight
        : Math.ceil(document.querySelector("credit-estimator").getBoundingClientRect().bottom + scrollY + 48),
    state === "opening",
  );
  const { data } = await driver.sendAndGetDevToolsCommand("Page.captureScreenshot", {
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  writeFileSync(file, data, "base64");
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

await main(async () => {
  const [wanted = ""] = process.argv.slice(3);
  const only = new RegExp(wanted);
  const folder = resolve(process.argv[2] ?? join(root, "target/screenshots"));
  mkdirSync(folder, { recursive: true });
  const site = mkdtempSync(join(tmpdir(), "screenshots-"));
  cpSync(join(root, "dist/www"), site, { recursive: true });
  for (const [name, css] of Object.entries(STRANGERS)) {
    writeFileSync(join(site, `${name}.css`), css);
    writeFileSync(join(site, `${name}.html`), STRANGER.replace("stranger.css", `${name}.css`));
  }
  const server = await servePage(site);
  const driver = await open("chromium");
  // as on a phone: a picture of the whole page has no bars to scroll by
  await driver.sendDevToolsCommand("Emulation.setScrollbarsHidden", { hidden: true });
  let count = 0;
  try {
    for (const picture of pictures) {
      const name = nameOf(picture);
      if (!only.test(name)) continue;
      await take(driver, server.url, picture, join(folder, `${name}.png`));
      count++;
    }
  } finally {
    await driver.quit();
    await server.close();
    rmSync(site, { recursive: true });
  }
  console.log(`${count} pictures in ${folder}`);
});
