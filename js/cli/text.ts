import stringWidth from "string-width";

// ZERO WIDTH JOINER and NON-JOINER are part of how words and emoji are written.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from a card, a file or an argument with its control characters written out, so that it cannot move the cursor. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** JSON that shows every control character as an escape and still means the same. */
export function json(value: unknown): string {
  const unitByUnit = (characters: string) =>
    Array.from({ length: characters.length }, (_, i) => characters.charCodeAt(i))
      .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
      .join("");
  return JSON.stringify(value, null, 2).replace(UNSEEN, (found) => (found === "\n" ? found : unitByUnit(found)));
}

/** How many columns a text takes. */
export const width = (text: string): number => stringWidth(text);

const graphemes = new Intl.Segmenter();

/** The text, cut to so many columns with an ellipsis where it is wider. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = "";
  let room = columns - 1;
  for (const { segment } of graphemes.segment(text)) {
    room -= width(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text, cut to so many columns in its middle, where two texts of a kind differ least. */
export function cutMiddle(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const head = cut(text, Math.ceil(columns / 3));
  const all = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let tail = "";
  for (let segment = all.pop(); segment !== undefined; segment = all.pop()) {
    if (width(head) + width(segment + tail) > columns) break;
    tail = segment + tail;
  }
  return head + tail;
}

/** The text in lines of so many columns, broken at spaces. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && width(last) + 1 + width(word) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Numbers with their decimal points below each other: pads on the right what has fewer decimals. */
export function alignDecimals(numbers: readonly string[]): string[] {
  const tail = (number: string) => {
    const point = number.indexOf(".");
    return point < 0 ? 0 : number.length - point;
  };
  const longest = Math.max(0, ...numbers.map(tail));
  return numbers.map((number) => number + " ".repeat(number === "" ? 0 : longest - tail(number)));
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
