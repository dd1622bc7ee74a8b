// Many rows at once: the same figures as one by one, and every row that is refused is named.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CreditEstimatorError, RateCard } from "../../dist/index.js";

const card = RateCard.invideoV4;

/** The same numbers in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function oneByOne(card, columns, length) {
  return Array.from({ length }, (_, row) => {
    const usage = {};
    for (const [id, column] of Object.entries(columns)) {
      const isColumn = ArrayBuffer.isView(column) || (Array.isArray(column) && column.length === length);
      usage[id] = isColumn ? column[row] : column;
    }
    return card.estimate(usage).totals;
  });
}

const next = random(7);
// more rows than one block, and no multiple of what is done together
const LENGTH = 9003;
const column = (value) => Array.from({ length: LENGTH }, (_, row) => value(row));
const seconds = column((row) => (row % 7 === 0 ? next(700_000) / 1000 : next(700)));
const options = (...ids) => column(() => ids[next(ids.length)]);

const TABLES = {
  "a typed array": { duration: Float64Array.from(seconds) },
  "an array": { duration: seconds },
  "whole numbers in a narrow array": {
    duration: Uint16Array.from(seconds),
    images: Uint8Array.from(column(() => next(9))),
  },
  "single precision": { duration: Float32Array.from(seconds) },
  "whole numbers with a sign": { duration: Int32Array.from(seconds), actor: "human" },
  "other values the same in all rows": { media: "stock", actor: "human", duration: seconds, images: 3, clips: [5, 3] },
  "columns of options": { media: options("generative", "stock"), model: options("pro", "ultra"), duration: seconds },
  "options alone": { media: options("generative", "stock"), duration: 90 },
  "lengths as texts": { duration: column((row) => (row % 3 ? seconds[row] : `${row % 50}:30`)) },
  "absent values": { duration: column((row) => (row % 5 ? seconds[row] : undefined)), actor: "human" },
  "lists row by row": { clips: column((row) => (row % 2 ? [5] : [3, 4.5])), images: column(() => next(9)) },
  zeros: { duration: new Float64Array(LENGTH), actor: "human" },
};

for (const [name, columns] of Object.entries(TABLES)) {
  test(`${name} cost what they cost one by one`, () => {
    const many = card.estimateMany(columns);
    assert.equal(many.length, LENGTH);
    for (const [row, totals] of oneByOne(card, columns, LENGTH).entries()) {
      for (const id in totals) assert.equal(many.totals[id][row], totals[id], `${id}, row ${row}`);
    }
  });
}

test("every example of every card costs in columns what it costs alone", () => {
  let compared = 0;
  for (const folder of ["cards", "cards/history", "tests/cards"]) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json") && !name.includes("schema"))) {
      const card = new RateCard(readFileSync(`${folder}/${file}`, "utf8"));
      for (const { input } of card.examples) {
        const numeric = card.inputs.find(
          ({ id, kind, maxItems }) =>
            (kind === "number" || kind === "duration") && maxItems === undefined && typeof input[id] === "number",
        );
        if (!numeric) continue;
        const rows = new Float64Array(19).fill(input[numeric.id]);
        const { totals } = card.estimate(input);
        const many = card.estimateMany({ ...input, [numeric.id]: rows });
        for (const id in totals) assert.deepEqual([...many.totals[id]], Array(19).fill(totals[id]), `${file} ${id}`);
        compared++;
      }
    }
  }
  assert.ok(compared > 200, `${compared} examples`);
});

test("columns of many options and of toggles cost what they cost one by one", () => {
  const ids = Array.from({ length: 40 }, (_, index) => `option${index}`);
  const card = new RateCard({
    id: "options",
    balances: { credits: { decimals: 2 } },
    inputs: [
      { id: "kind", kind: "choice", options: ids.map((id) => ({ id })) },
      { id: "fast", kind: "toggle", default: false },
      { id: "length", kind: "duration", max: 600 },
    ],
    charges: [
      {
        id: "it",
        balance: "credits",
        quantity: { of: "length" },
        price: { amount: { by: "kind", ...Object.fromEntries(ids.map((id, index) => [id, index + 1])) } },
        factors: [{ by: "fast", true: 2, false: 1 }],
      },
    ],
  });
  const columns = {
    kind: options(...ids),
    fast: column(() => [true, false, undefined][next(3)]),
    length: column(() => next(600)),
  };
  const { totals } = card.estimateMany(columns);
  assert.deepEqual(
    [...totals.credits],
    oneByOne(card, columns, LENGTH).map(({ credits }) => credits),
  );
  assert.ok(new Set(totals.credits).size > 1000);
  columns.kind[4999] = "option40";
  assert.throws(() => card.estimateMany(columns), { code: "unknown_option", path: "kind[4999]" });
});

for (const rows of [1, 1023, 1024, 4095, 4096, 4097, 8191, 8192, 8193]) {
  test(`${rows} rows: the totals are right to the last, and belong to who asked`, () => {
    const duration = Float64Array.from({ length: rows }, (_, row) => (row * 7919) % 7000);
    for (const media of ["generative", "stock"]) {
      const [one, other] = [1, 2].map(() => card.estimateMany({ media, duration }).totals);
      const expected = oneByOne(card, { media, duration }, rows);
      assert.deepEqual(Object.keys(one), ["credits", "videoMinutes"]);
      for (const id in one) {
        const figures = expected.map((totals) => totals[id]);
        assert.equal(one[id], one[id], "the same column each time");
        assert.equal(one[id].buffer.byteLength, 8 * rows);
        one[id].fill(-1);
        assert.deepEqual([...other[id]], figures, `${media} ${id}`);
        assert.deepEqual([...one[id]], Array(rows).fill(-1));
        assert.deepEqual([...structuredClone(other)[id]], figures);
      }
    }
  });
}

const seconds10 = { of: "length", minimum: 10 };
const PRICES = {
  "a rate": { quantity: { of: "length" }, price: { amount: 7 } },
  "a minimum": { quantity: seconds10, price: { amount: 7 } },
  "an increment": { quantity: { of: "length", increment: 0.3, round: "halfUp" }, price: { amount: 7 } },
  "a minimum and an increment": { quantity: { ...seconds10, increment: 3 }, price: { amount: 7, per: 60 } },
  "a flat price": { quantity: { of: "length" }, price: { flat: 5, amount: 7 } },
  "a least and a most amount": {
    quantity: { of: "length" },
    price: { amount: 7 },
    minimumAmount: 40,
    maximumAmount: 900,
  },
  "a rounding of its own": { quantity: seconds10, price: { amount: "1/7" }, round: "up", decimals: 1 },
  "a factor": { quantity: { ...seconds10, increment: 1 }, price: { flat: 1, amount: 2 }, factors: ["3/7"] },
  tiers: { quantity: { of: "length" }, price: { mode: "graduated", tiers: [{ upTo: 60, amount: 3 }, { amount: 1 }] } },
  "a number of decimals": { quantity: { of: "weight" }, price: { amount: 7 } },
};

for (const [name, charge] of Object.entries(PRICES)) {
  test(`${name}: columns cost what they cost one by one, down to half a millisecond`, () => {
    const card = new RateCard({
      id: "priced",
      balances: { credits: { decimals: 3 } },
      inputs: [
        { id: "length", kind: "duration", max: 600 },
        { id: "weight", kind: "number", max: 600, step: 0.1 },
      ],
      charges: [{ id: "it", balance: "credits", ...charge }],
    });
    const whole = Array.from({ length: 601 }, (_, second) => second);
    const fine = whole.map((second) => Math.min(second + (second % 40) / 1000, 600));
    const between = whole.slice(0, 600).map((second) => second + (second % 2 ? 0.0005 : 0.0015));
    const tenths = whole.map((second) => second / 10);
    for (const column of charge.quantity.of === "weight" ? [whole, tenths] : [whole, fine, between]) {
      const columns = { [charge.quantity.of]: Float64Array.from(column) };
      const expected = oneByOne(card, columns, column.length).map(({ credits }) => credits);
      assert.deepEqual([...card.estimateMany(columns).totals.credits], expected);
    }
  });
}

test("what is the same in all rows is priced, whatever columns were priced without it before", () => {
  const rows = 2000;
  const card = new RateCard(readFileSync("cards/invideo-v4.json", "utf8"));
  const images = new Float64Array(rows).fill(5);
  const columns = card.columns(rows);
  columns.numbers("images").fill(5);
  for (const [same, credits] of [
    [{}, 1],
    [{ clips: [60] }, 21],
    [{ duration: "1:00" }, 21],
    [{ duration: "1:00", clips: [60] }, 41],
    [{ duration: 60, clips: ["1:00"] }, 41],
    [{}, 1],
  ]) {
    assert.equal(card.estimate({ ...same, images: 5 }).totals.credits, credits);
    for (const id of ["duration", "clips"]) columns.set(id, same[id]);
    for (const { totals } of [card.estimateMany({ ...same, images }), columns.estimate()]) {
      assert.equal(totals.credits[rows - 1], credits, JSON.stringify(same));
    }
  }
  columns.free();
});

test("a row of the engine's memory is refused also where the memory grew meanwhile", () => {
  // the totals take as much again as the column, once they are asked for
  const columns = card.columns(4_000_000);
  columns.numbers("duration")[3] = -5;
  assert.throws(() => columns.estimate(), { code: "negative", path: "duration[3]" });
  columns.free();
});

test("a column of the engine's memory is as good as any other", () => {
  const columns = card.columns(4_000_000);
  const duration = columns.numbers("duration").fill(60);
  const { length, totals } = card.estimateMany({ duration, images: new Uint8Array(4_000_000) });
  assert.deepEqual([length, totals.credits[0], totals.credits[length - 1]], [4_000_000, 20, 20]);
  columns.free();
});

const REFUSED = [
  [{ duration: [1, 2, -3] }, "negative", "duration[2]"],
  [{ duration: Float64Array.of(1, Number.NaN) }, "not_finite", "duration[1]"],
  [{ duration: Float64Array.of(...Array(4000).fill(1), 14401) }, "too_large", "duration[4000]"],
  [{ images: [1, 1.5] }, "off_step", "images[1]"],
  [{ duration: [1, "1:99"] }, "invalid_value", "duration[1]"],
  [{ duration: [1, null] }, "wrong_type", "duration[1]"],
  [{ duration: BigInt64Array.of(1n) }, "wrong_type", "duration[0]"],
  [{ duration: Int32Array.of(1, -1) }, "negative", "duration[1]"],
  [{ duration: new Float32Array(5000).fill(14_401, 4999) }, "too_large", "duration[4999]"],
  [{ media: ["stock", "stok"], duration: [1, 1] }, "unknown_option", "media[1]"],
  [{ clips: [[5], [5, -1]] }, "negative", "clips[1][1]"],
  [{ durations: [1] }, "unknown_input", "durations"],
  [{ duration: [], durations: [] }, "unknown_input", "durations"],
  [JSON.parse('{"duration":[1],"__proto__":3}'), "unknown_input", "__proto__"],
  [JSON.parse('{"duration":[1],"__proto__":[3]}'), "unknown_input", "__proto__"],
  [{ duration: new DataView(new ArrayBuffer(8)) }, "wrong_type", "duration"],
  [{ duration: [1], images: new Set([1]) }, "wrong_type", "images"],
  [{ duration: [1], model: "x" }, "unknown_option", "model"],
  [{ duration: [], model: "x" }, "unknown_option", "model"],
  [{ duration: [1, 2], images: [1] }, "invalid_value", "images"],
  [{ duration: 5 }, "missing_input", ""],
  [{}, "missing_input", ""],
  [null, "wrong_type", ""],
  [[1], "wrong_type", ""],
  [new Map([["duration", [1]]]), "wrong_type", ""],
  [Float64Array.of(1), "wrong_type", ""],
];

for (const [columns, code, path] of REFUSED) {
  test(`${JSON.stringify(columns, (_, value) => (typeof value === "bigint" ? `${value}` : value))?.slice(0, 60)} is refused: ${code} at "${path}"`, () => {
    assert.throws(
      () => card.estimateMany(columns),
      (error) => error instanceof CreditEstimatorError && error.code === code && error.path === path,
    );
  });
}

test("a column of the memory that is misspelt is refused with the nearest name, and one named __proto__ is none", () => {
  const columns = card.columns(1);
  assert.throws(() => columns.numbers("duratoin"), { code: "unknown_input", suggestion: "duration" });
  columns.set("__proto__", { images: 3 });
  assert.throws(() => columns.estimate(), { code: "unknown_input", path: "__proto__" });
  columns.free();
});

test("columns in the engine's memory are filled in place and priced again and again", () => {
  const columns = card.columns(LENGTH);
  columns.set("model", "ultra");
  for (const actor of ["human", "none", undefined]) {
    columns.set("actor", actor);
    columns.numbers("duration").set(seconds);
    const { totals, length } = columns.estimate();
    assert.equal(length, LENGTH);
    // it is the engine's memory, which other calls may let grow
    const credits = [...totals.credits];
    const expected = oneByOne(card, { model: "ultra", actor, duration: seconds }, LENGTH);
    assert.deepEqual(
      credits,
      expected.map(({ credits }) => credits),
    );
  }
  columns.set("media", "stock");
  assert.equal(columns.estimate().totals.videoMinutes[1], Math.ceil(seconds[1] / 60));
  assert.equal(columns.estimate().totals.credits[1], 0);
  columns.numbers("duration")[3] = Number.NaN;
  assert.throws(() => columns.estimate(), { code: "not_finite", path: "duration[3]" });
  columns.free();
});

test("what was set last counts: a column, the same value in all rows, or neither", () => {
  const columns = card.columns(9);
  const clips = [5];
  columns.set("clips", clips);
  clips.push(600);
  const credits = () => columns.estimate().totals.credits[8];
  assert.equal(credits(), 1.67);
  columns.numbers("duration").fill(30);
  assert.equal(credits(), 11.67);
  columns.set("duration", 60);
  assert.equal(credits(), 21.67);
  columns.numbers("duration").fill(90);
  assert.equal(credits(), 31.67);
  columns.set("duration", undefined);
  assert.equal(credits(), 1.67);
  columns.free();
  columns.free();
  for (const use of [credits, () => columns.numbers("duration")]) {
    assert.throws(use, { name: "CreditEstimatorError", code: "invalid_value" });
  }
});

for (const [what, ask, code, path] of [
  ["no rows", () => card.columns(0), "invalid_value", "rows"],
  ["half a row", () => card.columns(1.5), "invalid_value", "rows"],
  ["an unknown input", () => card.columns(1).numbers("length"), "unknown_input", "length"],
  ["an input of options", () => card.columns(1).numbers("media"), "wrong_type", "media"],
  ["an input of lists", () => card.columns(1).numbers("clips"), "wrong_type", "clips"],
]) {
  test(`columns with ${what} are refused`, () => assert.throws(ask, { code, path }));
}
