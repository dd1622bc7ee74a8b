// The command line as its users see it: exit codes, what is printed where, and cards that prove themselves.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "dist/cli.js");
const builtIn = readFileSync(join(root, "cards/invideo-v4.json"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "credit-estimator-"));
after(() => rmSync(folder, { recursive: true }));

const isText = (content) => typeof content === "string" || Buffer.isBuffer(content);
const file = (name, content) => {
  writeFileSync(join(folder, name), isText(content) ? content : JSON.stringify(content, null, 2));
  return name;
};

const { FORCE_COLOR, NO_COLOR, NODE_OPTIONS, ...environment } = process.env;

async function run(args, { input = "", env = {}, cwd = folder } = {}) {
  const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...environment, ...env } });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
    child.stdin.on("error", () => {}).end(input),
  ]);
  return { code, out, err };
}

/** Runs each `[arguments, exit code, parts of stdout, parts of stderr]`; no parts means that nothing is printed. */
function table(cases) {
  for (const [args, code, out, err = []] of cases) {
    test(`${args.join(" ") || "(nothing)"} → ${code}`, async () => {
      const result = await run(args);
      assert.equal(result.code, code, result.err);
      for (const [printed, parts] of [
        [result.out, out],
        [result.err, err],
      ]) {
        if (parts.length === 0) assert.equal(printed, "");
        for (const part of parts) {
          assert.ok(part instanceof RegExp ? part.test(printed) : printed.includes(part), `${part} in:\n${printed}`);
        }
      }
    });
  }
}

const changed = (from, to) => {
  assert.ok(builtIn.includes(from), from);
  return builtIn.replace(from, to);
};

file("good.json", builtIn);
file("bom.json", `\ufeff${changed('"amount": 0.2', '"amout": 0.2')}`);
file("typo.json", changed('"amount": 0.2', '"amout": 0.2'));
file("wrong.json", changed('"expect": { "credits": 70 }', '"expect": { "credits": 71 }'));
file(
  "both.json",
  changed('"expect": { "credits": 1.67 }', '"expect": { "credit": 1.67 }').replace('"amount": 0.2', '"amount": 0.3'),
);
file("unpriced.json", changed('"input": { "images": 1 }', '"input": { "images": 10001 }'));
file("warned.json", changed('"pro": 20, "ultra": 40', '"pro": 20').replace(/.*"model": "ultra".*\n/g, ""));
file("no-example.json", changed(/"examples": \[.*\]/s.exec(builtIn)[0], '"examples": []'));
file("syntax.json", '{\n  "id": "x",\n}\n');
file("empty.json", "");
file("utf-16.json", Buffer.from(`\ufeff${builtIn}`, "utf16le"));

