// What is asked often is priced by functions that the engine writes for it: the same estimates, to the last digit, as
// those of its integers, which answer `diff`. And of columns the same totals.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** How many modules were started that work in the engine's memory. */
let started = 0;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    if (imports?.e?.m) started++;
  }
};
const { RateCard } = await import("../../dist/index.js");

/** After so many uses a function is there for all usages that give the same numbers and choices. */
const OFTEN = 500;

/** The same numbers in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Whatever comes out: an estimate, or a refusal. */
function outcome(price) {
  try {
    return price();
  } catch ({ code, problems }) {
    return {
      code,
      problems: problems.map(({ code, path }) => ({ code, path: path.replace(/^(before|after)\.?/, "") })),
    };
  }
}

/** As the engine prices with its integers. */
const byIntegers = (card, usage) => outcome(() => card.diff(usage, usage).before);
const isPriced = (card, usage) => !("problems" in byIntegers(card, usage));

function sees(card, usage, context) {
  const expected = byIntegers(card, usage);
  const found = outcome(() => card.estimate(usage));
  if ("problems" in expected) assert.deepEqual({ code: found.code, problems: found.problems }, expected, context);
  else assert.deepEqual(found, expected, context);
  assert.deepEqual(
    outcome(() => card.totals(usage)),
    found.totals ?? found,
    context,
  );
}

/** Asks for a usage until there are functions for it: one for an estimate, and one for totals alone. */
function often(card, usage) {
  if (!isPriced(card, usage)) return;
  for (let time = 0; time < OFTEN; time++) {
    card.estimate(usage);
    card.totals(usage);
  }
}

/** A number near the edges that prices have. */
function number(below, { min, max, step }, isDuration) {
  const size = [1, 5, 10, 30, 60, 100, 1000][below(7)];
  const near = Math.min(min + below(200) * size, max);
  switch (below(9)) {
    case 0:
      return min;
    case 1:
      return max;
    case 2:
      return max + 1;
    case 3:
      return -1;
    case 4:
      return isDuration ? near + below(2000) / 1000 : near + step / 2;
    case 5:
      return isDuration ? near + below(100_000) / 99_991 : near;
    case 6:
      return isDuration ? near + 0.0005 : near;
    default:
      return Math.floor(near / step) * step;
  }
}

test("every card there is: usages of many kinds, each asked often", () => {
  const below = random(11);
  const before = started;
  let kinds = 0;
  for (const folder of ["cards", "cards/history", "tests/cards"]) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json") && !name.includes("schema"))) {
      const card = new RateCard(readFileSync(`${folder}/${file}`, "utf8"));
      const { inputs } = card;
      const values = (names, isGiven) =>
        Object.fromEntries(
          inputs.flatMap((input) => {
            if (!isGiven(input.id)) return [];
            if (input.kind === "choice") return [[input.id, names[input.id]]];
            if (input.kind === "toggle") return [[input.id, names[input.id]]];
            const isDuration = input.kind === "duration";
            if (input.maxItems === undefined) return [[input.id, number(below, input, isDuration)]];
            return [[input.id, Array.from({ length: below(4) }, () => number(below, input, isDuration))]];
          }),
        );
      for (const { input } of card.examples.slice(0, 6)) {
        often(card, input);
        sees(card, input, file);
      }
      for (let kind = 0; kind < 6; kind++) {
        const names = Object.fromEntries(
          inputs.map(({ id, kind, options }) => [
            id,
            kind === "toggle" ? below(2) === 1 : options?.[below(options.length)].id,
          ]),
        );
        const given = new Set(inputs.filter(() => below(5) > 0).map(({ id }) => id));
        // only what can be priced counts as asked
        let usage;
        for (let tries = 0; tries < 60; tries++) {
          usage = values(names, (id) => given.has(id));
          if (isPriced(card, usage)) break;
        }
        often(card, usage);
        kinds++;
        for (let turn = 0; turn < 40; turn++) {
          const usage = values(names, (id) => given.has(id));
          sees(card, usage, `${file}: ${JSON.stringify(usage)}`);
        }
      }
    }
  }
  assert.ok(started - before > kinds, `${started - before} functions for ${kinds} kinds of usages`);
});

const of = { of: "length" };
const tiers = (mode, ...tiers) => ({ price: { mode, tiers } });

