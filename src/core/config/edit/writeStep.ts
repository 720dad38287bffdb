import { isCollection, isMap, isScalar, type Node } from "yaml";
import type { TextEdit } from "../../base/textEdit";
import type { ConfigValue } from "../../lint/fix";
import { type ConfigPath, pathText } from "../configPath";
import { insertInBlock, insertInFlow } from "./insertItem";
import { deleteItem } from "./deleteItem";
import type { Step } from "./resolveChange";
import type { Written } from "./written";
import { type QuoteStyle, scalarText } from "./scalarText";
import type { Shape } from "./shape";
import { flowText, inlineText, linesBelow, pairText } from "./valueText";
import { type Collection, pairOf, type YamlText } from "./yamlText";

/** Writes one step into a YAML text. */
export function writeStep(yaml: YamlText, step: Step, shape: Shape): Written {
  const anchor = yaml.sharedAlong(step.kind === "put" ? step.path : step.path.slice(0, -1));
  if (anchor !== null) {
    return { ok: false, why: `${pathText(step.path)} is shared with other places through the anchor "&${anchor}"; change it by hand.` };
  }
  const parentPath = step.path.slice(0, -1);
  const parent = yaml.nodeAt(parentPath);
  const last = step.path.at(-1);
  if (step.kind === "put" && step.path.length === 1 && (parent === null || isEmptyScalar(parent))) {
    return done(atEnd(yaml, pairText(String(last), step.value, 0, yaml)));
  }
  if (last === undefined || !isCollection(parent)) {
    return { ok: false, why: `${pathText(parentPath)} is no block that can be changed.` };
  }
  const inFlow = step.path.some((_, index) => isFlow(yaml.nodeAt(step.path.slice(0, index))));
  switch (step.kind) {
    case "put":
      return yaml.nodeAt(step.path) === undefined
        ? done(inFlow ? insertInFlow(yaml, parent as Collection, step, shape) : insertInBlock(yaml, parent as Collection, step, shape))
        : replace(yaml, step.path, step.value, inFlow);
    case "rename": {
      const key = isMap(parent) ? pairOf(parent, String(last))?.key : undefined;
      const [start = 0, end = 0] = key?.range ?? [];
      return done([{ range: { start, end }, text: scalarText(step.key, inFlow, styleOf(key)) }]);
    }
    case "delete":
      return deleteItem(yaml, parent as Collection, parentPath, last);
  }
}

function replace(yaml: YamlText, path: ConfigPath, value: ConfigValue, inFlow: boolean): Written {
  const node = yaml.nodeAt(path) ?? null;
  const column = ownColumn(yaml, path);
  const [start = 0] = node?.range ?? [];
  const inline = inFlow ? flowText(value, styleOf(node)) : inlineText(value, styleOf(node));
  const text = inline ?? linesBelow(value, column, yaml);
  const isList = typeof path.at(-1) === "number";
  if (node === null || isEmptyScalar(node)) {
    return done(fill(yaml, path, text, inline === null));
  }
  const end = yaml.contentEnd(node);
  const old = yaml.text.slice(start, end);
  if ((isCollection(node) || /^[|>]/.test(old)) && yaml.commentsBetween(start, end).length > 0) {
    return { ok: false, why: `${pathText(path)} holds comments that would be lost; change it by hand.` };
  }
  if (inline === null && isList) {
    // An item of several lines is written as one line instead, because its dash is where it is.
    return done([{ range: { start, end }, text: flowText(value) }]);
  }
  // What stands on lines of its own goes up behind its key, and the other way round.
  const isBelow = isCollection(node) && node.flow !== true && !isList;
  const gap = /\s*$/.exec(yaml.text.slice(0, start))?.[0].length ?? 0;
  if (inline === null) {
    return yaml.lineEnd(end) === end || isBelow
      ? done([{ range: { start: start - gap, end }, text }])
      : done([
          { range: { start: start - gap, end }, text: "" },
          { range: { start: yaml.lineEnd(end), end: yaml.lineEnd(end) }, text },
        ]);
  }
  return done(isBelow ? yaml.pulledUp(path, start, end, text) : [{ range: { start, end }, text }]);
}

/** Writes a value where a key or dash stands alone. */
function fill(yaml: YamlText, path: ConfigPath, text: string, isBelow: boolean): readonly TextEdit[] {
  const parent = yaml.nodeAt(path.slice(0, -1));
  const pair = isMap(parent) ? pairOf(parent, String(path.at(-1))) : undefined;
  if (pair === undefined) {
    const at = yaml.nodeAt(path)?.range?.[0] ?? 0;
    const dash = /-[ \t]*$/.exec(yaml.text.slice(yaml.lineStart(at), at));
    return [{ range: { start: dash === null ? at : at - dash[0].length + 1, end: at }, text: ` ${text}` }];
  }
  const at = yaml.colonOf(pair) + 1;
  if (!yaml.hasColon(pair)) {
    return [{ range: { start: at, end: at }, text: `: ${text}` }];
  }
  const lineEnd = yaml.lineEnd(at);
  const restOfLine = yaml.text.slice(at, lineEnd);
  if (isBelow) {
    return [{ range: { start: lineEnd, end: lineEnd }, text }];
  }
  return restOfLine.trim() === ""
    ? [{ range: { start: at, end: lineEnd }, text: ` ${text}` }]
    : [{ range: { start: at, end: at }, text: ` ${text}` }];
}

/** Adds a line to a file without content. */
function atEnd(yaml: YamlText, line: string): readonly TextEdit[] {
  const end = yaml.text.length;
  const needsBreak = end > 0 && !/[\n\ufeff]$/.test(yaml.text);
  return [{ range: { start: end, end }, text: `${needsBreak ? yaml.eol : ""}${line}${yaml.eol}` }];
}

/** The column of the key or dash that the value belongs to. */
function ownColumn(yaml: YamlText, path: ConfigPath): number {
  const parent = yaml.nodeAt(path.slice(0, -1));
  const key = isMap(parent) ? pairOf(parent, String(path.at(-1)))?.key : null;
  return yaml.column(key?.range?.[0] ?? 0);
}

function styleOf(node: Node | null | undefined): QuoteStyle {
  const type = isScalar(node) ? node.type : undefined;
  return type === "QUOTE_DOUBLE" ? "double" : type === "QUOTE_SINGLE" ? "single" : "plain";
}

function isFlow(node: Node | null | undefined): boolean {
  return isCollection(node) && node.flow === true;
}

function isEmptyScalar(node: Node | null | undefined): boolean {
  return node === null || (isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1]);
}

function done(edits: readonly TextEdit[]): Written {
  return { ok: true, edits };
}
