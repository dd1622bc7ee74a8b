// The element on a stranger's page, under a strict policy: forms, states, words, cards, and what happens without it.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { Key } from "selenium-webdriver";
import { RateCard } from "../../dist/index.js";
import { names, open, resize } from "../harness/index.js";
import {
  active,
  durationField,
  enter,
  inside,
  press,
  problems,
  serveWatchedFolder,
  shown,
  slider,
  still,
  until,
} from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const POLICY =
  "default-src 'none'; img-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";
const POLICIES = { "/refused": "script-src 'self'", "/none": "script-src 'none'" };

const OTHER = {
  id: "other",
  balances: { coins: { label: "Coins", decimals: 1 } },
  inputs: [
    {
      id: "media",
      kind: "choice",
      label: "Kind",
      options: [
        { id: "stock", label: "Still" },
        { id: "live", label: "Live" },
      ],
    },
    { id: "duration", kind: "duration", label: "Length", max: 600, initial: 10 },
    { id: "takes", kind: "number", label: "Takes", max: 9, maxItems: 3 },
    { id: "fast", kind: "toggle", label: "Fast" },
  ],
  charges: [
    {
      id: "film",
      label: "Film",
      balance: "coins",
      quantity: { of: "duration" },
      price: { amount: { by: "media", stock: 1, live: 2 } },
    },
    { id: "takes", label: "Takes", balance: "coins", quantity: { of: "takes" }, price: { amount: "0.1" } },
    { id: "fast", label: "Fast", balance: "coins", when: { fast: true }, price: { amount: 5 } },
  ],
};

const EVIL = '<img src=x onerror="window.hacked=1">';
const HOSTILE = {
  id: "hostile",
  title: EVIL,
  version: `"><script>window.hacked=1</script>`,
  source: { title: EVIL, url: "javascript:window.hacked=1" },
  balances: { constructor: { label: EVIL }, hidden: { label: "x".repeat(300) } },
  inputs: [
    {
      id: "toString",
      kind: "choice",
      label: EVIL,
      options: [
        { id: "a", label: EVIL },
        { id: "b", label: "\u202eoverride" },
      ],
    },
    { id: "duration", kind: "duration", label: "y".repeat(300), max: 60, initial: 10 },
  ],
  charges: [
    {
      id: "valueOf",
      label: EVIL,
      balance: "constructor",
      when: { toString: "a" },
      quantity: { of: "duration" },
      price: { amount: 1 },
    },
    { id: "stale", label: "z".repeat(300), balance: "hidden", quantity: { of: "duration" }, price: { amount: 1 } },
  ],
  assumptions: [{ id: "evil", text: EVIL, because: EVIL }],
};

// What is set as `value`, what it then is, and its total in the first balance.
const STATES = [
  ["", "media=generative&model=pro&actor=none&duration=60", 20],
  ["duration=", "media=generative&model=pro&actor=none&duration=", 0],
  ["media=stock&duration=210", "media=stock&actor=none&duration=210", 0],
  ["?model=ultra&duration=3:30", "media=generative&model=ultra&actor=none&duration=210", 140],
  ["images=3&clips=5,3&duration=", "media=generative&model=pro&actor=none&duration=&images=3&clips=5,3", 3.27],
  ["clips=5&clips=3&duration=", "media=generative&model=pro&actor=none&duration=&clips=5,3", 2.67],
];

// What a link may hold and the card does not take: the paths and codes of what is told.
const REFUSED = [
  ["modell=ultra", ["modell unknown_input"]],
  ["model=ultr", ["model unknown_option"]],
  ["duration=-5&images=1.5", ["duration", "images off_step"]],
  ["duration=5&duration=6", ["duration"]],
  ["clips=5,x", ["clips[1]"]],
];

// What an attribute asks for and the card does not take: the paths and codes of what is told, and what is shown.
const NOT_ASKED = [
  ["budget", "xyz=5", ["xyz unknown_balance"], /^Not taken over: the rate card has no balance "xyz"$/],
  [
    "budget",
    "crdits=5&videoMinutes=3",
    ["crdits unknown_balance"],
    /did you mean "credits".*Enough: 3 Video minutes left/,
  ],
  ["budget", "abc", ["credits not_finite"], /"abc" is no number/],
  ["budget", "credits=-5", ["credits negative"], /negative/],
  ["budget", "credits=5&credits=6", ["credits not_finite"], /"5&6" is no number/],
  ["quantity", "1.5", ["times off_step"], /^Not taken over: expected a whole number$/],
  ["quantity", "20000", ["times too_large"], /10000/],
  ["quantity", "x", ["times wrong_type"], /expected a number/],
];

