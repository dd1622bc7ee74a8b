import { element } from "../shared/dom.js";
import { day } from "../shared/format.js";

/** Where a card's prices were published, as a sentence; undefined where it does not say. */
export function sourceOf({ source }) {
  if (!source) return undefined;
  const { title, url, retrieved } = source;
  // a card from elsewhere must not bring a script with it
  const name = /^https?:/i.test(url ?? "") ? element("a", { href: url, rel: "external noopener" }, title) : title;
  return element("p", { class: "source" }, `Published rates${retrieved ? `, read on ${day(retrieved)}` : ""}: `, name);
}

/** The same as a part of the page. */
export function source(place, { card }) {
  const node = sourceOf(card);
  if (!node) return undefined;
  place.append(node);
  return () => {};
}
