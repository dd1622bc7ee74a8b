// Plain Node, as whatever runs before the npm packages are there.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./steps.js";

/** Each file of dist/ that the element comes in, and the source that it is made of. */
export const ELEMENT_FILES = {
  "element.js": "js/element/index.ts",
  "define.js": "js/element/define.ts",
  "element.chart.js": "js/element/chart/chart.ts",
  "element.more.js": "js/element/more/more.ts",
  ...Object.fromEntries(
    readdirSync(join(root, "js/element/words"))
      .filter((file) => /^\w\w\.ts$/.test(file) && file !== "en.ts")
      .map((file) => [`words.${basename(file, ".ts")}.js`, `js/element/words/${file}`]),
  ),
};
