// What a page of dist/www says of itself to search engines and to those who share it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Problem, root } from "./steps.js";

/**
 * A page's HTML with the title of the built-in card, and with addresses of its own where `site`, the address of the
 * deployed folder, is known.
 */
export function fillHead(html, file, site) {
  const { title } = JSON.parse(readFileSync(join(root, "cards/invideo-v4.json"), "utf8"));
  const filled = html.replaceAll("{{card}}", escaped(title));
  if (!site) return filled;
  const folder = readAddress(site);
  const address = new URL(file === "index.html" ? "./" : file, folder).href;
  const picture = (text) => text.replaceAll('"social.png"', `"${new URL("social.png", folder).href}"`);
  const own = [
    `  <link rel="canonical" href="${escaped(address)}">`,
    `  <meta property="og:url" content="${escaped(address)}">`,
  ];
  return picture(filled).replace("</head>", `${own.join("\n")}\n</head>`);
}

function readAddress(site) {
  const address = tryAddress(site);
  if (!/^https?:$/.test(address?.protocol ?? "")) {
    throw new Problem(
      `SITE_URL is "${site}"; it is to be the address of the page, such as https://example.com/prices/`,
    );
  }
  if (!address.pathname.endsWith("/")) address.pathname += "/";
  return address;
}

function tryAddress(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
