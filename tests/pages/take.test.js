// What can be taken away: the link, the files and the quote on paper, checked against what the package says.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { RateCard } from "../../dist/index.js";
import { mostly, open, resize } from "../harness/index.js";
import { sidewaysOf, violationsOf } from "./chapter.js";
import { durationField, enter, load, press, problems, serveWatchedPage, until } from "./page.js";

const card = RateCard.invideoV4;

const USAGE = { media: "generative", model: "pro", actor: "none", duration: 31, clips: [1] };
const STATE = "media=generative&model=pro&actor=none&duration=31&clips=1";

const FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", 'say "hi", twice', "two\r\nlines", "plain"];

const STRANGE = {
  id: "strange",
  title: "=HYPERLINK(1)",
  balances: { coins: { label: "-coins", decimals: 1 }, bits: { label: "Bits", decimals: 0 } },
  inputs: [
    { id: "kind", kind: "choice", label: "Kind", default: "a", options: [{ id: "a", label: "=A" }] },
    { id: "runs", kind: "number", label: "@Runs", max: 5, initial: 2 },
  ],
  charges: FORMULAS.map((label, index) => ({
    id: `charge${index}`,
    label,
    balance: "coins",
    quantity: { of: "runs" },
    price: { amount: index + 0.25 },
  })),
};

/** Keeps what would be copied and saved. */
const WATCH = `
  window.copied = [];
  window.saved = [];
  const blobs = new Map();
  URL.createObjectURL = (blob) => { const url = "blob:" + blobs.size; blobs.set(url, blob); return url; };
  HTMLAnchorElement.prototype.click = function () {
    blobs.get(this.getAttribute("href")).text().then((text) => saved.push([this.download, blobs.get(this.getAttribute("href")).type, text]));
  };
  const write = async (text) => { if (arguments[0]) throw new Error("refused"); copied.push(text); };
  Object.defineProperty(navigator, "clipboard", { value: { writeText: write }, configurable: true });
  document.execCommand = () => { copied.push("selected: " + document.activeElement.value); return true; };
`;

