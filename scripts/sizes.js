// Prints what a consumer downloads and writes it to dist/sizes.json.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FILES = ["dist/index.js", "dist/wasm/credit_estimator_bg.wasm", "dist/element.js", "dist/define.js"];

const measure = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});

const sizes = Object.fromEntries(FILES.map((file) => [file.replace("dist/", ""), measure(readFileSync(file))]));
writeFileSync("dist/sizes.json", `${JSON.stringify(sizes, null, 2)}\n`);

const columns = ["raw", "gzip", "brotli"];
const row = (name, values) => `  ${name.padEnd(32)}${values.map((value) => String(value).padStart(9)).join("")}`;
console.log(row("bytes", columns));
for (const [file, size] of Object.entries(sizes))
  console.log(
    row(
      file,
      columns.map((column) => size[column]),
    ),
  );
