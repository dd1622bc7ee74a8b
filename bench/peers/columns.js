// The loop over a typed array that a team would write by hand for one question of this card.
import { failure } from "./card.js";

/** Credits of generative ULTRA videos with an actor, for lengths in seconds. */
export function ultraWithActor(duration, out) {
  for (let row = 0; row < duration.length; row++) {
    const given = duration[row];
    if (!(given >= 0 && given <= 14400)) throw failure("too_large", `duration[${row}]`);
    const seconds = Math.round(given * 1000) / 1000;
    let credits = 0;
    if (seconds > 0) {
      credits = (Math.ceil(seconds < 30 ? 30 : seconds) * 40) / 60 + Math.ceil(seconds / 60) * 5;
    }
    out[row] = Math.round(credits * 100 + 1e-6) / 100;
  }
}
