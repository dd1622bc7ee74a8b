import type { Input, RateCard, When } from "../index.js";
import { clock } from "./amount.js";
import { heading, type Loaded, readCard } from "./cards.js";
import type { EstimateOptions } from "./estimate.js";
import { loadOrRefuse, Refusal, tell } from "./refusal.js";
import { type Cell, stdout, table } from "./terminal.js";
import { json, visible } from "./text.js";
import { quoted, wordsOf } from "./usage.js";

/** Says what a usage of a card can say. */
export async function inputs(name: string, options: EstimateOptions): Promise<boolean> {
  const loaded = loadOrRefuse(await readCard(name));
  if (loaded instanceof Refusal) return tell([loaded], options.json);
  if (options.json) stdout.print(json(loaded.card.inputs));
  else print(name, loaded);
  return true;
}

function print(name: string, { card }: Loaded): void {
  stdout.print(stdout.paint(visible(heading(card)), "bold"), "");
  if (card.inputs.length === 0) stdout.print("This card asks for nothing.");
  else stdout.print(...inputTable(card));
  const [example] = card.examples;
  if (!example) return;
  const command = `credit-estimator estimate ${quoted(name)} ${wordsOf(example.input)}`;
  stdout.print("", `${stdout.paint("For example:", "dim")} ${visible(command)}`);
}

function inputTable(card: RateCard): string[] {
  const rows = card.inputs.map((input): Cell[] => [
    [input.id, "bold"],
    visible(input.label === input.id ? "" : input.label),
    kindOf(input),
    defaultOf(input),
    input.when ? conditions(input.when) : "",
    takes(input),
  ]);
  const titles = ["input", "label", "kind", "if absent", "asked if", "takes"].map((title): Cell => [title, "dim"]);
  return table([titles, ...rows], { wrap: 5 }, stdout);
}

function kindOf(input: Input): string {
  return "maxItems" in input ? `list of ${input.kind}s` : input.kind;
}

function defaultOf(input: Input): string {
  if (input.default === undefined) return "–";
  return input.kind === "duration" ? time(input.default) : String(input.default);
}

const time = (seconds: number) => (seconds < 60 ? `${seconds} s` : clock(seconds));

function takes(input: Input): string {
  if (input.kind === "choice") return input.options.map(({ id }) => id).join(", ");
  if (input.kind === "toggle") return "true, false";
  const { id, kind, min, max, step, maxItems } = input;
  const shown = kind === "duration" ? time : String;
  const usual = step === (kind === "duration" ? 0.001 : 1);
  const range = `${shown(min)} to ${shown(max)}${usual ? "" : `, in steps of ${shown(step)}`}`;
  return maxItems === undefined ? range : `up to ${maxItems}, each ${range}, as in ${id}=5,3`;
}

const BOUNDS: Readonly<Record<string, string>> = {
  atLeast: "at least",
  atMost: "at most",
  above: "above",
  below: "below",
};

/** Conditions as a reader says them: `media=generative and duration above 60`. */
function conditions(when: When): string {
  return Object.entries(when)
    .map(([id, condition]) => oneOf(id, condition))
    .join(" and ");
}

function oneOf(id: string, condition: unknown): string {
  if (typeof condition === "object" && condition !== null && "anyItem" in condition) {
    return `an item of ${oneOf(id, condition.anyItem)}`;
  }
  const tests = Array.isArray(condition) ? condition : [condition];
  if (tests.every((test) => typeof test !== "object")) return `${id}=${tests.join("|")}`;
  return `${id} ${tests.map(bounds).join(" or ")}`;
}

function bounds(test: unknown): string {
  if (typeof test !== "object" || test === null) return String(test);
  return Object.entries(test)
    .map(([bound, value]) => `${BOUNDS[bound] ?? bound} ${value}`)
    .join(", ");
}
