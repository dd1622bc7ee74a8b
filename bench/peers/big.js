// The same estimator on big.js: decimals, divided to 20 places.
import Big from "big.js";
import { assumptionsOf, CARD, read } from "./card.js";

const RATES = { pro: 20, ultra: 40 };

export function estimate(usage) {
  const values = read(usage);
  const { media, model, actor, duration, images, clips } = values;
  const generative = media === "generative";
  const started = Math.ceil(duration / 60);
  const lines = [];
  let credits = new Big(0);
  let shown = new Big(0);
  const add = (charge, label, quantity, amount) => {
    credits = credits.plus(amount);
    const rounded = amount.round(2, Big.roundHalfUp);
    shown = shown.plus(rounded);
    lines.push({ charge, label, balance: "credits", quantity, amount: rounded.toNumber() });
  };
  if (duration > 0 && generative) {
    const seconds = Math.ceil(Math.max(duration, 30));
    const rate = RATES[model ?? "pro"];
    add("generation", "Generative media", seconds, new Big(seconds).times(rate).div(60));
  }
  if (duration > 0 && actor !== "none") add("actor", "Actor", started * 60, new Big(started).times(5));
  if (duration > 0 && !generative) {
    lines.push({
      charge: "videoMinutes",
      label: "Stock video",
      balance: "videoMinutes",
      quantity: started * 60,
      amount: started,
    });
  }
  if (images > 0) add("images", "Remix: images", images, new Big(images).times("0.2"));
  let clipSeconds = new Big(0);
  for (const clip of clips) clipSeconds = clipSeconds.plus(Math.ceil(clip));
  if (clipSeconds.gt(0)) add("clips", "Remix: clips", clipSeconds.toNumber(), clipSeconds.times(20).div(60));
  const total = credits.round(2, Big.roundHalfUp);
  const difference = total.minus(shown).toNumber();
  return {
    card: CARD,
    totals: { credits: total.toNumber(), videoMinutes: generative ? 0 : started },
    lines,
    rounding: difference === 0 ? {} : { credits: difference },
    assumptions: assumptionsOf(values, total.eq(credits)),
    ignored: !generative && model !== undefined ? ["model"] : [],
  };
}

export const credits = (usage) => estimate(usage).totals.credits;
