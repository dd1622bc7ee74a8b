// Generated from cards/rate-card.schema.json by `npm run declare`.

/** A vendor's prices: what is asked for, what is charged, and the figures that prove it. */
export interface CardDocument {
  /** The JSON Schema that an editor completes and checks the card with: `./rate-card.schema.json`. */
  readonly $schema?: string | undefined;
  /** The card's id: letters, digits, `.`, `_`, `-`, a letter or digit first. */
  readonly id: string;
  /** The edition of the prices, as the vendor or the card's author counts them; any text. */
  readonly version?: string | undefined;
  /** What people call it; the id where not given. */
  readonly title?: string | undefined;
  /** Where the prices were published. */
  readonly source?: SourceDocument | undefined;
  /** What is charged in, by id: credits, minutes, dollars. Never added to each other. */
  readonly balances: { readonly [key: string]: BalanceDocument | undefined };
  /** What a usage says, in the order it is asked. */
  readonly inputs?: readonly InputDocument[] | undefined;
  /** What a usage costs: each charge is one line of the estimate. A card without charges sells plans. */
  readonly charges?: readonly ChargeDocument[] | undefined;
  /** What the card takes for granted where its source is silent; an estimate says those that matter for it. */
  readonly assumptions?: readonly AssumptionDocument[] | undefined;
  /** Figures that the vendor published, which the card must reproduce. */
  readonly examples?: readonly ExampleDocument[] | undefined;
  /** What can be bought: subscriptions and packs. */
  readonly plans?: readonly PlanDocument[] | undefined;
}

/** Where the prices were published. */
export interface SourceDocument {
  /** The page's title. */
  readonly title: string;
  /** The page's address. */
  readonly url?: string | undefined;
  /** The day the page was read, `YYYY-MM-DD`. */
  readonly retrieved?: string | undefined;
}

/** Something that is charged in. Its charges add up exactly and are rounded once, at the end. */
export interface BalanceDocument {
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The decimals of a total: 0 to 9; 2 where not given. */
  readonly decimals?: number | string | undefined;
  /** Which way a total is rounded to its decimals; `halfUp` where not given. */
  readonly round?: RoundingDocument | undefined;
}

/** Which way a total is rounded to its decimals; `halfUp` where not given. */
export type RoundingDocument = "up" | "down" | "halfUp";

/** Something that a usage says, or that follows from what it says. */
export type InputDocument =
  | ChoiceInputDocument
  | ToggleInputDocument
  | NumberInputDocument
  | DurationInputDocument
  | ProductInputDocument
  | LargestInputDocument;

/** One of several, by id. */
export interface ChoiceInputDocument {
  /** The input's id, lowerCamelCase: `model`, `aspectRatio`. */
  readonly id: string;
  /** `choice`: one of several. */
  readonly kind: "choice";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** What can be chosen, at least one. */
  readonly options: readonly ChoiceOptionDocument[];
  /** The id of the option that an absent input takes; without it an absent input is missing. */
  readonly default?: string | undefined;
  /** The id of the option that a control starts with; no default for callers. */
  readonly initial?: string | undefined;
  /** When the input is asked for; always where not given. It names earlier inputs only. */
  readonly when?: WhenDocument | undefined;
}

/** Yes or no; no where absent. */
export interface ToggleInputDocument {
  /** The input's id, lowerCamelCase: `watermark`. */
  readonly id: string;
  /** `toggle`: yes or no. */
  readonly kind: "toggle";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** What an absent input is; `false` where not given. */
  readonly default?: boolean | undefined;
  /** Where a control starts; no default for callers. */
  readonly initial?: boolean | undefined;
  /** When the input is asked for; always where not given. It names earlier inputs only. */
  readonly when?: WhenDocument | undefined;
}

/** `number`: a count. */
export interface NumberInputDocument {
  /** The input's id, lowerCamelCase: `images`, `videoLength`. */
  readonly id: string;
  /** `number`: a count. */
  readonly kind: "number";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The smallest value, a duration's in seconds; 0 where not given. */
  readonly min?: number | string | undefined;
  /** The largest value, a duration's in seconds, above 0: of each item where the input is a list. */
  readonly max: number | string;
  /** A value is a multiple of it, counted from 0. Above 0; where not given 1, of a duration 0.001 seconds. */
  readonly step?: number | string | undefined;
  /** Makes the input a list of so many items at most, 1 to 10,000; read as its sum unless a charge says `each`. */
  readonly maxItems?: number | string | undefined;
  /** What an absent input takes (a list: its one item), a duration in seconds; without it an absent input is missing. */
  readonly default?: number | string | undefined;
  /** Where a control starts (a list: with one item), a duration in seconds; no default for callers. */
  readonly initial?: number | string | undefined;
  /** When the input is asked for; always where not given. It names earlier inputs only. */
  readonly when?: WhenDocument | undefined;
}

