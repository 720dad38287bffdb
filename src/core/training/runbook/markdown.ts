import { isGiven } from "../../lint/isGiven";

/** Longer texts are no facts for a page that is read in a hurry. */
const LONGEST = 600;

/** Text in a sentence: on one line, and nothing in it is Markdown or HTML. @param longest in characters; what is longer is cut. */
export function prose(text: string | number | boolean, longest = LONGEST): string {
  return plain(String(text), longest).replace(/[\\`*_{}[\]<>#|~!&$^()]/g, "\\$&");
}

/** Text as code, with a fence that is longer than any in it. */
export function code(text: string | number | boolean): string {
  const line = plain(String(text), LONGEST);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return line === "" ? "(nothing)" : `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines of a command, to be copied. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.map((line) => line.replace(/[\r\n]+/g, " ")).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}

/** A file beside the page as a link; what is in a store is named. */
export function link(path: string): string {
  const line = plain(path, LONGEST);
  return /^[a-z][a-z\d+.-]*:|^[\\/]/i.test(line) || /[*?]/.test(line)
    ? code(line)
    : `[${prose(line)}](<${encodeURI(line).replace(/[<>]/g, encodeURIComponent)}>)`;
}

/** A row of a table: a bar within a cell, also in code, would begin the next. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
}

/** An item of a list; nothing where there is nothing to say. */
export function item(label: string, text: string | null | undefined): readonly string[] {
  return text === null || text === undefined || text === "" ? [] : [`- **${label}:** ${text}`];
}

export function proseItem(label: string, text: string | undefined): readonly string[] {
  return item(label, isGiven(text) ? prose(text) : null);
}

export function linkItem(label: string, path: string | undefined): readonly string[] {
  return item(label, isGiven(path) ? link(path) : null);
}

function plain(text: string, longest: number): string {
  const line = text.replace(/[\p{C}\u2028\u2029\s]+/gu, " ").trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}
