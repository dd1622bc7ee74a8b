import { element } from "../dom.js";

const HOLD = 400;
const REPEAT = 60;

/** A − or + that steps once for a press and goes on while it is held. It keeps the focus at the end of the range. */
export function stepButton(sign: string, name: string, step: () => void, done: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", part: "button step", "aria-label": name }, sign);
  let timer: ReturnType<typeof setTimeout>;
  let repeated = false;
  const act = () => {
    if (button.getAttribute("aria-disabled") !== "true") step();
  };
  const repeat = () => {
    repeated = true;
    act();
    timer = setTimeout(repeat, REPEAT);
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    repeated = false;
    timer = setTimeout(repeat, HOLD);
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"])
    button.addEventListener(end, () => clearTimeout(timer));
  button.addEventListener("click", () => {
    if (!repeated) act();
    repeated = false;
    done();
  });
  return button;
}