/** Charges of every shape; `length` is a duration up to 600, `count` a whole number, `list` durations, `size` a product. */
const CHARGES = {
  "a rate": { quantity: of, price: { amount: "7/3" } },
  "no quantity": { price: { amount: 5 } },
  "a minimum": { quantity: { ...of, minimum: 10 }, price: { amount: 7 } },
  "an increment up": { quantity: { ...of, increment: 0.3 }, price: { amount: 7 } },
  "an increment down": { quantity: { ...of, increment: 7, round: "down" }, price: { amount: 7 } },
  "an increment in thirds": { quantity: { ...of, minimum: 2, increment: "1/3" }, price: { flat: 1, amount: 7 } },
  "an increment half up": { quantity: { ...of, increment: 1, round: "halfUp" }, price: { amount: 1 } },
  "a minimum and an increment": { quantity: { ...of, minimum: 10, increment: 3 }, price: { amount: 7, per: 60 } },
  "a flat price": { quantity: of, price: { flat: 5, amount: 7 } },
  "least and most": { quantity: of, price: { amount: 7 }, minimumAmount: 40, maximumAmount: 900 },
  "rounded up by itself": { quantity: of, price: { amount: "1/7" }, round: "up", decimals: 1 },
  "rounded half up by itself": { quantity: of, price: { amount: 0.5 }, round: "halfUp", decimals: 0 },
  "a factor": { quantity: of, price: { flat: 1, amount: 2 }, factors: ["3/7", 2] },
  "graduated tiers": {
    quantity: of,
    ...tiers("graduated", { upTo: 60, amount: 3, flat: 2 }, { upTo: 120, amount: 1 }, { amount: 0.5, flat: 1 }),
  },
  "graduated tiers that end": {
    quantity: of,
    ...tiers("graduated", { upTo: 60, amount: 3 }, { upTo: 120, amount: 1 }),
  },
  "volume tiers": {
    quantity: of,
    ...tiers("volume", { upTo: 60, amount: 3, flat: 2 }, { upTo: 120, amount: 1 }, { amount: 0.5 }),
  },
  "volume tiers that end": {
    quantity: of,
    ...tiers("volume", { upTo: 60, amount: 3 }, { upTo: 120, flat: 4, amount: 1 }),
  },
  "rounded tiers": { quantity: { ...of, increment: 10 }, ...tiers("volume", { upTo: 60, amount: 3 }, { amount: 1 }) },
  times: { quantity: { ...of, minimum: 10 }, price: { amount: "1/3" }, round: "up", decimals: 1, times: "count" },
  "times alone": { price: { amount: 2.5 }, times: "count" },
  "each item": { quantity: { of: "list", each: true, minimum: 2, increment: 1 }, price: { flat: 1, amount: "1/3" } },
  "each item in tiers": {
    quantity: { of: "list", each: true },
    ...tiers("graduated", { upTo: 5, amount: 3 }, { amount: 1 }),
  },
  "a list's sum": { quantity: { of: "list", increment: 1 }, price: { amount: "1/3" } },
  "a condition on a number": { quantity: of, when: { count: { atLeast: 2, below: 5 } }, price: { amount: 3 } },
  "a condition on what is charged": {
    quantity: of,
    when: { length: [{ atMost: 9 }, { above: 60 }] },
    price: { amount: 3 },
  },
  "a condition on an item": { quantity: of, when: { list: { anyItem: [5, { above: 30 }] } }, price: { amount: 3 } },
  "a condition on a list": { price: { amount: 3 }, when: { list: { atLeast: 5 } } },
  "a product": { quantity: { of: "size", increment: 100 }, price: { amount: 1, per: 100 } },
  "the largest": { quantity: { of: "longest" }, price: { amount: 2 } },
  "by a number": { quantity: of, price: { amount: { by: "count", 0: 1, 1: 2, 2: 3 } } },
  "by a choice": { quantity: of, price: { amount: { by: "kind", plain: 1, fine: 4 } } },
  "by a toggle": { quantity: of, price: { amount: 2 }, factors: [{ by: "fast", true: 2, false: 1 }] },
};

const INPUTS = [
  { id: "kind", kind: "choice", options: [{ id: "plain" }, { id: "fine" }, { id: "other" }], default: "plain" },
  { id: "fast", kind: "toggle" },
  { id: "length", kind: "duration", max: 600 },
  { id: "count", kind: "number", max: 9 },
  { id: "list", kind: "duration", max: 60, maxItems: 4 },
  { id: "width", kind: "number", max: 4096 },
  { id: "height", kind: "number", max: 4096, step: 0.5 },
  { id: "size", kind: "product", of: ["width", "height"] },
  { id: "longest", kind: "largest", of: ["width", "height"] },
  { id: "idle", kind: "number", max: 5, when: { kind: "fine" } },
];

