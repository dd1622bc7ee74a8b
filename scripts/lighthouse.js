// `npm run lighthouse [PAGE…]` lets Lighthouse judge the built pages, as a phone and as a desktop, served as a static host
// serves them. Lighthouse is no dependency, for its size: `npm install --no-save lighthouse` brings it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { TYPES } from "./serve.js";
import { main, Problem, root } from "./steps.js";

const SITE = join(root, "dist/www");
const COMPRESSED = /\.(html|js|css|svg|txt)$/;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

async function load(name) {
  try {
    return await import(name);
  } catch {
    throw new Problem(`${name} is not installed: npm install --no-save lighthouse`);
  }
}

/** Serves the page compressed beforehand, to be kept for ever but for the HTML. */
async function serveCompressed() {
  const files = new Map();
  for (const file of readdirSync(SITE, { recursive: true })) {
    const path = join(SITE, file);
    if (!statSync(path).isFile()) continue;
    const isHtml = file.endsWith(".html");
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": isHtml ? "no-cache" : "public, max-age=31536000, immutable",
    };
    const text = readFileSync(path);
    const isSmaller = COMPRESSED.test(file);
    if (isSmaller) headers["content-encoding"] = "br";
    const body = isSmaller ? brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) : text;
    files.set(`/${file}`, { headers, body });
  }
  files.set("/", files.get("/index.html"));
  files.set("/robots.txt", { headers: { "content-type": TYPES[".txt"] }, body: "User-agent: *\nAllow: /\n" });
  const server = createServer(({ url }, response) => {
    const file = files.get(new URL(url, "http://localhost").pathname);
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, file.headers).end(file.body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://localhost:${server.address().port}/`, close: () => server.close() };
}

/** What costs points, with what it costs. */
function lostBy({ audits, categories }) {
  return CATEGORIES.flatMap((category) =>
    categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
      .map(({ id }) => `${category}: ${audits[id].title}, ${audits[id].displayValue ?? audits[id].score}`),
  );
}

await main(async () => {
  const { default: lighthouse, desktopConfig } = await load("lighthouse");
  const { launch } = await load("chrome-launcher");
  const pages = process.argv.slice(2);
  const site = await serveCompressed();
  const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    for (const page of pages.length > 0 ? pages : ["", "editor.html"]) {
      for (const [device, config] of [
        ["phone", undefined],
        ["desktop", desktopConfig],
      ]) {
        const { lhr } = await lighthouse(site.url + page, { port: chrome.port, logLevel: "error" }, config);
        const scores = CATEGORIES.map((category) => `${category} ${Math.round(lhr.categories[category].score * 100)}`);
        console.log(`${page || "index.html"}, ${device}: ${scores.join(", ")}`);
        for (const lost of lostBy(lhr)) console.log(`  ${lost}`);
      }
    }
  } finally {
    chrome.kill();
    site.close();
  }
});
