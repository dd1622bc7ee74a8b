/**
 * Names a class whatever a bundler calls it, and lets `instanceof` know the instances of every copy of it: an application
 * that has `import` and `require`, or bundles that each hold the package, has several.
 */
export function identify(type: { readonly prototype: object }, name: string): void {
  const mark = Symbol.for(`credit-estimator.${name}`);
  Object.defineProperty(type, "name", { value: name });
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, thing: unknown) {
      // a class that extends it goes by its prototype
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this as () => void, thing);
      return typeof thing === "object" && thing !== null && mark in thing;
    },
  });
}
