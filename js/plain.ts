/** Whether a value is an object of names and values: no list and no instance of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // a plain object of another window has a prototype of its own, which has none
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
