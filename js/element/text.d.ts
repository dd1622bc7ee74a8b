/** A style sheet, minified, as text. */
declare module "*.css" {
  const css: string;
  export default css;
}

/** The words of a card, by where they stand in it. */
declare module "*.json" {
  const labels: Readonly<Record<string, string>>;
  export default labels;
}
