// The state stands behind the # of the address, which browsers keep to themselves: the estimator's, and what there is of
// each balance, `balance.credits=100`, which no input can be called.

import { isPriced } from "../shared/dom.js";

const WAIT = 400;
const BALANCE = "balance.";

/** What there is of each balance, by its id, as it was entered or as a link says; empty where there is no limit. */
export const namedBalances = () => new URLSearchParams(document.documentElement.dataset.balances);

/** Keeps what was entered; on the document, which the scripts of the page share. */
export function nameBalances(balances) {
  document.documentElement.dataset.balances = `${new URLSearchParams(balances)}`;
  document.dispatchEvent(new Event("balances"));
}

const stateOf = (value) =>
  [value, ...Array.from(namedBalances(), ([id, amount]) => `${BALANCE}${id}=${encodeURIComponent(amount)}`)].join("&");

/** The address of this page with a state of the estimator. */
export function addressOf(value) {
  const address = new URL(location.href);
  address.hash = stateOf(value);
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
    if (state.includes("=")) {
      const parts = state.split("&");
      const balances = parts.filter((part) => part.startsWith(BALANCE)).map((part) => part.slice(BALANCE.length));
      document.documentElement.dataset.balances = balances.join("&");
      estimator.value = parts.filter((part) => !part.startsWith(BALANCE)).join("&");
      document.dispatchEvent(new Event("addressread"));
    }
    isChanged = false;
    first = estimator.estimate && estimator.value;
  };
  const follow = () => {
    const { value } = estimator;
    first ??= value;
    isChanged ||= value !== first;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (isChanged && isPriced(estimator) && stateOf(value) !== location.hash.slice(1)) {
        history.replaceState(null, "", addressOf(value));
      }
    }, WAIT);
  };
  estimator.addEventListener("estimate", follow);
  // an entry may become valid again as what it was before
  estimator.addEventListener("input", () => estimator.estimate && follow());
  document.addEventListener("balances", () => {
    isChanged = true;
    follow();
  });
  addEventListener("hashchange", read);
  read();
}
