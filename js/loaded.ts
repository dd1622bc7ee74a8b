import * as engine from "../dist/wasm/credit_estimator.js";
import { call, desk } from "./engine.js";
import { failure } from "./error.js";
import { isPlain } from "./plain.js";

/** What stands for the built-in card, which is in the engine already. */
export const BUILT_IN: object = Object.freeze({});

/** Cards that are in the engine at one time; a further one takes the place of the one that came first. */
const MOST = 256;

/** What the engine knows a card by, and since which start of the engine. */
interface Place {
  number: number;
  generation: number;
}

/** The places in use, in the order they were taken. */
const places = new Set<Place>();

function leave(place: Place): void {
  if (!places.delete(place)) return;
  const { number, generation } = place;
  place.generation = -1;
  if (generation === desk.generation) call(() => engine.unloadCard(number));
}

/** Cards that nothing holds any more leave the engine. */
const forgotten = new FinalizationRegistry<Place>(leave);

/**
 * A card in the engine. Where the engine was started anew, or made room for other cards, the card is loaded anew as soon
 * as it is asked for: what it was made from is kept here.
 */
export class Loaded {
  readonly #source: string | typeof BUILT_IN;
  readonly #place: Place;

  /** @throws {CreditEstimatorError} With every problem of the card. */
  constructor(card: string | object) {
    if (typeof card !== "string" && !isPlain(card)) {
      throw failure(
        "wrong_type",
        "",
        "expected JSON text or a plain object; bytes are to be decoded, a promise awaited",
      );
    }
    this.#place = { number: load(card), generation: desk.generation };
    // an object may change later; what is plain and was taken says the same as JSON
    this.#source = card === BUILT_IN || typeof card === "string" ? card : JSON.stringify(card);
    settle(this.#place);
    forgotten.register(this, this.#place);
  }

  /** The engine's number for the card. */
  get number(): number {
    const place = this.#place;
    if (place.generation !== desk.generation) {
      places.delete(place);
      place.number = load(this.#source);
      place.generation = desk.generation;
      settle(place);
    }
    return place.number;
  }

  /** Lets the engine forget the card until it is asked for again. */
  leave(): void {
    leave(this.#place);
  }
}

function load(card: string | object): number {
  return call(() => (card === BUILT_IN ? engine.loadInvideoV4() : engine.loadCard(card)));
}

function settle(place: Place): void {
  places.add(place);
  const [first] = places;
  if (places.size > MOST && first) leave(first);
}
