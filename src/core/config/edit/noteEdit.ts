import { isCollection, isMap, isScalar } from "yaml";
import type { TextEdit } from "../../base/textEdit";
import type { ConfigPath } from "../configPath";
import { pairOf, type YamlText } from "./yamlText";

/**
 * Writes a comment at the end of the line where a value begins or, in brackets, where the brackets end. None where something stands
 * there already: what a person wrote says more.
 */
export function noteEdit(yaml: YamlText, path: ConfigPath, comment: string): readonly TextEdit[] {
  const from = noteStart(yaml, path);
  const note = comment.replace(/\s+/g, " ").trim();
  if (from === null || note === "") {
    return [];
  }
  const lineEnd = yaml.lineEnd(from);
  const rest = yaml.text.slice(from, lineEnd);
  return /^[\s,\]}]*$/.test(rest) ? [{ range: { start: from + rest.trimEnd().length, end: lineEnd }, text: ` # ${note}` }] : [];
}

function noteStart(yaml: YamlText, path: ConfigPath): number | null {
  const node = yaml.nodeAt(path);
  const lines = path.map((_, index) => yaml.nodeAt(path.slice(0, index + 1)));
  const brackets = lines.find((one) => isCollection(one) && one.flow === true);
  if (brackets?.range) {
    const [start, end] = brackets.range;
    return yaml.lineStart(start) === yaml.lineStart(end) ? end : yaml.contentEnd(node);
  }
  const isBelow = isCollection(node) || (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED"));
  if (!isBelow) {
    return yaml.contentEnd(node);
  }
  const parent = yaml.nodeAt(path.slice(0, -1));
  const pair = isMap(parent) ? pairOf(parent, String(path.at(-1))) : undefined;
  return isCollection(node) && pair !== undefined ? yaml.colonOf(pair) + 1 : null;
}