const DURATIONS = [
  ["210", 210],
  ["3:30", 210],
  ["3m 30s", 210],
  ["5m", 300],
  ["90 min", 5400],
  ["1 hour 2 minutes", 3720],
  ["1h2m3s", 3723],
  ["٣:٣٠", 210],
  ["3分30秒", 210],
  ["１：００", 60],
  ["১:৩০", 90],
];

// What a script may do, in the page, and what comes of it.
const USES = [
  [
    "an element made by a script, with a value before it is anywhere",
    async ({ add }) => {
      const made = document.createElement("credit-estimator");
      made.value = "duration=210";
      const before = made.value;
      add("<div></div>").append(made);
      return [before, made.value];
    },
    ["duration=210", "media=generative&model=pro&actor=none&duration=210"],
  ],
  [
    "a clone starts from the attributes, and goes its own way",
    async ({ add, estimator }) => {
      estimator.value = "duration=99";
      const clone = estimator.cloneNode(true);
      add("<div></div>").append(clone);
      clone.value = "duration=7";
      return [estimator.value, clone.value].map((value) => value.replace(/.*=/, ""));
    },
    ["99", "7"],
  ],
  [
    "moved, it keeps what was entered",
    async ({ add, estimator }) => {
      estimator.value = "duration=99";
      add("<div></div>").append(estimator);
      return [estimator.value.replace(/.*=/, ""), estimator.shadowRoot.querySelectorAll(".layout").length];
    },
    ["99", 1],
  ],
  [
    "removed while its card loads, and put back",
    async ({ add, loaded, pause }) => {
      const late = add('<credit-estimator card="other.json"></credit-estimator>');
      late.remove();
      await pause(300);
      const before = late.card === undefined;
      add("<div></div>").append(late);
      return [before, (await loaded(late)).card.id];
    },
    [true, "other"],
  ],
  [
    "two in one form",
    async ({ add }) => {
      const form = add(
        '<form><credit-estimator name="a" value="duration=5"></credit-estimator><credit-estimator name="b"></credit-estimator></form>',
      );
      form.elements[1].value = "duration=6";
      const sent = () => [...new FormData(form)].map(([name, value]) => name + value.replace(/.*=/, ""));
      const before = sent();
      form.reset();
      return [before, sent()];
    },
    [
      ["a5", "b6"],
      ["a5", "b60"],
    ],
  ],
  [
    "a document that is changed after it was given",
    async ({ card, estimator }) => {
      estimator.card = card;
      card.charges[0].price.amount = 100;
      estimator.value = "duration=20";
      const before = estimator.estimate.totals.coins;
      estimator.card = card;
      return [before, estimator.estimate.totals.coins, estimator.value.includes("duration=20")];
    },
    [20, 2000, true],
  ],
  [
    "the card before stays, marked, while another one loads",
    async ({ estimator, loaded, pause }) => {
      const state = () => [
        estimator.offsetHeight,
        estimator.shadowRoot.querySelector(".state").textContent,
        estimator.shadowRoot.querySelector(".total").part.contains("pending"),
      ];
      const [height] = state();
      estimator.setAttribute("card", "other.json");
      const [now, ...words] = state();
      while (estimator.card.id !== "other") await pause(20);
      await loaded(estimator);
      return [now === height, words, state().slice(1)];
    },
    [true, ["Loading the prices…", true], ["Estimate", false]],
  ],
  [
    "an empty name of a card is none, and one that is no address is told",
    async ({ add, pause }) => {
      const one = add('<credit-estimator card=""></credit-estimator>');
      const told = [];
      one.addEventListener("error", ({ detail }) => told.push(detail.of));
      const id = one.card.id;
      one.card = "http://[";
      await pause(100);
      return [id, told];
    },
    ["invideo-v4", ["card"]],
  ],
  [
    "a language without words: English words, and the reader's numbers",
    async ({ estimator, pause }) => {
      document.documentElement.lang = "pt-BR";
      await pause(50);
      estimator.value = "duration=14400";
      const text = (part) => estimator.shadowRoot.querySelector(part).textContent;
      const { lang } = estimator.shadowRoot.querySelector(".layout");
      return [
        text(".state"),
        text(".figure-value"),
        estimator.shadowRoot.querySelector(".slider").getAttribute("aria-valuetext"),
        lang,
      ];
    },
    ["Estimate", "4.800,00", "4 hours", "en"],
  ],
  [
    "what is no language",
    async ({ estimator, pause }) => {
      document.documentElement.lang = "x y";
      await pause(50);
      return estimator.shadowRoot.querySelector(".state").textContent;
    },
    "Estimate",
  ],
  [
    "the language of a shadow tree around it",
    async ({ add, loaded, pause }) => {
      const around = add("<div></div>").attachShadow({ mode: "open" });
      around.innerHTML = '<section lang="de"><credit-estimator></credit-estimator></section>';
      const { firstElementChild: inner } = around.firstElementChild;
      await loaded(inner);
      const words = [inner.shadowRoot.querySelector(".state").textContent];
      around.firstElementChild.lang = "es";
      for (let count = 0; count < 50 && words.length < 2; count++) {
        await pause(50);
        const now = inner.shadowRoot.querySelector(".state").textContent;
        if (now !== words[0]) words.push(now);
      }
      return words;
    },
    ["Schätzung", "Estimación"],
  ],
  [
    "on a page whose text is set as on a poster, it stays within its room",
    async ({ add, loaded }) => {
      const poster = add('<div><credit-estimator value="media=stock&amp;actor=human"></credit-estimator></div>');
      Object.assign(poster.style, {
        textTransform: "uppercase",
        textIndent: "4em",
        whiteSpace: "nowrap",
        width: "320px",
      });
      const one = await loaded(poster.firstElementChild);
      const styles = ["label", "source", "opener", "hint"].map((part) => {
        const { textTransform, textIndent, whiteSpace } = getComputedStyle(
          one.shadowRoot.querySelector(`[part~="${part}"]`) ?? one,
        );
        return [textTransform, textIndent, whiteSpace].join(" ");
      });
      return [[...new Set(styles)], one.scrollWidth <= 328];
    },
    [["none 0px normal"], true],
  ],
  [
    "what is there at first is there at once, so that nothing moves after it",
    async ({ add, loaded, pause }) => {
      const one = await loaded(add('<credit-estimator budget="100"></credit-estimator>'));
      await pause(300);
      const text = (part) => one.shadowRoot.querySelector(part).textContent;
      one.setAttribute("quantity", "2");
      return [text(".verdict"), text(".rate"), text(".together")];
    },
    ["Enough: 80.00 Credits left", "× 20 / 1m", "Together40.00 Credits0 Video minutes"],
  ],
  [
    "a version that is a day is written as a day, and not said again by when the source was read",
    async ({ card, estimator }) => {
      const versions = ["2026-11-20", "2026-11-22", "2026-13-99", "4.1"];
      return versions.map((version) => {
        estimator.card = { ...card, title: "Prices", version, source: { title: "List", retrieved: "2026-11-22" } };
        return estimator.shadowRoot.querySelector(".source").textContent.replace(/.*: /, "");
      });
    },
    [
      "Prices, version November 20, 2026, read on November 22, 2026. ",
      "Prices, read on November 22, 2026. ",
      "Prices, version 2026-13-99, read on November 22, 2026. ",
      "Prices, version 4.1, read on November 22, 2026. ",
    ],
  ],
  [
    "a rounding that was needed once keeps its row while the lines are the same",
    async ({ estimator }) => {
      const lines = [
        // 10.33 + 0.33 make 10.67; 10.67 + 0.67 make 11.33; 11 + 1 make 12; without clips there is one line
        "duration=30&clips=1",
        "duration=31&clips=1",
        "duration=33&clips=3",
        "duration=32&clips=2",
        "duration=33&clips=3",
        "duration=33",
      ];
      return lines.map((value) => {
        estimator.value = value;
        const row = estimator.shadowRoot.querySelector("tfoot .line");
        return row.checkVisibility() ? [...row.cells].map(({ textContent }) => textContent).join(" ") : "";
      });
    },
    ["", "Rounding   0.01", "Rounding   0.00", "Rounding   −0.01", "Rounding   0.00", ""],
  ],
  [
    "words in part, and none again",
    async ({ estimator }) => {
      const total = () => estimator.shadowRoot.querySelector(".sum .line-label").textContent;
      estimator.words = { total: "All of it" };
      const own = total();
      estimator.words = undefined;
      return [own, total()];
    },
    ["All of it", "Estimated total"],
  ],
];

