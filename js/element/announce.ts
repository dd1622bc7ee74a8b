import type { Estimate } from "../types.js";
import type { Context } from "./context.js";
import { element, setText } from "./dom.js";

const PAUSE = 700;

/** One polite voice, which waits until the input has stopped. */
export function createAnnouncer({ say, sums }: Context) {
  const node = element("p", { class: "visually-hidden", role: "status" });
  let timer: ReturnType<typeof setTimeout>;
  let isFirst = true;
  return {
    element: node,
    /** `problems`: what is said instead where something cannot be priced. */
    update(estimate: Estimate | undefined, problems: readonly string[]): void {
      clearTimeout(timer);
      // What is shown at first is read with the page.
      if (!isFirst) timer = setTimeout(() => setText(node, words(estimate, problems)), PAUSE);
      else isFirst = estimate === undefined && problems.length === 0;
    },
  };

  function words(estimate: Estimate | undefined, problems: readonly string[]): string {
    if (problems.length > 0) return problems.map((problem) => `${problem}.`).join(" ");
    return `${say("estimate")}: ${sums(estimate?.totals ?? {}).join(", ")}`;
  }
}
