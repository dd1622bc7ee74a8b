import { count, inSentence, short, spoken } from "../shared/format.js";

const MOST = 4;

/**
 * How the price goes along an input, in words: what the charges of an estimate's `lines` do at the edges of its course,
 * those that do the same together.
 */
export function coursesOf(card, input, { course: { edges, stride }, lines }) {
  const size = input.kind === "duration" ? short : count;
  const labels = new Map();
  for (const { id, label, of } of card.charges) {
    const own = edges.filter(({ charge }) => charge === id);
    const words = own.map((edge) => wordsOf(edge, input, size));
    const goesOn = own.every(({ kind }) => kind === "minimum" || kind === "minimumAmount");
    const isMade = lines.some(({ charge, amount }) => charge === id && amount > 0);
    if (goesOn && isMade && of === input.id) words.push(`more with ${started(stride, input, "every")}`);
    const course = [
      ...words.slice(0, MOST),
      ...(words.length > MOST ? [`${words.length - MOST} more changes`] : []),
    ].join(", then ");
    if (course !== "") labels.set(course, [...(labels.get(course) ?? []), label]);
  }
  return [...labels].map(([course, names]) => `${names.join(", ")}: ${course}.`).join(" ");
}

function wordsOf({ kind, at, every, tier }, input, size) {
  if (kind === "minimum") return `the same up to ${size(at)}`;
  if (kind === "increment")
    return every === undefined ? "more by steps" : `more with ${started(every, input, "every started")}`;
  if (kind === "tier") return tier === undefined ? `no price above ${size(at)}` : `another rate above ${size(at)}`;
  if (kind === "minimumAmount") return `at its least up to ${size(at)}`;
  if (kind === "maximumAmount") return `at its most above ${size(at)}`;
  return `another price above ${size(at)}`;
}

/** "every started minute" */
function started(size, { kind, label }, every) {
  if (kind === "duration") return `${every} ${spoken(size).replace(/^1 (?=\w+$)/, "")}`;
  return size === 1 ? `${every} one of ${inSentence(label)}` : `${every} ${count(size)} of ${inSentence(label)}`;
}
