import type { CreditEstimatorError, Estimate } from "../index.js";
import { type Loaded, load, type Named, problemsOf } from "./cards.js";
import { lines, placed, usageLines } from "./problems.js";
import { stderr, stdout } from "./terminal.js";
import { json } from "./text.js";
import { type Given, usageFor } from "./usage.js";

/** A card that cannot be used, or a usage that it cannot price: its problems. */
export class Refusal {
  constructor(
    readonly by: Named,
    readonly problems: CreditEstimatorError["problems"],
    /** What was to be priced, where the card is well. */
    readonly given?: readonly Given[],
  ) {}
}

export function loadOrRefuse(named: Named): Loaded | Refusal {
  const loaded = problemsOf(() => load(named));
  if ("value" in loaded) return loaded.value;
  return new Refusal(
    named,
    loaded.problems.map((problem) => placed(problem, named)),
  );
}

export function priceOrRefuse(loaded: Loaded, given: readonly Given[]): Estimate | Refusal {
  const priced = problemsOf(() => loaded.card.estimate(usageFor(loaded.card, given)));
  return "value" in priced ? priced.value : new Refusal(loaded, priced.problems, given);
}

/** Says what was refused and why; as JSON also where the result would have gone. */
export function tell(refusals: readonly Refusal[], asJson = false): false {
  if (asJson) stdout.print(json({ refused: refusals.map(({ by, problems }) => ({ file: by.name, problems })) }));
  for (const { by, problems, given } of refusals) {
    for (const problem of problems) {
      stderr.print(...(given ? usageLines(problem, by, given, stderr) : lines(problem, by, stderr)));
    }
  }
  return false;
}