const LENGTHS = [
  0, 0.001, 0.0005, 0.5, 1, 1.5, 2, 9.999, 10, 10.0004, 10.0006, 30.2, 59.999, 60, 60.001, 119.5, 120, 121, 599.5, 600,
  600.001, -0.001, -0, 3.4999999999,
];
const USAGES = {
  lengths: LENGTHS.map((length) => ({ length })),
  counts: LENGTHS.flatMap((length) => [0, 1, 2, 3, 5, 9, 10, 1.5].map((count) => ({ length, count }))),
  lists: [[], [0], [5], [5, 0, 1.5], [2, 2.001, 59.9995, 60], [61], [-1], [1, 1, 1, 1, 1]].flatMap((list) => [
    { list, length: 10 },
  ]),
  sizes: [0, 1, 0.5, 10, 1000, 1024.5, 4096, 5000].flatMap((height) =>
    [0, 3, 1000, 4096].map((width) => ({ width, height, length: 9 })),
  ),
  choices: ["plain", "fine", "other"].flatMap((kind) => [true, false].map((fast) => ({ kind, fast, length: 61 }))),
  "what counts for nothing": [
    { kind: "plain", idle: 3, length: 5 },
    { kind: "plain", idle: 9, length: 5 },
    { kind: "fine", idle: 3, length: 5 },
  ],
  all: LENGTHS.map((length) => ({
    kind: "fine",
    fast: true,
    length,
    count: 2,
    list: [5, 31],
    width: 640,
    height: 480.5,
    idle: 1,
  })),
  "half of a product": [{ width: 3, length: 3 }],
  nothing: [{}],
};

for (const [name, charge] of Object.entries(CHARGES)) {
  test(`${name}: what is asked often costs what integers say`, () => {
    const card = new RateCard({
      id: "shape",
      balances: { credits: { decimals: 2, round: "halfUp" }, others: { decimals: 0, round: "up" } },
      inputs: INPUTS,
      charges: [
        { id: "it", balance: "credits", ...charge },
        { id: "more", balance: "credits", quantity: of, price: { amount: "1/3" } },
        { id: "other", balance: "others", quantity: of, price: { amount: 1, per: 7 } },
      ],
      assumptions: [
        ...["minimum", "increment", "minimumAmount", "maximumAmount", "round"].map((step) => ({
          id: step,
          text: step,
          where: { charge: ["it"], step },
        })),
        { id: "rounded", text: "rounded", where: { balance: "credits", step: "round" } },
        { id: "made", text: "made", where: { charge: ["it", "other"] }, when: { length: { above: 10 } } },
        { id: "always", text: "always" },
        { id: "five", text: "five", when: { list: { anyItem: 5 } } },
      ].filter(({ where }) => charge.quantity || !["minimum", "increment"].includes(where?.step)),
    });
    for (const [kind, usages] of Object.entries(USAGES)) {
      const asked = new Set();
      for (const usage of usages) {
        sees(card, usage, kind);
        const { kind: name, fast } = usage;
        const pattern = [...Object.keys(usage), name, fast].join();
        if (asked.has(pattern) || !isPriced(card, usage)) continue;
        asked.add(pattern);
        often(card, usage);
      }
      for (const usage of usages) sees(card, usage, `${kind}: ${JSON.stringify(usage)}`);
    }
  });

  test(`${name}: columns of it cost what integers say`, () => {
    const card = new RateCard({
      id: "shape",
      balances: { credits: { decimals: 2, round: "halfUp" }, others: { decimals: 0, round: "up" } },
      inputs: INPUTS,
      charges: [
        { id: "it", balance: "credits", ...charge },
        { id: "other", balance: "others", quantity: of, price: { amount: 1, per: 7 } },
      ],
    });
    const usages = LENGTHS.flatMap((length, place) =>
      [0, 1, 2, 5].map((count) => ({ length, count, width: 7 * place, height: place / 2 })),
    );
    for (const inputs of [
      ["length"],
      ["length", "count"],
      ["length", "width", "height"],
      ["length", "count", "width", "height"],
    ]) {
      const rows = usages
        .map((usage) => Object.fromEntries(inputs.map((id) => [id, usage[id]])))
        .filter((usage) => isPriced(card, usage));
      if (rows.length === 0) continue;
      const many = Array.from({ length: 1200 }, (_, row) => rows[(row * 7) % rows.length]);
      const columns = Object.fromEntries(inputs.map((id) => [id, Float64Array.from(many, (usage) => usage[id])]));
      const before = started;
      const { totals } = card.estimateMany(columns);
      const expected = many.map((usage) => byIntegers(card, usage).totals);
      for (const id of ["credits", "others"])
        assert.deepEqual(
          [...totals[id]],
          expected.map((totals) => totals[id]),
          `${id} of ${inputs}`,
        );
      const priced = card.columns(many.length);
      for (const id of inputs) priced.numbers(id).set(columns[id]);
      assert.deepEqual(
        [...priced.estimate().totals.credits],
        expected.map(({ credits }) => credits),
      );
      priced.free();
      if (name === "a rate") assert.equal(started - before, 1, "one function is for both");
    }
  });
}

