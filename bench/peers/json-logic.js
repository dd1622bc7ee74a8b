// The same estimator with its prices as rules that json-logic-js interprets.
import jsonLogic from "json-logic-js";
import { assumptionsOf, CARD, read } from "./card.js";

jsonLogic.add_operation("ceil", Math.ceil);

const v = (name) => ({ var: name });
const started = { ceil: { "/": [v("duration"), 60] } };
const generative = { "===": [v("media"), "generative"] };
const made = (...conditions) => ({ and: [{ ">": [v("duration"), 0] }, ...conditions] });

const CHARGES = [
  {
    charge: "generation",
    label: "Generative media",
    balance: "credits",
    when: made(generative),
    quantity: { ceil: { max: [v("duration"), 30] } },
    amount: { "/": [{ "*": [v("quantity"), { if: [{ "===": [v("model"), "ultra"] }, 40, 20] }] }, 60] },
  },
  {
    charge: "actor",
    label: "Actor",
    balance: "credits",
    when: made({ "!==": [v("actor"), "none"] }),
    quantity: { "*": [started, 60] },
    amount: { "*": [{ "/": [v("quantity"), 60] }, 5] },
  },
  {
    charge: "videoMinutes",
    label: "Stock video",
    balance: "videoMinutes",
    when: made({ "!": generative }),
    quantity: { "*": [started, 60] },
    amount: { "/": [v("quantity"), 60] },
  },
  {
    charge: "images",
    label: "Remix: images",
    balance: "credits",
    when: { ">": [v("images"), 0] },
    quantity: v("images"),
    amount: { "/": [v("quantity"), 5] },
  },
  {
    charge: "clips",
    label: "Remix: clips",
    balance: "credits",
    when: { some: [v("clips"), { ">": [v(""), 0] }] },
    quantity: { reduce: [v("clips"), { "+": [{ ceil: v("current") }, v("accumulator")] }, 0] },
    amount: { "/": [v("quantity"), 3] },
  },
];

export function estimate(usage) {
  const values = read(usage);
  const lines = [];
  const exact = { credits: 0, videoMinutes: 0 };
  const shown = { credits: 0, videoMinutes: 0 };
  for (const { charge, label, balance, when, quantity, amount } of CHARGES) {
    if (!jsonLogic.apply(when, values)) continue;
    const billed = jsonLogic.apply(quantity, values);
    const price = jsonLogic.apply(amount, { ...values, quantity: billed });
    exact[balance] += price;
    shown[balance] += round(price);
    lines.push({ charge, label, balance, quantity: billed, amount: round(price) });
  }
  const total = round(exact.credits);
  const difference = round(total - shown.credits);
  return {
    card: CARD,
    totals: { credits: total, videoMinutes: exact.videoMinutes },
    lines,
    rounding: difference === 0 ? {} : { credits: difference },
    assumptions: assumptionsOf(values, Math.abs(total - exact.credits) < 1e-9),
    ignored: values.media === "stock" && values.model !== undefined ? ["model"] : [],
  };
}

export const credits = (usage) => estimate(usage).totals.credits;

function round(amount) {
  return Math.round(amount * 100 + 1e-6) / 100;
}
