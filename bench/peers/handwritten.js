// The estimator that a team would write by hand for this one card: floats, the same validation, the same output.
import { ASSUMPTIONS, CARD, failure, INPUTS, readCount, readDuration } from "./card.js";

const MODELS = { pro: 20, ultra: 40 };

export function estimate(usage) {
  if (typeof usage !== "object" || usage === null || Array.isArray(usage)) throw failure("wrong_type", "");
  for (const key in usage) if (!INPUTS.has(key)) throw failure("unknown_input", key);
  const { media = "generative", model, actor = "none", clips } = usage;
  if (media !== "generative" && media !== "stock") throw failure("unknown_option", "media");
  if (model !== undefined && model !== "pro" && model !== "ultra") throw failure("unknown_option", "model");
  if (actor !== "none" && actor !== "human" && actor !== "virtualPro" && actor !== "ownAvatar") {
    throw failure("unknown_option", "actor");
  }
  const duration = usage.duration === undefined ? undefined : readDuration(usage.duration, 14400, "duration");
  const images = usage.images === undefined ? undefined : readCount(usage.images, 10000, "images");
  const generative = media === "generative";

  const lines = [];
  const assumptions = [];
  let credits = 0;
  let minutes = 0;
  let shown = 0;
  let partSeconds = false;
  let otherLengths = false;
  if (duration > 0) {
    if (generative) {
      let seconds = duration;
      if (seconds < 30) {
        seconds = 30;
        assumptions.push(ASSUMPTIONS[0]);
      }
      const billed = Math.ceil(seconds);
      if (billed !== seconds) partSeconds = true;
      const amount = (billed * MODELS[model ?? "pro"]) / 60;
      credits += amount;
      shown += round(amount);
      lines.push({
        charge: "generation",
        label: "Generative media",
        balance: "credits",
        quantity: billed,
        amount: round(amount),
      });
    }
    if (actor !== "none") {
      const started = Math.ceil(duration / 60);
      credits += started * 5;
      shown += started * 5;
      lines.push({ charge: "actor", label: "Actor", balance: "credits", quantity: started * 60, amount: started * 5 });
    }
    if (!generative) {
      minutes = Math.ceil(duration / 60);
      lines.push({
        charge: "videoMinutes",
        label: "Stock video",
        balance: "videoMinutes",
        quantity: minutes * 60,
        amount: minutes,
      });
    }
  }
  if (images > 0) {
    const amount = images / 5;
    credits += amount;
    shown += round(amount);
    lines.push({
      charge: "images",
      label: "Remix: images",
      balance: "credits",
      quantity: images,
      amount: round(amount),
    });
  }
  let clipSeconds = 0;
  if (clips !== undefined) {
    if (!Array.isArray(clips)) throw failure("wrong_type", "clips");
    if (clips.length > 1000) throw failure("too_many", "clips");
    for (let i = 0; i < clips.length; i++) {
      const clip = readDuration(clips[i], 600, "clips");
      const billed = Math.ceil(clip);
      if (billed !== clip) partSeconds = true;
      if (clip > 0 && clip !== 3 && clip !== 5) otherLengths = true;
      clipSeconds += billed;
    }
    if (clipSeconds > 0) {
      const amount = clipSeconds / 3;
      credits += amount;
      shown += round(amount);
      lines.push({
        charge: "clips",
        label: "Remix: clips",
        balance: "credits",
        quantity: clipSeconds,
        amount: round(amount),
      });
    }
  }
  if (partSeconds) assumptions.push(ASSUMPTIONS[1]);
  if (actor === "ownAvatar" && duration > 0) assumptions.push(ASSUMPTIONS[2]);
  if (images > 0 || clipSeconds > 0) assumptions.push(ASSUMPTIONS[3]);
  if (otherLengths) assumptions.push(ASSUMPTIONS[4]);
  const total = round(credits);
  if (Math.abs(total - credits) > 1e-9) assumptions.push(ASSUMPTIONS[5]);
  if (actor === "none" && duration > 0) assumptions.push(ASSUMPTIONS[generative ? 7 : 6]);
  const difference = round(total - shown);
  return {
    card: CARD,
    totals: { credits: total, videoMinutes: minutes },
    lines,
    rounding: difference === 0 ? {} : { credits: difference },
    assumptions,
    ignored: !generative && model !== undefined ? ["model"] : [],
  };
}

/** The credits alone: the same checks, and nothing made that is not asked for. */
export function credits(usage) {
  if (typeof usage !== "object" || usage === null || Array.isArray(usage)) throw failure("wrong_type", "");
  for (const key in usage) if (!INPUTS.has(key)) throw failure("unknown_input", key);
  const { media = "generative", model, actor = "none", clips } = usage;
  if (media !== "generative" && media !== "stock") throw failure("unknown_option", "media");
  if (model !== undefined && model !== "pro" && model !== "ultra") throw failure("unknown_option", "model");
  if (actor !== "none" && actor !== "human" && actor !== "virtualPro" && actor !== "ownAvatar") {
    throw failure("unknown_option", "actor");
  }
  const duration = usage.duration === undefined ? 0 : readDuration(usage.duration, 14400, "duration");
  const images = usage.images === undefined ? 0 : readCount(usage.images, 10000, "images");
  let credits = images / 5;
  if (duration > 0) {
    if (media === "generative") credits += (Math.ceil(Math.max(duration, 30)) * MODELS[model ?? "pro"]) / 60;
    if (actor !== "none") credits += Math.ceil(duration / 60) * 5;
  }
  if (clips !== undefined) {
    if (!Array.isArray(clips)) throw failure("wrong_type", "clips");
    if (clips.length > 1000) throw failure("too_many", "clips");
    let seconds = 0;
    for (let i = 0; i < clips.length; i++) seconds += Math.ceil(readDuration(clips[i], 600, "clips"));
    credits += seconds / 3;
  }
  return round(credits);
}

function round(amount) {
  return Math.round(amount * 100 + 1e-6) / 100;
}
