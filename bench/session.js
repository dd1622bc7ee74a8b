// One edit of an editor: a session's update, beside estimating every entry again by hand-written JavaScript and by the
// engine. `cases` is for the bench; `node bench/session.js` prints them alone.
import { pathToFileURL } from "node:url";
import { RateCard } from "credit-estimator";
import { estimate as byHand } from "./peers/handwritten.js";

const SIZES = [10, 100, 1000, 10_000];

const usage = (index) => ({
  media: "generative",
  model: index % 2 ? "pro" : "ultra",
  actor: "human",
  duration: 5 + (index % 300),
});

/** What costs the same whatever the size is run so often that a clock sees it. */
const often = (size) => Math.max(Math.round(20_000 / size), 2);

/** `run()` makes `edits` edits and answers the total, so that nothing is left out. */
export const cases = SIZES.flatMap((size) => {
  const ids = Array.from({ length: size }, (_, index) => `${index}`);
  const session = RateCard.invideoV4.session();
  for (const [index, id] of ids.entries()) session.add(usage(index), { id });
  const list = ids.map((_, index) => usage(index));
  let turn = 0;
  const recompute = (estimate) => {
    let edits = often(size);
    const count = edits;
    let credits = 0;
    for (; edits > 0; edits--, turn++) {
      list[turn % size] = usage(turn);
      credits = 0;
      for (const entry of list) credits += estimate(entry).totals.credits;
    }
    return { edits: count, credits };
  };
  return [
    {
      size,
      name: "session.update",
      run() {
        const edits = 20_000;
        for (let edit = 0; edit < edits; edit++, turn++) session.update(ids[turn % size], usage(turn));
        return { edits, credits: session.totals.credits };
      },
    },
    { size, name: "recompute all, hand-written", run: () => recompute(byHand) },
    { size, name: "recompute all, card.estimate", run: () => recompute((entry) => RateCard.invideoV4.estimate(entry)) },
  ];
});

/** The median of microseconds an edit takes. */
export function measure({ run }, rounds = 11) {
  run();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    const { edits } = run();
    return ((performance.now() - start) * 1000) / edits;
  });
  return times.sort((one, other) => one - other)[rounds >> 1];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const one of cases) {
    console.log(
      `${`${one.size}`.padStart(6)} entries  ${one.name.padEnd(30)} ${measure(one).toFixed(2).padStart(10)} µs an edit`,
    );
  }
}
