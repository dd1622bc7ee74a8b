// The element: its class, its registration, and the words of each language, in files of their own beside the engine.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { ELEMENT_FILES } from "./element-files.js";
import { minified } from "./minify.js";

const OUTSIDE = [
  [/^(\.\.\/)+index\.js$/, () => "./index.js"],
  [/^\.\/element\.js$|^\.\/index\.js$/, ({ importer }) => importer.endsWith("define.ts") && "./element.js"],
  [
    /^\.\/(chart\/chart|more\/more)\.js$/,
    ({ path, kind }) => kind === "dynamic-import" && `./element.${basename(path)}`,
  ],
  [/^\.\/words\/\w+\.js$/, ({ path, kind }) => kind === "dynamic-import" && `./words.${basename(path)}`],
];

export function buildElement(common) {
  const files = Object.entries(ELEMENT_FILES).map(async ([file, source]) => {
    const { outputFiles } = await build({
      ...common,
      entryPoints: [source],
      write: false,
      format: "esm",
      plugins: [besideIt, styleSheets],
    });
    writeFileSync(`dist/${file}`, await minified(outputFiles[0].text));
  });
  return Promise.all(files);
}

const besideIt = {
  name: "the engine and the languages stay beside it",
  setup({ onResolve }) {
    for (const [filter, outside] of OUTSIDE) {
      onResolve({ filter }, (imported) => {
        const path = outside(imported);
        return path ? { path, external: true } : undefined;
      });
    }
  },
};

const styleSheets = {
  name: "style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};
