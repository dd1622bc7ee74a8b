import type { Estimate } from "../types.js";
import type { Context, Refusal } from "./context.js";
import { element, setText } from "./dom.js";

const PAUSE = 700;

/** One polite voice, which waits until the input has stopped. */
export function createAnnouncer({ card, labelOf, say, sums, tell }: Context) {
  const node = element("p", { class: "visually-hidden", role: "status" });
  let timer: ReturnType<typeof setTimeout>;
  let isFirst = true;
  return {
    element: node,
    update(estimate: Estimate | undefined, refusals: readonly Refusal[]): void {
      clearTimeout(timer);
      // What is shown at first is read with the page.
      if (!isFirst) timer = setTimeout(() => setText(node, words(estimate, refusals)), PAUSE);
      else isFirst = estimate === undefined && refusals.length === 0;
    },
  };

  function words(estimate: Estimate | undefined, refusals: readonly Refusal[]): string {
    if (refusals.length > 0) {
      const label = (id: string) => labelOf(card.inputs.find((input) => input.id === id) ?? { id, label: id });
      return refusals.map((refusal) => `${label(refusal.input)}: ${tell(refusal)}.`).join(" ");
    }
    return `${say("estimate")}: ${sums(estimate?.totals ?? {}).join(", ")}`;
  }
}
