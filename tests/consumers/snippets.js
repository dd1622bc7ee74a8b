// The code for consumers of docs/runtimes.md: a fence such as "```js vite/main.js" holds the file main.js of the app "vite".
import { readFileSync } from "node:fs";
import { note, noted } from "./results.js";

const FENCE = /^```\w+ ([\w-]+)\/(\S+)\n(.*?)^```/gms;
const guide = readFileSync(new URL("../../docs/runtimes.md", import.meta.url), "utf8");
const all = [...guide.matchAll(FENCE)].map(([, app, file, code]) => ({ app, file, code }));

/** The files that the guide gives for an app, by path. */
export function snippets(app) {
  note(`guide ${app}`);
  return Object.fromEntries(all.filter((snippet) => snippet.app === app).map(({ file, code }) => [file, code]));
}

/** The guide's apps that no test has made. */
export const unused = () => [...new Set(all.map(({ app }) => app))].filter((app) => !noted(`guide ${app}`));
