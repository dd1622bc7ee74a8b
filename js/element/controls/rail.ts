import type { Hint, NumericInput } from "../../index.js";
import { createAxis } from "../axis.js";
import type { createChart } from "../chart/chart.js";
import { type Context, type Control, type ControlState, ERROR } from "../context.js";
import { drawCurve } from "../curve.js";
import { element, hasFocus, selectOnEntry, setAttribute, setLength, setState, setText } from "../dom.js";
import { clock } from "../format.js";
import { createReader, plainText } from "../reading.js";
import { stepButton } from "./step-button.js";

/** What a label of the scale takes of the track's length, at most, to one side. */
const LABEL = 24;

/** A duration: a native slider whose track is the axis of the price curve, and a field at its thumb for the exact value. */
export function createRail(input: NumericInput, context: Context, chartOf?: typeof createChart): Control {
  const { card, commit, format, name, say } = context;
  const axis = createAxis(input);
  const read = createReader(card, input);
  const chart = chartOf?.(axis, context);
  const label = name(`inputs.${input.id}`, input.label);
  const step = axis.valueAt(1) - axis.valueAt(0);
  let seconds = 0;
  let kept = input.initial ?? axis.valueAt(axis.main.position);
  let drawnFor: string | undefined;
  let sizes = { track: 0, lens: 0 };

  const slider = element("input", {
    id: input.id,
    part: "slider",
    type: "range",
    min: 0,
    max: axis.positions,
    step: 1,
  });
  const field = element("input", {
    part: "entry time",
    type: "text",
    placeholder: say("none"),
    autocomplete: "off",
    enterkeyhint: "done",
    spellcheck: "false",
    "aria-label": say("exact", { label }),
    "aria-describedby": ERROR + input.id,
  });
  const amount = format.spokenDuration(step);
  const less = stepButton("−", say("lessBy", { amount }), () => moveTo(seconds - step), commit);
  const more = stepButton("+", say("moreBy", { amount }), () => moveTo(seconds + step), commit);
  const leave = element("button", { type: "button", part: "button text-button leave" });
  const edges = element("div", { part: "edges" });
  const hints = element("div", { part: "hints" });
  const labels = axis.labels.map(scaleLabel);
  const scale = element("div", { part: "scale", "aria-hidden": "true" }, ...labels);

  const node = element(
    "div",
    { part: "rail" },
    element(
      "div",
      { part: "rail-head" },
      element("label", { part: "label", for: input.id }, label),
      element(
        "div",
        { part: "stepper" },
        less,
        element("span", { part: "unit", "aria-hidden": "true" }, format.duration(step)),
        more,
      ),
      leave,
    ),
    element(
      "div",
      { part: "rail-body" },
      chart?.element,
      chart && element("i", { part: "hairline" }),
      element("div", { part: "track" }, element("i", { part: "track-walked" }), edges, slider),
      element("div", { part: "readout" }, scale, field),
      hints,
    ),
  );

  const change = (value: string | number | undefined) => context.change(input.id, value);
  slider.addEventListener("input", () => change(axis.valueAt(slider.valueAsNumber)));
  slider.addEventListener("keydown", stepByKey);
  field.addEventListener("keydown", stepByKey);
  field.addEventListener("blur", placeLens);
  field.addEventListener("input", () => change(plainText(field.value) || undefined));
  field.addEventListener("change", () => showText(read(plainText(field.value))));
  selectOnEntry(field);
  leave.addEventListener("click", () => {
    change(seconds > 0 ? undefined : kept);
    commit();
  });
  const resized = new ResizeObserver(() => {
    sizes = { track: scale.clientWidth, lens: field.offsetWidth };
    placeLens();
  });
  resized.observe(scale);
  resized.observe(field);

  return {
    element: node,
    field,
    hint,
    update({ value, refusals, usage, totals }: ControlState) {
      const reading = value === undefined ? 0 : read(value);
      const isRefused = refusals.length > 0;
      if (reading !== undefined) place(reading);
      if (!isRefused && !hasFocus(field)) showText(seconds);
      setAttribute(field, "aria-invalid", isRefused && "true");
      setState(field, "invalid", isRefused);
      setAttribute(less, "aria-disabled", !(seconds > input.min));
      setAttribute(more, "aria-disabled", seconds >= input.max);
      const action = say(seconds > 0 ? "leaveOut" : "putBack");
      setText(leave, action);
      setAttribute(leave, "aria-label", say("of", { action, label }));
      if (usage) draw(usage);
      if (totals && chart) setLength(node, "--reach", chart.mark(totals, axis.positionOf(seconds)));
    },
  };

  /** What a little more or less would change, where that is: a press goes there. */
  function hint(some: readonly Hint[]): void {
    const [first] = some;
    hints.firstChild?.remove();
    if (!first) return;
    const button = element("button", { type: "button", part: "button hint" }, context.hint(first));
    button.addEventListener("click", () => {
      moveTo(first.to);
      commit();
      field.focus();
    });
    hints.append(at(button, axis.fractionOf(first.to)));
  }

  function place(reading: number): void {
    seconds = reading;
    if (seconds > 0) kept = seconds;
    slider.value = String(axis.positionOf(seconds));
    slider.setAttribute("aria-valuetext", seconds > 0 ? format.spokenDuration(seconds) : say("none"));
    setLength(node, "--at", axis.fractionOf(seconds));
    setState(node, "empty", seconds === 0);
    if (!hasFocus(field)) placeLens();
  }

  // The lens follows the thumb, but not while someone types in it. A label of the scale that it would cut leaves.
  function placeLens(): void {
    const half = sizes.lens / 2;
    const fraction = axis.fractionOf(seconds);
    setLength(field, "--at", fraction);
    const middle = Math.min(Math.max(fraction * sizes.track, half), sizes.track - half);
    for (const [index, { fraction: at }] of axis.labels.entries()) {
      setState(labels[index] as HTMLElement, "covered", Math.abs(at * sizes.track - middle) < half + LABEL);
    }
  }

  function showText(reading: number | undefined): void {
    if (reading !== undefined) field.value = reading > 0 ? clock(reading) : "";
  }

  function moveTo(target: number): void {
    const onGrid = target > seconds ? Math.floor(target / step) * step : Math.ceil(target / step) * step;
    const next = Math.min(Math.max(onGrid, input.min), input.max);
    change(next);
    showText(next);
  }

  function stepByKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const inSlider = event.target === slider;
    const forward = inSlider && getComputedStyle(slider).direction === "rtl" ? -1 : 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: seconds + step,
      ArrowDown: seconds - step,
      PageUp: seconds + axis.interval,
      PageDown: seconds - axis.interval,
      ...(inSlider && {
        ArrowRight: seconds + forward * step,
        ArrowLeft: seconds - forward * step,
        Home: input.min,
        End: input.max,
      }),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
    commit();
  }

  // The curve does not depend on where the thumb is: it is worked out anew only when something else changes.
  function draw({ [input.id]: _, ...others }: NonNullable<ControlState["usage"]>): void {
    const key = JSON.stringify(others);
    if (key === drawnFor) return;
    drawnFor = key;
    const drawing = drawCurve(card, others, input.id, axis);
    chart?.draw(drawing, others, input.id);
    edges.replaceChildren(
      ...drawing.edges
        .filter((position) => position > 0 && position < axis.positions)
        .map((position) => at(element("i", { part: "edge" }), position / axis.positions)),
    );
  }

  function scaleLabel(
    { value, fraction }: { value: number; fraction: number },
    index: number,
    all: readonly unknown[],
  ) {
    const isMinor = index % 2 === 1 && index < all.length - 1;
    return at(
      element(
        "span",
        { part: isMinor ? "scale-label minor" : "scale-label" },
        value > 0 ? format.duration(value) : say("none"),
      ),
      fraction,
    );
  }
}

function at<Some extends HTMLElement>(node: Some, fraction: number): Some {
  setLength(node, "--at", fraction);
  return node;
}
