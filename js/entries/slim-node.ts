// `credit-estimator/slim` on a server: the module is in this file, since Node's fetch knows no files, Deno asks for leave to read
// them, and what bundles servers gives them addresses of its own.
import { readFile } from "node:fs/promises";
import { loadFrom } from "../load.js";
import { bytes } from "./unpack.js";

loadFrom({ own: bytes, get: (url) => (url.startsWith("file:") ? readFile(new URL(url)) : fetch(url)) });

export * from "../slim.js";
