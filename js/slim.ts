export * from "./index.js";
export { load, type Source } from "./load.js";
