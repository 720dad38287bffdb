import { isMap } from "yaml";
import { type ConfigPath, pathText } from "../configPath";
import { type Collection, itemStart, pairOf, type YamlText } from "./yamlText";
import type { Written } from "./writeStep";

/** Takes a key with its value, or an item, out of a block or brackets. */
export function deleteItem(yaml: YamlText, parent: Collection, parentPath: ConfigPath, part: string | number): Written {
  const index = isMap(parent) ? parent.items.indexOf(pairOf(parent, String(part)) as never) : Number(part);
  const item = parent.items[index];
  const [parentStart = 0] = parent.range ?? [];
  if (item === undefined) {
    return { ok: true, edits: [] };
  }
  if (parent.items.length === 1) {
    return emptied(yaml, parent, parentPath);
  }
  return parent.flow === true ? fromFlow(yaml, parent, index) : fromBlock(yaml, parent, index, parentStart);
}

/** The last one leaves empty brackets, because a key alone would mean nothing at all. */
function emptied(yaml: YamlText, parent: Collection, parentPath: ConfigPath): Written {
  const [start = 0] = parent.range ?? [];
  const end = yaml.contentEnd(parent);
  if (/(^|\s)#/.test(yaml.text.slice(start, end))) {
    return { ok: false, why: `${pathText(parentPath)} holds comments that would be lost; change it by hand.` };
  }
  const brackets = isMap(parent) ? "{}" : "[]";
  const isBelow = parent.flow !== true && parentPath.length > 0 && typeof parentPath.at(-1) === "string";
  const gap = isBelow ? (/\s*$/.exec(yaml.text.slice(0, start))?.[0].length ?? 0) : 0;
  return { ok: true, edits: [{ range: { start: start - gap, end }, text: isBelow ? ` ${brackets}` : brackets }] };
}

function fromFlow(yaml: YamlText, parent: Collection, index: number): Written {
  const { text } = yaml;
  const item = parent.items[index];
  const before = parent.items[index - 1];
  const next = parent.items[index + 1];
  const start = before === undefined ? itemStart(item) : yaml.contentEnd(before);
  const end = before === undefined && next !== undefined ? itemStart(next) : yaml.contentEnd(item);
  const taken = text.slice(start, end);
  return /(^|\s)#/.test(taken)
    ? { ok: false, why: "Comments stand between the brackets that would be lost; change it by hand." }
    : { ok: true, edits: [{ range: { start, end }, text: "" }] };
}

function fromBlock(yaml: YamlText, parent: Collection, index: number, parentStart: number): Written {
  const { text } = yaml;
  const item = parent.items[index];
  const dash = /-[ \t]*$/;
  const own = itemStart(item);
  // An item of a list starts at its dash, and the first key behind a dash shares the dash's line.
  const lineLead = text.slice(yaml.lineStart(own), own);
  const end = yaml.contentEnd(item);
  if (isMap(parent) && index === 0 && lineLead.trim() !== "") {
    const next = itemStart(parent.items[1]);
    return /(^|\s)#/.test(text.slice(end, next))
      ? { ok: false, why: "A comment stands behind the key that would be lost; change it by hand." }
      : { ok: true, edits: [{ range: { start: own, end: next }, text: "" }] };
  }
  if (!isMap(parent) && !dash.test(lineLead)) {
    return { ok: false, why: "The item stands apart from its dash; change it by hand." };
  }
  const start = isMap(parent) ? own : own - (dash.exec(lineLead)?.[0].length ?? 0);
  if (!isMap(parent) && index === 0 && text.slice(yaml.lineStart(parentStart), parentStart).trim() !== "") {
    return { ok: false, why: "The item shares its line with another dash; change it by hand." };
  }
  const lineEnd = yaml.lineEnd(end);
  const lineStart = yaml.lineStart(start);
  const after = text.indexOf("\n", lineEnd);
  return after === -1
    ? { ok: true, edits: [{ range: { start: Math.max(lineStart - lineBreakBefore(text, lineStart), 0), end: lineEnd }, text: "" }] }
    : { ok: true, edits: [{ range: { start: lineStart, end: after + 1 }, text: "" }] };
}

function lineBreakBefore(text: string, lineStart: number): number {
  return /\r?\n$/.exec(text.slice(Math.max(0, lineStart - 2), lineStart))?.[0].length ?? 0;
}
