// The README's code for consumers: a fence such as "```js vite/main.js" holds the file main.js of the app "vite".
import { readFileSync } from "node:fs";
import { note, noted } from "./results.js";

const FENCE = /^```\w+ ([\w-]+)\/(\S+)\n(.*?)^```/gms;
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const all = [...readme.matchAll(FENCE)].map(([, app, file, code]) => ({ app, file, code }));

/** The files that the README gives for an app, by path. */
export function snippets(app) {
  note(`README ${app}`);
  return Object.fromEntries(all.filter((snippet) => snippet.app === app).map(({ file, code }) => [file, code]));
}

/** The README's apps that no test has made. */
export const unused = () => [...new Set(all.map(({ app }) => app))].filter((app) => !noted(`README ${app}`));
