const SVG = "http://www.w3.org/2000/svg";
let made = 0;

/** An id no other control on the page has, for `for` and `aria-describedby`. */
export const uniqueId = (name) => `estimator-${name}-${++made}`;

export const element = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

function fill(node, attributes = {}, children = []) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** `false` and `undefined` take the attribute away, `true` sets it empty. */
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value === true ? "" : value))
    node.setAttribute(name, value === true ? "" : value);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether the focus is inside, in a shadow root too. */
export const hasFocus = (node) => node.contains(node.getRootNode().activeElement);

/** A click into a field selects what is in it, as Tab does; a further click sets the caret. */
export function selectOnEntry(field) {
  let isFresh = false;
  field.addEventListener("focus", () => {
    isFresh = true;
  });
  field.addEventListener("click", () => {
    if (isFresh) field.select();
    isFresh = false;
  });
}
