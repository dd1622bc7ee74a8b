import { createAnnouncer } from "./announce.js";
import { createChoice } from "./choice.js";
import { element, setAttribute } from "./dom.js";
import { createDurationList } from "./duration-list.js";
import { createFormat } from "./format.js";
import { givenUsage, initialUsage, price, timeCharges } from "./pricing.js";
import { createRail } from "./rail.js";
import { createReceipt } from "./receipt.js";
import { createStepper } from "./stepper.js";
import { createToggle } from "./toggle.js";
import { createTotal } from "./total.js";

/** Draws a card's controls and its estimate into `root` and keeps them in step. */
export function mount(root, card) {
  const format = createFormat(root.closest("[lang]")?.lang || undefined);
  const state = { usage: initialUsage(card.inputs), estimate: undefined, measuresTime: () => false };

  const controls = card.inputs.map((input) => {
    const change = (value) => {
      state.usage = { ...state.usage, [input.id]: value };
      update();
    };
    const control = createControl(input, { change, card, format });
    const frame = element(
      "div",
      { class: "control", "data-input": input.id },
      element("div", { class: "control-inner" }, control.element),
    );
    return { input, control, frame };
  });
  const total = createTotal(card, format);
  const receipt = createReceipt(card, format);
  const announcer = createAnnouncer(card, format);

  const frames = (isRail) => controls.filter(({ input }) => hasRail(input) === isRail).map(({ frame }) => frame);
  root.replaceChildren(
    total.element,
    element("div", { class: "rails" }, ...frames(true)),
    element("div", { class: "controls" }, ...frames(false)),
    receipt.element,
    announcer.element,
  );
  update();

  function update() {
    const { estimate, errors } = price(card, state.usage);
    if (estimate) {
      const times = timeCharges(card, state.usage, estimate);
      state.estimate = estimate;
      state.measuresTime = (charge) => times.has(charge);
    }
    for (const { input, control, frame } of controls) {
      const others = errors.filter((error) => error.input !== input.id);
      control.update({
        value: state.usage[input.id],
        errors: errors.filter((error) => error.input === input.id),
        usage: others.length === 0 ? givenUsage(state.usage) : undefined,
        totals: estimate?.totals,
      });
      const leftOut = state.estimate?.ignored.includes(input.id) ?? false;
      setAttribute(frame, "data-left-out", leftOut);
      frame.inert = leftOut;
    }
    if (!state.estimate) return;
    const stale = errors.length > 0;
    total.update({ ...state, stale });
    receipt.update({ ...state, stale });
    announcer.update({ estimate: state.estimate, errors });
  }
}

const hasRail = ({ kind, maxItems }) => kind === "duration" && maxItems === undefined;

function createControl(input, context) {
  if (input.kind === "choice") return createChoice(input, context);
  if (input.kind === "toggle") return createToggle(input, context);
  if (input.kind === "number") return createStepper(input, context);
  return hasRail(input) ? createRail(input, context) : createDurationList(input, context);
}
