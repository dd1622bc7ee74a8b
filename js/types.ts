import type { Amounts, CardTypes, InputId, SomeAmounts } from "./card-types.js";
import type { OverageDocument, WhenDocument } from "./document.js";
import type { Problem } from "./error.js";

/** A value of an input: an option's id, a yes or no, a number, seconds or `"3:30"`, or a list of them. */
export type Value = string | number | boolean | readonly (string | number)[];

/** What is about to be made, of any card: a value for each input that has one. `undefined` means absent. */
export interface Usage {
  readonly [input: string]: Value | undefined;
}

/** What a usage will cost. */
export interface Estimate<T extends CardTypes = CardTypes> {
  /** The card that it was priced with. */
  readonly card: CardName;
  /** The total of each balance, rounded once. Balances are never added to each other. */
  readonly totals: Amounts<T["balance"]>;
  /** What the totals are made of, in the card's order. */
  readonly lines: readonly Line<T>[];
  /** By how much a shown total differs from the sum of its shown lines, where it does. */
  readonly rounding: SomeAmounts<T>;
  /** What was taken for granted for this usage. */
  readonly assumptions: readonly Assumption[];
  /** Inputs that were given and that the others leave out. */
  readonly ignored: readonly InputId<T>[];
}

/** A card, and which edition of its prices. */
export interface CardName {
  /** The card's id. */
  readonly id: string;
  /** The edition of its prices, where it says one. */
  readonly version?: string;
}

/** One charge of an estimate. */
export interface Line<T extends CardTypes = CardTypes> {
  /** The charge's id. */
  readonly charge: T["charge"];
  /** What people call the charge. */
  readonly label: string;
  /** The balance it is charged in. */
  readonly balance: T["balance"];
  /** The billed quantity in the unit of its input: seconds for a duration. */
  readonly quantity: number;
  /** The exact amount, rounded like its balance. */
  readonly amount: number;
}

/** Something taken for granted where a card's source is silent. */
export interface Assumption {
  /** The assumption's id. */
  readonly id: string;
  /** What is assumed, as a sentence. */
  readonly text: string;
  /** Why it is. */
  readonly because?: string;
}

/** Where prices were published. */
export interface Source {
  /** The page's title. */
  readonly title: string;
  /** The page's address. */
  readonly url?: string;
  /** The day it was read, `YYYY-MM-DD`. */
  readonly retrieved?: string;
}

/** Which way a number is rounded: to the next step above, the step below, or the nearest, up from the middle. */
export type Rounding = "up" | "down" | "halfUp";

/** Something that is charged in. */
export interface Balance {
  /** What people call it. */
  readonly label: string;
  /** Decimals of a total. */
  readonly decimals: number;
  /** Which way a total is rounded to its decimals. */
  readonly round: Rounding;
}

/** Conditions on inputs, all of which must hold. */
export type When = WhenDocument;

/** What all inputs have. */
export interface InputBase {
  /** The input's id, which is its key in a usage. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  /** When the input is asked for; always where not given. */
  readonly when?: When;
}

/** An option of a choice. */
export interface Option {
  /** The option's id, which a usage says. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
}

/** One of several, by id. */
export interface ChoiceInput extends InputBase {
  /** One of several. */
  readonly kind: "choice";
  /** What can be chosen. */
  readonly options: readonly Option[];
  /** The option that an absent input takes. */
  readonly default?: string;
  /** The option that a control starts with; no default for callers. */
  readonly initial?: string;
}

/** Yes or no. */
export interface ToggleInput extends InputBase {
  /** Yes or no. */
  readonly kind: "toggle";
  /** What an absent input is. */
  readonly default: boolean;
  /** Where a control starts; no default for callers. */
  readonly initial?: boolean;
}

/** A count, or a duration in seconds. */
export interface NumericInput extends InputBase {
  /** A count, or seconds to the millisecond. */
  readonly kind: "number" | "duration";
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** A value is a multiple of it, counted from 0. */
  readonly step: number;
  /** The input is a list of so many items at most. */
  readonly maxItems?: number;
  /** What an absent input takes. */
  readonly default?: number;
  /** Where a control starts; no default for callers. */
  readonly initial?: number;
}

/** An input that a usage can give. */
export type Input = ChoiceInput | ToggleInput | NumericInput;

/** One line that an estimate can have. */
export interface Charge<T extends CardTypes = CardTypes> {
  /** The charge's id. */
  readonly id: T["charge"];
  /** What people call it. */
  readonly label: string;
  /** The balance it is charged in. */
  readonly balance: T["balance"];
  /** The input that is counted, asked for or computed; without one the quantity is 1. */
  readonly of?: string;
}

/** A figure that the vendor published. */
export interface Example {
  /** What was priced. */
  readonly input: Usage;
  /** The published totals, by balance. */
  readonly expect?: Readonly<Record<string, number>>;
  /** The published lines, by charge. */
  readonly lines?: Readonly<Record<string, ExampleLine>>;
  /** Where on the page it stands, or what is odd about it. */
  readonly note?: string;
}

/** A line that the vendor published. */
export interface ExampleLine {
  /** The billed quantity, a duration's in seconds. */
  readonly quantity?: number;
  /** The amount as it was shown. */
  readonly amount?: number;
}

/** Something that can be bought: a subscription or a pack. */
export interface Plan<T extends CardTypes = CardTypes> {
  /** The plan's id. */
  readonly id: T["plan"];
  /** What people call it. */
  readonly label: string;
  /** What it costs. */
  readonly price: {
    /** In the currency's main unit: `28` or `9.99`. */
    readonly amount: number | string;
    /** As ISO 4217 has it: `USD`. */
    readonly currency: string;
    /** How often it is paid; once where not given. */
    readonly every?: "day" | "week" | "month" | "year";
  };
  /** What it includes, by balance. */
  readonly allowances?: { readonly [Balance in T["balance"]]?: number | string };
  /** Values that its customers' usages take. */
  readonly input?: Usage;
  /** What more than the allowance costs, by balance, in the plan's currency. */
  readonly overage?: { readonly [Balance in T["balance"]]?: OverageDocument };
}

/** What a card's examples come to. */
export interface Proof {
  /** Each example of the card, in its order. */
  readonly examples: readonly {
    /** Every figure that was printed, and what came out. */
    readonly figures: readonly {
      /** Where in the card it stands: `examples[0].expect.credits`. */
      readonly path: string;
      /** As the card has it. */
      readonly expected: number | string;
      /** Not there where the usage cannot be priced. */
      readonly found?: number;
    }[];
    /** What does not come out, and what kept it from being priced; empty where all is well. */
    readonly problems: readonly Problem[];
  }[];
  /** What is allowed and is seldom meant, such as an option that a choice-dependent number does not list. */
  readonly warnings: readonly Problem[];
}
