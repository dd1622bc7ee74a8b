// The guide to rate cards says nothing that does not happen: its cards are proved, its parts are accepted, its mistakes
// are refused as it says, its tables are priced, its commands print what stands below them.
//
// Comments before a block say what the block is, and no reader sees them:
//   host                      the card that parts are put into
//   part of: inputs           one or more inputs (charges, assumptions, examples, plans) of the host
//   part of: charge           keys of a charge, the only one of the host
//   part of: card             keys of the host itself
//   with images=12: 11.6      what such a charge comes to
//   refused: code path, …     exactly these problems are found
//   file: name.json           what commands know the card as
//   priced, priced: id        usages, priced with the card before the table or with the card of that id
//   numbers, conditions, …    codes that are accepted, or refused, in a part of the host
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const guide = read("cards/README.md");

const lineAt = (offset) => guide.slice(0, offset).split("\n").length;
const all = (pattern, text) => [...text.matchAll(pattern)].map(([, found]) => found);
const inlineCode = (text) => all(/`([^`\n]+)`/g, text);
const cellsOf = (row) => row.split("|").slice(1, -1);

function directives(comments) {
  const words = all(/<!-- (.*) -->/g, comments).flatMap((comment) => comment.split("; "));
  return Object.fromEntries(words.map((word) => word.split(/: (.*)/)).map(([name, value = ""]) => [name, value]));
}

const blocks = [...guide.matchAll(/^((?:<!-- [^\n]* -->\n)*)```json\n(.*?)^```$/gms)].map((found) => {
  const [, comments, text] = found;
  const is = directives(comments);
  return { is, text, json: JSON.parse(text), offset: found.index, line: lineAt(found.index) };
});
const isWhole = ({ json }) => json.id !== undefined && json.charges !== undefined;
const cards = blocks.filter((block) => isWhole(block) && !("refused" in block.is));
const host = blocks.find(({ is }) => "host" in is).json;

/** What is wrong with a card, refused or not proven, as `code path`. */
function problemsOf(card) {
  const told = ({ code, path }) => `${code} ${path}`;
  try {
    const { examples, warnings } = new RateCard(card).prove();
    return [...examples.flatMap(({ problems }) => problems), ...warnings].map(told);
  } catch (error) {
    if (error instanceof CreditEstimatorError) return error.problems.map(told);
    throw error;
  }
}

/** A usage as the command line takes it. */
function usageOf(card, words) {
  const readers = { toggle: (text) => text === "true", number: Number };
  const pairs = words.map((word) => {
    const [key, text] = word.split("=");
    const { kind, maxItems } = card.inputs.find(({ id }) => id === key) ?? {};
    const one = readers[kind] ?? String;
    return [key, maxItems === undefined ? one(text) : text.split(",").map(one)];
  });
  return Object.fromEntries(pairs);
}

const PART = "sample";

/** The host with a part in it; what has an id takes the place of what has the same. */
function withPart(place, json) {
  if (place === "card") return { ...host, ...json };
  if (place === "charge") {
    const sample = { id: PART, balance: "credits", quantity: { of: "length" }, price: { amount: 1 } };
    return { ...host, charges: [{ ...sample, ...json }], examples: [] };
  }
  assert.ok(["inputs", "charges", "assumptions", "examples", "plans"].includes(place), `part of ${place}`);
  const [old, items] = [host[place] ?? [], [json].flat()];
  const isNew = ({ id }) => id === undefined || !old.some((one) => one.id === id);
  const kept = old.map((one) => items.find(({ id }) => id !== undefined && id === one.id) ?? one);
  return { ...host, [place]: [...kept, ...items.filter(isNew)] };
}

test("the guide has cards, parts and mistakes", () => {
  const known = /^(host|part of|with .*|refused|file)$/;
  const found = new Set(blocks.flatMap(({ is }) => Object.keys(is)));
  assert.deepEqual(
    [...found].filter((name) => !known.test(name)),
    [],
  );
  assert.ok(cards.length > 20 && found.has("part of") && found.has("refused"));
});

for (const { is, text, json, line } of blocks) {
  const { "part of": place, refused = "" } = is;
  const expected = refused === "" ? [] : refused.split(", ");
  const outcome = refused === "" ? "holds" : "is refused";
  if (place === undefined) {
    test(`line ${line}: the card ${json.id} ${outcome}`, () => {
      assert.ok(isWhole({ json }), "neither a card nor said to be a part");
      assert.deepEqual(problemsOf(text), expected);
      if (refused === "") assert.ok(json.examples?.length > 0, "a card without examples proves nothing");
    });
    continue;
  }
  test(`line ${line}: a part of ${place} ${outcome}`, () => {
    const card = withPart(place, json);
    assert.deepEqual(problemsOf(card), expected);
    for (const [usage, amount] of Object.entries(is).filter(([name]) => name.startsWith("with "))) {
      const { lines } = new RateCard(card).estimate(usageOf(card, usage.split(" ").slice(1)));
      assert.equal(lines.find(({ charge }) => charge === PART)?.amount, Number(amount), usage);
    }
  });
}

const chapterFour = [guide.indexOf("\n## 4."), guide.indexOf("\n## 5.")];
const recipes = cards.filter(({ offset }) => chapterFour[0] < offset && offset < chapterFour[1]);

/** The way to every value within another. */
function* ways(value, way = []) {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [...way, key];
    yield* ways(inner, [...way, key]);
  }
}

/** The charges with one thing spoiled: a key gone, a number doubled or halved. */
function* spoiled(charges) {
  for (const way of ways(charges)) {
    const key = way.at(-1);
    const change = (spoil) => {
      const copy = structuredClone(charges);
      spoil(way.slice(0, -1).reduce((value, step) => value[step], copy));
      return copy;
    };
    const value = way.reduce((within, step) => within[step], charges);
    if (!/^\d+$/.test(key) && key !== "label") yield [`${way.join(".")} gone`, change((parent) => delete parent[key])];
    if (typeof value !== "number") continue;
    const set = (number) => change((parent) => Object.assign(parent, { [key]: number }));
    yield [`${way.join(".")} doubled`, set(value * 2 || 1)];
    if (value > 0) yield [`${way.join(".")} halved`, set(value / 2)];
  }
}

/** Only an error shows where the last tier ends, and a table below its card shows that. */
const provenByErrors = /tiers\.\d+\.upTo (doubled|gone)$/;

for (const { json: card, line } of recipes) {
  test(`line ${line}: the examples of ${card.id} prove each of its numbers`, () => {
    assert.ok(card.examples.length >= 2);
    assert.ok(card.examples.some(({ note }) => note?.startsWith("edge")));
    for (const [what, charges] of spoiled(card.charges)) {
      if (problemsOf({ ...card, charges }).length === 0) assert.match(what, provenByErrors);
    }
  });
}

test("every recipe is in the cookbook's table", () => {
  const text = guide.slice(...chapterFour);
  assert.deepEqual(all(/\| \[(.*?)\]\(#/g, text), all(/^### (.*)$/gm, text));
});

/** All that can be said of an estimate. */
function factsOf(card, usage) {
  try {
    const { totals, lines, rounding, ignored } = card.estimate(usage);
    return [
      ...Object.entries(totals).map(([balance, amount]) => `${amount} ${balance}`),
      ...lines.map(({ charge, amount }) => `${amount} ${charge}`),
      ...Object.values(rounding).map((difference) => `${difference} rounding`),
      ...(lines.length === 0 ? ["no line"] : []),
      ...ignored.map((input) => `ignored ${input}`),
    ];
  } catch (error) {
    return error.problems.map(({ code, path }) => `${code} ${path}`);
  }
}

const priced = [...guide.matchAll(/^<!-- priced(?:: (\S+))? -->\n\|.*\n\|.*\n((?:\|.*\n)+)/gm)];
for (const found of priced) {
  const [, id, rows] = found;
  const { json } = cards.findLast((card) => (id === undefined ? card.offset < found.index : card.json.id === id));
  const card = new RateCard(json);
  for (const row of rows.trim().split("\n")) {
    const [asked, comesTo] = cellsOf(row);
    test(`line ${lineAt(found.index)}: ${json.id} with ${asked.trim()}`, () => {
      const words = inlineCode(asked).flatMap((code) => code.split(" "));
      assert.equal(words.length === 0, asked.trim() === "(nothing)");
      const facts = factsOf(card, usageOf(card, words));
      const claims = inlineCode(comesTo);
      assert.ok(claims.length > 0);
      for (const claim of claims) assert.ok(facts.includes(claim), `${claim} is none of: ${facts.join(", ")}`);
    });
  }
}

/** The codes of what follows a comment: of the first column of a table, or of a line. */
function codesAfter(comment) {
  const [, text] = new RegExp(`^<!-- ${comment} -->\\n(\\|.*\\n\\|.*\\n(?:\\|.*\\n)+|.*\\n)`, "m").exec(guide);
  const rows = text.startsWith("|") ? text.trim().split("\n").slice(2) : [text];
  const codes = rows.flatMap((row) => inlineCode(cellsOf(row)[0] ?? row));
  assert.ok(codes.length > 2);
  return codes;
}

const refusedAmount = ["invalid_value charges[0].price.amount"];
for (const [comment, part, refused] of [
  ["numbers", (code) => ["charge", { price: { amount: JSON.parse(code) } }], []],
  ["no numbers", (code) => ["charge", { price: { amount: JSON.parse(code) } }], refusedAmount],
  ["conditions", (code) => ["charge", { when: JSON.parse(`{${code}}`) }], []],
  ["wheres", (code) => ["assumptions", { id: "part", text: "Assumed.", where: JSON.parse(code) }], []],
]) {
  for (const code of codesAfter(comment)) {
    test(`${comment}: ${code}`, () => assert.deepEqual(problemsOf(withPart(...part(code))), refused));
  }
}

test("the rounding modes do what their table says", () => {
  const [, header, rows] = /^<!-- rounding -->\n(.*)\n.*\n((?:\|.*\n)+)/m.exec(guide);
  const modes = inlineCode(header);
  assert.deepEqual(modes, ["up", "down", "halfUp"]);
  const card = new RateCard({
    id: "rounding",
    balances: Object.fromEntries(modes.map((round) => [round, { round, decimals: 2 }])),
    inputs: [{ id: "value", kind: "number", max: 10, step: 0.001 }],
    charges: modes.map((balance) => ({ id: balance, balance, quantity: { of: "value" }, price: { amount: 1 } })),
  });
  for (const row of rows.trim().split("\n")) {
    const [value, ...expected] = cellsOf(row).map(Number);
    assert.deepEqual(Object.values(card.estimate({ value }).totals), expected, row);
  }
});

const folder = mkdtempSync(join(tmpdir(), "guide-"));
after(() => rmSync(folder, { recursive: true }));
for (const { is, text } of blocks) if (is.file !== undefined) writeFileSync(join(folder, is.file), text);

const program = fileURLToPath(new URL(JSON.parse(read("package.json")).bin["credit-estimator"], root));
const runs = [...guide.matchAll(/^```console\n\$ npx credit-estimator (.*)\n((?:.*\n)*?)```$/gm)];
for (const [, args, expected] of runs) {
  test(`npx credit-estimator ${args}`, () => {
    const env = { ...process.env, FORCE_COLOR: undefined, NODE_OPTIONS: undefined };
    const options = { cwd: folder, env, encoding: "utf8" };
    const { stdout, stderr } = spawnSync(process.execPath, [program, ...args.split(" ")], options);
    const trimmed = (text) => text.replace(/ +$/gm, "").trim();
    assert.equal(trimmed(stdout + stderr), trimmed(expected));
  });
}

test("no table and no command is passed over", () => {
  assert.equal(priced.length, all(/^(<!-- priced)/gm, guide).length);
  assert.equal(runs.length, all(/^(```console)/gm, guide).length);
});

