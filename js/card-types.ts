import type { CardDocument } from "./document.js";
import type { Value } from "./types.js";

/**
 * What the compiler knows of a rate card: which usages it takes, and its ids. This is what it knows of any card;
 * `CardTypesOf` reads it from a card's literal.
 */
export interface CardTypes {
  /** A value for each input; `object` where the inputs are not known. */
  readonly usage: object;
  /** The ids of its balances. */
  readonly balance: string;
  /** The ids of its charges. */
  readonly charge: string;
  /** The ids of its plans. */
  readonly plan: string;
}

/**
 * What is known of a card from the type of its literal; of a card whose ids are any `string`, as those of an imported
 * JSON file are, what is known of every card.
 *
 *     const CARD = { id: "demo", … } as const satisfies CardDocument;
 *     function total(card: RateCard<CardTypesOf<typeof CARD>>) { … }
 */
export type CardTypesOf<Card> =
  IsLiteral<Card> extends true
    ? {
        /** A value for each of its inputs. */
        readonly usage: UsageOf<Card>;
        /** The ids of its balances. */
        readonly balance: KeysIn<Card, "balances">;
        /** The ids of its charges. */
        readonly charge: IdsIn<Card, "charges">;
        /** The ids of its plans. */
        readonly plan: IdsIn<Card, "plans">;
      }
    : CardTypes;

/**
 * The usages that a card takes, from the type of its literal: the ids of a choice's options, `boolean` for a toggle,
 * `number` for a number, `number | string` for a duration, and a list of these where the input has `maxItems`. Inputs
 * that the card computes are not given.
 */
export type UsageOf<Card> = [AskedFor<Card>] extends [never]
  ? { readonly [input: string]: never }
  : { readonly [Input in AskedFor<Card> as Input["id"]]?: ValueOf<Input> | undefined };

type AskedFor<Card> = Card extends { readonly inputs: readonly (infer Input extends { readonly id: string })[] }
  ? Input extends { readonly kind: "product" | "largest" }
    ? never
    : Input
  : never;

type ValueOf<Input> = Input extends { readonly maxItems: number | string } ? readonly ItemOf<Input>[] : ItemOf<Input>;

type ItemOf<Input> = Input extends { readonly kind: "choice"; readonly options: readonly { readonly id: infer Id }[] }
  ? Id
  : Input extends { readonly kind: "toggle" }
    ? boolean
    : Input extends { readonly kind: "number" }
      ? number
      : number | string;

type KeysIn<Card, Key extends string> = Card extends { readonly [K in Key]: infer Members }
  ? keyof Members & string
  : never;

type IdsIn<Card, Key extends string> = Card extends {
  readonly [K in Key]: readonly { readonly id: infer Id extends string }[];
}
  ? Id
  : never;

/** Whether a card is written out, so that its ids and kinds are known, and not any `string`. */
type IsLiteral<Card> = 0 extends 1 & Card
  ? false
  : Card extends { readonly id: infer Id }
    ? string extends Id
      ? false
      : Card extends { readonly inputs: readonly { readonly id: infer Inputs; readonly kind: infer Kinds }[] }
        ? string extends Inputs | Kinds
          ? false
          : true
        : true
    : Card extends { readonly balances: unknown } | { readonly charges: unknown }
      ? true
      : false;

/** What `new RateCard` takes: a card that is written out is checked, one that came from elsewhere is so when it runs. */
export type CardArgument<Card> = IsLiteral<Card> extends true ? string | CardDocument : Card;

/**
 * What a method takes as a usage: what the card takes where that is known, otherwise any object with values for its
 * properties.
 */
export type UsageArgument<T extends CardTypes, U> = [keyof T["usage"]] extends [never]
  ? { readonly [Input in keyof U]: Value | undefined }
  : T["usage"];

// An answer takes these ids as a parameter of its own: within its members they would make a card no longer any card.
/** The ids of a card's inputs. */
export type InputId<T extends CardTypes = CardTypes> = [keyof T["usage"]] extends [never]
  ? string
  : keyof T["usage"] & string;

/** The ids of a card's inputs that are one number or one duration. */
export type NumericInputId<T extends CardTypes = CardTypes> = [keyof T["usage"]] extends [never]
  ? string
  : { [Input in keyof T["usage"]]-?: number extends T["usage"][Input] ? Input : never }[keyof T["usage"]] & string;

/** An amount in each balance, exact in its decimals. */
export type Amounts<Balance extends string = string> = { readonly [Id in Balance]: number };

/** An amount in those balances of a card that have one, exact in its decimals. */
export type SomeAmounts<T extends CardTypes = CardTypes> = [keyof T["usage"]] extends [never]
  ? { readonly [balance: string]: number }
  : { readonly [Balance in T["balance"]]?: number };

/** Amounts that a caller gives, each a number or a text that holds a decimal, read exactly as written. */
export type GivenAmounts<T extends CardTypes = CardTypes> = {
  readonly [Balance in T["balance"]]?: number | string | undefined;
};
