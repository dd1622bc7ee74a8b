import type { Problem, Proof, RateCard } from "../index.js";
import { heading, load, type Named, problemsOf, readCards } from "./cards.js";
import { lines, placed } from "./problems.js";
import { type Cell, stdout, table } from "./terminal.js";
import { count, json, visible } from "./text.js";
import { wordsOf } from "./usage.js";

export interface CheckOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Figure {
  readonly path: string;
  readonly expected: number | string;
  readonly found?: number;
  readonly ok: boolean;
}

interface ProvedExample {
  readonly input: RateCard["examples"][number]["input"];
  readonly note?: string;
  readonly ok: boolean;
  readonly figures: readonly Figure[];
}

/** What checking one card came to. */
interface Checked {
  readonly named: Named;
  /** Not there where the card was refused. */
  readonly card?: RateCard;
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly examples: readonly ProvedExample[];
}

/** Checks cards and answers whether all is well with all of them. */
export async function check(names: readonly string[], options: CheckOptions): Promise<boolean> {
  const checked: Checked[] = [];
  for (const named of await readCards(names)) {
    const one = checkOne(named, options.strict ?? false);
    checked.push(one);
    if (!options.json) report(one, options.quiet ?? false);
  }
  const ok = checked.every((one) => one.ok);
  if (options.json) stdout.print(json({ ok, cards: checked.map(asJson) }));
  else if (checked.length > 1 && !(options.quiet && ok)) {
    const wrong = checked.filter((one) => !one.ok).length;
    const told = `${count(checked.length, "card")}: ${checked.length - wrong} passed, ${wrong} failed`;
    stdout.print(stdout.paint(told, "bold", ok ? "green" : "red"));
  }
  return ok;
}

function checkOne(named: Named, strict: boolean): Checked {
  const loaded = problemsOf(() => load(named).card);
  if ("problems" in loaded) {
    const problems = loaded.problems.map((problem) => placed(problem, named));
    return { named, ok: false, problems, warnings: [], examples: [] };
  }
  const card = loaded.value;
  const proof = card.prove();
  const problems = proof.examples.flatMap((example) => example.problems).map((problem) => placed(problem, named));
  const warnings = proof.warnings.map((problem) => placed(problem, named));
  const ok = problems.length === 0 && !(strict && warnings.length > 0);
  return { named, card, ok, problems, warnings, examples: examplesOf(card, proof) };
}

function examplesOf(card: RateCard, proof: Proof): ProvedExample[] {
  return card.examples.map(({ input, note }, i) => {
    const { figures = [], problems = [] } = proof.examples[i] ?? {};
    return {
      input,
      ...(note !== undefined && { note }),
      ok: problems.length === 0,
      figures: figures.map((figure) => ({
        ...figure,
        ok: figure.found !== undefined && !problems.some(({ path }) => path === figure.path),
      })),
    };
  });
}

function asJson({ named, card, ok, problems, warnings, examples }: Checked) {
  return { file: named.name, ...(card && { id: card.id }), ok, problems, warnings, examples };
}

function report(checked: Checked, quiet: boolean): void {
  const { named, card, ok, problems, warnings, examples } = checked;
  if (quiet && ok) return;
  if (!quiet) {
    stdout.print(stdout.paint(visible(card ? `${named.name}: ${heading(card)}` : named.name), "bold"));
    stdout.print(...figureTable(examples));
  }
  for (const problem of problems) stdout.print(...lines(problem, named, stdout));
  for (const warning of warnings) stdout.print(...lines(warning, named, stdout, true));
  stdout.print(`${mark(ok)} ${visible(named.name)}: ${summary(checked)}`);
  if (!quiet) stdout.print("");
}

const passed: Cell = ["✓", "green"];
const failed: Cell = ["✗", "red", "bold"];
const mark = (ok: boolean) => (ok ? stdout.paint("✓", "green") : stdout.paint("✗", "red", "bold"));

function figureTable(examples: readonly ProvedExample[]): string[] {
  if (examples.length === 0) return [];
  const rows = examples.flatMap(({ input, figures }): Cell[][] => {
    const usage = visible(wordsOf(input));
    if (figures.length === 0) return [[usage, "", "", "", failed]];
    return figures.map(({ path, expected, found = "–", ok }, i) => [
      i === 0 ? usage : "",
      visible(nameOf(path)),
      String(expected),
      ok ? String(found) : [String(found), "red", "bold"],
      ok ? passed : failed,
    ]);
  });
  const titles = ["usage", "figure", "expected", "found"].map((title): Cell => [title, "dim"]);
  return table([titles, ...rows], { right: [2, 3], cut: 0 }, stdout);
}

/** `examples[3].lines.actor.amount` is the figure `actor amount`. */
function nameOf(path: string): string {
  const [, kind, rest = path] = /^examples\[\d+\]\.(expect|lines)\.(.*)$/.exec(path) ?? [];
  return kind === "lines" ? rest.replace(/\.(?=quantity$|amount$)/, " ") : rest;
}

function summary({ card, ok, problems, warnings, examples }: Checked): string {
  if (card === undefined) return `refused, with ${count(problems.length, "problem")}`;
  const figures = examples.flatMap((example) => example.figures);
  const wrong = figures.filter((figure) => !figure.ok).length;
  const told = [
    count(examples.length, "example"),
    wrong > 0 ? `${wrong} of ${count(figures.length, "figure")} wrong` : count(figures.length, "figure"),
    ...(problems.length > wrong ? [count(problems.length, "problem")] : []),
    ...(warnings.length > 0 ? [count(warnings.length, "warning")] : []),
  ];
  return told.join(", ") + (!ok && problems.length === 0 ? ": --strict takes none" : "");
}
