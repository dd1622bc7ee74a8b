// How bytes stand in a JavaScript file: printable ASCII as it is, anything else, and `"` and `\`, as the letter 256 above.
// gzip and brotli find in that what they find in the bytes; base64 would be a third larger.

const letter = (code) => String.fromCharCode(code < 32 || code > 126 || code === 34 || code === 92 ? code + 256 : code);

export const lettersOf = (bytes) => Array.from(bytes, letter).join("");

/** A number below 256, counted from `#`, so that the small ones are ASCII. */
export const letterOf = (number) => letter(number + 35);
