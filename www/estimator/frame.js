import { createChoice } from "./choice.js";
import { element, setAttribute, setText, uniqueId } from "./dom.js";
import { createDurationList } from "./duration-list.js";
import { createRail } from "./rail.js";
import { createStepper } from "./stepper.js";
import { createToggle } from "./toggle.js";

/** Whether an input is drawn as a slider across the page. */
export const isRail = ({ kind, maxItems }) => kind === "duration" && maxItems === undefined;

/** An input's control, the place where the engine's own words about its value stand, and the frame that leaves when it is left out. */
export function createFrame(input, context) {
  const error = element("p", { id: uniqueId("error"), class: "error" });
  const control = createControl(input, { ...context, errorId: error.id });
  const inner = element("div", { class: "control-inner" }, control.element, error);
  const node = element("div", { class: "control", "data-input": input.id }, inner);
  return {
    element: node,
    update({ leftOut, ...state }) {
      control.update(state);
      setText(error, sentence(state.errors[0]?.message ?? ""));
      setAttribute(node, "data-left-out", leftOut);
      node.inert = leftOut;
    },
  };
}

/** What a person typed stays as it was typed. */
const sentence = (message) => message.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

function createControl(input, context) {
  if (input.kind === "choice") return createChoice(input, context);
  if (input.kind === "toggle") return createToggle(input, context);
  if (input.kind === "number") return createStepper(input, context);
  return isRail(input) ? createRail(input, context) : createDurationList(input, context);
}
