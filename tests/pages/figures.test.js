// The figures that the vendor published, read off the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { names, open } from "../harness/index.js";
import { load, problems, serveWatchedPage, shown } from "./page.js";

const { rows } = JSON.parse(readFileSync(new URL("../figures/invideo-v4.json", import.meta.url), "utf8"));

const UNITS = { credits: "Credits", videoMinutes: "Video minutes" };

const published = rows.flatMap(({ table, input, expect }) => {
  const { seconds, secondsAtMost, secondsFrom, secondsTo, clipSeconds, ...usage } = input;
  const durations = [seconds, secondsAtMost, secondsFrom, secondsTo].filter((each) => each !== undefined);
  const clips = clipSeconds === undefined ? [] : [clipSeconds];
  return (durations.length > 0 ? durations : [undefined]).map((duration) => [
    table,
    { ...usage, duration, clips },
    expect,
  ]);
});

const more = [
  ["ULTRA + human", { media: "generative", model: "ultra", actor: "human", duration: "3:30" }, { credits: 160 }],
  ["stock + actor", { media: "stock", actor: "human", duration: "2:01" }, { credits: 15, videoMinutes: 3 }],
  ["seconds", { model: "pro", duration: "210" }, { credits: 70, videoMinutes: 0 }],
  ["hours", { model: "pro", duration: "1:02:03" }, { credits: 1241, videoMinutes: 0 }],
  ["a video and edits", { duration: "3:30", images: 1, clips: ["5", "3"] }, { credits: 72.87 }],
  ["edits alone", { images: 3, clips: ["0:05"] }, { credits: 2.27, videoMinutes: 0 }],
  ["nothing", {}, { credits: 0, videoMinutes: 0 }],
];

const asShown = (unit, amount) => amount.toLocaleString("en", { minimumFractionDigits: unit === "credits" ? 2 : 0 });

/** A usage as the element's state; without a `duration` the video is left out. */
const state = (usage) =>
  Object.entries({ duration: "", ...usage })
    .map(([input, value]) => `${input}=${value ?? ""}`)
    .join("&");

for (const name of names) {
  describe(`published figures in ${name}`, () => {
    let page;
    let driver;
    before(async () => {
      page = await serveWatchedPage();
      driver = await open(name);
      await load(driver, page);
    });
    after(async () => {
      await driver?.quit();
      await page?.close();
    });

    test("each is shown for the state that makes it", async () => {
      for (const [table, usage, expected] of [...published, ...more]) {
        const row = `${table}: ${state(usage)}`;
        await driver.executeScript("document.querySelector('credit-estimator').value = arguments[0]", state(usage));
        const { totals, lines, errors } = await shown(driver);
        const { surcharge, ...balances } = expected;
        assert.deepEqual(errors, [], row);
        if (surcharge !== undefined) assert.equal(lines.Actor, asShown("credits", surcharge), row);
        for (const [balance, amount] of Object.entries(balances)) {
          assert.equal(totals[UNITS[balance]], asShown(balance, amount), `${row}: ${balance}`);
        }
      }
      assert.deepEqual(await problems(driver), []);
    });
  });
}
