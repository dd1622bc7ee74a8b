// What the pages say of themselves before any script runs, and with an address of their own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { RateCard } from "../../dist/index.js";
import { fillHead } from "../../scripts/page-head.js";
import { names, open } from "../harness/index.js";
import { load, problems, serveWatchedPage, until } from "./page.js";

const PAGES = ["index.html", "editor.html"];

const source = (file) => readFileSync(new URL(`../../www/${file}`, import.meta.url), "utf8");
const built = (file) => readFileSync(new URL(`../../dist/www/${file}`, import.meta.url));

const metaOf = (html) =>
  Object.fromEntries(
    [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)].map(([, name, content]) => [
      name,
      content,
    ]),
  );

test("the figures that it opens with stand in the page before any script runs", () => {
  const { totals } = RateCard.invideoV4.estimate({ media: "generative", model: "pro", actor: "none", duration: 60 });
  const before = /<div class="before">[\s\S]*?<\/div>\s*<p>(.*?)<\/p>/.exec(`${built("index.html")}`);
  const figures = [...before[0].matchAll(/<strong>(.*?)<\/strong> (.*?)<\/p>/g)].map(([, figure, unit]) => [
    figure.replace(/<.*?>/g, ""),
    unit,
  ]);
  assert.deepEqual(figures, [
    [totals.credits.toFixed(2), "Credits"],
    [`${totals.videoMinutes}`, "Video minutes"],
  ]);
  assert.equal(before[1], "For Media Generative, Model PRO, Actor None, Video length 1:00.");
});

for (const file of PAGES) {
  describe(file, () => {
    const html = `${built(file)}`;
    const meta = metaOf(html);

    test("has a title and a description of its own, of a length that is shown whole", () => {
      const [, title] = /<title>(.*)<\/title>/.exec(html);
      assert.ok(title.length > 10 && title.length <= 60, title);
      assert.ok(meta.description.length > 50 && meta.description.length <= 160, `${meta.description.length}`);
      assert.equal(meta["og:title"], title);
      assert.doesNotMatch(html, /\{\{/);
    });

    test("is shared with a picture of the size that it says", () => {
      const picture = built(meta["og:image"]);
      assert.deepEqual(
        [picture.readUInt32BE(16), picture.readUInt32BE(20)],
        [meta["og:image:width"], meta["og:image:height"]].map(Number),
      );
      assert.ok(picture.length < 100_000 && meta["og:image:alt"].length > 20);
      assert.deepEqual([meta["twitter:card"], meta["og:type"]], ["summary_large_image", "website"]);
    });

    test("has icons and licences that are there", () => {
      const files = [...html.matchAll(/(?:href|src)="([^":#]+\.(?:svg|png|txt|css|woff2|html))"/g)];
      assert.ok(files.length >= 5);
      for (const [, name] of files) assert.ok(built(name).length > 0, name);
    });
  });
}

test("the contents are the chapters, in their order and by their names", () => {
  const html = source("index.html");
  const [, contents] = /<nav id="contents"[^>]*>(.*?)<\/nav>/s.exec(html);
  const [, masthead] = /<nav aria-label="Chapters">(.*?)<\/nav>/s.exec(html);
  const links = (part) => [...part.matchAll(/<a href="#([^"]+)">([^<]+)</g)].map(([, id, name]) => [id, name]);
  const chapters = [...html.matchAll(/<section class="chapter" id="([^"]+)".*?<h2[^>]*>([^<]+)</gs)].map(
    ([, id, name]) => [id, name],
  );
  assert.ok(chapters.length > 5);
  assert.deepEqual(links(contents), [["estimate", "The estimate"], ...chapters]);
  const short = links(masthead).map(([id]) => id);
  assert.deepEqual(
    short,
    chapters.map(([id]) => id).filter((id) => short.includes(id)),
  );
});

for (const [site, folder] of [
  ["https://example.com/prices/", "https://example.com/prices/"],
  ["https://example.com/prices", "https://example.com/prices/"],
  ["https://example.com", "https://example.com/"],
]) {
  test(`at ${site} the pages know their addresses`, () => {
    for (const [file, address] of [
      ["index.html", folder],
      ["editor.html", `${folder}editor.html`],
    ]) {
      const html = fillHead(source(file), file, site);
      const meta = metaOf(html);
      assert.deepEqual([meta["og:url"], meta["og:image"]], [address, `${folder}social.png`]);
      assert.equal(/<link rel="canonical" href="([^"]*)">/.exec(html)[1], address);
    }
  });
}

test("without an address they name none", () => {
  for (const file of PAGES) assert.doesNotMatch(fillHead(source(file), file, undefined), /canonical|og:url/);
});

for (const site of ["prices.example.com", "ftp://example.com/", "javascript:alert(1)"]) {
  test(`${site} is no address of a page`, () => {
    assert.throws(() => fillHead(source("index.html"), "index.html", site), /SITE_URL/);
  });
}

for (const name of names) {
  describe(`the page's own words in ${name}`, () => {
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

    test("its data for search engines is JSON that the policy lets through", async () => {
      const text = await driver.executeScript("return document.querySelector('[type=\"application/ld+json\"]').text");
      const data = JSON.parse(text);
      assert.deepEqual([data["@type"], data.name], ["WebApplication", `credit-estimator: ${RateCard.invideoV4.title}`]);
      assert.deepEqual(await problems(driver), []);
    });

    test("the title and the heading that it came with are those of the card", async () => {
      const html = `${built("index.html")}`;
      const [title, heading] = await driver.executeScript(
        "return [document.title, document.querySelector('h1').textContent]",
      );
      assert.ok(html.includes(`<title>${title}</title>`) && html.includes(`<h1 id="title">${heading}</h1>`));
    });

    test("a chapter that the address names is gone to, once it is there", async () => {
      await driver.get("about:blank");
      await load(driver, { ...page, url: `${page.url}#figures` });
      const inView = () =>
        driver.executeScript(() => {
          const { top } = document.querySelector("#figures").getBoundingClientRect();
          return scrollY > 0 && top > -200 && top < innerHeight / 2;
        });
      await until(inView, "it is in view");
      await load(driver, page);
    });

    test("every link within the page leads to something that is there", async () => {
      const dead = await driver.executeScript(() =>
        [...document.querySelectorAll('a[href^="#"]')]
          .filter((link) => link.checkVisibility())
          .map((link) => link.hash.slice(1))
          .filter((id) => !document.getElementById(id)?.checkVisibility()),
      );
      assert.deepEqual(dead, []);
    });
  });
}