describe("the command line itself", { concurrency: 4 }, () => {
  table([
    [[], 2, [], ["Usage: credit-estimator", "check [options] <CARD...>"]],
    [["--help"], 0, ["Usage: credit-estimator", "Example:", "Exit codes:"]],
    [["help", "diff"], 0, ["Usage: credit-estimator diff", "BEFORE", "Example:"]],
    [["check", "--help"], 0, ["--strict", "--json", "--quiet", "$ credit-estimator check"]],
    [["estimate", "--help"], 0, ["clips=5,3", "--json", "$ credit-estimator estimate"]],
    [["diff", "--help"], 0, ["left out", "$ credit-estimator diff"]],
    [["inputs", "--help"], 0, ["$ credit-estimator inputs"]],
    [["--version"], 0, [/^\d+\.\d+\.\d+\n$/]],
    [["chek"], 2, [], ["error: unknown command 'chek'", "Did you mean check?"]],
    [["--strict"], 2, [], ["error: unknown option '--strict'"]],
    [["check"], 2, [], ["error: missing required argument 'CARD'"]],
    [["check", "--strikt", "good.json"], 2, [], ["error: unknown option '--strikt'", "--strict"]],
    [["check", "--json", "--quiet", "good.json"], 2, [], ["leave out --quiet"]],
    [["check", "absent.json", "good.json"], 2, [], ["error: absent.json: no such file", "invideo-v4"]],
    [["check", "."], 2, [], ["error: .: this is a folder"]],
    [["check", "utf-16.json"], 2, [], ["error: utf-16.json: the file is not UTF-8 text"]],
    [["check", "-", "-"], 2, [], ["error: -", "once"]],
    [["estimate"], 2, [], ["missing required argument 'CARD'"]],
    [["estimate", "invideo-v5", "duration=1"], 2, [], ["error: invideo-v5: no such file", "invideo-v4"]],
    [["estimate", "good.json", "duration"], 2, [], ['error: "duration" says no value', "key=value"]],
    [["estimate", "good.json", "=5"], 2, [], ["key=value"]],
    [["estimate", "good.json", "clips=5", "clips=3"], 2, [], ['error: "clips" is given twice', "clips=5,3"]],
    [["estimate", "good.json", "--quiet"], 2, [], ["error: unknown option '--quiet'"]],
    [["diff", "good.json"], 2, [], ["missing required argument 'AFTER'"]],
    [["inputs", "good.json", "other.json"], 2, [], ["too many arguments"]],
  ]);

  test("the bundle leaves the engine to the package's own entry, and names what it is made of", () => {
    const bundle = readFileSync(cli, "utf8");
    assert.match(bundle, /^#!\/usr\/bin\/env node\n/);
    assert.match(bundle, /from"\.\/index\.js"/);
    assert.ok(bundle.length < 150_000, `${bundle.length} bytes`);
    assert.match(bundle, /commander \d+\.\d+\.\d+\n.*MIT License/is);
  });

  test("the package names it as its command", () => {
    const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    assert.equal(join(root, bin["credit-estimator"]), cli);
  });
});

describe("check", { concurrency: 4 }, () => {
  table([
    [["check", "good.json"], 0, [/model=pro duration=210 +credits +70 +70 +✓/, "✓ good.json: 20 examples, 20 figures"]],
    [["check", "invideo-v4"], 0, ["✓ invideo-v4: 20 examples, 20 figures"]],
    [["check", "--strict", "--quiet", "good.json", "invideo-v4"], 0, []],
    [["check", "good.json", "invideo-v4"], 0, ["2 cards: 2 passed, 0 failed"]],
    [
      ["check", "typo.json"],
      1,
      [
        'typo.json:64:18 charges[3].price.amout: there is no key "amout" here; did you mean "amount"? (unknown_key)\n',
        "✗ typo.json: refused, with 1 problem",
      ],
    ],
    [["check", "bom.json"], 1, ["bom.json:64:18 charges[3].price.amout:"]],
    [
      ["check", "wrong.json"],
      1,
      [
        /model=pro duration=210 +credits +71 +70 +✗/,
        "wrong.json:128:99 examples[2].expect.credits: 71 was published, and 70.00 comes out (example_differs)\n",
        "✗ wrong.json: 20 examples, 1 of 20 figures wrong",
      ],
    ],
    [
      ["check", "both.json"],
      1,
      [
        /both\.json:132:\d+ examples\[6\]\.expect\.credits: 0\.2 was published, and 0\.30 comes out/,
        /both\.json:133:\d+ examples\[7\]\.expect\.credit: .*did you mean "credits"\? \(unknown_balance\)/,
        "1 of 19 figures wrong, 2 problems",
      ],
    ],
    [
      ["check", "unpriced.json"],
      1,
      [/images=10001 +credits +0\.2 +– +✗/, /unpriced\.json:132:\d+ examples\[6\]\.input\.images: .*\(too_large\)/],
    ],
    [["check", "syntax.json"], 1, ["syntax.json:3:1 expected a key in quotes, found '}' (syntax)"]],
    [["check", "empty.json"], 1, ["empty.json:1:1 expected a value"]],
    [["check", "no-example.json"], 0, ["✓ no-example.json: 0 examples, 0 figures"]],
    [
      ["check", "warned.json"],
      0,
      [
        /warned\.json:\d+:\d+ warning: charges\[0\]\.price\.amount\.ultra: .*\(not_offered\)/,
        "✓ warned.json: ",
        "1 warning",
      ],
    ],
    [["check", "--quiet", "warned.json"], 0, []],
    [["check", "--strict", "warned.json"], 1, ["(not_offered)", "✗ warned.json: ", "1 warning: --strict takes none"]],
    [
      ["check", "--quiet", "good.json", "wrong.json", "typo.json"],
      1,
      [
        /^wrong\.json:128:99 .*\n✗ wrong\.json: .*\ntypo\.json:64:18 .*\n✗ typo\.json: .*\n3 cards: 1 passed, 2 failed\n$/,
      ],
    ],
  ]);

  test("- reads standard input", async () => {
    assert.match((await run(["check", "-"], { input: builtIn })).out, /✓ <stdin>: 20 examples/);
    const broken = await run(["check", "-", "good.json"], { input: "{" });
    assert.equal(broken.code, 1);
    assert.match(broken.out, /<stdin>:1:2 /);
  });

  test("--json prints one document", async () => {
    const { code, out, err } = await run(["check", "--json", "good.json", "wrong.json", "typo.json", "warned.json"]);
    assert.equal(code, 1);
    assert.equal(err, "");
    const { ok, cards } = JSON.parse(out);
    assert.equal(ok, false);
    assert.deepEqual(
      cards.map((card) => [
        card.file,
        card.id,
        card.ok,
        card.problems.length,
        card.warnings.length,
        card.examples.length,
      ]),
      [
        ["good.json", "invideo-v4", true, 0, 0, 20],
        ["wrong.json", "invideo-v4", false, 1, 0, 20],
        ["typo.json", undefined, false, 1, 0, 0],
        ["warned.json", "invideo-v4", true, 0, 1, 17],
      ],
    );
    assert.deepEqual(cards[1].problems, [
      {
        code: "example_differs",
        path: "examples[2].expect.credits",
        message: "71 was published, and 70.00 comes out",
        line: 128,
        column: 99,
      },
    ]);
    assert.deepEqual(cards[1].examples[2], {
      input: { media: "generative", model: "pro", duration: 210 },
      note: "PRO",
      ok: false,
      figures: [{ path: "examples[2].expect.credits", expected: 71, found: 70, ok: false }],
    });
    assert.equal(JSON.parse((await run(["check", "--json", "--strict", "warned.json"])).out).ok, false);
  });
});

describe("estimate", { concurrency: 4 }, () => {
  const rows = [
    [["media=generative", "model=ultra", "duration=3:30", "actor=human"], "credits", 160],
    [["duration=210", "model=pro"], "credits", 70],
    [["duration=1:02:03"], "credits", 1241],
    [["duration=31", "clips=1"], "credits", 10.67],
    [["clips=5,3"], "credits", 2.67],
    [["clips=0:05,3.0"], "credits", 2.67],
    [["clips="], "credits", 0],
    [["images=3e0"], "credits", 0.6],
    [["media=stock", "duration=2:01"], "videoMinutes", 3],
    [[], "credits", 0],
  ];
  for (const [args, balance, expected] of rows) {
    test(`${args.join(" ") || "(no values)"} → ${expected} ${balance}`, async () => {
      const { code, out } = await run(["estimate", "invideo-v4", ...args, "--json"]);
      assert.equal(code, 0);
      assert.equal(JSON.parse(out).totals[balance], expected);
    });
  }

  const published = JSON.parse(readFileSync(join(root, "tests/figures/invideo-v4.json"), "utf8")).rows;
  assert.equal(published.length, 20);
  for (const { table: title, input, expect } of published) {
    const { seconds, secondsAtMost, secondsFrom, secondsTo, clipSeconds, ...others } = input;
    const lengths = [seconds, secondsAtMost, secondsFrom, secondsTo].filter((length) => length !== undefined);
    for (const duration of lengths.length > 0 ? lengths : [undefined]) {
      const usage = { ...others, duration, clips: clipSeconds };
      const args = Object.entries(usage).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
      test(`published: ${title}: ${args.join(" ")}`, async () => {
        const estimate = JSON.parse((await run(["estimate", "invideo-v4", ...args, "--json"])).out);
        const { surcharge, ...totals } = expect;
        if (surcharge !== undefined) {
          assert.equal(estimate.lines.find(({ charge }) => charge === "actor").amount, surcharge);
        }
        for (const [balance, amount] of Object.entries(totals)) assert.equal(estimate.totals[balance], amount);
      });
    }
  }

  test("the receipt names lines, billed quantities, rounding, totals, assumptions and what is ignored", async () => {
    const receipt = (await run(["estimate", "good.json", "duration=31", "clips=1", "actor=ownAvatar"])).out;
    for (const part of [
      "invideo v4 (invideo-v4, ",
      /^Generative media +0:31 +10\.33 {2}Credits$/m,
      /^Actor +1:00 +5\.00 {2}Credits$/m,
      /^Remix: clips +0:01 +0\.33 {2}Credits$/m,
      /^Rounding +0\.01 {2}Credits$/m,
      /^Total +15\.67 {2}Credits\n +0 {5}Video minutes$/m,
      /^Assumed\n 1\. .*own cloned avatar.*\n {4}Because: /m,
      /^Prices: .*\(https:.*, read on \d{4}-\d\d-\d\d\)$/m,
    ]) {
      assert.ok(part instanceof RegExp ? part.test(receipt) : receipt.includes(part), `${part} in:\n${receipt}`);
    }
    const stock = (await run(["estimate", "good.json", "media=stock", "duration=1", "model=pro"])).out;
    assert.match(stock, /^Ignored: model\. /m);
    assert.match(stock, /^Stock video +1:00 +1 {5}Video minutes$/m);
    assert.match((await run(["estimate", "good.json"])).out, /^Nothing is charged\.$/m);
  });

  test("it is the package's own estimate", async () => {
    const usage = { media: "stock", model: "pro", actor: "ownAvatar", duration: "1:01", images: 2, clips: [5, "0:03"] };
    const { out } = await run(["estimate", "invideo-v4", ...wordsOf(usage), "--json"]);
    assert.deepEqual(JSON.parse(out), RateCard.invideoV4.estimate(usage));
  });

  test("a card on standard input", async () => {
    assert.match((await run(["estimate", "-", "images=1"], { input: builtIn })).out, /^Total +0\.20 {2}Credits$/m);
  });

  const kinds = {
    id: "kinds",
    balances: { credits: { decimals: 3 } },
    inputs: [
      { id: "upscale", kind: "toggle" },
      { id: "weight", kind: "number", max: 1000000, step: 0.000000001 },
      { id: "counts", kind: "number", max: 10, maxItems: 3 },
      { id: "code", kind: "choice", default: "true", options: [{ id: "1" }, { id: "true" }] },
      { id: "length", kind: "duration", max: 100 },
      { id: "halves", kind: "number", max: 100 },
      { id: "work", kind: "product", of: ["length", "halves"] },
    ],
    charges: [
      { id: "work", balance: "credits", quantity: { of: "work", increment: 0.5 }, price: { amount: 1 } },
      { id: "upscale", balance: "credits", when: { upscale: true }, price: { amount: 1 } },
      { id: "weight", balance: "credits", quantity: { of: "weight" }, price: { amount: "1/3" } },
      { id: "counts", balance: "credits", quantity: { of: "counts", each: true, increment: 2 }, price: { amount: 1 } },
      { id: "code", balance: "credits", when: { code: "1" }, price: { amount: 7 } },
    ],
  };
  file("kinds.json", kinds);
  table([
    [
      ["estimate", "kinds.json", "upscale=true", "code=1"],
      0,
      [/^upscale +1\.000 {2}credits$/m, /^Total +8\.000 {2}credits$/m],
    ],
    [["estimate", "kinds.json", "upscale=false", "code=true", "weight=0.1"], 0, [/^weight +0\.1 +0\.033 {2}credits$/m]],
    [["estimate", "kinds.json", "counts=1,3"], 0, [/^counts +6 +6\.000 {2}credits$/m]],
    // seconds times something are no time
    [["estimate", "kinds.json", "length=1:30", "halves=2"], 0, [/^work +180 +180\.000 {2}credits$/m]],
    [["estimate", "kinds.json", "upscale=yes"], 1, [], ["kinds.json: upscale: ", "(wrong_type)"]],
    [["estimate", "kinds.json", "upscale="], 1, [], ["(wrong_type)"]],
    [["estimate", "kinds.json", "weight=0x10"], 1, [], ["kinds.json: weight: ", "(wrong_type)"]],
    [["estimate", "kinds.json", "weight=Infinity"], 1, [], ["(wrong_type)"]],
    [["estimate", "kinds.json", "weight=1e999"], 1, [], ["(not_finite)"]],
    [["estimate", "kinds.json", "weight=-1"], 1, [], ["(negative)"]],
    [["estimate", "kinds.json", "weight=1e6"], 0, [/^weight +1000000 +333333\.333 {2}credits$/m]],
    [["estimate", "kinds.json", "weight=123456.123456789"], 0, ["123456.123456789"]],
    [
      ["estimate", "kinds.json", "weight=0.10000000000000000001"],
      1,
      [],
      ["weight: 0.10000000000000000001 has more digits", "(inexact)"],
    ],
    [["estimate", "kinds.json", "length=9.0000000000000001", "halves=0"], 0, ["Nothing is charged."]],
    [["estimate", "kinds.json", "counts=1,,3"], 1, [], ["kinds.json: counts[1]: ", "(wrong_type)"]],
    [["estimate", "kinds.json", "counts=1,2,3,4"], 1, [], ["(too_many)"]],
    [
      ["estimate", "good.json", "duration=99999", "model=ultr"],
      1,
      [],
      [
        "good.json: model: ",
        'did you mean "ultra"? (unknown_option)',
        "duration: at most 4:00:00 is taken (too_large)",
      ],
    ],
    [["estimate", "good.json", "imagez=3"], 1, [], ['did you mean "images"? (unknown_input)']],
    [["estimate", "good.json", "__proto__=3"], 1, [], ["(unknown_input)"]],
    [["estimate", "good.json", "images=2.5"], 1, [], ["(off_step)"]],
    [["estimate", "good.json", "images=abc"], 1, [], ["images: expected a number, found a text (wrong_type)"]],
    [["estimate", "good.json", "duration="], 1, [], ["(invalid_value)"]],
    [["estimate", "good.json", "duration=5,3"], 1, [], ["(invalid_value)"]],
    [["estimate", "good.json", "duration=-1"], 1, [], ["(negative)"]],
    [["estimate", "good.json", "clips=5,x"], 1, [], ["clips[1]: ", "(invalid_value)"]],
    [["estimate", "typo.json", "images=1"], 1, [], ["typo.json:64:18 charges[3].price.amout: ", "(unknown_key)"]],
  ]);

  test("what --json refuses is JSON too", async () => {
    const { code, out, err } = await run(["estimate", "good.json", "images=-1", "--json"]);
    assert.equal(code, 1);
    const [{ file: name, problems }] = JSON.parse(out).refused;
    assert.deepEqual([name, problems.map((problem) => problem.code)], ["good.json", ["negative"]]);
    assert.match(err, /\(negative\)/);
  });
});

describe("a card that asks for nothing and charges nothing", () => {
  const plans = [{ id: "plus", price: { amount: 28, currency: "USD", every: "month" }, allowances: { credits: 10 } }];
  file("plans.json", { id: "plans", balances: { credits: {} }, plans });
  table([
    [["check", "--strict", "plans.json"], 0, ["✓ plans.json: 0 examples, 0 figures"]],
    [["estimate", "plans.json"], 0, ["Nothing is charged.", /^Total +0\.00 {2}credits$/m]],
    [["estimate", "plans.json", "images=1"], 1, [], ["(unknown_input)"]],
    [["inputs", "plans.json"], 0, ["This card asks for nothing."]],
    [["diff", "plans.json", "good.json", "images=1"], 0, [/^Remix: images +– +0\.20 +\+0\.20 {2}Credits$/m]],
  ]);
});

describe("diff", { concurrency: 4 }, () => {
  const card = (id, { decimals = 2, amount = 0.1, inputs = [], charges = [], title = id } = {}) =>
    file(`${id}.json`, {
      id,
      title,
      balances: { credits: { label: "Credits", decimals } },
      inputs: [{ id: "images", kind: "number", max: 1000 }, ...inputs],
      charges: [
        { id: "images", label: "Images", balance: "credits", quantity: { of: "images" }, price: { amount } },
        ...charges,
      ],
    });
  card("tenth");
  card("three-tenths", { amount: 0.3 });
  card("fine", { decimals: 4, amount: 0.1001 });
  card("style", {
    inputs: [{ id: "style", kind: "choice", default: "plain", options: [{ id: "plain" }, { id: "rich" }] }],
    charges: [{ id: "style", label: "Style", balance: "credits", when: { style: "rich" }, price: { amount: 2 } }],
  });
  card("minutes", {
    inputs: [{ id: "length", kind: "duration", max: 100 }],
    charges: [{ id: "length", label: "Length", balance: "credits", quantity: { of: "length" }, price: { amount: 1 } }],
  });

  table([
    [
      ["diff", "tenth.json", "three-tenths.json", "images=1"],
      0,
      [/^Images +0\.10 +0\.30 +\+0\.20 {2}Credits$/m, /^Total +0\.10 +0\.30 +\+0\.20 {2}Credits$/m],
    ],
    [["diff", "three-tenths.json", "tenth.json", "images=1"], 0, [/^Total +0\.30 +0\.10 +-0\.20 {2}Credits$/m]],
    [["diff", "tenth.json", "tenth.json", "images=3"], 0, [/^Total +0\.30 +0\.30 +0\.00 {2}Credits$/m]],
    [["diff", "tenth.json", "fine.json", "images=1"], 0, [/^Total +0\.10 +0\.1001 +\+0\.0001 {2}Credits$/m]],
    [
      ["diff", "tenth.json", "style.json", "images=1", "style=rich"],
      0,
      [
        /^Style +– +2\.00 +\+2\.00 {2}Credits$/m,
        /^Total +0\.10 +2\.10 +\+2\.00 {2}Credits$/m,
        "tenth.json has no input style: left out for it.",
      ],
    ],
    [["diff", "tenth.json", "style.json", "images=1"], 0, ["style.json alone also asks for style."]],
    [
      ["diff", "minutes.json", "style.json", "length=3", "style=rich"],
      0,
      ["minutes.json has no input style", "style.json has no input length", /^Length +3\.00 +– +-3\.00/m],
    ],
    [["diff", "tenth.json", "style.json", "imagez=1"], 1, [], ["tenth.json: imagez: ", "style.json: imagez: "]],
    [
      ["diff", "tenth.json", "style.json", "style=rihc"],
      1,
      [],
      [/^style\.json: style: .*did you mean "rich"\? \(unknown_option\)\n$/],
    ],
    [["diff", "typo.json", "syntax.json", "images=1"], 1, [], ["typo.json:64:18 ", "syntax.json:3:1 "]],
    [["diff", "good.json", "invideo-v4", "duration=31", "clips=1"], 0, [/^Rounding +0\.01 +0\.01 +0\.00 {2}Credits$/m]],
  ]);

  test("--json holds both estimates and exact differences", async () => {
    const changes = JSON.parse(
      (await run(["diff", "minutes.json", "style.json", "images=3", "length=1", "--json"])).out,
    );
    assert.deepEqual(
      { ...changes, before: changes.before.totals, after: changes.after.totals },
      {
        before: { credits: 1.3 },
        after: { credits: 0.3 },
        totals: { credits: { before: 1.3, after: 0.3, difference: -1 } },
        lines: [
          { charge: "length", label: "Length", balance: "credits", before: 1, difference: -1 },
          { charge: "images", label: "Images", balance: "credits", before: 0.3, after: 0.3, difference: 0 },
        ],
        rounding: {},
        inputs: { onlyBefore: ["length"], onlyAfter: ["style"] },
        leftOut: { before: [], after: ["length"] },
      },
    );
    const { totals } = JSON.parse((await run(["diff", "tenth.json", "three-tenths.json", "images=1", "--json"])).out);
    assert.equal(totals.credits.difference, 0.2);
    const refused = JSON.parse((await run(["diff", "typo.json", "syntax.json", "--json"])).out).refused;
    assert.deepEqual(
      refused.map((one) => one.file),
      ["typo.json", "syntax.json"],
    );
  });
});

describe("inputs", { concurrency: 4 }, () => {
  file("asks.json", {
    id: "asks",
    balances: { credits: {} },
    inputs: [
      { id: "kind", kind: "choice", default: "a", options: [{ id: "a" }, { id: "b" }] },
      { id: "hd", kind: "toggle", default: true, when: { kind: ["a", "b"] } },
      { id: "count", kind: "number", min: 5, max: 10, step: 5, default: 5, when: { kind: "b", hd: true } },
      { id: "length", kind: "duration", max: 3600, when: { count: [5, { above: 7, atMost: 9 }] } },
      { id: "parts", kind: "duration", max: 90, step: 0.5, maxItems: 4 },
      { id: "late", kind: "toggle", when: { parts: { anyItem: { atLeast: 60 } } } },
    ],
    charges: [{ id: "count", balance: "credits", quantity: { of: "count" }, price: { amount: 1 } }],
    examples: [{ input: { kind: "b", count: 10 }, expect: { credits: 10 } }],
  });
  table([
    [
      ["inputs", "asks.json"],
      0,
      [
        /^kind +choice +a +a, b$/m,
        /^hd +toggle +true +kind=a\|b +true, false$/m,
        /^count +number +5 +kind=b and hd=true +5 to 10, in steps of 5$/m,
        /^length +duration +– +count 5 or at most 9, above 7 +0 s to 1:00:00$/m,
        /^parts +list of durations +– +up to 4, each 0 s to 1:30, in steps of 0\.5 s, as in parts=5,3$/m,
        /^late +toggle +false +an item of parts at least 60 +true, false$/m,
        "For example: credit-estimator estimate asks.json kind=b count=10\n",
      ],
    ],
    [["inputs", "invideo-v4"], 0, [/^model +Model +choice +pro +media=generative +pro, ultra$/m]],
    [["inputs", "typo.json"], 1, [], ["(unknown_key)"]],
  ]);

  test("--json prints the package's own inputs", async () => {
    assert.deepEqual(JSON.parse((await run(["inputs", "invideo-v4", "--json"])).out), RateCard.invideoV4.inputs);
  });
});

describe("in a terminal and in a pipe", { concurrency: 4 }, () => {
  const ESCAPE = String.fromCharCode(27);
  const COLOUR = new RegExp(`${ESCAPE}\\[\\d+m`, "g");
  // all that a terminal may take for something else than a character to show
  const UNSEEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

  test("a pipe gets no escape codes, whatever is printed", async () => {
    for (const args of [
      ["--help"],
      ["check", "wrong.json", "warned.json", "typo.json"],
      ["estimate", "good.json", "duration=31"],
      ["estimate", "good.json", "duration=x"],
      ["diff", "good.json", "invideo-v4", "duration=31"],
      ["inputs", "good.json"],
    ]) {
      const { out, err } = await run(args);
      assert.doesNotMatch(out + err, UNSEEN);
      assert.doesNotMatch(out + err, /^\d+ \| |^ *\^$/m, "no excerpts either");
    }
  });

  test("FORCE_COLOR colours, shows the line and a caret below its column", async () => {
    const { out } = await run(["check", "typo.json", "--quiet"], { env: { FORCE_COLOR: "1" } });
    assert.match(out, COLOUR);
    const lines = out.replace(COLOUR, "").split("\n");
    const at = lines.findIndex((line) => line.includes("(unknown_key)"));
    assert.equal(lines[at + 1], '64 |       "price": { "amout": 0.2 }');
    assert.equal(lines[at + 2], `${" ".repeat("64 | ".length + 17)}^`);
  });

  test("FORCE_COLOR=0 and NO_COLOR do not colour", async () => {
    for (const env of [{ FORCE_COLOR: "0" }, { NO_COLOR: "1" }, {}]) {
      assert.doesNotMatch((await run(["check", "typo.json"], { env })).out, COLOUR);
    }
  });

  test("the caret stands below what it means behind wide and hostile characters, and in a line that is far too long", async () => {
    file("wide.json", '{"title":"動画\u009b2J","amout":1}');
    file("long.json", `{"version":"${"é".repeat(10_000)}","title":"動画\u009b2J","amout":"${"é".repeat(10_000)}"}`);
    for (const name of ["wide.json", "long.json"]) {
      const { out } = await run(["check", name, "--quiet"], { env: { FORCE_COLOR: "1" } });
      assert.doesNotMatch(out.replace(COLOUR, ""), UNSEEN);
      const lines = out.replace(COLOUR, "").split("\n");
      const at = lines.findIndex((line) => line.includes("unknown_key"));
      const columns = [...lines[at + 1]].flatMap((c) => (/[動画]/.test(c) ? [c, ""] : [c]));
      assert.equal(
        columns
          .slice(lines[at + 2].indexOf("^"))
          .join("")
          .slice(0, 7),
        '"amout"',
      );
      assert.ok(columns.length <= 140, `${columns.length} columns`);
    }
  });

  test("columns line up behind wide letters", async () => {
    file("letters.json", {
      id: "letters",
      balances: { credits: { label: "クレジット" } },
      inputs: [{ id: "images", kind: "number", max: 10 }],
      charges: [
        { id: "one", label: "動画の生成", balance: "credits", quantity: { of: "images" }, price: { amount: 1 } },
        { id: "two", label: "👩‍👩‍👧 família", balance: "credits", quantity: { of: "images" }, price: { amount: 10 } },
      ],
    });
    const { out } = await run(["estimate", "letters.json", "images=1"]);
    const [one, two, total] = out.split("\n").filter((line) => line.includes("クレジット"));
    const widths = [
      [one, "動画の生成", 10],
      [two, "👩‍👩‍👧 família", 10],
      [total, "Total", 5],
    ].map(([line, label, wide]) => wide + line.slice(label.length).indexOf("クレジット"));
    assert.equal(new Set(widths).size, 1, out);
  });

  const hostile = `${ESCAPE}[2J${ESCAPE}]0;owned\u0007\r\n\u009b31m\u202e\u2066\u2028 \u0000 end`;
  const hostileCard = {
    id: "hostile",
    title: hostile,
    version: hostile,
    source: { title: hostile, url: `https://example.com/${hostile}`, retrieved: "2026-01-01" },
    balances: { credits: { label: hostile } },
    inputs: [
      { id: "images", kind: "number", label: hostile, max: 10 },
      { id: "media", kind: "choice", label: hostile, options: [{ id: "a", label: hostile }] },
    ],
    charges: [{ id: "images", label: hostile, balance: "credits", quantity: { of: "images" }, price: { amount: 1 } }],
    assumptions: [{ id: "a", text: hostile, because: hostile, where: { charge: "images" } }],
    examples: [
      { input: { images: 1 }, expect: { credits: 2 }, note: hostile },
      { input: { images: hostile, [hostile]: 1 }, expect: { [hostile]: 2 } },
    ],
  };
  const { examples, ...mild } = hostileCard;
  file("hostile.json", hostileCard);
  file("mild.json", { ...mild, examples: [examples[0]] });
  file("odd-key.json", { ...mild, [hostile]: 1 });
  const oddName = file(`odd${ESCAPE}[2J\n.json`, { ...mild, [hostile]: 1 });
  const cases = [
    ["check", "mild.json"],
    ["check", "hostile.json"],
    ["check", "odd-key.json"],
    ["check", oddName],
    ["check", `absent${hostile.replaceAll("\0", "")}.json`],
    ["estimate", "mild.json", "images=1"],
    ["estimate", "mild.json", `images=${ESCAPE}[2J\r`],
    ["estimate", "mild.json", `${ESCAPE}[2J\r=1`],
    ["estimate", "mild.json", `${ESCAPE}[2J\r`],
    ["diff", "mild.json", oddName],
    ["diff", "mild.json", "mild.json", "images=1"],
    ["inputs", "mild.json"],
    [`${ESCAPE}[2J\r`],
    ["check", `--${ESCAPE}[2J\r`],
  ];
  for (const args of cases) {
    test(`control characters stay data: ${JSON.stringify(args.join(" "))}`, async () => {
      for (const env of [{}, { FORCE_COLOR: "1" }]) {
        const { code, out, err } = await run(args, { env });
        assert.ok(code === 0 || code === 1 || code === 2, err);
        assert.doesNotMatch((out + err).replace(COLOUR, ""), UNSEEN);
        assert.doesNotMatch(out + err, /TypeError|at .*cli\.js/);
      }
    });
  }

  test("JSON shows control characters as escapes and means the same", async () => {
    for (const args of [
      ["check", "mild.json", oddName],
      ["estimate", "mild.json", "images=1"],
      ["diff", "mild.json", "mild.json", "images=1"],
      ["inputs", "mild.json"],
    ]) {
      const { out } = await run([...args, "--json"]);
      assert.doesNotMatch(out, UNSEEN);
      JSON.parse(out);
    }
    const { lines } = JSON.parse((await run(["estimate", "mild.json", "images=1", "--json"])).out);
    assert.equal(lines[0].label, hostile);
  });

  /** Reads a little of what is printed, then closes the pipe. */
  const hangUp = (args) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: environment });
      let err = "";
      child.stderr.setEncoding("utf8").on("data", (part) => {
        err += part;
      });
      child.stdout.once("data", () => child.stdout.destroy());
      child.once("close", (code) => resolve({ code, err }));
    });

  test("a reader that stops reading is no error, and the exit code still tells", async () => {
    const many = Array(150).fill("good.json");
    assert.deepEqual(await hangUp(["check", ...many]), { code: 0, err: "" });
    assert.deepEqual(await hangUp(["check", ...many, "wrong.json"]), { code: 1, err: "" });
    assert.deepEqual(await hangUp(["check", "--json", ...many]), { code: 0, err: "" });
  });
});

