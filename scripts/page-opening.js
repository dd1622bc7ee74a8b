// The figures that the page shows until the estimator is there, and without JavaScript: those that it opens with.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./steps.js";

const decimal = (amount, { decimals }) =>
  amount.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** The page's HTML with the figures of the built-in card's initial values, in the place of `{{opening}}`. */
export async function fillOpening(html) {
  const { RateCard } = await import(pathToFileURL(join(root, "dist/index.js")));
  return html.replace("{{opening}}", opening(RateCard.invideoV4));
}

function opening(card) {
  const initial = card.inputs.flatMap(({ id, initial: start, default: given = start }) =>
    (start ?? given) === undefined ? [] : [[id, start ?? given]],
  );
  const { totals, ignored } = card.estimate(Object.fromEntries(initial));
  const words = initial.flatMap(([id, value]) => {
    const input = card.inputs.find((some) => some.id === id);
    return ignored.includes(id) ? [] : [inWords(input, value)];
  });
  const figures = Object.entries(card.balances).map(([id, balance], index) => {
    const [whole, fraction] = decimal(totals[id], balance).split(".");
    const small = fraction === undefined ? "" : `<small>.${fraction}</small>`;
    const zero = totals[id] === 0 ? " data-zero" : "";
    return `<p data-balance="${index + 1}"${zero}><strong>${whole}${small}</strong> ${escaped(balance.label)}</p>`;
  });
  return `<div class="before">
          <p>Estimate</p>
          <div>${figures.join("")}</div>
          <p>For ${escaped(words.join(", "))}.</p>
        </div>`;
}

/** "Model PRO", "Video length 1:00" */
function inWords({ kind, label, options = [] }, value) {
  const option = options.find(({ id }) => id === value);
  return `${label} ${option?.label ?? (kind === "duration" ? clock(value) : value)}`;
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
