// The public JavaScript, one self-contained file for `import` and one for `require`, and the command line.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  buildCommandLine(),
]);

async function buildCommandLine() {
  const outfile = "dist/cli.js";
  const { metafile } = await build({
    ...common,
    entryPoints: ["js/cli.ts"],
    format: "esm",
    platform: "node",
    target: "node20",
    outfile,
    metafile: true,
    // what is bundled and not an ES module asks for Node's own modules in this way
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
    plugins: [
      {
        name: "the package's own entry stays outside",
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\/index\.js$/ }, ({ importer }) =>
            importer.includes("node_modules") ? undefined : { path: "./index.js", external: true },
          );
        },
      },
    ],
  });
  const notices = licences(Object.keys(metafile.outputs[outfile].inputs));
  writeFileSync(outfile, `${readFileSync(outfile, "utf8")}/*\n${notices.join("\n\n")}\n*/\n`);
}

/** The licence of each package that files were bundled from, which is to go with every copy of it. */
function licences(files) {
  const folders = new Set(files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]));
  return [...folders].filter(Boolean).map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${folder} holds no licence.`);
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}`;
  });
}
