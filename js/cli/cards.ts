import { readFileSync } from "node:fs";
import { CreditEstimatorError, RateCard } from "../index.js";

const BUILT_IN: ReadonlyMap<string, () => RateCard> = new Map([["invideo-v4", () => RateCard.invideoV4]]);

/** What names a card on the command line: a file, `-` for standard input, or a built-in card's id. */
export interface Named {
  readonly name: string;
  /** Its JSON text; `undefined` for a built-in card. */
  readonly text: string | undefined;
}

/** A card that was checked. */
export interface Loaded extends Named {
  readonly card: RateCard;
}

/** A card's name that leads to no text. */
export class Unreadable extends Error {}

/** Reads what the names name, before anything is made of any of it. */
export async function readCards(names: readonly string[]): Promise<Named[]> {
  if (names.filter((name) => name === "-").length > 1) throw new Unreadable("- (standard input) can be read once");
  const cards: Named[] = [];
  for (const name of names) cards.push(await readCard(name));
  return cards;
}

/** Reads what one name names. */
export async function readCard(name: string): Promise<Named> {
  return { name: name === "-" ? "<stdin>" : name, text: await textOf(name) };
}

async function textOf(name: string): Promise<string | undefined> {
  if (BUILT_IN.has(name)) return undefined;
  const bytes = name === "-" ? await standardInput() : fileAt(name);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(`${name}: the file is not UTF-8 text`);
  }
}

function fileAt(name: string): Uint8Array {
  try {
    return readFileSync(name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const known = [...BUILT_IN.keys()].join(", ");
    if (code === "ENOENT") throw new Unreadable(`${name}: no such file, and the built-in cards are: ${known}`);
    if (code === "EISDIR")
      throw new Unreadable(`${name}: this is a folder; name the cards in it, as in ${name}/*.json`);
    if (code === "EACCES" || code === "EPERM") throw new Unreadable(`${name}: reading it is not permitted`);
    throw new Unreadable(`${name}: ${message}`);
  }
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Checks a card that was read. */
export function load({ name, text }: Named): Loaded {
  const card = text === undefined ? BUILT_IN.get(name)?.() : new RateCard(text);
  if (card === undefined) throw new Error(`no built-in card ${name}`);
  return { name, text, card };
}

/** The problems that keep a card from being used, or something from being priced. */
export function problemsOf<T>(attempt: () => T): { value: T } | { problems: CreditEstimatorError["problems"] } {
  try {
    return { value: attempt() };
  } catch (error) {
    if (error instanceof CreditEstimatorError) return { problems: error.problems };
    throw error;
  }
}

/** A card's title, and what tells it from others of that title. */
export function heading({ id, title, version }: RateCard): string {
  const more = [title === id ? undefined : id, version].filter((word) => word !== undefined);
  return more.length > 0 ? `${title} (${more.join(", ")})` : title;
}

/** What each charge counts: seconds, something else, or nothing. */
export function measures(card: RateCard): Map<string, "duration" | "number" | undefined> {
  const durations = new Set(card.inputs.filter(({ kind }) => kind === "duration").map(({ id }) => id));
  return new Map(
    card.charges.map(({ id, of }) => [id, of === undefined ? undefined : durations.has(of) ? "duration" : "number"]),
  );
}