function wordsOf(usage) {
  return Object.entries(usage).map(([key, value]) => `${key}=${value}`);
}

const cards = ["cards", "cards/history", "tests/cards"].flatMap((name) =>
  existsSync(join(root, name))
    ? readdirSync(join(root, name))
        .filter((entry) => entry.endsWith(".json") && !entry.endsWith("schema.json"))
        .map((entry) => `${name}/${entry}`)
    : [],
);

describe("every card that is here", () => {
  test("passes check --strict", async () => {
    assert.ok(cards.includes("cards/invideo-v4.json"));
    const { code, out, err } = await run(["check", "--strict", "--quiet", ...cards], { cwd: root });
    assert.deepEqual({ code, out, err }, { code: 0, out: "", err: "" });
  });

  test("and says so in JSON", async () => {
    const { ok, cards: checked } = JSON.parse(
      (await run(["check", "--strict", "--json", ...cards], { cwd: root })).out,
    );
    assert.equal(ok, true);
    assert.deepEqual(
      checked.map((card) => card.file),
      cards,
    );
  });
});

/** What `check --strict` fails on, without starting a process. */
function faults(card) {
  try {
    const { examples, warnings } = new RateCard(card).prove();
    return [...examples.flatMap(({ problems }) => problems), ...warnings];
  } catch (error) {
    if (error instanceof CreditEstimatorError) return error.problems;
    throw error;
  }
}

