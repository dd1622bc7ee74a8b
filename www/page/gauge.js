import { element, setAttribute, setText, uniqueId } from "../shared/dom.js";
import { amount, count, inSentence } from "../shared/format.js";
import { numberField } from "./fields.js";

/** The most that a field takes. */
const LARGEST = 1e8;
/** A slider has about so many places. */
const PLACES = 500;

/** The next of 1, 2, 5, 10, 20, 50, … that is not below. */
export function roundAbove(value) {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((digit) => digit * power).find((some) => some >= value) ?? 10 * power;
}

/** What a field takes, in words: the decimals where there were too many. */
function wanted({ stepMismatch }, decimals) {
  if (decimals === 0) return `A whole number from 0 to ${count(LARGEST)}`;
  if (stepMismatch) return `A number with up to ${decimals === 1 ? "1 decimal" : `${decimals} decimals`}, such as 12.5`;
  return `A number from 0 to ${count(LARGEST)}, such as 12.5`;
}

/** What there is of a balance, as a native slider and a field; on the track a tick where the video's total lies. */
export function createGauge({ id, index, ...balance }, change) {
  const { label, decimals } = balance;
  const name = uniqueId("balance");
  const smallest = 10 ** -decimals;
  const slider = element("input", { type: "range", class: "gauge-slider", min: 0, "aria-label": `${label}, slider` });
  const field = numberField({
    id: name,
    min: 0,
    max: LARGEST,
    step: smallest,
    placeholder: "any",
    "aria-describedby": `${name}-note`,
  });
  const leave = element("button", { type: "button", class: "text-button" });
  const note = element("p", { class: "gauge-note", id: `${name}-note` });
  const track = element(
    "div",
    { class: "gauge-track" },
    element("i", { class: "gauge-walked" }),
    element("i", { class: "gauge-short" }),
    element("i", { class: "gauge-tick" }),
    slider,
  );
  const node = element(
    "div",
    { class: "gauge", "data-balance": index + 1 },
    element("div", { class: "gauge-head" }, element("label", { class: "gauge-label", for: name }, label), field, leave),
    track,
    note,
  );
  let given;
  let kept = "0";
  let isValid = true;
  /** Whether it is what someone said, and not what the chapter starts with. */
  let isOwn = false;
  /** What a link says, and no balance can be. */
  let refused;

  slider.addEventListener("input", () => set(slider.value));
  leave.addEventListener("click", () => set(given === undefined ? kept : undefined));
  field.addEventListener("input", () => {
    isValid = field.validity.valid;
    if (isValid) own(field.value || undefined);
    place();
    change();
  });
  field.addEventListener("change", () => {
    if (!isValid) return;
    kept = given ?? kept;
    if (Number(given ?? 0) > Number(slider.max)) scale(Number(given));
    place();
    change();
  });

  place();

  return {
    id,
    element: node,
    label,
    /** As it was entered; undefined where there is no limit. */
    get given() {
      return given;
    },
    /** Whether what stands in the field can be counted with. */
    get isValid() {
      return isValid;
    },
    get isOwn() {
      return isOwn;
    },
    /** Starts with so much, unless a link says how much `named` is; the slider reaches beyond `most`. */
    begin(value, most, named) {
      field.value = named ?? "";
      isValid = true;
      isOwn = named !== undefined && field.value === named && field.validity.valid;
      refused = isOwn ? undefined : named;
      kept = `${value}`;
      given = isOwn ? named || undefined : value > 0 ? kept : undefined;
      scale(Math.max(value * 2.5, most, Number(given ?? 0)));
      kept = given ?? kept;
      field.value = given ?? "";
      place();
    },
    draw(total, check) {
      const short = check?.shortfall[id];
      track.style.setProperty("--takes", fraction(total));
      setAttribute(node, "data-short", short !== undefined);
      setAttribute(node, "data-refused", refused !== undefined);
      const takes = `This video takes ${amount(total, balance)} ${inSentence(label)}`;
      if (!isValid) setText(note, wanted(field.validity, decimals));
      else if (refused !== undefined) setText(note, `Not taken over: “${refused}”. ${wanted({}, decimals)}`);
      else if (!check) setText(note, takes);
      else if (given === undefined) setText(note, `${takes}, there is no limit`);
      else if (short === undefined) setText(note, `${takes}, ${amount(check.remaining[id], balance)} left`);
      else setText(note, `${takes}, ${amount(short, balance)} missing`);
    },
  };

  function set(value) {
    field.value = value ?? "";
    isValid = true;
    own(value);
    kept = value ?? kept;
    place();
    change();
  }

  function own(value) {
    given = value;
    isOwn = true;
    refused = undefined;
  }

  function scale(value) {
    const most = roundAbove(value) || 10;
    setAttribute(slider, "max", most);
    setAttribute(slider, "step", Math.max(smallest, roundAbove(most / PLACES)));
  }

  function place() {
    const has = isValid && given !== undefined;
    slider.value = has ? given : 0;
    slider.setAttribute("aria-valuetext", has ? amount(Number(given), balance) : isValid ? "no limit" : "no number");
    track.style.setProperty("--have", fraction(has ? Number(given) : 0));
    setAttribute(node, "data-empty", !has);
    setAttribute(node, "data-invalid", !isValid);
    setAttribute(field, "aria-invalid", !isValid && "true");
    const action = given === undefined ? "Put back" : "Leave out";
    setText(leave, action);
    setAttribute(leave, "aria-label", `${action}: ${label}`);
  }

  function fraction(value) {
    return `${Math.min(value / Number(slider.max), 1)}`;
  }
}
