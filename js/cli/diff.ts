import type { Estimate, Line, RateCard } from "../index.js";
import { amountText, differenceText, textOf, unitsOf } from "./amount.js";
import { heading, type Loaded, readCards } from "./cards.js";
import type { EstimateOptions } from "./estimate.js";
import { loadOrRefuse, priceOrRefuse, Refusal, tell } from "./refusal.js";
import { type Cell, stdout, table } from "./terminal.js";
import { alignDecimals, json, visible } from "./text.js";
import { type Given, readGiven } from "./usage.js";

type Side = "before" | "after";
const SIDES = ["before", "after"] as const;

/** A figure of both cards; not there where one has none. */
interface Change {
  readonly before?: number;
  readonly after?: number;
  readonly difference: number;
}

interface ChangedLine extends Change {
  readonly charge: string;
  readonly label: string;
  readonly balance: string;
}

interface Diff extends Readonly<Record<Side, Estimate>> {
  readonly totals: Readonly<Record<string, Change>>;
  readonly lines: readonly ChangedLine[];
  readonly rounding: Readonly<Record<string, Change>>;
  /** Inputs that one card alone has. */
  readonly inputs: Readonly<Record<"onlyBefore" | "onlyAfter", readonly string[]>>;
  /** Given inputs that a card does not have and that were left out for it. */
  readonly leftOut: Readonly<Record<Side, readonly string[]>>;
}

/** Prices one usage with two cards and answers whether both could. */
export async function diff(
  names: readonly [string, string],
  args: readonly string[],
  options: EstimateOptions,
): Promise<boolean> {
  const given = readGiven(args);
  const [before, after] = (await readCards(names)).map(loadOrRefuse);
  if (!before || !after) return false;
  if (before instanceof Refusal || after instanceof Refusal) return tell(refusals(before, after), options.json);
  const cards = { before, after };
  const was = priceOrRefuse(before, givenTo(cards, "before", given));
  const is = priceOrRefuse(after, givenTo(cards, "after", given));
  if (was instanceof Refusal || is instanceof Refusal) return tell(refusals(was, is), options.json);
  const changes = compare(cards, { before: was, after: is }, given);
  if (options.json) stdout.print(json(changes));
  else print(cards, changes);
  return true;
}

const refusals = (...results: unknown[]) => results.filter((result) => result instanceof Refusal);

type Cards = Readonly<Record<Side, Loaded>>;

const has = ({ card }: Loaded, key: string) => card.inputs.some(({ id }) => id === key);
const other = (side: Side): Side => (side === "before" ? "after" : "before");

/** What a card is asked: all but the inputs that the other card alone has. */
const givenTo = (cards: Cards, side: Side, given: readonly Given[]) =>
  given.filter(({ key }) => has(cards[side], key) || !has(cards[other(side)], key));

function compare(cards: Cards, estimates: Record<Side, Estimate>, given: readonly Given[]): Diff {
  const { before, after } = estimates;
  const change = (balance: string, was?: number, is?: number): Change => ({
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
    difference: Number(differenceOf(cards, balance, was, is).text),
  });
  const changes = (of: (estimate: Estimate) => Readonly<Record<string, number>>) =>
    Object.fromEntries(
      union(Object.keys(of(before)), Object.keys(of(after))).map((balance) => [
        balance,
        change(balance, of(before)[balance], of(after)[balance]),
      ]),
    );
  const only = (side: Side) => {
    const absent = cards[side].card.inputs.filter(({ id }) => !has(cards[other(side)], id));
    return absent.map(({ id }) => id);
  };
  const leftOut = (side: Side) => {
    const asked = givenTo(cards, side, given);
    return given.filter((one) => !asked.includes(one)).map(({ key }) => key);
  };
  return {
    ...estimates,
    totals: changes(({ totals }) => totals),
    lines: pair(before.lines, after.lines).map(([was, is]) => {
      const { charge, label, balance } = (is ?? was) as Line;
      return { charge, label, balance, ...change(balance, was?.amount, is?.amount) };
    }),
    rounding: changes(({ rounding }) => rounding),
    inputs: { onlyBefore: only("before"), onlyAfter: only("after") },
    leftOut: { before: leftOut("before"), after: leftOut("after") },
  };
}

const union = (some: readonly string[], others: readonly string[]) => [...new Set([...some, ...others])];