for (const round of ["up", "down", "halfUp"]) {
  for (const increment of [0.001, 0.3, 1, 7, 60, 86_400]) {
    test(`increments of ${increment} s, rounded ${round}: a length that is almost half a millisecond beside one`, () => {
      const below = random(3);
      const card = new RateCard({
        id: "beside",
        balances: { credits: { decimals: 2 } },
        inputs: [{ id: "length", kind: "duration", max: 1_000_000_000 }],
        charges: [
          { id: "it", balance: "credits", quantity: { of: "length", increment, round }, price: { amount: 1 } },
          { id: "least", balance: "credits", quantity: { ...of, increment, round, minimum: 10 }, price: { amount: 1 } },
        ],
      });
      const lengths = Array.from({ length: 1200 }, (_, row) => {
        const units = below([3, 1000, Math.floor(999_000_000 / increment)][row % 3]);
        const edge = (units + (round === "halfUp" ? 0.5 : 0)) * increment;
        return Math.max(edge + [0, 0.0004, 0.000498, -0.0004, -0.000498, 0.0005][below(6)], 0);
      });
      often(card, { length: 1 });
      const estimates = lengths.map((length) => byIntegers(card, { length }));
      assert.deepEqual(
        lengths.map((length) => card.estimate({ length })),
        estimates,
      );
      const expected = estimates.map(({ totals }) => totals.credits);
      assert.deepEqual(
        lengths.map((length) => card.totals({ length }).credits),
        expected,
      );
      const { totals } = card.estimateMany({ length: Float64Array.from(lengths) });
      assert.deepEqual([...totals.credits], expected);
    });
  }
}

/** Rows that make more than one block of what is copied together, and a few more than the functions do at a time. */
const ROWS = 8197;
const PLACES = [0, 1, 7, 8, 1023, 4095, 4096, 4101, 8191, 8192, 8196];

const BAD = {
  length: [-0.001, -1, 600.001, 601, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  weight: [0.5, 0, -3, 2.25, 100.5, 1e300, Number.NaN],
  count: [-1, 0.5, 10, 4_294_967_297, Number.NaN, Number.NEGATIVE_INFINITY],
};

test("a row of a column that cannot be priced is named, wherever it stands and whatever it is", () => {
  const card = new RateCard({
    id: "refusals",
    balances: { credits: { decimals: 2 } },
    inputs: [
      { id: "length", kind: "duration", max: 600 },
      { id: "weight", kind: "number", min: 1, max: 100, step: 0.5 },
      { id: "count", kind: "number", max: 9 },
    ],
    charges: ["length", "weight", "count"].map((id) => ({
      id,
      balance: "credits",
      quantity: { of: id, minimum: 2 },
      price: { amount: "1/3" },
    })),
  });
  const good = {
    length: Float64Array.from({ length: ROWS }, (_, row) => [600, 0.001, -0, 599.999, 12.0004][row % 5]),
    weight: Float64Array.from({ length: ROWS }, (_, row) => [1, 100, 99.5, 1.5][row % 4]),
    count: Float64Array.from({ length: ROWS }, (_, row) => [0, 9, -0, 8, 1, 5, 7][row % 7]),
  };
  const columns = card.columns(ROWS);
  for (const id in good) columns.numbers(id).set(good[id]);
  const expected = Array.from(
    { length: ROWS },
    (_, row) => card.estimate({ length: good.length[row], weight: good.weight[row], count: good.count[row] }).totals,
  ).map(({ credits }) => credits);
  const before = started;
  assert.deepEqual([...card.estimateMany(good).totals.credits], expected);
  assert.deepEqual([...columns.estimate().totals.credits], expected);
  assert.equal(started - before, 1, "one function is for all");
  for (const [id, values] of Object.entries(BAD)) {
    for (const place of PLACES) {
      for (const value of values) {
        const { code } = outcome(() => card.estimate({ [id]: value }));
        const refusal = { code, path: `${id}[${place}]` };
        const is = good[id][place];
        good[id][place] = value;
        columns.numbers(id)[place] = value;
        assert.throws(() => card.estimateMany(good), refusal, `${value}`);
        assert.throws(() => columns.estimate(), refusal, `${value}`);
        good[id][place] = is;
        columns.numbers(id)[place] = is;
      }
    }
  }
  assert.deepEqual([...columns.estimate().totals.credits], expected);
  columns.free();
});
