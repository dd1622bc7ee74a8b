export * from "./index.js";
export { load, type ModuleSource } from "./load.js";
