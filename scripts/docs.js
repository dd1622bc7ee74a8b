// `npm run docs` writes docs/api.md from the types and what is said of them. What is said of nothing stops it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main, Problem, root, run } from "./steps.js";

const FILE = "docs/api.md";

/** The text of docs/api.md. */
export async function reference() {
  const folder = mkdtempSync(join(root, "target/api-"));
  try {
    const typedoc = join(root, "docs/node_modules/typedoc/bin/typedoc");
    const { ok } = await run("node", [typedoc, "--options", "docs/typedoc.json", "--out", folder], {
      quiet: true,
      env: { NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    if (!ok) throw new Problem("The API reference cannot be made.");
    const text = readFileSync(join(folder, "api.md"), "utf8");
    return `<!-- Generated from the types in js/ by \`npm run docs\`. -->\n\n${tidy(withContents(text))}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** With a list of what there is before the first chapter, and of what a rate card and a session can be asked. */
function withContents(markdown) {
  const [head, ...chapters] = markdown.split(/^(?=## )/m);
  const links = (text, level) =>
    Array.from(text.matchAll(new RegExp(`<a id="([^"]+)"></a>\\s+${level} (.*)`, "g")))
      .filter(([, , name]) => !name.startsWith("Constructor"))
      .map(([, id, name]) => `[${name}](#${id})`)
      .join(" · ");
  const lines = chapters.flatMap((chapter) => {
    const [, title] = /^## (.*)/.exec(chapter);
    const asked = /^### (RateCard|Session)$(.*?)^\*\*\*$/ms.exec(chapter);
    return [
      `**${title}**: ${links(chapter, "###")}`,
      ...(asked ? [`**${title}, ${asked[1]}**: ${links(asked[2], "#####")}`] : []),
    ];
  });
  return [head, ...lines.map((line) => `${line}\n\n`), ...chapters].join("");
}

/** Without anchors that nothing leads to. */
function tidy(markdown) {
  const targets = new Set(Array.from(markdown.matchAll(/\]\(#([^)]+)\)/g), ([, target]) => target));
  return markdown.replace(/<a id="([^"]+)"><\/a>(?: |\n\n)/g, (anchor, id) => (targets.has(id) ? anchor : ""));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => writeFileSync(join(root, FILE), await reference()));
}
