const sheets = new Map<string, CSSStyleSheet>();

/**
 * Dresses a shadow root by style sheets that all elements share, which no `style-src` forbids. An engine without
 * constructable style sheets gets a `<style>`, with the element's `nonce` where a policy asks for one.
 */
export function dress(root: ShadowRoot, nonce: string, text: string): void {
  try {
    const sheet = sheets.get(text) ?? new CSSStyleSheet();
    if (!sheets.has(text)) sheet.replaceSync(text);
    sheets.set(text, sheet);
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, sheet])];
  } catch {
    if (Array.from(root.querySelectorAll("style")).some(({ textContent }) => textContent === text)) return;
    const style = document.createElement("style");
    if (nonce) style.nonce = nonce;
    style.textContent = text;
    root.prepend(style);
  }
}
