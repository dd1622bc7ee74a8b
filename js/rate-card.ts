import { RateCard as Class } from "./card.js";
import type { CardArgument, CardTypes, CardTypesOf } from "./card-types.js";
import type { InvideoV4 } from "./invideo-v4.js";

/** Makes rate cards. */
export interface RateCardConstructor {
  /**
   * Checks and compiles a rate card. One that is written out types its own usages:
   * `new RateCard({ … }).estimate({ media: "stok" })` does not compile.
   * @param card JSON text, or the same as a plain object (a number in it means its shortest decimal). In an object that
   * is written out, the compiler finds unknown keys and wrong kinds too.
   * @throws {CreditEstimatorError} With every problem of the card.
   */
  new <const Card extends string | object>(card: CardArgument<Card>): RateCard<CardTypesOf<Card>>;
  /** What every rate card inherits. */
  readonly prototype: RateCard;
  /** The built-in card of invideo version 4. */
  readonly invideoV4: RateCard<InvideoV4>;
}

/** A rate card that was checked: it prices every usage it accepts, exactly. */
export type RateCard<T extends CardTypes = CardTypes> = Class<T>;

// a class has no constructor of a type of its own
export const RateCard: RateCardConstructor = Class;
