import { createAxis } from "../shared/axis.js";
import { secondsOf, short } from "../shared/format.js";

/** What a length is changed by at once, besides by its own step: the largest that leaves room for several. */
const LEAPS = [60, 10];

/**
 * Every single edit that a card allows, by input: lengths and counts, then choices. Of each what it is called, and `after`,
 * which answers the usage with it made, or undefined where it cannot be made. One of a length says how many seconds it
 * changes it `by`, one of a choice its `value`.
 */
export function singleEdits(card) {
  const isChoice = ({ kind }) => kind === "choice" || kind === "toggle";
  return [...card.inputs.filter((input) => !isChoice(input)), ...card.inputs.filter(isChoice)].map((input) => ({
    input,
    edits: editsOf(card, input),
  }));
}

function editsOf(card, input) {
  const { id, kind, options, maxItems, step } = input;
  if (kind === "choice") return options.map((option) => choose(input, option.id, option.label));
  if (kind === "toggle") return [choose(input, true, "Yes"), choose(input, false, "No")];
  if (maxItems !== undefined) {
    return itemsOf(card, input).map((item) => ({
      name: `one of ${kind === "duration" ? short(item) : item}`,
      after: (usage) => {
        const items = usage[id] ?? [];
        return items.length < maxItems ? { ...usage, [id]: [...items, item] } : undefined;
      },
    }));
  }
  if (kind === "number") return [move(input, step, `${step} more`)];
  const grain = createAxis(input).step;
  const leap = LEAPS.find((some) => some % grain === 0 && some > grain && some * 4 <= input.max - input.min);
  return [grain, leap].filter(Boolean).flatMap((by) => [lengthen(input, by), lengthen(input, -by)]);
}

/** The sizes of items that the card's examples have, or one of the smallest size. */
export function itemsOf(card, { id, kind, min, step, initial }) {
  const sizes = card.examples.flatMap(({ input }) => [input[id] ?? []].flat());
  const read = kind === "duration" ? secondsOf : Number;
  const known = [...new Set(sizes.map(read))].filter((size) => size > 0);
  return known.length > 0 ? known : [initial ?? Math.max(min, step)];
}

const choose = (input, value, name) => ({ value, name, after: (usage) => ({ ...usage, [input.id]: value }) });

const lengthen = (input, by) => ({ ...move(input, by, `${short(Math.abs(by))} ${by > 0 ? "more" : "less"}`), by });

function move(input, by, name) {
  const { id, kind, min, max } = input;
  return {
    name,
    after: (usage) => {
      const now = usage[id] ?? 0;
      const next = (kind === "duration" ? secondsOf(now) : now) + by;
      return next >= min && next <= max && next >= 0 ? { ...usage, [id]: next } : undefined;
    },
  };
}
