const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | undefined;

/** An element with attributes; `part` also becomes its class, by which the style sheet knows it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill<Some extends Element>(node: Some, attributes: Attributes, children: Child[]): Some {
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(node, name, value);
    if (name === "part") setAttribute(node, "class", value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** `false` and `undefined` take the attribute away, `true` sets it empty. */
export function setAttribute(node: Element, name: string, value: string | number | boolean | undefined): void {
  const text = value === true ? "" : String(value);
  if (value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/** A state that style sheets see, those inside as a class and those outside as a part. */
export function setState(node: Element, state: string, on: boolean): void {
  if (node.classList.contains(state) === on) return;
  node.classList.toggle(state, on);
  node.part?.toggle(state, on);
}

export function setText(node: Element, text: string): void {
  if (((node.firstChild as Text | null)?.data ?? "") !== text) node.textContent = text;
}

export function setLength<Some extends HTMLElement>(node: Some, name: string, value: number): Some {
  node.style.setProperty(name, String(value));
  return node;
}

/** What has the focus inside of a node's own tree. */
const focused = (node: Element): Element | null => (node.getRootNode() as Document | ShadowRoot).activeElement;

export const hasFocus = (node: Element): boolean => node.contains(focused(node));

/** A field to type in. A click into it selects what is in it, as Tab does; a further click sets the caret. */
export function entry(attributes: Attributes): HTMLInputElement {
  const field = element("input", {
    type: "text",
    autocomplete: "off",
    enterkeyhint: "done",
    spellcheck: "false",
    ...attributes,
  });
  let isFresh = false;
  field.addEventListener("focus", () => {
    isFresh = true;
  });
  field.addEventListener("click", () => {
    if (isFresh) field.select();
    isFresh = false;
  });
  return field;
}

/** Marks a field whose value is refused. */
export function setInvalid(field: Element, on: boolean): void {
  setAttribute(field, "aria-invalid", on && "true");
  setState(field, "invalid", on);
}