/** `duration`: a time in seconds, to the millisecond; a usage may also say `"3:30"`. */
export interface DurationInputDocument {
  /** The input's id, lowerCamelCase: `images`, `videoLength`. */
  readonly id: string;
  /** `duration`: a time in seconds, to the millisecond; a usage may also say `"3:30"`. */
  readonly kind: "duration";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The smallest value, a duration's in seconds; 0 where not given. */
  readonly min?: number | string | undefined;
  /** The largest value, a duration's in seconds, above 0: of each item where the input is a list. */
  readonly max: number | string;
  /** A value is a multiple of it, counted from 0. Above 0; where not given 1, of a duration 0.001 seconds. */
  readonly step?: number | string | undefined;
  /** Makes the input a list of so many items at most, 1 to 10,000; read as its sum unless a charge says `each`. */
  readonly maxItems?: number | string | undefined;
  /** What an absent input takes (a list: its one item), a duration in seconds; without it an absent input is missing. */
  readonly default?: number | string | undefined;
  /** Where a control starts (a list: with one item), a duration in seconds; no default for callers. */
  readonly initial?: number | string | undefined;
  /** When the input is asked for; always where not given. It names earlier inputs only. */
  readonly when?: WhenDocument | undefined;
}

/** `product`: the product of other numbers and durations. */
export interface ProductInputDocument {
  /** The input's id, lowerCamelCase: `pixels`. */
  readonly id: string;
  /** `product`: the product of other numbers and durations. */
  readonly kind: "product";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The ids of the earlier numbers and durations it is made of, at least one; a list counts as its sum. */
  readonly of: readonly string[];
}

/** `largest`: the largest of other numbers and durations. */
export interface LargestInputDocument {
  /** The input's id, lowerCamelCase: `pixels`. */
  readonly id: string;
  /** `largest`: the largest of other numbers and durations. */
  readonly kind: "largest";
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The ids of the earlier numbers and durations it is made of, at least one; a list counts as its sum. */
  readonly of: readonly string[];
}

/** An option of a choice. */
export interface ChoiceOptionDocument {
  /** The option's id: letters, digits, `.`, `_`, `-`, a letter or digit first: `480p`, `gen-4`. Not `by`. */
  readonly id: string;
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
}

/** When the input is asked for; always where not given. It names earlier inputs only. */
export interface WhenDocument {
  /** What must hold of the input of this id: a value, a range, or a list of them, one of which must hold. Of a list its sum is tested, or with `anyItem` item by item. */
  readonly [key: string]: ConditionDocument | undefined;
}

/** What must hold of the input of this id: a value, a range, or a list of them, one of which must hold. Of a list its sum is tested, or with `anyItem` item by item. */
export type ConditionDocument =
  | TestDocument
  | readonly TestDocument[]
  | {
      /** What one item must be by itself: a value, a range, or one of several. */
      readonly anyItem: TestDocument | readonly TestDocument[];
    };

/** An option's id, `true` or `false`, a number, or a range. */
export type TestDocument = string | boolean | number | RangeDocument;

/** A range of numbers; every bound that is given must hold. */
export interface RangeDocument {
  /** This or more; a duration in seconds. */
  readonly atLeast?: number | string | undefined;
  /** This or less; a duration in seconds. */
  readonly atMost?: number | string | undefined;
  /** More than this; a duration in seconds. */
  readonly above?: number | string | undefined;
  /** Less than this; a duration in seconds. */
  readonly below?: number | string | undefined;
}

