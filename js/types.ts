import type { Problem } from "./error.js";

/** A value of an input: an option's id, a yes or no, a number, seconds or `"3:30"`, or a list of them. */
export type Value = string | number | boolean | readonly (string | number)[];

/** What is about to be made: a value for each input that has one. `undefined` means absent. */
export interface Usage {
  readonly [input: string]: Value | undefined;
}

/** What a usage will cost. */
export interface Estimate {
  readonly card: { readonly id: string; readonly version?: string };
  /** The total of each balance, rounded once. Balances are never added to each other. */
  readonly totals: Readonly<Record<string, number>>;
  /** What the totals are made of, in the card's order. */
  readonly lines: readonly Line[];
  /** By how much a shown total differs from the sum of its shown lines, where it does. */
  readonly rounding: Readonly<Record<string, number>>;
  /** What was taken for granted for this usage. */
  readonly assumptions: readonly Assumption[];
  /** Inputs that were given and that the others leave out. */
  readonly ignored: readonly string[];
}

/** One charge of an estimate. */
export interface Line {
  /** The charge's id. */
  readonly charge: string;
  readonly label: string;
  /** The balance it is charged in. */
  readonly balance: string;
  /** The billed quantity in the unit of its input: seconds for a duration. */
  readonly quantity: number;
  /** The exact amount, rounded like its balance. */
  readonly amount: number;
}

/** Something taken for granted where a card's source is silent. */
export interface Assumption {
  readonly id: string;
  readonly text: string;
  readonly because?: string;
}

/** Where prices were published. */
export interface Source {
  readonly title: string;
  readonly url?: string;
  /** The day it was read, `YYYY-MM-DD`. */
  readonly retrieved?: string;
}

export type Rounding = "up" | "down" | "halfUp";

/** Something that is charged in. */
export interface Balance {
  readonly label: string;
  /** Decimals of a total. */
  readonly decimals: number;
  readonly round: Rounding;
}

/** Conditions on inputs, all of which must hold. */
export type When = Readonly<Record<string, unknown>>;

interface InputBase {
  readonly id: string;
  readonly label: string;
  /** When the input is asked for; always where not given. */
  readonly when?: When;
}

/** One of several, by id. */
export interface ChoiceInput extends InputBase {
  readonly kind: "choice";
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly default?: string;
  readonly initial?: string;
}

/** Yes or no. */
export interface ToggleInput extends InputBase {
  readonly kind: "toggle";
  readonly default: boolean;
  readonly initial?: boolean;
}

/** A count, or a duration in seconds. */
export interface NumericInput extends InputBase {
  readonly kind: "number" | "duration";
  readonly min: number;
  readonly max: number;
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
export interface Charge {
  readonly id: string;
  readonly label: string;
  readonly balance: string;
  /** The input that is counted, asked for or computed; without one the quantity is 1. */
  readonly of?: string;
}

/** A figure that the vendor published. */
export interface Example {
  readonly input: Usage;
  readonly expect?: Readonly<Record<string, number>>;
  readonly lines?: Readonly<Record<string, { readonly quantity?: number; readonly amount?: number }>>;
  readonly note?: string;
}

/** Something that can be bought: a subscription or a pack. */
export interface Plan {
  readonly id: string;
  readonly label: string;
  readonly price: {
    readonly amount: number | string;
    /** As ISO 4217 has it: `USD`. */
    readonly currency: string;
    /** How often it is paid; once where not given. */
    readonly every?: "day" | "week" | "month" | "year";
  };
  /** What it includes, by balance. */
  readonly allowances?: Readonly<Record<string, number | string>>;
  /** Values that its customers' usages take. */
  readonly input?: Usage;
  /** What more than the allowance costs, by balance, in the plan's currency. */
  readonly overage?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a card's examples come to. */
export interface Proof {
  /** Each example of the card, in its order. */
  readonly examples: readonly {
    /** Every figure that was printed, and what came out. */
    readonly figures: readonly {
      /** Where in the card it stands: `examples[0].expect.credits`. */
      readonly path: string;
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
