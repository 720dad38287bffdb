import { isMap } from "yaml";
import { type ConfigPath, pathText } from "../configPath";
import type { Written } from "./written";
import { type Collection, itemStart, pairOf, type YamlText } from "./yamlText";

/** Takes a key with its value, or an item, out of a block or brackets. Comments that stood beside or in it stay, on lines of their own. */
export function deleteItem(yaml: YamlText, parent: Collection, parentPath: ConfigPath, part: string | number): Written {
  const index = isMap(parent) ? parent.items.indexOf(pairOf(parent, String(part)) as never) : Number(part);
  const item = parent.items[index];
  if (item === undefined) {
    return { ok: true, edits: [] };
  }
  if (parent.items.length === 1) {
    return emptied(yaml, parent, parentPath);
  }
  return parent.flow === true ? fromFlow(yaml, parent, index) : fromBlock(yaml, parent, index);
}

/** The last one leaves empty brackets, because a key alone would mean nothing at all. */
function emptied(yaml: YamlText, parent: Collection, parentPath: ConfigPath): Written {
  const [start = 0] = parent.range ?? [];
  const end = yaml.contentEnd(parent);
  if (yaml.commentsBetween(start, end).length > 0) {
    return {
      ok: false,
      why: `${parentPath.length === 0 ? "The file" : pathText(parentPath)} holds comments that would be lost; change it by hand.`,
    };
  }
  const brackets = isMap(parent) ? "{}" : "[]";
  const isBelow = parent.flow !== true && typeof parentPath.at(-1) === "string";
  return isBelow ? { ok: true, edits: yaml.pulledUp(parentPath, start, end, brackets) } : done(start, end, brackets);
}

function fromFlow(yaml: YamlText, parent: Collection, index: number): Written {
  const { text } = yaml;
  const item = parent.items[index];
  const before = parent.items[index - 1];
  const next = parent.items[index + 1];
  const own = itemStart(item);
  const lines = next === undefined ? null : ownLines(yaml, own, itemStart(next));
  if (lines !== null && lines.start > (parent.range?.[0] ?? 0)) {
    return withComments(yaml, lines.start, lines.end, own);
  }
  const start = before === undefined ? own : yaml.contentEnd(before);
  const end = before === undefined && next !== undefined ? itemStart(next) : yaml.contentEnd(item);
  return yaml.commentsBetween(start, end).length > 0
    ? { ok: false, why: "Comments stand between the brackets that would be lost; change it by hand." }
    : done(start, Math.max(end, text[end] === "," && before === undefined ? end + 1 : end), "");
}

/** The lines of an item that shares none with others. */
function ownLines(yaml: YamlText, start: number, next: number): { readonly start: number; readonly end: number } | null {
  const lineStart = yaml.lineStart(start);
  const nextLine = yaml.lineStart(next);
  const isAlone = yaml.text.slice(lineStart, start).trim() === "" && yaml.text.slice(nextLine, next).trim() === "" && nextLine > start;
  return isAlone ? { start: lineStart, end: nextLine } : null;
}

function fromBlock(yaml: YamlText, parent: Collection, index: number): Written {
  const { text } = yaml;
  const item = parent.items[index];
  const dash = /-[ \t]*$/;
  const own = itemStart(item);
  // An item of a list starts at its dash, and the first key behind a dash shares the dash's line.
  const lineLead = text.slice(yaml.lineStart(own), own);
  const end = yaml.contentEnd(item);
  if (isMap(parent) && index === 0 && lineLead.trim() !== "") {
    const next = itemStart(parent.items[1]);
    const lineBreak = `${yaml.eol}${" ".repeat(yaml.column(own))}`;
    return done(
      own,
      next,
      yaml
        .commentsBetween(own, next)
        .map((comment) => `${comment}${lineBreak}`)
        .join(""),
    );
  }
  if (!isMap(parent) && !dash.test(lineLead)) {
    return { ok: false, why: "The item stands apart from its dash; change it by hand." };
  }
  const start = isMap(parent) ? own : own - (dash.exec(lineLead)?.[0].length ?? 0);
  const parentStart = parent.range?.[0] ?? 0;
  if (!isMap(parent) && index === 0 && text.slice(yaml.lineStart(parentStart), parentStart).trim() !== "") {
    return { ok: false, why: "The item shares its line with another dash; change it by hand." };
  }
  const after = text.indexOf("\n", yaml.lineEnd(end));
  return withComments(yaml, yaml.lineStart(start), after === -1 ? text.length : after + 1, start);
}

/** Takes whole lines out, but for the comments on them, which move to the column of what was taken. */
function withComments(yaml: YamlText, start: number, end: number, own: number): Written {
  const { text, eol } = yaml;
  const comments = yaml.commentsBetween(start, end).map((comment) => `${" ".repeat(yaml.column(own))}${comment}`);
  if (end < text.length || text.endsWith("\n")) {
    return done(start, end, comments.map((line) => `${line}${eol}`).join(""));
  }
  // At the end of a text without a last line break the break before goes.
  return comments.length > 0 ? done(start, end, comments.join(eol)) : done(start - lineBreakBefore(text, start), end, "");
}

function lineBreakBefore(text: string, lineStart: number): number {
  return /\r?\n$/.exec(text.slice(Math.max(0, lineStart - 2), lineStart))?.[0].length ?? 0;
}

function done(start: number, end: number, text: string): Written {
  return { ok: true, edits: [{ range: { start, end }, text }] };
}
