// Writes dist/custom-elements.json: what editors and documentation tools know of the element, from what its class says.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./steps.js";

const SOURCE = "js/element/element.ts";
const TAG = "credit-estimator";
const CLASS = "CreditEstimatorElement";

/** Members that the browser calls. */
const OF_THE_BROWSER = /Callback$|^formAssociated$|^observedAttributes$|^constructor$/;

const ts = createRequire(join(root, "docs/package.json"))("typescript");

/** The manifest, as its schema 1.0.0 has it. */
export function manifest() {
  const file = ts.createSourceFile(SOURCE, readFileSync(join(root, SOURCE), "utf8"), ts.ScriptTarget.ES2022, true);
  const declared = file.statements.find((node) => ts.isClassDeclaration(node) && node.name.text === CLASS);
  const doc = docOf(declared);
  const path = "dist/element.js";
  return {
    schemaVersion: "1.0.0",
    modules: [
      {
        kind: "javascript-module",
        path,
        declarations: [
          {
            kind: "class",
            name: CLASS,
            tagName: TAG,
            customElement: true,
            superclass: { name: "HTMLElement" },
            description: doc.description,
            attributes: doc.tags("attr").map(({ type, name, description }) => ({
              name,
              type: { text: type },
              description,
              ...(doc.names.has(name) && { fieldName: name }),
            })),
            members: membersOf(declared, file),
            events: doc
              .tags("fires")
              .map(({ type, name, description }) => ({ name, type: { text: type }, description })),
            slots: doc.tags("slot").map(({ description }) => ({ name: "", description })),
            cssParts: doc.tags("csspart").map(({ name, description }) => ({ name, description })),
            cssProperties: doc.tags("cssprop").map(({ name, initial, description }) => ({
              name,
              default: initial,
              description,
            })),
          },
        ],
        exports: [{ kind: "js", name: CLASS, declaration: { name: CLASS, module: path } }],
      },
      {
        kind: "javascript-module",
        path: "dist/define.js",
        declarations: [],
        exports: [{ kind: "custom-element-definition", name: TAG, declaration: { name: CLASS, module: path } }],
      },
    ],
  };
}

/** The text above a class, and its tags: `@attr {type} name - what it is`, `@cssprop [--name=default] - what it is`. */
function docOf(declared) {
  const [comment] = ts.getJSDocCommentsAndTags(declared);
  const text = comment
    .getText()
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^ *\* ?/gm, "");
  const [description] = text.split(/^@/m);
  const lines = text
    .split(/^@/m)
    .slice(1)
    .map((line) => line.replace(/\s+/g, " ").trim());
  const names = new Set(declared.members.map((member) => member.name?.getText()));
  return {
    description: description.trim().replace(/\s+/g, " "),
    names,
    tags: (tag) =>
      lines
        .filter((line) => line.startsWith(`${tag} `))
        .map((line) => {
          const match =
            /^\w+ (?:\{(?<type>.+?)\} )?(?:\[(?<variable>[\w-]+)=(?<initial>.*?)\] |(?<name>[\w-]+) )?- (?<description>.*)$/.exec(
              line,
            );
          if (!match) throw new Error(`${SOURCE}: @${line} is not understood.`);
          const { type, variable, initial, name, description: words } = match.groups;
          return { type, name: variable ?? name, initial, description: words };
        }),
  };
}

/** Public properties and methods, each with what is said of it. */
function membersOf(declared, file) {
  const members = new Map();
  for (const member of declared.members) {
    const name = member.name?.getText();
    if (!name || name.startsWith("#") || OF_THE_BROWSER.test(name)) continue;
    const description = ts.getJSDocCommentsAndTags(member)[0]?.comment;
    const said = typeof description === "string" ? { description: description.replace(/\s+/g, " ") } : {};
    const type = (node) => node && { text: node.getText(file) };
    if (ts.isMethodDeclaration(member)) {
      members.set(name, {
        kind: "method",
        name,
        ...said,
        parameters: member.parameters.map((parameter) => ({
          name: parameter.name.getText(),
          type: type(parameter.type),
          ...(parameter.questionToken && { optional: true }),
        })),
        return: { type: type(member.type) },
      });
    } else if (ts.isGetAccessor(member)) {
      members.set(name, { kind: "field", name, ...said, type: type(member.type), readonly: true });
    } else if (ts.isSetAccessor(member) && members.has(name)) delete members.get(name).readonly;
  }
  return [...members.values()];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(root, "dist/custom-elements.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}
