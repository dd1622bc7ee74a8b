import css from "./element.css";

let sheet: CSSStyleSheet | undefined;

/**
 * Dresses a shadow root by a style sheet that all elements share, which no `style-src` forbids. An engine without
 * constructable style sheets gets a `<style>`, with the element's `nonce` where a policy asks for one.
 */
export function dress(root: ShadowRoot, nonce: string): void {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    if (nonce) style.nonce = nonce;
    style.textContent = css;
    root.prepend(style);
  }
}
