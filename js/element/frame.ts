import type { Hint, Input } from "../index.js";
import type { createChart } from "./chart/chart.js";
import { type Context, type Control, type ControlState, ERROR } from "./context.js";
import { createChoice } from "./controls/choice.js";
import { createCount } from "./controls/count.js";
import { createList } from "./controls/duration-list.js";
import { createRail } from "./controls/rail.js";
import { createToggle } from "./controls/toggle.js";
import { element, setAttribute, setState, setText } from "./dom.js";

/** Whether an input is drawn as a slider across the whole width. */
export const isRail = (input: Input): boolean => input.kind === "duration" && input.maxItems === undefined;

export interface Frame {
  readonly input: Input;
  readonly element: HTMLElement;
  /** What takes the focus. */
  readonly field: HTMLElement;
  update(state: ControlState & { readonly leftOut: boolean }): void;
  hint(hints: readonly Hint[]): void;
}

/** An input's control, the place where it is told what is wrong with its value, and the frame that leaves when it is left out. */
export function createFrame(input: Input, context: Context, chartOf?: typeof createChart): Frame {
  const error = element("p", { id: ERROR + input.id, part: "error" });
  const control = createControl(input, context, chartOf);
  const inner = element("div", { part: "control-inner" }, control.element, error);
  const node = element("div", { part: "control", "data-input": input.id }, inner);
  return {
    input,
    element: node,
    get field() {
      return control.field;
    },
    hint: (hints) => control.hint?.(hints),
    update({ leftOut, ...state }) {
      control.update(state);
      const [refusal] = state.refusals;
      setText(error, refusal ? sentence(context.tell(refusal)) : "");
      setState(node, "left-out", leftOut);
      setAttribute(node, "inert", leftOut);
    },
  };
}

/** What a person typed stays as it was typed. */
const sentence = (message: string) => message.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

function createControl(input: Input, context: Context, chartOf?: typeof createChart): Control {
  if (input.kind === "choice") return createChoice(input, context);
  if (input.kind === "toggle") return createToggle(input, context);
  if (input.maxItems !== undefined) return createList(input, context);
  return input.kind === "number" ? createCount(input, context) : createRail(input, context, chartOf);
}
