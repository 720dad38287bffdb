import type { TextEdit } from "../../base/textEdit";
import { childrenOf, type SyntaxNode } from "./pythonTree";

/** Adds something behind the last item of a bracket (a call, a list or a dict), on a line of its own where the last one has one. */
export function appendToBracket(text: string, bracket: SyntaxNode, added: string): readonly TextEdit[] | null {
  const parts = childrenOf(bracket);
  const close = parts.at(-1);
  if (close === undefined || !/^[)\]}]$/.test(close.name)) {
    return null; // The bracket is not closed, so nobody knows where it ends.
  }
  const last = parts.at(-2);
  if (last === undefined || /^[([{]$/.test(last.name)) {
    return [insert((last ?? bracket).to === bracket.to ? bracket.from + 1 : (last ?? close).to, added)];
  }
  const hasComma = last.name === ",";
  const item = hasComma ? parts.at(-3) : last;
  const first = startOfItem(parts, item);
  const lineStart = text.lastIndexOf("\n", first - 1) + 1;
  const indent = text.slice(lineStart, first);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const isOwnLine = indent.trim() === "" && lineStart > bracket.from;
  const gap = isOwnLine ? `${eol}${indent}` : " ";
  // A comment behind the comma stays with its line.
  const at = hasComma && isOwnLine ? lineEnd(text, last.to, close.from) : last.to;
  return [insert(at, hasComma ? `${gap}${added}${isOwnLine ? "," : ""}` : `,${gap}${added}`)];
}

export function replaceNode({ from, to }: SyntaxNode, text: string): readonly TextEdit[] {
  return [{ range: { start: from, end: to }, text }];
}

/** Where the item starts that `item` is the last piece of, such as the name of a keyword argument. */
function startOfItem(parts: readonly SyntaxNode[], item: SyntaxNode | undefined): number {
  let at = item === undefined ? -1 : parts.findIndex(({ from }) => from === item.from);
  while (at > 0 && !/^[,([{]$/.test(parts[at - 1]?.name ?? "")) {
    at--;
  }
  return parts[at]?.from ?? 0;
}

function lineEnd(text: string, from: number, most: number): number {
  const end = text.indexOf("\n", from);
  const at = end === -1 ? from : text[end - 1] === "\r" ? end - 1 : end;
  return at < most ? at : from;
}

function insert(at: number, text: string): TextEdit {
  return { range: { start: at, end: at }, text };
}
