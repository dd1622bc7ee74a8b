import { CreditEstimatorError, type Input, type Problem, type RateCard, type Usage, type Value } from "../index.js";

/** An argument `key=value`. */
export interface Given {
  readonly argument: string;
  readonly key: string;
  readonly value: string;
}

/** An argument that is no `key=value`. */
export class NotGiven extends Error {}

/** Takes `key=value` apart, each key once. */
export function readGiven(args: readonly string[]): Given[] {
  const given = args.map((argument) => {
    const at = argument.indexOf("=");
    if (at < 1) throw new NotGiven(`"${argument}" says no value of an input; write key=value, as in duration=3:30`);
    return { argument, key: argument.slice(0, at), value: argument.slice(at + 1) };
  });
  const twice = given.find(({ key }, i) => given.findIndex((other) => other.key === key) < i);
  if (twice) throw new NotGiven(`"${twice.key}" is given twice; the items of a list are written clips=5,3`);
  return given;
}

/** The usage that the arguments say for a card: each value is read by the kind of its input. */
export function usageFor(card: RateCard, given: readonly Given[]): Usage {
  const problems: Problem[] = [];
  // without a prototype, so that every key is one of its own
  const usage: Record<string, Value> = Object.create(null);
  for (const { key, value } of given) {
    const input = card.inputs.find(({ id }) => id === key);
    usage[key] = input === undefined ? value : readValue(input, value, problems);
  }
  const [first, ...others] = problems;
  if (first) throw new CreditEstimatorError([first, ...others]);
  return usage;
}

/** What does not read as the input's kind stays a text, which the engine refuses in its own words. */
function readValue(input: Input, text: string, problems: Problem[]): Value {
  if (input.kind === "choice") return text;
  if (input.kind === "toggle") return text === "true" ? true : text === "false" ? false : text;
  if (input.maxItems === undefined) return readNumber(input.kind, text, input.id, problems);
  if (text === "") return [];
  return text.split(",").map((item, i) => readNumber(input.kind, item, `${input.id}[${i}]`, problems));
}

function readNumber(kind: "number" | "duration", text: string, path: string, problems: Problem[]): number | string {
  const written = decimalOf(text);
  if (written === undefined) return text;
  const number = Number(text);
  if (!Number.isFinite(number) || decimalOf(String(number)) === written) return number;
  if (kind === "duration") return text;
  problems.push({ code: "inexact", path, message: `${text} has more digits than can be held exactly` });
  return number;
}

/** A JSON number in one form for each value; `undefined` for any other text. */
function decimalOf(text: string): string | undefined {
  const parts = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", whole = "", fraction = "", power = "0"] = parts;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}

/** A usage as the command line takes it. */
export function wordsOf(usage: Usage): string {
  return Object.entries(usage)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => quoted(`${key}=${plain(value)}`))
    .join(" ");
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A word as a shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
