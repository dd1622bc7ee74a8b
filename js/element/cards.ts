import { RateCard } from "./engine.js";

/** What a card can be given as: one that is loaded, a document, JSON text, a URL, or the name of the built-in one. */
export type CardSource = RateCard | object | string;

export const BUILT_IN = "invideo-v4";

/** Gets a card; only one that must be fetched is waited for. */
export function getCard(source: CardSource, base: string): RateCard | Promise<RateCard> {
  if (source instanceof RateCard) return source;
  if (typeof source !== "string" || /^\s*\{/.test(source)) return new RateCard(source);
  if (source === BUILT_IN) return RateCard.invideoV4;
  return fetchCard(source, base);
}

/** Why a card could not be fetched. */
export class LoadingError extends Error {}

async function fetchCard(source: string, base: string): Promise<RateCard> {
  let text: string;
  let url = source;
  try {
    url = new URL(source, base).href;
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    text = await response.text();
  } catch (error) {
    throw new LoadingError(`${url}: ${(error as Error).message}`, { cause: error });
  }
  return new RateCard(text);
}
