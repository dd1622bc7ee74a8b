import type { Problem } from "../index.js";
import type { Named } from "./cards.js";
import { locate } from "./locate.js";
import type { Terminal } from "./terminal.js";
import { cut, visible, width } from "./text.js";
import type { Given } from "./usage.js";

/** The problem with its line and column, where its card has a text. */
export function placed(problem: Problem, { text }: Named): Problem {
  if (text === undefined || problem.line !== undefined) return problem;
  return { ...problem, ...locate(text, problem.path) };
}

/** A line as a compiler writes it; on a terminal also what it is about, with a caret below. */
export function lines(problem: Problem, card: Named, to: Terminal, warning = false): string[] {
  const { code, path, message, line, column } = problem;
  const where = line === undefined ? `${visible(card.name)}:` : `${visible(card.name)}:${line}:${column}`;
  const parts = [
    to.paint(where, "bold"),
    ...(warning ? [to.paint("warning:", "yellow")] : []),
    ...(path === "" ? [] : [`${visible(path)}:`]),
    visible(message),
    to.paint(`(${code})`, "dim"),
  ];
  const source = line === undefined ? undefined : card.text?.split("\n")[line - 1]?.replace(/\r$/, "");
  if (!to.interactive || source === undefined || column === undefined) return [parts.join(" ")];
  const characters = [...source];
  const before = characters.slice(0, column - 1).join("");
  return [parts.join(" "), ...excerpt(before, characters.slice(column - 1).join(""), `${line} | `, to, warning)];
}

/** What is wrong with a usage, said of the card that refused it; on a terminal with the argument it is about. */
export function usageLines(problem: Problem, card: Named, given: readonly Given[], to: Terminal): string[] {
  const said = lines(problem, card, to);
  const [, key, item] = /^([^.[]*)(?:\[(\d+)\])?/.exec(problem.path) ?? [];
  const about = given.find((argument) => argument.key === key);
  if (!to.interactive || about === undefined) return said;
  const items = about.value.split(",");
  const atValue = about.argument.length - about.value.length;
  const at =
    problem.code === "unknown_input"
      ? 0
      : atValue + (item === undefined ? 0 : items.slice(0, Number(item)).join(",").length + (item === "0" ? 0 : 1));
  return [...said, ...excerpt(about.argument.slice(0, at), about.argument.slice(at), "  ", to)];
}

const CONTEXT = 40;

function excerpt(before: string, after: string, margin: string, to: Terminal, warning = false): string[] {
  const columns = (to.columns ?? 100) - margin.length;
  let left = visible(before.replaceAll("\t", "  "));
  if (width(left) > columns - CONTEXT) {
    const kept = [...left].slice(-CONTEXT).join("");
    left = `…${kept}`;
  }
  const right = cut(visible(after.replaceAll("\t", "  ")), Math.max(columns - width(left), 1));
  const caret = `${" ".repeat(margin.length + width(left))}${to.paint("^", warning ? "yellow" : "red", "bold")}`;
  return [`${to.paint(margin, "dim")}${left}${right}`, caret];
}
