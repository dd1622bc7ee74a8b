import type { NumericInput } from "../../types.js";
import type { Axis } from "../axis.js";
import type { Context } from "../context.js";
import { element, setAttribute, setLength } from "../dom.js";
import { stepButton } from "./step-button.js";

/**
 * A native slider on an axis, with − and +: keys and buttons go step by step wherever the axis is squeezed. `go` takes a
 * value, and shows it; `unit` is what a step is, where the buttons say so.
 */
export function createSlider(
  input: NumericInput,
  axis: Axis,
  { commit, labelOf, say }: Context,
  go: (value: number) => void,
  unit = "",
) {
  let now = axis.min;
  // what is written on a button is part of its name
  const nameOf = (action: "less" | "more") =>
    say("of", { action: `${say(action)} ${unit}`.trim(), label: labelOf(input) });
  const slider = element("input", {
    id: input.id,
    part: "slider",
    type: "range",
    min: 0,
    max: axis.positions,
    step: 1,
  });
  const edges = element("div", { part: "edges" });
  const moveTo = (target: number) => go(axis.towards(target, now));
  const down = stepButton(`−${unit}`, nameOf("less"), () => moveTo(now - axis.step), commit);
  const up = stepButton(`+${unit}`, nameOf("more"), () => moveTo(now + axis.step), commit);
  slider.addEventListener("input", () => go(axis.valueAt(slider.valueAsNumber)));
  slider.addEventListener("keydown", stepByKey);

  return {
    slider,
    edges,
    down,
    up,
    track: setLength(
      element("div", { part: "track" }, element("i", { part: "track-walked" }), edges, slider),
      "--main",
      axis.main.fraction,
    ),
    moveTo,
    stepByKey,
    /** Puts the thumb where a value is, on `node` too. */
    place(value: number, spoken: string, node: HTMLElement): void {
      now = value;
      slider.value = String(axis.positionOf(value));
      setAttribute(slider, "aria-valuetext", spoken);
      setLength(node, "--at", axis.fractionOf(value));
      setAttribute(down, "aria-disabled", value <= axis.min);
      setAttribute(up, "aria-disabled", value >= axis.max);
    },
  };

  function stepByKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const inSlider = event.target === slider;
    const forward = inSlider && getComputedStyle(slider).direction === "rtl" ? -1 : 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: now + axis.step,
      ArrowDown: now - axis.step,
      PageUp: now + axis.interval,
      PageDown: now - axis.interval,
      ...(inSlider && {
        ArrowRight: now + forward * axis.step,
        ArrowLeft: now - forward * axis.step,
        Home: axis.min,
        End: axis.max,
      }),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
    commit();
  }
}

/** The labels under a track. */
export function createScale(axis: Axis, write: (value: number) => string) {
  const { length } = axis.labels;
  const labels = axis.labels.map(({ value, fraction }, index) => {
    const isMinor = length > 6 && index % 2 === 1 && index < length - 1;
    return at(element("span", { part: isMinor ? "scale-label minor" : "scale-label" }, write(value)), fraction);
  });
  return { labels, scale: element("div", { part: "scale", "aria-hidden": "true" }, ...labels) };
}

export const at = <Some extends HTMLElement>(node: Some, fraction: number): Some => setLength(node, "--at", fraction);
