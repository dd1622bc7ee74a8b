// What is measured, in Node and in browsers alike: the package beside what one would write or pick instead, all of which
// give the same output after the same validation (tests/js/bench.test.js holds them to it).
import { RateCard } from "credit-estimator";
import * as big from "./peers/big.js";
import * as columns from "./peers/columns.js";
import * as handwritten from "./peers/handwritten.js";
import * as jsonLogic from "./peers/json-logic.js";

const card = RateCard.invideoV4;

const LENGTHS = Array.from({ length: 512 }, (_, index) => 1 + ((index * 7919) % 7000));

/** What an estimator is asked while sliders are dragged: a new object each time. */
const ASKED = [
  (seconds) => ({ media: "generative", model: "ultra", actor: "human", duration: seconds }),
  (seconds) => ({ media: "generative", model: "pro", duration: seconds }),
  (seconds) => ({ media: "stock", actor: "virtualPro", duration: seconds }),
  (seconds) => ({ images: seconds % 40, clips: [5, 3, seconds % 60] }),
];

const asked = (ask) => (turn) => ask(ASKED[turn & 3](LENGTHS[turn & 511]));

const PEERS = [
  ["hand-written JavaScript", handwritten, 20_000],
  ["big.js", big, 500],
  ["json-logic-js", jsonLogic, 500],
];

const ROWS = 1_000_000;

/** A case: its contestants, of which the first is the package, each with a `run` that does its work `times` times. */
export const cases = [
  {
    name: "usage in, itemised estimate out",
    unit: "µs",
    contestants: [
      contestant(
        "credit-estimator",
        20_000,
        asked((usage) => card.estimate(usage).lines.length),
      ),
      ...PEERS.map(([name, { estimate }, times]) =>
        contestant(
          name,
          times,
          asked((usage) => estimate(usage).lines.length),
        ),
      ),
    ],
  },
  {
    name: "usage in, one number out",
    unit: "µs",
    contestants: [
      contestant(
        "credit-estimator",
        20_000,
        asked((usage) => card.totals(usage).credits),
      ),
      ...PEERS.map(([name, { credits }, times]) => contestant(name, times, asked(credits))),
    ],
  },
  {
    name: "a million rows, in the engine's memory",
    unit: "ns a row",
    rows: ROWS,
    contestants: [
      (() => {
        const rows = card.columns(ROWS);
        rows.set("model", "ultra");
        rows.set("actor", "human");
        rows.numbers("duration").set(lengths());
        return { name: "credit-estimator", times: 1, run: () => rows.estimate().totals.credits[ROWS - 1] };
      })(),
      loop(),
    ],
  },
  {
    name: "a million rows, copied in and out",
    unit: "ns a row",
    rows: ROWS,
    contestants: [
      (() => {
        const duration = lengths();
        let many;
        const run = () => {
          many = card.estimateMany({ model: "ultra", actor: "human", duration });
          return many.totals.credits[ROWS - 1];
        };
        return { name: "credit-estimator", times: 1, run };
      })(),
      loop(true),
    ],
  },
];

function contestant(name, times, one) {
  let turn = 0;
  const run = () => {
    let sum = 0;
    for (let count = 0; count < times; count++) sum += one(turn++);
    return sum;
  };
  return { name, times, run };
}

function lengths() {
  return Float64Array.from({ length: ROWS }, (_, row) => LENGTHS[row & 511]);
}

/** Fills the same column each time, or makes one as `estimateMany` does: that of the last time is kept, as there. */
function loop(makesColumn = false) {
  const duration = lengths();
  let out = new Float64Array(ROWS);
  const run = () => {
    if (makesColumn) out = new Float64Array(ROWS);
    columns.ultraWithActor(duration, out);
    return out[ROWS - 1];
  };
  return { name: "hand-written loop", times: 1, run };
}

/** Microseconds of one piece of work, by contestant: the median of rounds in which each has its turn. */
export function measure({ contestants }, rounds = 25) {
  const times = contestants.map(() => []);
  for (let round = -3; round < rounds; round++) {
    for (const [index, { times: count, run }] of contestants.entries()) {
      const start = performance.now();
      const result = run();
      const time = ((performance.now() - start) * 1000) / count;
      if (!Number.isFinite(result)) throw new Error("a contestant answered no number");
      // the first rounds warm up
      if (round >= 0) times[index].push(time);
    }
  }
  return times.map((times) => times.sort((one, other) => one - other)[times.length >> 1]);
}

/** Every case, measured: `{ name, unit, rows, results: [{ name, time, ratio }] }`; a ratio is over the package's time. */
export function measureAll(rounds) {
  return cases.map((one) => {
    const times = measure(one, rounds);
    const results = one.contestants.map(({ name }, index) => ({
      name,
      time: one.rows ? (times[index] * 1000) / one.rows : times[index],
      ratio: times[index] / times[0],
    }));
    return { name: one.name, unit: one.unit, results };
  });
}
