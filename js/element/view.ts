import type { Estimate, Usage } from "../types.js";
import { createAnnouncer } from "./announce.js";
import type { Context, Refusal } from "./context.js";
import { element } from "./dom.js";
import { createFrame, isRail } from "./frame.js";
import { createReceipt } from "./receipt.js";
import { type Entries, givenUsage } from "./state.js";
import { createTotal } from "./total.js";

/** Everything that can be seen. */
export interface View {
  readonly element: HTMLElement;
  update(shown: Shown): void;
  /** The control of an input, or the first one. */
  fieldOf(input?: string): HTMLElement | undefined;
}

export interface Shown {
  readonly entries: Entries;
  /** The last one that there was. */
  readonly estimate: Estimate | undefined;
  readonly refusals: readonly Refusal[];
  /** What a `value` named and the card does not take. */
  readonly notTaken: readonly Refusal[];
}

export interface Features {
  readonly chart: boolean;
}

/** Draws a card's controls and its estimate, and keeps them in step. */
export function createView(context: Context, features: Features): View {
  const { card, explain, format, say } = context;
  const frames = card.inputs.map((input) => createFrame(input, context, features.chart));
  const total = createTotal(context);
  const receipt = createReceipt(context);
  const announcer = createAnnouncer(context);
  const elements = (rails: boolean) =>
    frames.filter(({ input }) => isRail(input) === rails).map((frame) => frame.element);
  const known = new Set(card.inputs.map(({ id }) => id));

  return {
    element: element(
      "div",
      { part: "layout", role: "group", "aria-label": context.name("title", card.title) },
      total.element,
      element("div", { part: "rails" }, ...elements(true)),
      element("div", { part: "controls" }, ...elements(false)),
      receipt.element,
      announcer.element,
    ),
    update({ entries, estimate, refusals, notTaken }) {
      const isStale = refusals.length > 0;
      const usage: Usage = givenUsage(entries);
      for (const frame of frames) {
        const { id } = frame.input;
        const own = refusals.filter(({ input }) => input === id);
        frame.update({
          value: entries[id],
          refusals: own,
          leftOut: estimate?.ignored.includes(id) ?? false,
          usage: own.length === refusals.length ? usage : undefined,
          totals: isStale ? undefined : estimate?.totals,
        });
      }
      const elsewhere = refusals.find(({ input }) => !known.has(input));
      const left = notTaken.map((refusal) => explain(refusal));
      const note = elsewhere
        ? explain(elsewhere)
        : left.length > 0
          ? say("notTaken", { problems: format.all(left) })
          : "";
      total.update(estimate, isStale, note);
      if (estimate) receipt.update(estimate, isStale);
      announcer.update(estimate, refusals);
    },
    fieldOf: (input) => (frames.find((frame) => frame.input.id === input) ?? frames[0])?.field,
  };
}
