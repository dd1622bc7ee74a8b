// What the tests, which run in processes of their own, tell the script that runs them.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";

const folder = new URL("../../target/consumers/results/", import.meta.url);

export const note = (name) => writeFileSync(new URL(name, folder), "");
export const noted = (name) => existsSync(new URL(name, folder));

export function forget() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