/** One line of an estimate. The steps, always in this order: 1 to 3 `quantity`, 4 `price`, 5 `factors`, `minimumAmount`, `maximumAmount` and `round`, 6 `times`. */
export interface ChargeDocument {
  /** The charge's id, lowerCamelCase: `generation`. */
  readonly id: string;
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** The id of the balance it is charged in. */
  readonly balance: string;
  /** When it is charged: every input named must meet its condition; always where not given. */
  readonly when?: WhenDocument | undefined;
  /** Steps 1 to 3: what is counted and how much of it is billed; 1 where not given. Nothing is charged for 0. */
  readonly quantity?: ChargeQuantityDocument | undefined;
  /** Step 4: what the billed quantity costs. */
  readonly price: PriceDocument;
  /** Step 5, first: what the price is multiplied by, one after the other. */
  readonly factors?: readonly NumberByInputDocument[] | undefined;
  /** Step 5, second: the least that is charged where anything is. */
  readonly minimumAmount?: NumberByInputDocument | undefined;
  /** Step 5, third: the most that is charged. */
  readonly maximumAmount?: NumberByInputDocument | undefined;
  /** Step 5, last: which way the charge's own amount is rounded; not rounded where not given. */
  readonly round?: RoundingDocument | undefined;
  /** The decimals of the charge's own `round`: 0 to 9; the balance's where not given. */
  readonly decimals?: DecimalsByInputDocument | undefined;
  /** Step 6: the id of a whole-number input that the rounded amount is multiplied by: `images`. */
  readonly times?: string | undefined;
}

/** Steps 1 to 3: what is counted and how much of it is billed; 1 where not given. Nothing is charged for 0. */
export interface ChargeQuantityDocument {
  /** Step 1: the id of the number, duration (in seconds) or computed input that is counted; of a list, its sum. */
  readonly of: string;
  /** `true` takes every item of a list but zeros through steps 2 to 5 by itself; `false` where not given. */
  readonly each?: boolean | undefined;
  /** Step 2: the least that is billed where anything is; of a duration in seconds. */
  readonly minimum?: NumberByInputDocument | undefined;
  /** Step 3: the billed quantity is a multiple of it, above 0; `60` bills the started minutes of a duration. */
  readonly increment?: NumberAboveZeroByInputDocument | undefined;
  /** Which way to a multiple of `increment`; `up` where not given. */
  readonly round?: RoundingDocument | undefined;
}

/** A number, or one for each value of an input. */
export type NumberByInputDocument =
  | number
  | string
  | {
      /** The id of the input whose value decides. The other keys are its values: its options, `true` and `false`, or numbers as `"5"`. */
      readonly by: string;
      /** The number for this value of the input, or one for each value of another input; `null` where it is not offered, as is a value that is not listed. */
      readonly [key: string]: NumberByInputDocument | null | undefined;
    };

/** A number, or one for each value of an input. */
export type NumberAboveZeroByInputDocument =
  | number
  | string
  | {
      /** The id of the input whose value decides. The other keys are its values: its options, `true` and `false`, or numbers as `"5"`. */
      readonly by: string;
      /** The number for this value of the input, or one for each value of another input; `null` where it is not offered, as is a value that is not listed. */
      readonly [key: string]: NumberAboveZeroByInputDocument | null | undefined;
    };

/** Step 4: what the billed quantity costs. */
export type PriceDocument =
  | {
      /** An amount that does not depend on the quantity; 0 where not given. */
      readonly flat?: NumberByInputDocument | undefined;
      /** The amount for every `per` of the quantity, in proportion; 0 where not given. `20`, `0.2`, `"1/9"`, or one for each value of an input: `{ "by": "model", "pro": 20, "ultra": 40 }`. */
      readonly amount?: NumberByInputDocument | undefined;
      /** The quantity that `amount` buys, above 0; 1 where not given. `60` prices a minute of a duration. */
      readonly per?: NumberAboveZeroByInputDocument | undefined;
    }
  | TiersDocument;

/** Prices by the quantity reached, counted from 0 in every estimate. */
export interface TiersDocument {
  /** Whether each tier prices its own units or the one that is reached prices all. */
  readonly mode: ModeDocument;
  /** The tiers, at least one, in rising order of `upTo`; free units are a first tier of `"amount": 0`. */
  readonly tiers: readonly TierDocument[];
}

/** Whether each tier prices its own units or the one that is reached prices all. */
export type ModeDocument = "graduated" | "volume";

/** The price of a quantity up to `upTo`: `flat`, and `amount` for every `per`. */
export interface TierDocument {
  /** The last quantity that the tier reaches, itself included; open where not given, as only the last tier is. */
  readonly upTo?: NumberAboveZeroByInputDocument | undefined;
  /** An amount that does not depend on the quantity; 0 where not given. */
  readonly flat?: NumberByInputDocument | undefined;
  /** The amount for every `per` of the quantity, in proportion; 0 where not given. `20`, `0.2`, `"1/9"`, or one for each value of an input: `{ "by": "model", "pro": 20, "ultra": 40 }`. */
  readonly amount?: NumberByInputDocument | undefined;
  /** The quantity that `amount` buys, above 0; 1 where not given. `60` prices a minute of a duration. */
  readonly per?: NumberAboveZeroByInputDocument | undefined;
}

