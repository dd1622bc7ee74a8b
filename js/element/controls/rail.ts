import type { Hint, NumericInput } from "../../index.js";
import { createAxis } from "../axis.js";
import type { createChart } from "../chart/chart.js";
import { type Context, type Control, type ControlState, ERROR } from "../context.js";
import { drawCurve } from "../curve.js";
import { element, entry, hasFocus, setAttribute, setInvalid, setLength, setState, setText } from "../dom.js";
import { clock } from "../format.js";
import { createReader, plainText } from "../reading.js";
import { at, createScale, createSlider } from "./slider.js";

/** What a label of the scale takes of the track's length, at most, to one side. */
const LABEL = 24;

/** A duration: a native slider whose track is the axis of the price curve, and a field at its thumb for the exact value. */
export function createRail(input: NumericInput, context: Context, chartOf?: typeof createChart): Control {
  const { card, commit, format, labelOf, say } = context;
  const axis = createAxis(input);
  const read = createReader(card, input);
  const chart = chartOf?.(axis, context);
  const label = labelOf(input);
  let seconds = 0;
  let kept = input.initial ?? axis.valueAt(axis.main.position);
  let drawnFor: string | undefined;
  let frame: number | undefined;
  let marked: ControlState["totals"];
  let sizes = { track: 0, lens: 0 };

  const field = entry({
    part: "entry time",
    placeholder: say("none"),
    "aria-label": say("exact", { label }),
    "aria-describedby": ERROR + input.id,
  });
  const { edges, down, up, track, moveTo, stepByKey, place } = createSlider(
    input,
    axis,
    context,
    (value) => {
      change(value);
      showText(value);
    },
    format.duration(axis.step),
  );
  const leave = element("button", { type: "button", part: "button text-button leave" });
  const hints = element("div", { part: "hints" });
  const { labels, scale } = createScale(axis, (value) => (value > 0 ? format.duration(value) : say("none")));

  const node = element(
    "div",
    { part: "rail" },
    element(
      "div",
      { part: "rail-head" },
      element("label", { part: "label", for: input.id }, label),
      element("div", { part: "stepper" }, down, up),
      leave,
    ),
    element(
      "div",
      { part: "rail-body" },
      chart?.element,
      chart && element("i", { part: "hairline" }),
      track,
      element("div", { part: "readout" }, scale, field),
      hints,
    ),
  );

  const change = (value: string | number | undefined) => context.change(input.id, value);
  field.addEventListener("keydown", stepByKey);
  field.addEventListener("blur", placeLens);
  field.addEventListener("input", () => change(plainText(field.value) || undefined));
  field.addEventListener("change", () => showText(read(plainText(field.value))));
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
      if (reading !== undefined) show(reading);
      if (!isRefused && !hasFocus(field)) showText(seconds);
      setInvalid(field, isRefused);
      const action = say(seconds > 0 ? "leaveOut" : "putBack");
      setText(leave, action);
      setAttribute(leave, "aria-label", say("of", { action, label }));
      if (totals) marked = totals;
      if (usage) draw(usage);
      mark();
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

  function show(reading: number): void {
    seconds = reading;
    if (seconds > 0) kept = seconds;
    place(seconds, seconds > 0 ? format.spokenDuration(seconds) : say("none"), node);
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

  function mark(): void {
    if (marked && chart) setLength(node, "--reach", chart.mark(marked, axis.positionOf(seconds)));
  }

  // The curve does not depend on where the thumb is: it is worked out anew only when something else changes, once a frame.
  function draw({ [input.id]: _, ...others }: NonNullable<ControlState["usage"]>): void {
    const key = JSON.stringify(others);
    if (key === drawnFor) return;
    const isFirst = drawnFor === undefined;
    drawnFor = key;
    cancelAnimationFrame(frame ?? 0);
    if (isFirst) paint();
    else frame = requestAnimationFrame(paint);

    function paint(): void {
      const drawing = drawCurve(card, others, input.id, axis);
      chart?.draw(drawing, others, input.id);
      mark();
      edges.replaceChildren(
        ...drawing.edges
          .filter((position) => position > 0 && position < axis.positions)
          .map((position) => at(element("i", { part: "edge" }), position / axis.positions)),
      );
    }
  }
}
