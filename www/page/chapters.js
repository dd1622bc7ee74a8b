import { painted } from "../shared/dom.js";
import { balance } from "./balance.js";
import { edits } from "./edits.js";
import { embed } from "./embed.js";
import { figures } from "./figures.js";
import { source } from "./source.js";
import { table } from "./table.js";
import { take } from "./take.js";
import { ways } from "./ways.js";

/** What stands on the page beside the estimator, by the place it is drawn into. */
const PARTS = { take, table, ways, balance, edits, figures, embed, source };

/**
 * Draws every part for the estimator's card, and again with every estimate: those in view at once, the others when they
 * come into view, so that a drag is not held up by what nobody sees.
 *
 * A part is a function `(place, { card, estimator }) => ({ usage, estimate, value }) => void` that draws itself into
 * `place` and answers what is called with each estimate; or undefined where the card has nothing for it to show.
 */
export function followEstimates(estimator) {
  let card;
  let latest;
  let frame = 0;
  let parts = [];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const part = parts.find(({ place }) => place === target);
        if (part) part.isInView = isIntersecting;
      }
      later();
    },
    { rootMargin: "25%" },
  );

  const follow = (detail) => {
    latest = detail;
    if (detail.card !== card) {
      const isFirst = card === undefined;
      card = detail.card;
      start(isFirst);
    }
    for (const part of parts) part.isStale = true;
    later();
  };
  estimator.addEventListener("estimate", ({ detail }) => follow(detail));
  addEventListener("beforeprint", () => update(() => true));

  const { card: own, usage, value, estimate } = estimator;
  if (estimate) follow({ card: own, usage, value, estimate });

  /** One after the other, so that neither the first total nor a key waits for all of them. */
  async function start(isFirst) {
    const own = card;
    observer.disconnect();
    parts = [];
    for (const place of document.querySelectorAll("[data-part]")) {
      if (isFirst) await painted();
      if (card !== own) return;
      place.replaceChildren();
      const draw = PARTS[place.dataset.part](place, { card, estimator });
      const around = place.closest(".chapter") ?? place;
      around.hidden = draw === undefined;
      if (!draw) continue;
      parts.push({ place, draw, isInView: false, isStale: true });
      observer.observe(place);
    }
    // a chapter that the address names was not there to be scrolled to
    if (isFirst) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    document.documentElement.dataset.chapters = "drawn";
  }

  function later() {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      update(({ isInView }) => isInView);
    });
  }

  function update(which) {
    for (const part of parts) {
      if (!part.isStale || !which(part)) continue;
      part.isStale = false;
      part.draw(latest);
    }
  }
}