/** Lines of one charge in one balance side by side: what the first card alone charges, then the second card's lines. */
function pair(before: readonly Line[], after: readonly Line[]): [Line | undefined, Line | undefined][] {
  const twin = (line: Line, lines: readonly Line[]) =>
    lines.find(({ charge, balance }) => charge === line.charge && balance === line.balance);
  return [
    ...before.filter((line) => !twin(line, after)).map((line): [Line, undefined] => [line, undefined]),
    ...after.map((line): [Line | undefined, Line] => [twin(line, before), line]),
  ];
}

const decimalsOf = (card: RateCard, balance: string) => card.balances[balance]?.decimals ?? 0;

/** In units of the finer card's last decimal, so that nothing is lost. */
function differenceOf({ before, after }: Cards, balance: string, was = 0, is = 0): { text: string; shown: string } {
  const decimals = Math.max(decimalsOf(before.card, balance), decimalsOf(after.card, balance));
  const units = unitsOf(is, decimals) - unitsOf(was, decimals);
  return { text: textOf(units, decimals), shown: differenceText(units, decimals) };
}

function print(cards: Cards, changes: Diff): void {
  for (const side of SIDES) {
    const { name, card } = cards[side];
    stdout.print(`${stdout.paint(side.padEnd(6), "dim")}  ${visible(`${name}: ${heading(card)}`)}`);
  }
  stdout.print("", ...changeTable(cards, changes), ...remarks(cards, changes));
}

function changeTable(cards: Cards, { totals, lines, rounding }: Diff): string[] {
  const labelOf = (balance: string) =>
    (cards.after.card.balances[balance] ?? cards.before.card.balances[balance])?.label ?? balance;
  const rows: { label: string; balance: string; change: Change; total: boolean }[] = [
    ...lines.map((line) => ({ label: line.label, balance: line.balance, change: line, total: false })),
    ...Object.entries(rounding).map(([balance, change]) => ({ label: "Rounding", balance, change, total: false })),
    ...Object.entries(totals).map(([balance, change], i) => ({
      label: i === 0 ? "Total" : "",
      balance,
      change,
      total: true,
    })),
  ];
  const figures = (side: Side) =>
    alignDecimals(
      rows.map(({ balance, change }) => {
        const amount = change[side];
        return amount === undefined ? "–" : amountText(amount, decimalsOf(cards[side].card, balance));
      }),
    );
  const [before, after] = [figures("before"), figures("after")];
  const differences = alignDecimals(
    rows.map(({ balance, change }) => differenceOf(cards, balance, change.before, change.after).shown),
  );
  return table(
    [
      ["", ...SIDES, "difference", ""].map((title): Cell => [title, "dim"]),
      ...rows.map(({ label, balance, change, total }, i): Cell[] => {
        const cells = [label, before[i] ?? "", after[i] ?? "", differences[i] ?? "", labelOf(balance)];
        const texts = cells.map((text, column) => (column === 0 || column === 4 ? visible(text) : text));
        const weight = total ? (["bold"] as const) : [];
        return texts.map((text, column): Cell => {
          if (column !== 3) return [text, ...weight];
          const colour = change.difference > 0 ? "red" : change.difference < 0 ? "green" : "dim";
          return [text, ...weight, colour];
        });
      }),
    ],
    { right: [1, 2, 3], cut: 0 },
    stdout,
  );
}

function remarks(cards: Cards, { leftOut, inputs, before, after }: Diff): string[] {
  const told = SIDES.flatMap((side) => {
    const name = visible(cards[side].name);
    const estimate = side === "before" ? before : after;
    return [
      ...(leftOut[side].length > 0 ? [`${name} has no input ${leftOut[side].join(", ")}: left out for it.`] : []),
      ...(estimate.ignored.length > 0
        ? [`${name} ignores ${estimate.ignored.join(", ")}: the other values leave it out.`]
        : []),
    ];
  });
  for (const side of SIDES) {
    const only = inputs[side === "before" ? "onlyBefore" : "onlyAfter"];
    const others = only.filter((id) => !leftOut[other(side)].includes(id));
    if (others.length > 0) told.push(`${visible(cards[side].name)} alone also asks for ${others.join(", ")}.`);
  }
  return told.length > 0 ? ["", ...told] : [];
}