const step = (path, key) => {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

/** Every number in a card as `{ path, keys }`. */
function numbersIn(node, path = "", keys = []) {
  return Object.entries(node).flatMap(([name, value]) => {
    const key = Array.isArray(node) ? Number(name) : name;
    const at = { path: step(path, key), keys: [...keys, key] };
    if (typeof value === "object" && value !== null) return numbersIn(value, at.path, at.keys);
    return typeof value === "number" || /^\d+(\.\d+)?(\/\d+)?$/.test(value) ? [at] : [];
  });
}

/** What holds the thing that the keys lead to. */
const holderOf = (card, keys) => keys.slice(0, -1).reduce((node, key) => node[key], card);

function without(card, keys) {
  const copy = structuredClone(card);
  const last = keys.at(-1);
  const holder = holderOf(copy, keys);
  if (Array.isArray(holder)) holder.splice(last, 1);
  else delete holder[last];
  return copy;
}

const at = (path) => (problem) =>
  problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`);
const parent = (path) => path.replace(/(\.[^.[\]]+|\[[^[\]]*\])$/, "");

/**
 * What deleting a number must lead to:
 * - "named": a problem whose path lies at or under the deleted key. Where the number was all that an object held, or
 *   another key would do as well, the problem is said of that object.
 * - "default": the key has a documented default, so the card stays whole: an example that tells the number from its
 *   default no longer comes out, or the `round` beside an increment, or an assumption about the step, is left without it.
 * - "figure": an example without a figure is a problem. A figure beside others of its example is exempt: an example
 *   names as many figures as were printed.
 * - "case": an option that a choice-dependent number does not list is a warning; a number of seconds that it does not
 *   list is not offered, so that an example with it cannot be priced.
 *
 * Exempt are the numbers on which no price depends, and those whose deletion is another true card: an input's `initial`
 * (where a control starts), `min`, `step`, `maxItems` and `default` (what a usage may leave out or say), a balance's
 * `decimals` and `round` where they are the default, conditions, and `plans`.
 */
const RULES = [
  { path: /^inputs\[\d+\]\.max$/, leads: "named" },
  { path: /^examples\[\d+\]\.(expect|lines)\b/, leads: "figure" },
  // only the last tier may be open
  { path: /^charges\[\d+\]\.price\.tiers\[\d+\]\.upTo$/, leads: "named", unless: isLastTier },
  // what is charged for each unit is 0 where a flat price is all there is, and the other way round
  { path: /^charges\[\d+\]\.price\.(tiers\[\d+\]\.)?amount$/, leads: "named", unless: beside("flat"), alone: true },
  { path: /^charges\[\d+\]\.price\.(tiers\[\d+\]\.)?flat$/, leads: "named", unless: beside("amount"), alone: true },
  { path: /^charges\[\d+\]\.price\.(tiers\[\d+\]\.)?per$/, leads: "default" },
  { path: /^charges\[\d+\]\.quantity\.(minimum|increment)$/, leads: "default" },
  { path: /^charges\[\d+\]\.(factors\[\d+\]|minimumAmount|maximumAmount|decimals)$/, leads: "default" },
  {
    path: /^charges\[\d+\]\..*\b(amount|flat|per|upTo|minimum|increment|minimumAmount|maximumAmount|decimals|factors\[\d+\])[.[]/,
    leads: "case",
  },
];

function beside(key) {
  return (card, keys) => key in holderOf(card, keys);
}

function isLastTier(card, keys) {
  return keys.at(-2) === holderOf(card, keys.slice(0, -1)).length - 1;
}

describe("a card notices that one of its numbers is gone", () => {
  for (const name of cards) {
    test(name, () => {
      const card = JSON.parse(readFileSync(join(root, name), "utf8"));
      const counts = { named: 0, example: 0, unseen: 0 };
      for (const { path, keys } of numbersIn(card)) {
        const rule = RULES.find((candidate) => candidate.path.test(path));
        if (!rule) continue;
        const leads = rule.unless?.(card, keys) ? "default" : rule.leads;
        const problems = faults(without(card, keys));
        const said = problems.map((problem) => `${problem.path} (${problem.code})`).join(", ");
        const cases = Object.keys(holderOf(card, keys)).filter((key) => key !== "by");
        const alone = rule.alone || cases.length === 1;
        const named = problems.some(at(path)) || (alone && problems.some(at(parent(path))));
        const example = problems.some(({ path: where }) => where.startsWith("examples["));
        const [, index] = /^examples\[(\d+)\]/.exec(path) ?? [];

        if (leads === "figure") {
          const figures = numbersIn(card.examples[index]).filter(
            ({ keys: [kind] }) => kind === "expect" || kind === "lines",
          );
          if (figures.length > 1) assert.deepEqual(problems, [], `${path}: ${said}`);
          else assert.ok(problems.some(at(`examples[${index}].expect`)), `${path}: ${said || "nothing"}`);
        } else if (leads === "named") {
          assert.ok(named, `${path}: ${said || "nothing"}`);
        } else if (leads === "case") {
          assert.ok(named || example, `${path}: ${said || "nothing"}`);
        } else {
          const refused = problems.length > 0 && problems.every(({ code }) => code === "overflow");
          assert.ok(named || example || refused, `${path}: ${said || "nothing"}`);
        }
        counts[problems.length === 0 ? "unseen" : named ? "named" : "example"] += 1;
      }
      assert.ok(counts.named > 0 || !card.charges?.length, JSON.stringify(counts));
    });
  }
});