const LANGUAGES = {
  en: ["Estimate", "Credits", "Estimated total"],
  de: ["Schätzung", "Credits", "Geschätzte Summe"],
  es: ["Estimación", "Créditos", "Total estimado"],
  ja: ["見積もり", "クレジット", "見積もり合計"],
  ar: ["تقدير", "رصيد", "المجموع المقدَّر"],
};

for (const name of names) {
  describe(`the element in ${name}`, () => {
    let page;
    let driver;
    let count = 0;
    before(async () => {
      page = await serveWatchedFolder({
        headers: (path) => ({
          "content-security-policy": Object.entries(POLICIES).find(([start]) => path.startsWith(start))?.[1] ?? POLICY,
        }),
      });
      writeFileSync(
        join(page.folder, "host.css"),
        "credit-estimator:not(:defined) { display: block; min-height: 10px; }",
      );
      writeFileSync(join(page.folder, "other.json"), JSON.stringify(OTHER));
      writeFileSync(join(page.folder, "hostile.json"), JSON.stringify(HOSTILE));
      writeFileSync(join(page.folder, "broken.json"), '{ "id": "broken", "balances": {} }');
      driver = await open(name);
    });
    after(async () => {
      await driver?.quit();
      await page?.close();
    });
    afterEach(async () => assert.deepEqual(await problems(driver), []));

    /** Opens a page with the element in it, and waits for its first estimate or its notice. */
    async function show(html, { policy = "page", lang = "en", dir = "ltr", settled = true } = {}) {
      const file = `${policy}-${++count}.html`;
      writeFileSync(
        join(page.folder, file),
        `<!doctype html><html lang="${lang}" dir="${dir}"><meta charset="utf-8"><title>A page</title>` +
          `<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="host.css">` +
          `<script src="listener.js"></script><script type="module" src="credit-estimator/define.js"></script>` +
          `<main><h1>A page</h1>${html}</main>`,
      );
      await driver.get(page.url + file);
      if (!settled) return;
      await until(
        () =>
          driver.executeScript(
            "return [...document.querySelectorAll('credit-estimator')].every((one) => one.estimate)",
          ),
        "an estimate",
      );
    }
    const run = (script, ...words) => driver.executeScript(script, ...words);
    const set = (value) => run("document.querySelector('credit-estimator').value = arguments[0]", value);
    const get = (property) => run("return document.querySelector('credit-estimator')[arguments[0]]", property);
    const listen = () =>
      run(() => {
        window.heard = [];
        for (const type of ["input", "change", "estimate", "error"]) {
          document.querySelector("credit-estimator").addEventListener(type, (event) => {
            const { of, error, value } = event.detail ?? {};
            window.heard.push([
              type,
              of ?? value ?? "",
              (error?.problems ?? []).map(({ path, code }) => `${path} ${code}`),
            ]);
          });
        }
      });
    const heard = () => run("return window.heard.splice(0)");
    const audit = async () => {
      // what is still appearing is pale
      await run(() =>
        Promise.all(
          Array.from(document.querySelectorAll("credit-estimator"), ({ shadowRoot }) => shadowRoot.getAnimations())
            .flat()
            .map(({ finished }) => finished.catch(() => {})),
        ).then(() => {}),
      );
      await run(AXE);
      const { violations } = await run("return axe.run({ rules: { region: { enabled: false } } })");
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    };

    test("a form sends its state, resets it, and stops at what cannot be priced", async () => {
      await show(
        `<form><fieldset><credit-estimator name="video" value="duration=3:30"></credit-estimator></fieldset><button>Send</button></form>`,
      );
      const sent = () => run("return new FormData(document.forms[0]).get('video')");
      const valid = () => run("return document.forms[0].checkValidity()");
      const initial = "media=generative&model=pro&actor=none&duration=210";
      assert.equal(await sent(), initial);
      await enter(await durationField(driver), `5m${Key.TAB}`);
      assert.deepEqual([await sent(), await valid()], [initial.replace("210", "300"), true]);
      await enter(await durationField(driver), "5x");
      assert.deepEqual([(await sent()).endsWith("=5"), await valid()], [true, false]);
      assert.match(await get("validationMessage"), /duration/);
      await run("document.forms[0].requestSubmit()");
      assert.equal(
        await run((node) => node.part.contains("time"), await active(driver)),
        true,
        "the focus is where the error is",
      );
      await run("document.forms[0].reset()");
      assert.deepEqual([await sent(), await valid()], [initial, true]);
      await run("document.querySelector('fieldset').disabled = true");
      assert.deepEqual([await sent(), await get("willValidate")], [null, false]);
    });

    test("where no element can belong to a form, its events serve it", async () => {
      writeFileSync(join(page.folder, "without.js"), "delete HTMLElement.prototype.attachInternals");
      await show(
        `<script src="without.js"></script><form><fieldset><credit-estimator name="video" value="duration=3:30"></credit-estimator></fieldset><button>Send</button></form>`,
      );
      const sent = () => run("return new FormData(document.forms[0]).get('video')");
      const initial = "media=generative&model=pro&actor=none&duration=210";
      await until(async () => (await sent()) === initial, "the form is served");
      await run(
        "document.forms[0].addEventListener('submit', (event) => { window.submits = (window.submits ?? 0) + 1; event.preventDefault(); })",
      );
      assert.deepEqual(
        await run(
          "const one = document.querySelector('credit-estimator'); return [one.form === document.forms[0], one.willValidate, one.validity]",
        ),
        [true, false, null],
      );
      await enter(await durationField(driver), `5m${Key.TAB}`);
      assert.equal(await sent(), initial.replace("210", "300"));
      await run("document.forms[0].requestSubmit()");
      assert.equal(await run("return window.submits"), 1);
      await enter(await durationField(driver), `5x${Key.TAB}`);
      assert.equal(await run("return document.querySelector('credit-estimator').checkValidity()"), false);
      await run("document.forms[0].requestSubmit()");
      assert.equal(
        await run((node) => node.part.contains("time"), await active(driver)),
        true,
        "the focus is where the error is",
      );
      assert.deepEqual((await shown(driver)).state, "Last valid estimate");
      await run("document.forms[0].reset()");
      assert.equal(await sent(), initial);
      await run("document.querySelector('fieldset').disabled = true");
      await until(async () => (await sent()) === null, "a disabled fieldset sends nothing");
      assert.equal(await run((node) => node.inert, await inside(driver, ".layout")), true);
      await run("document.querySelector('fieldset').disabled = false");
      await until(async () => (await sent()) === initial, "it sends again");
      await run("document.querySelector('main').append(document.querySelector('credit-estimator'))");
      assert.equal(await sent(), null, "taken out of the form");
    });

    test("every state is one string, there and back", async () => {
      await show("<credit-estimator></credit-estimator>");
      for (const [value, written, credits] of STATES) {
        for (const state of [value, written]) {
          await set(state);
          const { credits: total } = await run("return document.querySelector('credit-estimator').estimate.totals");
          assert.deepEqual([await get("value"), total], [written, credits], state);
        }
      }
    });

    test("a link brings the same estimate to another page", async () => {
      await show(`<credit-estimator></credit-estimator>`);
      await enter(await durationField(driver), "2:01");
      await press(await inside(driver, '.segment:has([value="stock"])'));
      await press(await inside(driver, '.segment:has([value="human"])'));
      const link = await get("value");
      const { totals } = await shown(driver);
      assert.deepEqual(totals, { Credits: "15.00", "Video minutes": "3" });
      await show(`<credit-estimator value="${link.replace(/&/g, "&amp;")}"></credit-estimator>`);
      assert.deepEqual([await get("value"), (await shown(driver)).totals], [link, totals]);
    });

    test("what a state names and the card does not take is told, and the rest is taken", async () => {
      await show("<credit-estimator></credit-estimator>");
      await listen();
      for (const [state, told] of REFUSED) {
        await set(`actor=human&${state}`);
        const [, of, paths] = (await heard()).find(([type]) => type === "error") ?? [];
        assert.equal(of, "value", state);
        assert.deepEqual(
          paths.map((path, index) => path.slice(0, told[index]?.length)),
          told,
          state,
        );
        assert.match((await shown(driver)).state, /Not taken over: /, state);
        assert.match(await get("value"), /actor=human/, state);
      }
      const isAlarming = () =>
        driver.executeScript(
          "return document.querySelector('credit-estimator').shadowRoot.querySelector('.state').part.contains('invalid')",
        );
      await set("duration=abc");
      assert.match((await shown(driver)).state, /Not taken over: Video length: "abc"/);
      assert.equal(await isAlarming(), true);
      await enter(await durationField(driver), "5");
      assert.equal((await shown(driver)).state, "Estimate");
      assert.equal(await isAlarming(), false);
    });

    test("input, estimate and change, once each and in this order", async () => {
      await show("<credit-estimator></credit-estimator>");
      await listen();
      await enter(await durationField(driver), `5${Key.TAB}`);
      const state = "media=generative&model=pro&actor=none&duration=5";
      assert.deepEqual(await heard(), [
        ["input", "", []],
        ["estimate", state, []],
        ["change", "", []],
      ]);
      await press(await inside(driver, '.segment:has([value="ultra"])'));
      assert.deepEqual(
        (await heard()).map(([type]) => type),
        ["input", "estimate", "change"],
      );
      await set("duration=7");
      assert.deepEqual(
        (await heard()).map(([type]) => type),
        ["estimate"],
      );
      await set("duration=7");
      assert.deepEqual(await heard(), []);
    });

    test("durations as people write them", async () => {
      await show("<credit-estimator></credit-estimator>");
      for (const [text, seconds] of DURATIONS) {
        await enter(await durationField(driver), text + Key.TAB);
        const { totals } = RateCard.invideoV4.estimate({ duration: seconds });
        assert.equal(
          await run("return document.querySelector('credit-estimator').estimate.totals.credits"),
          totals.credits,
          text,
        );
        await set("");
      }
    });

    test("five languages, on the page and on the element, and words of one's own", async () => {
      await show("<credit-estimator></credit-estimator>");
      for (const [lang, words] of Object.entries(LANGUAGES)) {
        await run("document.documentElement.lang = arguments[0]", `${lang}-x-test`);
        const now = () =>
          run(() => {
            const { shadowRoot } = document.querySelector("credit-estimator");
            return [".state", ".figure-unit", ".sum .line-label"].map(
              (part) => shadowRoot.querySelector(part).textContent,
            );
          });
        await until(async () => (await now())[0] === words[0], lang);
        assert.deepEqual(await now(), words);
      }
      await run("document.querySelector('credit-estimator').lang = 'en'");
      await run(
        "document.querySelector('credit-estimator').words = { estimate: 'Quote', labels: { 'balances.credits': 'Stars' } }",
      );
      const { state, totals } = await shown(driver);
      assert.deepEqual([state, totals], ["Quote", { Stars: "20.00", "Video minutes": "0" }]);
    });

    test("from right to left", async () => {
      await show("<credit-estimator chart></credit-estimator>", { lang: "ar", dir: "rtl" });
      await run((node) => node.focus(), await slider(driver));
      await driver.actions().sendKeys(Key.ARROW_LEFT).perform();
      const { duration } = await shown(driver);
      const [thumb, middle] = await run(() => {
        const { shadowRoot } = document.querySelector("credit-estimator");
        const box = (part) => shadowRoot.querySelector(part).getBoundingClientRect();
        return [box(".time").x, box(".track").x + box(".track").width / 2];
      });
      assert.equal(duration, "1:01");
      assert.ok(thumb > middle, "a short duration is on the right");
      assert.deepEqual(await audit(), []);
    });

    test("a line opens to how it comes about, by keyboard too", async () => {
      await show(`<credit-estimator value="actor=human&amp;duration=61"></credit-estimator>`);
      await run((node) => node.focus(), await inside(driver, ".line:nth-of-type(3) .opener"));
      await driver.actions().sendKeys(Key.ENTER).perform();
      const node = await inside(driver, ".details:nth-of-type(4) .derivation");
      const derivation = () => run((some) => some.checkVisibility() && some.textContent, node);
      assert.match(await derivation(), /1:01 consumed.*2:00.*= 10 credits/);
      await enter(await durationField(driver), "121");
      assert.match(await derivation(), /2:01 consumed.*3:00.*= 15 credits/, "it stays open, and true");
      assert.deepEqual(await audit(), []);
    });

    test("the track is whole where its steps are even, and from there on in dashes", async () => {
      for (const dir of ["ltr", "rtl"]) {
        await show("<credit-estimator></credit-estimator>", { dir });
        const tracks = await run(() => {
          const { shadowRoot } = document.querySelector("credit-estimator");
          return [...shadowRoot.querySelectorAll(".rail-body")].map((rail) => {
            const { maskImage, scale } = getComputedStyle(rail.querySelector(".track"), "::before");
            const { x, width } = rail.querySelector(".track").getBoundingClientRect();
            const [, share] = /^linear-gradient\(90deg, rgb\(0, 0, 0\) ([\d.]+)%/.exec(maskImage) ?? [];
            const even = scale.startsWith("-1") ? 1 - share / 100 : share / 100;
            const labels = [...rail.querySelectorAll(".scale-label")].map((label) => {
              const box = label.getBoundingClientRect();
              return [label.textContent, (box.x + box.width / 2 - x) / width];
            });
            const [nearest] = labels.sort(([, one], [, other]) => Math.abs(one - even) - Math.abs(other - even));
            return [nearest[0], Math.abs(nearest[1] - even) * width < 4, /repeating/.test(maskImage)];
          });
        });
        assert.deepEqual(tracks, [
          ["5m", true, true],
          ["20", true, true],
        ]);
      }
    });

    test("the hint at an edge goes there", async () => {
      await show(`<credit-estimator value="actor=human&amp;duration=61"></credit-estimator>`);
      await until(() => inside(driver, ".hint"), "a hint");
      const hint = await inside(driver, ".hint");
      assert.match(await run((node) => node.textContent, hint), /^1 second less saves 5\.33 Credits$/);
      await press(hint);
      assert.equal((await shown(driver)).duration, "1:00");
    });

    test("what a balance buys, the choices side by side, and several of them", async () => {
      await show(`<credit-estimator value="duration=210"></credit-estimator>`);
      const text = (selector) =>
        run(
          (some) => document.querySelector("credit-estimator").shadowRoot.querySelector(some)?.textContent ?? "",
          selector,
        );
      assert.equal(await text(".more"), "");
      await run(
        "Object.assign(document.querySelector('credit-estimator'), { budget: 100, compare: true, quantity: 3 })",
      );
      await until(async () => (await text(".verdict")) !== "", "the verdict");
      assert.equal(await text(".verdict"), "Enough: 30.00 Credits left");
      assert.equal(await text(".most"), "Video length: 5 minutes at most");
      assert.match(await text(".together"), /210\.00 Credits.*0 Video minutes/);
      const choices = () =>
        run(() =>
          Array.from(
            document.querySelector("credit-estimator").shadowRoot.querySelectorAll(".comparison .line"),
            ({ children }) => Array.from(children, ({ textContent }) => textContent).join(" "),
          ),
        );
      assert.deepEqual(await choices(), [
        "Generative (chosen) 70.00 0",
        "Stock / basic 0.00 4",
        "PRO (chosen) 70.00 0",
        "ULTRA 140.00 0",
        "None (chosen) 70.00 0",
        "Human 90.00 0",
        "Virtual Pro 90.00 0",
        "Own avatar 90.00 0",
      ]);
      assert.deepEqual(await audit(), []);
      await listen();
      await press(await inside(driver, ".comparison table:nth-of-type(2) .line:nth-of-type(2) .opener"));
      await until(async () => (await text(".verdict")).startsWith("Not enough"), "the balance is short");
      assert.equal(await text(".verdict"), "Not enough: 40.00 Credits short");
      assert.match(await text(".together"), /420\.00 Credits/);
      assert.deepEqual(
        (await heard()).map(([type]) => type),
        ["input", "estimate", "change"],
      );
      await enter(await inside(driver, "#quantity"), "12");
      await until(async () => /1,680\.00/.test(await text(".together")), "twelve of them");
      assert.deepEqual(await heard(), [], "what is asked besides is no part of the state");
      await run(
        "Object.assign(document.querySelector('credit-estimator'), { budget: null, compare: false, quantity: null })",
      );
      assert.equal(await text(".more"), "");
    });

    test("what an attribute asks for and the card does not take is told once, and shown", async () => {
      await show("<credit-estimator></credit-estimator>");
      await listen();
      const words = (of) =>
        run(
          (part) =>
            Array.from(
              document.querySelector("credit-estimator").shadowRoot.querySelectorAll(`${part} > p`),
              ({ textContent }) => textContent,
            )
              .filter(Boolean)
              .join(" "),
          of === "budget" ? ".budget" : ".several",
        );
      for (const [attribute, value, told, shown] of NOT_ASKED) {
        await run(
          (name, text) => document.querySelector("credit-estimator").setAttribute(name, text),
          attribute,
          value,
        );
        await until(async () => shown.test(await words(attribute)), `${attribute}=${value}: ${shown}`);
        await run("document.querySelector('credit-estimator').words = {}");
        assert.deepEqual(await heard(), [["error", attribute, told]], value);
        await run((name) => document.querySelector("credit-estimator").removeAttribute(name), attribute);
      }
      await run("document.querySelector('credit-estimator').budget = 100");
      await until(async () => (await words("budget")) === "Enough: 80.00 Credits left", "the verdict");
      await enter(await inside(driver, "#budget-credits"), `-5${Key.TAB}`);
      assert.match(await words("budget"), /^Credits: .*negative/);
      assert.deepEqual(await audit(), []);
      await enter(await inside(driver, "#budget-credits"), "5");
      assert.equal(await words("budget"), "Not enough: 15.00 Credits short");
    });

    test("two elements with two cards do not mix", async () => {
      await show(
        `<credit-estimator id="one"></credit-estimator><credit-estimator id="two" card="other.json" value="media=live&amp;takes=2,3"></credit-estimator>`,
      );
      const values = () => run("return [one.value, two.value]");
      assert.deepEqual(await values(), [STATES[0][1], "media=live&duration=10&takes=2,3&fast=false"]);
      await press(await run(`return two.shadowRoot.querySelector('.segment:has([value="stock"])')`));
      assert.deepEqual(await values(), [STATES[0][1], "media=stock&duration=10&takes=2,3&fast=false"]);
      await press(await run(`return one.shadowRoot.querySelector('.segment:has([value="stock"])')`));
      assert.deepEqual((await values())[1], "media=stock&duration=10&takes=2,3&fast=false");
      assert.equal(await run("return two.estimate.totals.coins"), 10.5);
      assert.deepEqual(await audit(), []);
    });

    if (name === "chromium") {
      test("nothing moves when it comes in, on a page that follows the guide", async () => {
        const guide = readFileSync(new URL("../../docs/element.md", import.meta.url), "utf8");
        const [, rule] = /^(credit-estimator \{.*\}) \/\* so that nothing moves/m.exec(guide);
        writeFileSync(join(page.folder, "host.css"), rule);
        writeFileSync(
          join(page.folder, "shifts.js"),
          `window.shifts = [];
          new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: "layout-shift", buffered: true });`,
        );
        for (const [width, height] of [
          [360, 740],
          [1280, 800],
        ]) {
          await resize(driver, width, height);
          await show(
            `<script src="shifts.js"></script><p>What it costs:</p>
            <credit-estimator chart compare budget="100" card="other.json" lang="de">20 credits a minute</credit-estimator>
            <p>What is below</p>`,
          );
          await run("return new Promise((done) => setTimeout(done, 700))");
          assert.deepEqual(await run("return window.shifts"), [], `${width} wide`);
        }
      });
    }

    for (const [what, act, expected] of USES) {
      test(what, async () => {
        await show("<credit-estimator></credit-estimator>");
        const outcome = await run(
          `const done = [];
          const pause = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds));
          const add = (html) => {
            document.querySelector("main").insertAdjacentHTML("beforeend", html);
            return document.querySelector("main").lastElementChild;
          };
          const loaded = async (one) => {
            for (let count = 0; count < 100 && !one.estimate; count++) await pause(30);
            return one;
          };
          return (${act})({ estimator: document.querySelector("credit-estimator"), add, loaded, pause, card: ${JSON.stringify(OTHER)} });`,
        );
        assert.deepEqual(outcome, expected);
      });
    }

    test("a property that was set before the class was there", async () => {
      await show(`<credit-estimator></credit-estimator>`);
      const value = await run((card) => {
        const late = document.createElement("x-late");
        Object.assign(late, { value: "media=live", card });
        customElements.define("x-late", class extends customElements.get("credit-estimator") {});
        document.querySelector("main").append(late);
        return late.value;
      }, OTHER);
      assert.equal(value, "media=live&duration=10&fast=false");
    });

    test("a card that does not load, or is wrong, says so and can be tried again", async () => {
      const file = join(page.folder, `late-${name}.json`);
      const notice = () =>
        run(
          "return document.querySelector('credit-estimator').shadowRoot.querySelector('[role=alert]:not([hidden])')?.textContent ?? ''",
        );
      await show(`<credit-estimator card="late-${name}.json">10 coins a clip</credit-estimator>`, { settled: false });
      await until(async () => /could not be loaded.*404/s.test(await notice()), "the notice");
      assert.match(
        await run("return document.querySelector('main').innerText"),
        /10 coins a clip/,
        "the fallback stays",
      );
      assert.deepEqual(await audit(), []);
      await run("document.querySelector('credit-estimator').card = 'broken.json'");
      await until(async () => /at least one charge/.test(await notice()), "what is wrong with the card");
      writeFileSync(file, JSON.stringify(OTHER));
      await run("document.querySelector('credit-estimator').card = undefined");
      await until(() => get("estimate"), "the card");
      assert.deepEqual([await notice(), (await shown(driver)).totals], ["", { Coins: "10.0" }]);
      rmSync(file);
      await run("document.querySelector('credit-estimator').reload()");
      await until(async () => /404/.test(await notice()), "the notice again");
      writeFileSync(file, JSON.stringify(OTHER));
      await press(await inside(driver, ".retry"));
      await until(() => get("estimate"), "the card, tried again");
      rmSync(file);
      // the browser itself tells of a file that is not there
      await run("window.problems.splice(0)");
    });

    test("without WebAssembly and without JavaScript the fallback stands", async () => {
      const visible = () => run("return document.querySelector('credit-estimator').innerText.trim()");
      await show(`<credit-estimator>20 credits a minute</credit-estimator>`, { policy: "refused", settled: false });
      await until(() => run("return document.querySelector('credit-estimator').matches(':defined')"), "the element");
      assert.equal(await visible(), "20 credits a minute");
      await show(`<credit-estimator> <noscript>no</noscript> </credit-estimator>`, {
        policy: "refused",
        settled: false,
      });
      await until(
        () =>
          run(
            "return /could not be started/.test(document.querySelector('credit-estimator').shadowRoot?.querySelector('[role=alert]')?.textContent)",
          ),
        "the notice",
      );
      await show(`<credit-estimator>20 credits a minute</credit-estimator>`, { policy: "none", settled: false });
      assert.equal(await visible(), "20 credits a minute");
      await show("<credit-estimator></credit-estimator>");
    });

    test("hostile labels are text", async () => {
      await resize(driver, 320, 600);
      await show(`<credit-estimator chart card="hostile.json"></credit-estimator>`);
      const { lines } = await shown(driver);
      assert.deepEqual(Object.keys(lines), [EVIL, "z".repeat(300)]);
      assert.deepEqual(
        await run(() => {
          const { shadowRoot } = document.querySelector("credit-estimator");
          return [window.hacked, shadowRoot.querySelectorAll("img, script, a").length];
        }),
        [null, 0],
      );
      await resize(driver, 1280, 800);
    });

    test("what is below stays where it is", async () => {
      await show(`<credit-estimator></credit-estimator><p id="below">below</p>`);
      const place = () => run("return below.getBoundingClientRect().top");
      const before = await place();
      await set("media=stock&actor=human&duration=2:01");
      await set("");
      await still(driver);
      assert.equal(await place(), before);
    });
  });
}
