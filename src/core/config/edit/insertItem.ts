import { isMap } from "yaml";
import type { TextEdit } from "../../base/textEdit";
import type { Step } from "./resolveChange";
import { fieldAt, formsOf, type Shape } from "./shape";
import { flowPair, flowText, itemText, pairText } from "./valueText";
import { type Collection, itemStart, type YamlText } from "./yamlText";

type Put = Extract<Step, { readonly kind: "put" }>;

/** Adds a key or an item to a block that has at least one, on lines of its own. */
export function insertInBlock(yaml: YamlText, parent: Collection, step: Put, shape: Shape): readonly TextEdit[] {
  const { text, eol } = yaml;
  const after = neighbour(parent, step, shape);
  if (!isMap(parent)) {
    const dash = parent.range?.[0] ?? 0;
    const column = yaml.column(dash);
    const at = yaml.lineEnd(Math.max(yaml.contentEnd(parent.items.at(-1)), dash + 1));
    return [insert(at, `${eol}${" ".repeat(column)}- ${itemText(step.value, column + 2, yaml)}`)];
  }
  const first = itemStart(parent.items[0]);
  const column = yaml.column(first);
  const line = pairText(String(step.path.at(-1)), step.value, column, yaml);
  if (after === -1) {
    return [insert(first, `${line}${eol}${" ".repeat(column)}`)];
  }
  const end = yaml.contentEnd(parent.items[after]);
  const at = text[end - 1] === "\n" ? end : yaml.lineEnd(end);
  return [insert(at, `${eol}${" ".repeat(column)}${line}`)];
}

/** Adds a key or an item between brackets, on a line of its own where the others have one. */
export function insertInFlow(yaml: YamlText, parent: Collection, step: Put, shape: Shape): readonly TextEdit[] {
  const { text, eol } = yaml;
  const [start = 0, end = 0] = parent.range ?? [];
  const added = isMap(parent) ? flowPair(String(step.path.at(-1)), step.value) : flowText(step.value);
  if (parent.items.length === 0) {
    return text.slice(start + 1, end - 1).trim() === ""
      ? [{ range: { start: start + 1, end: end - 1 }, text: added }]
      : [insert(start + 1, added)];
  }
  const after = neighbour(parent, step, shape);
  const item = parent.items[Math.max(after, 0)];
  const itemAt = itemStart(item);
  const lead = text.slice(yaml.lineStart(itemAt), itemAt);
  const isOwnLine = lead.trim() === "" && yaml.lineStart(itemAt) > start;
  const lineBreak = isOwnLine ? `${eol}${lead}` : " ";
  if (after === -1) {
    return [insert(itemAt, `${added},${lineBreak}`)];
  }
  const itemEnd = yaml.contentEnd(item);
  const comma = commaAfter(text, itemEnd, end - 1);
  if (comma === null) {
    const lineEnd = yaml.lineEnd(itemEnd);
    return isOwnLine && lineEnd < end
      ? [insert(itemEnd, ","), insert(lineEnd, `${lineBreak}${added}`)]
      : [insert(itemEnd, `,${lineBreak}${added}`)];
  }
  const restOfLine = text.slice(comma + 1, yaml.lineEnd(comma));
  const isLineDone = isOwnLine && /^\s*(#.*)?$/.test(restOfLine) && yaml.lineEnd(comma) < end;
  return isLineDone ? [insert(yaml.lineEnd(comma), `${lineBreak}${added},`)] : [insert(comma + 1, `${lineBreak}${added},`)];
}

/** The index of the item to come after: the nearest that the schema names before it, else the last. -1 to come first. */
function neighbour(parent: Collection, { path }: Put, shape: Shape): number {
  const last = parent.items.length - 1;
  const { object } = formsOf(fieldAt(shape, path.slice(0, -1)));
  if (!isMap(parent) || object === undefined) {
    return last;
  }
  const order = new Map([...Object.keys(object.fields)].map((key, index) => [key, index]));
  // What stands for a part at the top comes where that part would.
  const placeOf = (key: string): number | undefined =>
    order.get(key) ?? (path.length === 1 ? order.get(String(shape.aliases.find(({ from }) => from === key)?.to[0] ?? "")) : undefined);
  const own = placeOf(String(path.at(-1)));
  if (own === undefined) {
    return last;
  }
  let best = -1;
  let bestPlace = -1;
  for (const [index, pair] of parent.items.entries()) {
    const place = placeOf(String(pair.key));
    if (place !== undefined && place <= own && place >= bestPlace) {
      best = index;
      bestPlace = place;
    }
  }
  return best;
}

/** The comma behind an item, past blanks and comments; null where none comes before the bracket. */
function commaAfter(text: string, from: number, until: number): number | null {
  const gap = /^(?:\s|(?<=\s)#[^\n]*)*/.exec(text.slice(from, until))?.[0].length ?? 0;
  return text[from + gap] === "," && from + gap < until ? from + gap : null;
}

function insert(at: number, text: string): TextEdit {
  return { range: { start: at, end: at }, text };
}