const prose = inlineCode(guide.replace(/^```.*?^```$/gms, "")).join("\n");
const isSaid = (word) => new RegExp(`(?<![\\w$])${word.replace("$", "\\$")}(?!\\w)`).test(prose);

/** Keys and words of the format, as the engine reads them. */
function wordsOfTheEngine() {
  const source = read("src/card/document.rs");
  const keys = all(/^ +\w+ "(\$?\w+)": /gm, source);
  const names = all(/^ +[A-Z]\w+ "(\w+)",$/gm, source);
  assert.ok(keys.length > 50 && names.length > 10, "document.rs is written in another way");
  return [...keys, ...names, "by", "anyItem", "choice", "toggle", "number", "duration", "up", "down", "halfUp"];
}

/** Keys and words of the format, as its schema has them. */
function* wordsOfTheSchema(schema) {
  if (typeof schema !== "object" || schema === null) return;
  if (typeof schema.properties === "object") yield* Object.keys(schema.properties);
  for (const word of [schema.const, ...[schema.enum ?? []].flat()]) if (typeof word === "string") yield word;
  for (const part of Object.values(schema)) yield* wordsOfTheSchema(part);
}

test("the guide explains every key of the format", () => {
  const schema = "cards/rate-card.schema.json";
  const words = new Set([...wordsOfTheEngine(), ...wordsOfTheSchema(JSON.parse(read(schema)))]);
  assert.deepEqual(
    [...words].filter((word) => !isSaid(word)),
    [],
  );
});