/** A number, or one for each value of an input. */
export type DecimalsByInputDocument =
  | number
  | string
  | {
      /** The id of the input whose value decides. The other keys are its values: its options, `true` and `false`, or numbers as `"5"`. */
      readonly by: string;
      /** The number for this value of the input, or one for each value of another input; `null` where it is not offered, as is a value that is not listed. */
      readonly [key: string]: DecimalsByInputDocument | null | undefined;
    };

/** Something taken for granted; an estimate says it where `when` and `where` hold. */
export interface AssumptionDocument {
  /** The assumption's id: letters, digits, `.`, `_`, `-`, a letter or digit first. */
  readonly id: string;
  /** What is assumed, as a sentence. */
  readonly text: string;
  /** Why it is. */
  readonly because?: string | undefined;
  /** The usages it matters for; all where not given. */
  readonly when?: WhenDocument | undefined;
  /** The charge or balance whose figure it decides; all where not given. */
  readonly where?: WhereDocument | undefined;
}

/** The charge or balance whose figure it decides; all where not given. */
export interface WhereDocument {
  /** The id of a charge, or a list of ids: one of them must be made. */
  readonly charge?: string | readonly string[] | undefined;
  /** The id of a balance, whose rounding must change its total; with `"step": "round"`. */
  readonly balance?: string | undefined;
  /** The step that must change the figure; of a balance always `round`. */
  readonly step?: StepDocument | undefined;
}

/** The step that must change the figure; of a balance always `round`. */
export type StepDocument = "minimum" | "increment" | "minimumAmount" | "maximumAmount" | "round";

/** A figure that the vendor published. */
export interface ExampleDocument {
  /** The usage: a value for each input that has one. */
  readonly input: { readonly [key: string]: unknown };
  /** The published totals, by balance; one that is not named is not compared. */
  readonly expect?: { readonly [key: string]: number | string | undefined } | undefined;
  /** The published lines, by charge; one that is not named is not compared. */
  readonly lines?: { readonly [key: string]: ExpectedLineDocument | undefined } | undefined;
  /** Where on the page it stands, or what is odd about it. */
  readonly note?: string | undefined;
}

/** A published line; what is not given is not compared. */
export interface ExpectedLineDocument {
  /** The billed quantity, a duration's in seconds. */
  readonly quantity?: number | string | undefined;
  /** The amount as shown, rounded like its balance. */
  readonly amount?: number | string | undefined;
}

/** Something that can be bought: a subscription or a pack. */
export interface PlanDocument {
  /** The plan's id: letters, digits, `.`, `_`, `-`, a letter or digit first. */
  readonly id: string;
  /** What people call it; the id where not given. */
  readonly label?: string | undefined;
  /** What it costs. */
  readonly price: PlanPriceDocument;
  /** How much of each balance it includes, by the balance's id. */
  readonly allowances?: { readonly [key: string]: number | string | undefined } | undefined;
  /** Values that its customers' usages take. */
  readonly input?: { readonly [key: string]: unknown } | undefined;
  /** What more than the allowance costs, by the balance's id. */
  readonly overage?: { readonly [key: string]: OverageDocument | undefined } | undefined;
}

/** What it costs. */
export interface PlanPriceDocument {
  /** The amount, in the currency's main unit: `28` or `9.99`. */
  readonly amount: number | string;
  /** The currency, three capitals as ISO 4217 has it: `USD`. */
  readonly currency: string;
  /** How often it is paid; once where not given. */
  readonly every?: EveryDocument | undefined;
}

/** How often it is paid; once where not given. */
export type EveryDocument = "day" | "week" | "month" | "year";

/** The price of what an allowance does not cover. */
export interface OverageDocument {
  /** How much is billed; exactly what is over where not given. */
  readonly quantity?: OverageQuantityDocument | undefined;
  /** What it costs, in the plan's currency. */
  readonly price: PriceDocument;
}

/** How much is billed; exactly what is over where not given. */
export interface OverageQuantityDocument {
  /** The least that is billed where anything is. */
  readonly minimum?: NumberByInputDocument | undefined;
  /** The billed quantity is a multiple of it, above 0. */
  readonly increment?: NumberAboveZeroByInputDocument | undefined;
  /** Which way to a multiple of `increment`; `up` where not given. */
  readonly round?: RoundingDocument | undefined;
}
