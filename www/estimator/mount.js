import { createAnnouncer } from "./announce.js";
import { element } from "./dom.js";
import { createFormat } from "./format.js";
import { createFrame, isRail } from "./frame.js";
import { givenUsage, initialUsage, price, timeCharges } from "./pricing.js";
import { createReceipt } from "./receipt.js";
import { createTotal } from "./total.js";

/** Draws a card's controls and its estimate into `root` and keeps them in step. */
export function mount(root, card) {
  const format = createFormat(root.closest("[lang]")?.lang || undefined);
  const times = timeCharges(card);
  const state = {
    usage: initialUsage(card.inputs),
    estimate: undefined,
    measuresTime: (charge) => times.has(charge),
  };

  const frames = card.inputs.map((input) => {
    const change = (value) => {
      state.usage = { ...state.usage, [input.id]: value };
      update();
    };
    return { input, frame: createFrame(input, { change, card, format }) };
  });
  const total = createTotal(card, format);
  const receipt = createReceipt(card, format);
  const announcer = createAnnouncer(card, format);

  const rails = frames.filter(({ input }) => isRail(input));
  const others = frames.filter(({ input }) => !isRail(input));
  const elements = (some) => some.map(({ frame }) => frame.element);
  root.replaceChildren(
    total.element,
    element("div", { class: "rails" }, ...elements(rails)),
    element("div", { class: "controls" }, ...elements(others)),
    receipt.element,
    announcer.element,
  );
  update();

  function update() {
    const { estimate, errors } = price(card, state.usage);
    if (estimate) state.estimate = estimate;
    for (const { input, frame } of frames) {
      const own = errors.filter((error) => error.input === input.id);
      frame.update({
        value: state.usage[input.id],
        errors: own,
        leftOut: state.estimate?.ignored.includes(input.id) ?? false,
        usage: own.length === errors.length ? givenUsage(state.usage) : undefined,
        totals: estimate?.totals,
      });
    }
    const elsewhere = errors.find((error) => !card.inputs.some(({ id }) => id === error.input));
    total.update({ ...state, stale: errors.length > 0, problem: elsewhere?.message });
    if (state.estimate) receipt.update({ ...state, stale: errors.length > 0 });
    announcer.update({ estimate: state.estimate, errors });
  }
}
