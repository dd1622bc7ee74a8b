// The state stands behind the # of the address, which browsers keep to themselves.

const WAIT = 400;

/** The address of this page with a state of the estimator. */
export function addressOf(value) {
  const address = new URL(location.href);
  address.hash = value;
  return address.href;
}

/** Takes over the state that the address has, and keeps the address up to date, once something was changed. */
export function followAddress(estimator) {
  const read = () => {
    const state = location.hash.slice(1);
    // a chapter's name is no state
    if (state.includes("=")) estimator.value = state;
  };
  let first;
  let waiting;
  estimator.addEventListener("estimate", ({ detail: { value } }) => {
    first ??= value;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const state = location.hash.slice(1);
      if (value !== state && (value !== first || state.includes("="))) history.replaceState(null, "", addressOf(value));
    }, WAIT);
  });
  addEventListener("hashchange", read);
  read();
}
