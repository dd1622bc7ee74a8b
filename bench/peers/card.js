// What every hand-made estimator of this card shares: its names and texts, and how it reads and refuses.
import card from "../../cards/invideo-v4.json" with { type: "json" };

export const CARD = { id: card.id, version: card.version };
export const INPUTS = new Set(card.inputs.map(({ id }) => id));
export const ASSUMPTIONS = card.assumptions.map(({ id, text, because }) => ({ id, text, because }));
const OPTIONS = Object.fromEntries(
  card.inputs.filter(({ options }) => options).map(({ id, options }) => [id, options.map(({ id }) => id)]),
);

class Refused extends Error {
  constructor(code, path) {
    super(`${path}: ${code}`);
    this.code = code;
    this.path = path;
  }
}

export const failure = (code, path) => new Refused(code, path);

/** Seconds, to the millisecond, from seconds or "3:30". */
export function readDuration(value, max, path) {
  let seconds = value;
  if (typeof value === "string") {
    const match = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(value.trim());
    if (!match) throw failure("invalid_value", path);
    seconds = Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3]);
  } else if (typeof value !== "number") throw failure("wrong_type", path);
  if (!Number.isFinite(seconds)) throw failure("not_finite", path);
  seconds = Math.round(seconds * 1000) / 1000;
  if (seconds < 0) throw failure("negative", path);
  if (seconds > max) throw failure("too_large", path);
  return seconds;
}

export function readCount(value, max, path) {
  if (typeof value !== "number") throw failure("wrong_type", path);
  if (!Number.isFinite(value)) throw failure("not_finite", path);
  if (value < 0) throw failure("negative", path);
  if (value > max) throw failure("too_large", path);
  if (!Number.isInteger(value)) throw failure("off_step", path);
  return value;
}

/** A usage that was checked, with the defaults filled in. */
export function read(usage) {
  if (typeof usage !== "object" || usage === null || Array.isArray(usage)) throw failure("wrong_type", "");
  for (const key in usage) if (!INPUTS.has(key)) throw failure("unknown_input", key);
  const { media = "generative", model, actor = "none", duration, images, clips } = usage;
  for (const [id, value] of Object.entries({ media, model: model ?? "pro", actor })) {
    if (!OPTIONS[id].includes(value)) throw failure("unknown_option", id);
  }
  if (clips !== undefined && !Array.isArray(clips)) throw failure("wrong_type", "clips");
  if (clips !== undefined && clips.length > 1000) throw failure("too_many", "clips");
  return {
    media,
    model,
    actor,
    duration: duration === undefined ? 0 : readDuration(duration, 14400, "duration"),
    images: images === undefined ? 0 : readCount(images, 10000, "images"),
    clips: (clips ?? []).map((clip) => readDuration(clip, 600, "clips")),
  };
}

/** The assumptions that go with what was read. */
export function assumptionsOf({ media, actor, duration, images, clips }, exact) {
  const generative = media === "generative";
  const seconds = generative && duration > 0 ? Math.max(duration, 30) : 0;
  const said = [
    generative && duration > 0 && duration < 30,
    !Number.isInteger(seconds) || clips.some((clip) => !Number.isInteger(clip)),
    actor === "ownAvatar" && duration > 0,
    images > 0 || clips.some((clip) => clip > 0),
    clips.some((clip) => clip > 0 && clip !== 3 && clip !== 5),
    !exact,
    !generative && actor === "none" && duration > 0,
    generative && actor === "none" && duration > 0,
  ];
  return ASSUMPTIONS.filter((_, index) => said[index]);
}
