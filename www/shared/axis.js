// The estimator's own axis, so that a length stands at the same place in both; the build puts it into the page's script.
export { createAxis } from "../../js/element/axis.ts";
