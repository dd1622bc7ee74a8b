export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where in a JSON text the value of a path stands, or what is nearest around it. Lines and columns are counted from 1,
 * columns in characters. The text must be JSON already.
 */
export function locate(text: string, wanted: string): Place {
  const token = /\s*([[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+)/suy;
  let start = 0;
  const next = (): string => {
    const [all = "", found = ""] = token.exec(text) ?? [];
    start = token.lastIndex - found.length;
    return all === "" ? "" : found;
  };
  const holds = (path: string) =>
    path === "" || wanted === path || (wanted.startsWith(path) && /^[.[]/.test(wanted.slice(path.length)));

  let best = text.length - text.trimStart().length;
  const value = (path: string, first = next()): void => {
    if (holds(path)) best = start;
    if (first === "{") {
      for (let key = next(); key !== "}" && key !== ""; key = next()) {
        if (key === ",") continue;
        next();
        value(path + step(JSON.parse(key), path === ""));
      }
    } else if (first === "[") {
      let index = 0;
      for (let item = next(); item !== "]" && item !== ""; item = next()) {
        if (item !== ",") value(`${path}[${index++}]`, item);
      }
    }
  };
  value("");
  return placeOf(text, best);
}

function step(key: string, first: boolean): string {
  if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: [...(before.at(-1) ?? "")].length + 1 };
}
