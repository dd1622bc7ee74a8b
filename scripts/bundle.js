// The public JavaScript, one self-contained file for `import` and one for `require`.
import { build } from "esbuild";

const common = {
  entryPoints: ["js/index.ts"],
  bundle: true,
  minify: true,
  target: "es2022",
  platform: "neutral",
  // the inlined module is text of its own: escapes would only make it longer
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  // what would not load everywhere stops the build
  logOverride: { "empty-import-meta": "error" },
};

await Promise.all([
  build({ ...common, format: "esm", outfile: "dist/index.js" }),
  build({ ...common, format: "cjs", outfile: "dist/index.cjs" }),
]);
