let made = 0;

/** An id no other element of the page has, for `for` and `aria-describedby`. */
export const uniqueId = (name) => `${name}-${++made}`;

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** `false` and `undefined` take the attribute away, `true` sets it empty; what is there already is left alone. */
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) node.removeAttribute(name);
  else {
    const text = value === true ? "" : `${value}`;
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether all that is entered into an estimator can be priced; asked without telling its page, as `checkValidity` does. */
export const isPriced = (estimator) => estimator.validity?.valid ?? estimator.checkValidity();

/** What stands there now was painted; or would have been, in a tab that is not seen. */
export const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

const SETTLED = 400;

/** Makes a change further up that moves everything below, but not what was pressed, as most browsers do by themselves. */
export function keepInPlace(node, change) {
  const top = () => node.getBoundingClientRect().top;
  const before = top();
  change();
  if (CSS.supports("overflow-anchor", "auto")) return;
  const end = performance.now() + SETTLED;
  let at = scrollY;
  const hold = () => {
    // someone scrolls
    if (scrollY !== at) return;
    const moved = top() - before;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
    at = scrollY;
    // what is above comes and leaves within a moment
    if (performance.now() < end) requestAnimationFrame(hold);
  };
  hold();
}
