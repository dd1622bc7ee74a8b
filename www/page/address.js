// The state stands behind the # of the address, which browsers keep to themselves.

import { isPriced } from "../shared/dom.js";

const WAIT = 400;

/** The address of this page with a state of the estimator. */
export function addressOf(value) {
  const address = new URL(location.href);
  address.hash = value;
  return address.href;
}

/**
 * Takes over the state that the address has, and keeps the address up to date, once something was changed: until then a
 * link stays as it was followed, broken or not.
 */
export function followAddress(estimator) {
  let first;
  let isChanged;
  let waiting;
  const read = () => {
    const state = location.hash.slice(1);
    clearTimeout(waiting);
    // a chapter's name is no state
    if (state.includes("=")) estimator.value = state;
    isChanged = false;
    first = estimator.estimate && estimator.value;
  };
  const follow = () => {
    const { value } = estimator;
    first ??= value;
    isChanged ||= value !== first;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (isChanged && isPriced(estimator) && value !== location.hash.slice(1)) {
        history.replaceState(null, "", addressOf(value));
      }
    }, WAIT);
  };
  estimator.addEventListener("estimate", follow);
  // an entry may become valid again as what it was before
  estimator.addEventListener("input", () => estimator.estimate && follow());
  addEventListener("hashchange", read);
  read();
}