/** The cells of a CSV text, as RFC 4180 says. */
function cells(text) {
  assert.ok(text.endsWith("\r\n"));
  const rows = [[]];
  for (const [, end, quoted, plain] of text.matchAll(/(^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)) {
    if (end === "\r\n") rows.push([]);
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
  }
  return rows.slice(0, -1);
}

for (const name of mostly("firefox")) {
  describe(`taking an estimate along in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
    });
    beforeEach(async () => {
      await load(driver, page);
      await driver.executeScript(WATCH, false);
      await set(STATE);
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    const set = (value) =>
      driver.executeScript("document.querySelector('credit-estimator').value = arguments[0]", value);
    const frames = () =>
      driver.executeScript(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
      );
    const button = (text) =>
      driver.executeScript(
        (wanted) => [...document.querySelectorAll(".take button")].find((some) => some.textContent === wanted),
        text,
      );
    const act = async (text) => {
      const node = await button(text);
      await driver.executeScript((some) => some.scrollIntoView({ block: "center", behavior: "instant" }), node);
      await frames();
      await press(node);
      return node;
    };
    async function saved(text) {
      await act(text);
      await until(() => driver.executeScript("return saved.length === 1"), "the file");
      const [[file, type, content]] = await driver.executeScript("return saved");
      return { file, type, content };
    }

    for (const [way, isRefused, prefix] of [
      ["through the clipboard", false, ""],
      ["without one", true, "selected: "],
    ]) {
      test(`the link, ${way}`, async () => {
        await driver.executeScript(WATCH, isRefused);
        const node = await act("Copy link");
        await until(async () => (await node.getText()) === "Copied", "the button says so");
        const [link] = await driver.executeScript("return copied");
        assert.equal(link, `${prefix}${page.url}#${STATE}`);
        assert.equal(await driver.executeScript("return document.querySelector('textarea')"), null);
        await until(async () => (await node.getText()) === "Copy link", "the button goes back");
      });
    }

    test("the estimate as CSV, exactly", async () => {
      const { file, type, content } = await saved("CSV");
      assert.equal(file, "invideo-v4-media-generative-model-pro-actor-none-duration-31-clips-1.csv");
      assert.match(type, /^text\/csv/);
      const { lines, totals, rounding, assumptions } = card.estimate(USAGE);
      assert.deepEqual(cells(content), [
        ["kind", "id", "label", "value", "unit", "balance", "amount"],
        ["card", card.id, card.title, card.version, "", "", ""],
        ["source", card.source.url, card.source.title, card.source.retrieved, "", "", ""],
        ["input", "media", "Media", "generative", "", "", ""],
        ["input", "model", "Model", "pro", "", "", ""],
        ["input", "actor", "Actor", "none", "", "", ""],
        ["input", "duration", "Video length", "31", "s", "", ""],
        ["input", "clips", "Clips changed by remix", "1", "s", "", ""],
        ...lines.map(({ charge, label, quantity, amount }) => [
          "line",
          charge,
          label,
          `${quantity}`,
          "s",
          "credits",
          amount.toFixed(2),
        ]),
        ["rounding", "", "", "", "", "credits", rounding.credits.toFixed(2)],
        ["total", "", "Credits", "", "", "credits", totals.credits.toFixed(2)],
        ["total", "", "Video minutes", "", "", "videoMinutes", "0"],
        ...assumptions.map(({ id, text }) => ["assumption", id, text, "", "", "", ""]),
      ]);
    });

    test("nothing in it is a formula to a spreadsheet, and every letter is kept", async () => {
      await driver.executeScript("document.querySelector('credit-estimator').card = arguments[0]", STRANGE);
      await until(
        async () => driver.executeScript((node) => node?.closest("li").hidden, await button("Every length, CSV")),
        "the row is drawn for the card",
      );
      const { content } = await saved("CSV");
      const strange = new RateCard(STRANGE);
      const rows = cells(content);
      const lines = rows.filter(([kind]) => kind === "line");
      assert.deepEqual(
        lines.map(([, , label, , , , amount]) => [label, amount]),
        strange
          .estimate({ runs: 2 })
          .lines.map(({ label, amount }) => [/^[=+\-@\t]/.test(label) ? `'${label}` : label, amount.toFixed(1)]),
      );
      const texts = rows.flatMap((row) => row.slice(0, 6));
      assert.deepEqual(
        texts.filter((text) => /^[=+\-@\t\r]/.test(text)),
        [],
      );
    });

    test("the estimate as JSON, with its explanation", async () => {
      const { file, type, content } = await saved("JSON");
      assert.equal(file, "invideo-v4-media-generative-model-pro-actor-none-duration-31-clips-1.json");
      assert.equal(type, "application/json");
      const { card: _, ...explanation } = card.explain(USAGE);
      const { id, version, title, source } = card;
      assert.deepEqual(JSON.parse(content), {
        card: { id, version, title, source },
        value: STATE,
        usage: USAGE,
        ...JSON.parse(JSON.stringify(explanation)),
      });
    });

    test("the price of every length", async () => {
      await set("media=stock&actor=human&duration=61");
      await frames();
      const { file, content } = await saved("Every length, CSV");
      assert.equal(file, "invideo-v4-every-duration-media-stock-actor-human.csv");
      const [head, ...rows] = cells(content);
      assert.deepEqual(head, ["duration from (s)", "duration to (s)", "credits", "videoMinutes"]);
      assert.deepEqual([rows[0], rows.at(-1)[1]], [["0", "0", "0.00", "0"], "14400"]);
      for (const [index, [from, to, credits, minutes]] of rows.entries()) {
        if (index > 0) assert.equal(Number(from), Number(rows[index - 1][1]) + 1);
        for (const duration of [from, to].map(Number)) {
          const { totals } = card.estimate({ media: "stock", actor: "human", duration });
          assert.deepEqual([credits, minutes], [totals.credits.toFixed(2), `${totals.videoMinutes}`], `${duration}`);
        }
      }
    });

    test("while an entry is not valid nothing is taken along, and once it is, all of it is again", async () => {
      const state = () =>
        driver.executeScript(() => ({
          off: [...document.querySelectorAll(".take .take-button")].map((node) => node.getAttribute("aria-disabled")),
          says: document.querySelector(".take-invalid").checkVisibility(),
        }));
      const hash = `#${STATE}`;
      await until(async () => (await driver.executeScript("return location.hash")) === hash, "the address follows");
      await enter(await durationField(driver), "5:00:00");
      await until(async () => (await state()).says, "the row says so");
      assert.deepEqual((await state()).off, Array(5).fill("true"));
      await driver.executeScript("window.print = () => saved.push('printed')");
      await driver.executeScript(() => {
        for (const node of document.querySelectorAll(".take .take-button")) node.click();
      });
      // the time after which the address would follow
      await new Promise((done) => setTimeout(done, 600));
      assert.deepEqual(await driver.executeScript("return [copied, saved, location.hash]"), [[], [], hash]);
      await driver.executeScript("dispatchEvent(new Event('beforeprint'))");
      const quote = await driver.executeScript("return document.querySelector('.quote').textContent");
      assert.match(quote, /The last valid estimate/);

      const fresh = { off: Array(5).fill(null), says: false };
      // as a press on what is chosen in a chapter sets it
      await driver.executeScript(() => {
        const estimator = document.querySelector("credit-estimator");
        estimator.usage = { ...estimator.usage };
        document.querySelector("h2").click();
      });
      assert.deepEqual(await state(), fresh);
      await enter(await durationField(driver), "5:00:00");
      await until(async () => (await state()).says, "the row says so again");
      await set(STATE.replace("31", "32"));
      assert.deepEqual(await state(), fresh);
      await act("Copy link");
      const [link] = await driver.executeScript("return copied");
      assert.equal(link, `${page.url}#${STATE.replace("31", "32")}`);
    });

    for (const link of ["#duration=abc", "#nonsense=1", "#duration=3:30"]) {
      test(`the address stays ${link} until something is changed`, async () => {
        await driver.get("about:blank");
        await load(driver, { ...page, url: page.url + link });
        const hash = () => driver.executeScript("return location.hash");
        await new Promise((done) => setTimeout(done, 600));
        assert.equal(await hash(), link);
        await set(STATE);
        await until(async () => (await hash()) === `#${STATE}`, "the address follows");
        await driver.executeScript("location.hash = arguments[0]", link);
        await new Promise((done) => setTimeout(done, 600));
        assert.equal(await hash(), link);
        await set(STATE.replace("31", "33"));
        await until(async () => (await hash()) === `#${STATE.replace("31", "33")}`, "the address follows again");
        // the page tells it on the console
        await driver.executeScript(() => {
          window.problems.splice(0, 2, ...window.problems.slice(0, 2).filter((some) => !/(abc|nonsense)"/.test(some)));
        });
      });
    }

    test("a card without a length has no prices of every length", async () => {
      await driver.executeScript("document.querySelector('credit-estimator').card = arguments[0]", STRANGE);
      await until(
        async () =>
          driver.executeScript((node) => node?.closest("li").hidden === true, await button("Every length, CSV")),
        "there is no such button",
      );
    });

    test("on paper it is a quote: totals, each line's arithmetic, what is assumed, the day and the link", async () => {
      await driver.executeScript("dispatchEvent(new Event('beforeprint'))");
      const quote = await driver.executeScript(() => {
        const texts = (selector) =>
          [...document.querySelectorAll(`.quote ${selector}`)].map((node) => node.textContent);
        return {
          title: texts("h2"),
          totals: texts(".quote-totals p"),
          asked: texts(".quote-asked dd"),
          lines: texts(".quote-lines tr"),
          notes: texts(".quote-notes li"),
          links: [...document.querySelectorAll(".quote a")].map(({ href }) => href),
          rates: texts(".quote-foot p")[1],
          controls: texts(":is(button, input)"),
        };
      });
      const { lines, rounding, totals, assumptions } = card.explain(USAGE);
      assert.deepEqual(quote, {
        title: [card.title],
        totals: [`${totals.credits.toFixed(2)} Credits`, "0 Video minutes"],
        asked: ["Generative", "PRO", "None", "31s", "1s"],
        lines: [
          ...lines.map(({ label, sentence, amount }) => label + sentence + amount.toFixed(2)),
          `Rounding${rounding.credits.toFixed(2)}`,
          `Estimated total${totals.credits.toFixed(2)}`,
        ],
        notes: assumptions.map(({ text, because }) => text + because),
        links: [card.source.url, `${page.url}#${STATE}`],
        rates: "An estimate, not a bill, by the rates of November 22, 2026.",
        controls: [],
      });
    });

    test("on paper too, what rounding takes away has a minus", async () => {
      await driver.executeScript(() => {
        document.querySelector("credit-estimator").value = "duration=32&clips=2";
        dispatchEvent(new Event("beforeprint"));
      });
      const rows = await driver.executeScript(() =>
        [...document.querySelectorAll(".quote-lines tr")].map((node) => node.textContent),
      );
      // 10.67 + 0.67 make 11.33
      assert.deepEqual(rows.slice(-2), ["Rounding−0.01", "Estimated total11.33"]);
    });

    test("the row is quiet and reachable: axe-core, 320 wide", async () => {
      await resize(driver, 320, 568);
      assert.deepEqual(await sidewaysOf(driver, ".take"), []);
      assert.deepEqual(await violationsOf(driver, ".take"), []);
      const small = await driver.executeScript(() =>
        [...document.querySelectorAll(".take button")].map((node) => node.offsetHeight).filter((height) => height < 44),
      );
      assert.deepEqual(small, []);
      await resize(driver, 1280, 800);
    });

    if (name !== "chromium") return;

    test("printed, nothing else is left, on one page", async () => {
      await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { media: "print" });
      await driver.executeScript("dispatchEvent(new Event('beforeprint'))");
      const left = await driver.executeScript(() =>
        [...document.querySelectorAll("body *")]
          .filter((node) => node.checkVisibility() && !node.closest(".quote"))
          .map(({ localName }) => localName),
      );
      await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { media: "" });
      assert.deepEqual(left, ["main", "section", "div"]);
      const { data } = await driver.sendAndGetDevToolsCommand("Page.printToPDF", {
        paperWidth: 8.27,
        paperHeight: 11.69,
        preferCSSPageSize: true,
      });
      const pages = Buffer.from(data, "base64")
        .toString("latin1")
        .match(/\/Type\s*\/Page\b/g);
      assert.equal(pages.length, 1);
    });
  });
}
