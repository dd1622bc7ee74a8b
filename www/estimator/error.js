import { element, setText, uniqueId } from "./dom.js";

/** The place beside a control where the engine's own words about its value stand. */
export function createError() {
  const node = element("p", { id: uniqueId("error"), class: "error" });
  return {
    element: node,
    id: node.id,
    show(message) {
      setText(node, message ?? "");
    },
  };
}