/** What only an editor's session says, which a guide to cards does not. */
const OF_SESSIONS = ["unknown_entry", "other_card"];

test("the last table says every code of a card once, and no other", () => {
  const written = all(/^ {4}[A-Z]\w+ "(\w+)"$/gm, read("src/error.rs"));
  const codes = written.filter((code) => !OF_SESSIONS.includes(code));
  assert.ok(codes.length > 20, "error.rs is written in another way");
  const table = guide.slice(guide.indexOf("| code | what it means |"));
  assert.deepEqual(all(/^\| `(\w+)` \|/gm, table).toSorted(), codes.toSorted());
});

test("links lead somewhere", () => {
  const slug = (heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
  const headings = all(/^#+ (.*)$/gm, guide.replace(/^```.*?^```$/gms, "")).map(slug);
  for (const link of all(/\]\(([^)]+)\)/g, guide)) {
    if (link.startsWith("https://")) continue;
    if (link.startsWith("#")) assert.ok(headings.includes(link.slice(1)), link);
    else assert.ok(existsSync(new URL(`cards/${link}`, root)), link);
  }
});

test("lines fit into 120 columns", () => {
  assert.deepEqual(
    guide.split("\n").filter((line) => line.length > 120),
    [],
  );
});

test("the table of price lists counts the cards that are there", () => {
  const rows = [
    ...guide.matchAll(/^\| .*?\(`((?:tests\/)?cards\/(?:history\/)?)([\w-]+?)\*?`\) \| (\d+) \| (\d+) \|/gm),
  ];
  const cards = (folder, start) =>
    readdirSync(new URL(folder, root)).filter((name) => name.startsWith(start) && name.endsWith(".json"));
  let [all, examples] = [0, 0];
  for (const [row, folder, start, cardCount, exampleCount] of rows) {
    const files = cards(folder, start);
    const count = files
      .map((name) => JSON.parse(readFileSync(new URL(`${folder}${name}`, root), "utf8")).examples?.length ?? 0)
      .reduce((sum, length) => sum + length, 0);
    assert.deepEqual([files.length, count], [Number(cardCount), Number(exampleCount)], row);
    all += files.length;
    examples += count;
  }
  const files = ["cards/history/", "tests/cards/"].flatMap((folder) => cards(folder, ""));
  assert.equal(all, files.length + 1);
  assert.ok(guide.includes(`| **${all}** | **${examples}** |`), `${all} cards, ${examples} examples`);
});
