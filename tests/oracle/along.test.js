// `curve` and `fit` on random cards, against every value of the grid priced by itself.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { exactDocument, objectDocument, Random, randomCard, UsageMaker } from "./generate.js";

const SEED = Number(process.env.ORACLE_SEED ?? 20261122);
const CARDS = 250;
const MOST_VALUES = 250;

let engine;
before(async () => {
  engine = await import("../../dist/index.js");
});

/** The card, where a usage can make each of its charges. */
function loaded(document) {
  try {
    return new engine.RateCard(document);
  } catch (error) {
    assert.equal(error.code, "unreachable", String(error));
  }
}

/** An input's values next to each other, as an estimate takes them: so many from a random one on. */
function values({ kind, min, max, step }, random) {
  const scale = kind === "duration" ? 1000 : 1e6;
  const [stride, least, most] = [step, min, max].map((number) => Math.round(number * scale));
  const first = Math.ceil(least / stride);
  const last = Math.floor(most / stride);
  if (last < first) return [];
  const from = random.chance(0.5) ? first : random.int(first, last);
  const length = Math.min(MOST_VALUES, last - from + 1);
  return Array.from({ length }, (_, i) => ((from + i) * stride) / scale);
}

/** Whether an input is missing. */
const lacks = ({ problems }) => problems?.some(({ code }) => code === "missing_input") ?? false;

/** What each value costs: its totals, or nothing where it has no price. */
function priced(card, usage, id, values) {
  return values.map((value) => {
    try {
      return card.estimate({ ...usage, [id]: value }).totals;
    } catch (error) {
      if (lacks(error)) throw error;
      return undefined;
    }
  });
}

function attempt(ask) {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof engine.CreditEstimatorError)) throw error;
    return error;
  }
}

test(`on ${CARDS} random cards`, () => {
  const random = new Random(SEED);
  const seen = { balance: 0, max: 0, none: 0, notOffered: 0, falls: 0, gaps: 0, leftOut: 0 };
  for (let n = 0; n < CARDS; n++) {
    const document = randomCard(random);
    const card = loaded(objectDocument(document));
    if (!card) continue;
    const makeUsage = new UsageMaker(exactDocument(document), random);
    for (const input of card.inputs.filter((one) => one.step !== undefined && one.maxItems === undefined)) {
      const grid = values(input, random);
      if (grid.length === 0) continue;
      const { [input.id]: _, ...usage } = makeUsage.make();
      const range = { vary: input.id, from: grid[0], to: grid.at(-1) };
      const where = () => JSON.stringify([objectDocument(document), usage, range]);
      const curve = attempt(() => card.curve(usage, range));
      if (curve.code === "left_out" && curve.path === "vary") {
        seen.leftOut++;
        continue;
      }
      const totals = attempt(() => priced(card, usage, input.id, grid));
      if (totals.code !== undefined || totals.every((one) => one === undefined)) {
        assert.notEqual(curve.code, undefined, where());
        assert.equal(lacks(curve), lacks(totals), where());
        assert.equal(attempt(() => card.fit(usage, { ...range, within: {} })).code, curve.code, where());
        continue;
      }
      assert.equal(curve.code, undefined, where());
      compareCurve(curve, grid, totals, where);
      const balances = Object.keys(card.balances);
      const falls = totals.some((one, i) => balances.some((id) => one?.[id] < totals[i - 1]?.[id]));
      if (falls) seen.falls++;
      if (totals.includes(undefined)) seen.gaps++;
      for (let limits = 0; limits < 3; limits++) {
        const some = random.pick(totals.filter(Boolean));
        const within = Object.fromEntries(
          random.some(balances, 1, 3).map((id) => [id, random.chance(0.8) ? some[id] : random.int(0, 1000) / 100]),
        );
        seen[
          compareFit(
            card.fit(usage, { ...range, within }),
            within,
            grid,
            totals,
            () => `${where()} ${JSON.stringify(within)}`,
          )
        ]++;
      }
    }
  }
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 10, `${what}: ${count}`);
});

function compareCurve({ starts, totals: found, edges }, grid, totals, where) {
  let run = -1;
  for (const [i, value] of grid.entries()) {
    const before = run;
    while (run + 1 < starts.length && starts[run + 1] <= value) run++;
    const here = Object.keys(found).map((id) => found[id][run]);
    assert.deepEqual(
      here,
      Object.keys(found).map((id) => totals[i]?.[id] ?? Number.NaN),
      `${value} ${where()}`,
    );
    if (run !== before) assert.equal(starts[run], value, where());
    if (run !== before && i > 0) assert.notDeepEqual(totals[i], totals[i - 1], `${value} ${where()}`);
  }
  for (const { at, to = at } of edges) assert.ok(at >= grid[0] && to < grid.at(-1), where());
}

function compareFit(fit, within, grid, totals, where) {
  const over = (one) => Object.keys(within).filter((id) => one[id] > within[id]);
  const fits = (one) => one !== undefined && over(one).length === 0;
  const at = totals.findLastIndex(fits);
  assert.equal(fit.value, grid[at], where());
  assert.deepEqual(fit.estimate?.totals, totals[at], where());
  const next = at < 0 ? totals.findIndex(Boolean) : at + 1;
  const reason = at < 0 ? "none" : next === grid.length ? "max" : totals[next] ? "balance" : "notOffered";
  assert.equal(fit.reason, reason, where());
  assert.deepEqual(fit.next, totals[next] && { value: grid[next], totals: totals[next] }, where());
  assert.deepEqual([...fit.limitedBy].sort(), totals[next] ? over(totals[next]).sort() : [], where());
  assert.deepEqual(Object.keys(fit.left).sort(), Object.keys(within).sort(), where());
  return reason;
}
