import { createAxis } from "./axis.js";
import { createChart } from "./chart.js";
import { highestTotals, sampleCurve } from "./curve.js";
import { element, hasFocus, selectOnEntry, setAttribute, setText, uniqueId } from "./dom.js";
import { clock } from "./format.js";
import { createReader } from "./reading.js";
import { stepButton } from "./step-button.js";

const LABEL = 24;

/** A duration: a native slider whose track is the axis of the price curve, and a field at its thumb for the exact value. */
export function createRail(input, { change, errorId, card, format }) {
  const axis = createAxis(input);
  const read = createReader(card, input);
  const chart = createChart(axis, card.balances, format);
  const id = uniqueId(input.id);
  const step = axis.secondsAt(1) - axis.secondsAt(0);
  let seconds = 0;
  let kept = input.initial ?? axis.secondsAt(axis.main.position);
  let drawnFor;
  let sizes = { track: 0, lens: 0 };

  const slider = element("input", { id, class: "slider", type: "range", min: 0, max: axis.positions, step: 1 });
  const field = element("input", {
    class: "lens",
    type: "text",
    placeholder: "none",
    autocomplete: "off",
    enterkeyhint: "done",
    spellcheck: "false",
    "aria-label": `${input.label}, exact`,
    "aria-describedby": errorId,
  });
  const less = stepButton("−", `${format.spokenDuration(step)} less`, () => moveTo(seconds - step));
  const more = stepButton("+", `${format.spokenDuration(step)} more`, () => moveTo(seconds + step));
  const leave = element("button", { type: "button", class: "button" });
  const edges = element("div", { class: "edges" });
  const labels = axis.labels.map(scaleLabel);
  const scale = element("div", { class: "scale", "aria-hidden": "true" }, ...labels);

  const node = element(
    "div",
    { class: "rail" },
    element(
      "div",
      { class: "rail-head" },
      element("label", { class: "field-label", for: id }, input.label),
      element(
        "div",
        { class: "stepper" },
        less,
        element("span", { class: "stepper-unit", "aria-hidden": "true" }, format.duration(step)),
        more,
      ),
      leave,
    ),
    element(
      "div",
      { class: "rail-body" },
      chart.element,
      element("i", { class: "hairline" }),
      element("div", { class: "track" }, element("i", { class: "track-walked" }), edges, slider),
      element("div", { class: "readout" }, scale, field),
    ),
  );

  slider.addEventListener("input", () => change(axis.secondsAt(slider.valueAsNumber)));
  slider.addEventListener("keydown", stepByKey);
  field.addEventListener("keydown", stepByKey);
  field.addEventListener("blur", placeLens);
  field.addEventListener("input", () => change(field.value.trim() || undefined));
  field.addEventListener("change", () => showText(read(field.value.trim())));
  selectOnEntry(field);
  leave.addEventListener("click", () => change(seconds > 0 ? undefined : kept));
  for (const [type, held] of [
    ["pointerdown", true],
    ["pointerup", false],
    ["pointercancel", false],
  ]) {
    slider.addEventListener(type, (event) => setAttribute(node, "data-held", held && event.pointerType));
  }

  const resized = new ResizeObserver(() => {
    sizes = { track: scale.clientWidth, lens: field.offsetWidth };
    placeLens();
  });
  resized.observe(scale);
  resized.observe(field);

  return {
    element: node,
    update({ value, errors, usage, totals }) {
      const reading = value === undefined ? 0 : read(value);
      if (reading !== undefined) place(reading);
      if (errors.length === 0 && !hasFocus(field)) showText(seconds);
      setAttribute(field, "aria-invalid", errors.length > 0 && "true");
      setAttribute(less, "aria-disabled", !(seconds > input.min));
      setAttribute(more, "aria-disabled", seconds >= input.max);
      setText(leave, seconds > 0 ? "Leave out" : "Put back");
      setAttribute(leave, "aria-label", `${leave.textContent}: ${input.label}`);
      if (usage) drawCurve(usage);
      if (totals) node.style.setProperty("--reach", chart.mark(totals, axis.positionOf(seconds)));
    },
  };

  function place(reading) {
    seconds = reading;
    if (seconds > 0) kept = seconds;
    slider.value = axis.positionOf(seconds);
    slider.setAttribute("aria-valuetext", seconds > 0 ? format.spokenDuration(seconds) : "none");
    node.style.setProperty("--at", axis.fractionOf(seconds));
    setAttribute(node, "data-none", seconds === 0);
    if (!hasFocus(field)) placeLens();
  }

  // The lens follows the thumb, but not while someone types in it. A label of the scale that it would cut leaves.
  function placeLens() {
    const half = sizes.lens / 2;
    const fraction = axis.fractionOf(seconds);
    field.style.setProperty("--at", fraction);
    const middle = Math.min(Math.max(fraction * sizes.track, half), sizes.track - half);
    for (const [index, label] of axis.labels.entries()) {
      const isCovered = Math.abs(label.fraction * sizes.track - middle) < half + LABEL;
      setAttribute(labels[index], "data-covered", isCovered);
    }
  }

  function showText(reading) {
    if (reading !== undefined) field.value = reading > 0 ? clock(reading) : "";
  }

  function moveTo(target) {
    const onGrid = target > seconds ? Math.floor(target / step) * step : Math.ceil(target / step) * step;
    const next = Math.min(Math.max(onGrid, input.min), input.max);
    change(next);
    showText(next);
  }

  function stepByKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = getComputedStyle(slider).direction === "rtl" ? -1 : 1;
    const inText = event.target === field;
    const target = {
      ArrowUp: seconds + step,
      ArrowDown: seconds - step,
      PageUp: seconds + axis.interval,
      PageDown: seconds - axis.interval,
      ...(!inText && {
        ArrowRight: seconds + forward * step,
        ArrowLeft: seconds - forward * step,
        Home: input.min,
        End: input.max,
      }),
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
  }

  // The curve does not depend on where the thumb is: it is worked out anew only when something else changes.
  function drawCurve({ [input.id]: _, ...others }) {
    const key = JSON.stringify(others);
    if (key === drawnFor) return;
    drawnFor = key;
    const curve = sampleCurve(card, others, input.id, axis);
    const found = chart.draw(curve, highestTotals(card, others, input.id, axis.main.seconds));
    edges.replaceChildren(
      ...found.filter((position) => position > 0).map((position) => at(element("i"), position / axis.positions)),
    );
  }

  function scaleLabel({ seconds, fraction }, index, all) {
    const text = seconds > 0 ? format.duration(seconds) : "none";
    const isEnd = index === 0 || index === all.length - 1;
    return at(element("span", { class: "scale-label", "data-minor": !isEnd && index % 2 === 1 }, text), fraction);
  }
}

function at(node, fraction) {
  node.style.setProperty("--at", fraction);
  return node;
}
