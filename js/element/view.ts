import type { Estimate, Explanation, Usage } from "../index.js";
import { createAnnouncer } from "./announce.js";
import type { createChart } from "./chart/chart.js";
import type { Context, Refusal } from "./context.js";
import { element } from "./dom.js";
import { createFrame, isRail } from "./frame.js";
import type { createMore } from "./more/more.js";
import { createReceipt } from "./receipt.js";
import { type Entries, givenUsage } from "./state.js";
import { createTotal } from "./total.js";

/** How long an input rests before what is said about it is worked out, in milliseconds. */
const PAUSE = 120;

/** Everything that can be seen. */
export interface View {
  readonly element: HTMLElement;
  update(shown: Shown): void;
  /** Says nothing any more. */
  end(): void;
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
  /** What is shown is that of a card that is being replaced. */
  readonly isLoading: boolean;
}

/** What is there only where a page asks for it. */
export interface Features {
  readonly createChart?: typeof createChart | undefined;
  readonly createMore?: ((context: Context) => ReturnType<typeof createMore>) | undefined;
}

/** Draws a card's controls and its estimate, and keeps them in step. */
export function createView(context: Context, features: Features): View {
  const { card, format, say, tell } = context;
  const frames = card.inputs.map((input) => createFrame(input, context, features.createChart));
  const total = createTotal(context);
  const receipt = createReceipt(context, () => explain());
  let usage: Usage | undefined;
  let explanation: Explanation | undefined;
  let timer: ReturnType<typeof setTimeout>;
  let isNew = true;
  const more = features.createMore?.(context);
  const announcer = createAnnouncer(context);
  const elements = (rails: boolean) =>
    frames.filter(({ input }) => isRail(input) === rails).map((frame) => frame.element);
  const known = new Map(card.inputs.map((input) => [input.id, input]));

  return {
    element: element(
      "div",
      { part: "layout", role: "group", "aria-label": context.name("title", card.title), lang: context.lang },
      total.element,
      element("div", { part: "rails" }, ...elements(true)),
      element("div", { part: "controls" }, ...elements(false)),
      receipt.element,
      more?.element,
      announcer.element,
    ),
    update({ entries, estimate, refusals, notTaken, isLoading }) {
      const isStale = refusals.length > 0;
      const given = givenUsage(entries);
      for (const frame of frames) {
        const { id } = frame.input;
        const own = refusals.filter(({ input }) => input === id);
        frame.update({
          value: entries[id],
          refusals: own,
          leftOut: estimate?.ignored.includes(id) ?? false,
          usage: own.length === refusals.length ? given : undefined,
          totals: isStale ? undefined : estimate?.totals,
        });
      }
      const elsewhere = refusals.find(({ input }) => !known.has(input));
      const left = notTaken.map(sentence);
      const note = elsewhere ? tell(elsewhere) : left[0] ? say("notTaken", { problems: format.all(left) }) : "";
      total.update(estimate, isStale, note, isLoading);
      const isExplained = !estimate || receipt.update(estimate, isStale);
      announcer.update(estimate, refusals.map(sentence));
      clearTimeout(timer);
      for (const frame of frames) frame.hint([]);
      usage = isStale ? undefined : given;
      explanation = undefined;
      if (!isExplained) explain();
      // what is there at first is there at once, so that nothing moves
      if (isNew && usage) rest();
      else timer = setTimeout(rest, PAUSE);
      isNew &&= !usage;
    },
    end: () => clearTimeout(timer),
    fieldOf: (input) => (frames.find((frame) => frame.input.id === input) ?? frames[0])?.field,
  };

  function sentence(refusal: Refusal): string {
    const input = known.get(refusal.input);
    return (input ? `${context.labelOf(input)}: ` : "") + tell(refusal);
  }

  // More work than an estimate is: done once the input rests, or where a line would not be true any more.
  function explain(): void {
    if (!usage) return;
    explanation ??= card.explain(usage);
    receipt.explain(explanation);
  }

  function rest(): void {
    explain();
    if (!usage || !explanation) return;
    more?.update(usage, explanation);
    const { hints } = explanation;
    for (const frame of frames) frame.hint(hints.filter(({ input }) => input === frame.input.id));
  }
}
