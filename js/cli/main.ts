import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { Unreadable } from "./cards.js";
import { type CheckOptions, check } from "./check.js";
import { diff } from "./diff.js";
import { type EstimateOptions, estimate } from "./estimate.js";
import { inputs } from "./inputs.js";
import { stderr, stdout } from "./terminal.js";
import { visible } from "./text.js";
import { NotGiven } from "./usage.js";

const PROBLEM = 1;
const USAGE = 2;
const BUG = 70;

const CARD = "a rate card: a JSON file, - for standard input, or the id of a built-in card (invideo-v4)";
const VALUES = `Values are written key=value, by the kind of the card's input:
  choice    media=stock             the id of an option
  toggle    upscale=true            true or false
  number    images=4
  duration  duration=3:30           m:ss, h:mm:ss or seconds
  list      clips=5,3               its items, separated by commas`;

const paragraphs = (...texts: string[]) => texts.map((text) => `\n${text}`).join("\n");
const example = (command: string) => `Example:\n  $ ${command}`;

function program(done: (ok: boolean) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const all = new Command("credit-estimator")
    .description("What a generation will cost in credits, before it is made: checks rate cards and prices with them.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText(
      "after",
      paragraphs(
        example("credit-estimator estimate invideo-v4 media=generative model=ultra duration=3:30 actor=human"),
        "Exit codes: 0 all is well; 1 a figure differs, or something was refused; 2 the command line is wrong.",
      ),
    )
    .configureOutput({
      writeOut: (text) => stdout.print(text.trimEnd()),
      writeErr: (text) => stderr.print(...text.trimEnd().split("\n").map(visible)),
    })
    .exitOverride();

  all
    .command("check")
    .summary("check rate cards, and price their examples")
    .description(
      "Checks each rate card, prices its examples, and compares every published figure with what comes out.\n" +
        "Exits with 1 where a card is refused or a figure differs.",
    )
    .argument("<CARD...>", CARD)
    .option("--strict", "fail on warnings too")
    .option("--json", "print one JSON document")
    .option("--quiet", "print only what fails")
    .addHelpText("after", paragraphs(example("credit-estimator check --strict cards/*.json")))
    .action(async (names: string[], options: CheckOptions) => {
      if (options.json && options.quiet) throw new NotGiven("--json prints all there is; leave out --quiet");
      done(await check(names, options));
    });

  all
    .command("estimate")
    .summary("price one usage, item by item")
    .description("Prints what a usage will cost, item by item, and what was assumed.")
    .argument("<CARD>", CARD)
    .argument("[key=value...]", "what is about to be made; `credit-estimator inputs CARD` lists the keys")
    .option("--json", "print the estimate as JSON")
    .addHelpText(
      "after",
      paragraphs(VALUES, example("credit-estimator estimate invideo-v4 media=generative duration=3:30 clips=5,3")),
    )
    .action(async (name: string, args: string[], options: EstimateOptions) => {
      done(await estimate(name, args, options));
    });

  all
    .command("diff")
    .summary("compare what one usage costs by two cards")
    .description(
      "Prints what one usage costs by two rate cards, and the difference for each charge and balance.\n" +
        "An input that one card does not have is left out for that card, and named.",
    )
    .argument("<BEFORE>", CARD)
    .argument("<AFTER>", "another one")
    .argument("[key=value...]", "what is about to be made")
    .option("--json", "print the comparison as JSON")
    .addHelpText(
      "after",
      paragraphs(VALUES, example("credit-estimator diff cards/old.json invideo-v4 duration=3:30 actor=human")),
    )
    .action(async (before: string, after: string, args: string[], options: EstimateOptions) => {
      done(await diff([before, after], args, options));
    });

  all
    .command("inputs")
    .summary("list what a usage can say")
    .description("Lists the inputs of a rate card: their kinds, options, limits and defaults.")
    .argument("<CARD>", CARD)
    .option("--json", "print the inputs as JSON")
    .addHelpText("after", paragraphs(example("credit-estimator inputs invideo-v4")))
    .action(async (name: string, options: EstimateOptions) => {
      done(await inputs(name, options));
    });
  return all;
}

/** Runs the command that the process was started with; its exit code tells how it went. */
export async function main(): Promise<void> {
  try {
    await program((ok) => {
      process.exitCode = ok ? 0 : PROBLEM;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    else if (error instanceof Unreadable || error instanceof NotGiven) {
      stderr.print(`error: ${visible(error.message)}`);
      process.exitCode = USAGE;
    } else {
      // without the source line that Node would print, which is the whole bundle
      stderr.print(
        "This is a bug in credit-estimator:",
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      process.exitCode = BUG;
    }
  }
}
