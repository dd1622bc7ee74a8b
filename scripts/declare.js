// `npm run declare` writes the declarations that follow from data: the card format's from its JSON Schema, and what the
// built-in card takes from the card.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./steps.js";

const SCHEMA = "cards/rate-card.schema.json";
const CARD = "cards/invideo-v4.json";

const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));

/** Each generated file and its text. */
export const declarations = () => ({
  "js/document.ts": formatted("js/document.ts", documentTypes(read(SCHEMA))),
  "js/invideo-v4.ts": formatted("js/invideo-v4.ts", cardTypes(read(CARD), "InvideoV4")),
});

function formatted(file, text) {
  const { status, stdout, stderr } = spawnSync(
    join(root, "node_modules/.bin/biome"),
    ["format", `--stdin-file-path=${file}`],
    { input: text, encoding: "utf8", cwd: root },
  );
  if (status !== 0) throw new Error(`${file}: ${stderr}`);
  return stdout;
}

const generatedFrom = (file) => `// Generated from ${file} by \`npm run declare\`.\n`;
const doc = (text) => (text === undefined ? "" : `/** ${text} */\n`);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** The schema's objects as interfaces and its unions as type aliases; what only a run can tell is left to it. */
function documentTypes(schema) {
  const { $defs: defs, ...card } = schema;
  const nameOf = (ref) => `${ref.replace("#/$defs/", "")}Document`;

  /** The type of a part. `variants` collects its objects of a `kind`, which have names of their own. */
  function type(part, variants) {
    if (part.$ref !== undefined) {
      const def = defs[part.$ref.replace("#/$defs/", "")];
      return isPlain(def) ? type(def) : nameOf(part.$ref);
    }
    if (part.const !== undefined) return JSON.stringify(part.const);
    // an object that must have one of two keys lists both
    const choices = part.properties === undefined ? (part.oneOf ?? part.anyOf) : undefined;
    const types = choices?.map((choice) => type(choice, variants)) ?? [part.type ?? "unknown"].flat().map(single);
    return [...new Set(types)].join(" | ");

    function single(name) {
      if (name === "array") return `readonly (${type(part.items)})[]`;
      if (name === "integer") return "number";
      if (name !== "object") return name;
      const kind = variants && part.properties?.kind?.const;
      if (kind === undefined && part.properties === undefined) return `{ ${values(part)} }`;
      if (kind === undefined) return `{\n${members(part)}\n}`;
      variants.push([`${capital(kind)}InputDocument`, part]);
      return `${capital(kind)}InputDocument`;
    }
  }

  /** Texts and numbers, whose bounds are no type. */
  const isPlain = ({ type, oneOf, anyOf }) => type !== "object" && oneOf === undefined && anyOf === undefined;

  function members({ properties = {}, required = [], additionalProperties: others }) {
    const listed = Object.entries(properties).map(([name, part]) =>
      required.includes(name)
        ? `${doc(part.description)}readonly ${key(name)}: ${type(part)};`
        : `${doc(part.description)}readonly ${key(name)}?: ${orUndefined(type(part))};`,
    );
    if (typeof others === "object") {
      listed.push(`${doc(others.description)}${values({ additionalProperties: others })}`);
    }
    return listed.join("\n");
  }

  const values = ({ additionalProperties: others }) => `readonly [key: string]: ${orUndefined(type(others))};`;

  const declared = (name, part) => {
    if (part.type === "object" && (part.properties !== undefined || part.additionalProperties !== undefined)) {
      return [`${doc(part.description)}export interface ${name} {\n${members(part)}\n}\n`];
    }
    const variants = [];
    const alias = `${doc(part.description)}export type ${name} = ${type(part, variants)};\n`;
    return [alias, ...variants.flatMap(([variant, object]) => declared(variant, object))];
  };

  const parts = Object.entries(defs)
    .filter(([, def]) => !isPlain(def))
    .flatMap(([name, def]) => {
      // what a definition says of itself, or what is said of it where it is used first
      const described = name.endsWith("ByInput") ? BY_INPUT : firstUse(schema, `#/$defs/${name}`);
      const description = def.description ?? described;
      return declared(nameOf(name), { ...def, description });
    });
  return [generatedFrom(SCHEMA), ...declared("CardDocument", card), ...parts].join("\n");
}

const BY_INPUT = "A number, or one for each value of an input.";
const orUndefined = (type) => (type === "unknown" ? type : `${type} | undefined`);

function firstUse(node, ref) {
  if (typeof node !== "object" || node === null) return undefined;
  if (node.$ref === ref && node.description !== undefined) return node.description;
  for (const part of Object.values(node)) {
    const found = firstUse(part, ref);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What \`CardTypesOf\` makes of a card's literal, written out with the card's own labels. */
function cardTypes(card, name) {
  const ids = (list = []) => union(list.map(({ id }) => id));
  const union = (names) => names.map((id) => JSON.stringify(id)).join(" | ") || "never";
  const asked = (card.inputs ?? []).filter(({ kind }) => kind !== "product" && kind !== "largest");
  const members = asked.map((input) => {
    const item = { choice: () => ids(input.options), toggle: () => "boolean", number: () => "number" };
    const single = (item[input.kind] ?? (() => "number | string"))();
    const value = input.maxItems === undefined ? single : `readonly (${single})[]`;
    return `/** ${sentence(input)} */\nreadonly ${key(input.id)}?: ${value} | undefined;`;
  });
  return `${generatedFrom(CARD)}
/** What is about to be made, as the card "${card.title ?? card.id}" asks for it. \`undefined\` means absent. */
export interface ${name}Usage {
${members.join("\n")}
}

/** What is known of the card "${card.title ?? card.id}". */
export interface ${name} {
  /** What is about to be made. */
  readonly usage: ${name}Usage;
  /** The ids of its balances. */
  readonly balance: ${union(Object.keys(card.balances))};
  /** The ids of its charges. */
  readonly charge: ${ids(card.charges)};
  /** The ids of its plans. */
  readonly plan: ${ids(card.plans)};
}
`;
}

function sentence({ id, kind, label = id, maxItems, default: standard, when }) {
  const unit = kind === "duration" ? 'seconds or `"3:30"`' : "";
  const list = maxItems === undefined ? unit : `a list${unit && `, each in ${unit}`}`;
  const absent = standard === undefined ? "" : `\`${standard}\` where absent`;
  const asked = when === undefined ? "" : `asked for where ${Object.entries(when).map(condition).join(" and ")}`;
  return `${[label, list].filter(Boolean).join(": ")}${[absent, asked].map((part) => part && `; ${part}`).join("")}.`;
}

const condition = ([id, test]) =>
  `\`${id}\` is ${typeof test === "object" ? JSON.stringify(test) : `\`${String(test)}\``}`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [file, text] of Object.entries(declarations())) writeFileSync(join(root, file), text);
}
