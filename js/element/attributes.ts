import type { Usage } from "../index.js";
import type { CardSource } from "./cards.js";
import type { ErrorDetail, EstimateDetail } from "./events.js";
import type { Words } from "./words.js";

/** What the element can be given in a template: its attributes, and properties that frameworks set by the same names. */
export interface CreditEstimatorAttributes {
  /** The rate card: a `RateCard`, its document, JSON text, a URL or `"invideo-v4"`. */
  card?: CardSource | undefined;
  /** The state as one string: `media=stock&duration=210`. */
  value?: string | undefined;
  /** The same as values. */
  usage?: Usage | undefined;
  /** Words instead of the element's own and the card's. */
  words?: Partial<Words> | undefined;
  /** The name of the value in a form. */
  name?: string | undefined;
  /** Nothing can be entered. */
  disabled?: boolean | undefined;
  /** Draws the price over every duration. */
  chart?: boolean | undefined;
  /** Says what a balance buys: `100`, or `credits=100&videoMinutes=20`. */
  budget?: string | number | undefined;
  /** Shows what every other choice would come to. */
  compare?: boolean | undefined;
  /** Says what so many come to. */
  quantity?: string | number | undefined;
}

/** Listeners as JSX names them: `on` and the event's name. */
export interface CreditEstimatorListeners {
  /** There is another estimate. */
  onestimate?: ((event: CustomEvent<EstimateDetail>) => void) | undefined;
  /** There is no card, no engine, or an attribute says what the card does not take. */
  onerror?: ((event: CustomEvent<ErrorDetail>) => void) | undefined;
}
