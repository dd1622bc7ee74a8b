import { setText } from "./dom.js";

const SHOWN = 2000;

/** Copies a text when the button is pressed, which says so itself for a while; nothing where there is no text. */
export function copies(button, textOf) {
  const label = button.textContent;
  let waiting;
  button.addEventListener("click", async () => {
    const text = textOf();
    if (!text) return;
    const said = (await copy(text)) ? "Copied" : "Not copied";
    // nothing beside it moves
    button.style.setProperty("min-width", `${button.offsetWidth}px`);
    setText(button, said);
    clearTimeout(waiting);
    waiting = setTimeout(() => setText(button, label), SHOWN);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // a page without https has no such clipboard, and a reader may have refused it
    return copySelected(text);
  }
}

function copySelected(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
