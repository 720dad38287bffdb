import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { TextEdit, TextRange } from "../../base/textEdit";
import type { ConfigPath } from "../configPath";
import { commentsIn } from "../yaml/commentsIn";
import { composeYaml } from "../yaml/composeYaml";
import { explainYamlError } from "../yaml/explainYamlError";
import { YAML_LIMITS } from "../yaml/limits";
import { measure, type PlainData } from "./plainData";

/** A YAML text that was read, with the questions that an edit has about its layout. */
export class YamlText {
  readonly eol: string;
  /** Why the text cannot be edited, or null. */
  readonly problem: string | null;
  readonly data: PlainData;
  readonly #contents: Node | null;
  #comments: readonly TextRange[] | null = null;

  constructor(readonly text: string) {
    this.eol = text.includes("\r\n") ? "\r\n" : "\n";
    const read = readData(text);
    this.problem = read.ok ? null : read.why;
    this.data = read.ok ? read.data : null;
    this.#contents = read.ok ? read.contents : null;
  }

  /** The node at a path; null for a value that is not written (`key:` alone), undefined where there is none. */
  nodeAt(path: ConfigPath): Node | null | undefined {
    return path.reduce<Node | null | undefined>((node, part) => {
      if (isSeq(node) && typeof part === "number") {
        return node.items[part] as Node | null | undefined;
      }
      return isMap(node) ? (pairOf(node, String(part))?.value as Node | null | undefined) : undefined;
    }, this.#contents);
  }

  /** The comments that stand between two places, the whole of each. */
  commentsBetween(start: number, end: number): readonly string[] {
    this.#comments ??= commentsIn(this.text);
    return this.#comments
      .filter((comment) => start <= comment.start && comment.start < end)
      .map((comment) => this.text.slice(comment.start, comment.end));
  }

  /** Columns from the start of the line. */
  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  lineStart(offset: number): number {
    const start = this.text.lastIndexOf("\n", offset - 1) + 1;
    return start === 0 && this.text.startsWith("\ufeff") ? 1 : start;
  }

  /** The end of the line before its line break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end === -1 ? this.text.length : this.text[end - 1] === "\r" && end > offset ? end - 1 : end;
  }

  /** The first place after the pair's or item's content, without comments and blank lines behind it. */
  contentEnd(item: unknown): number {
    if (isPair(item)) {
      const value = item.value as Node | null;
      const end = value === null ? 0 : this.contentEnd(value);
      return Math.max(end, this.colonOf(item as Pair<Node>) + 1);
    }
    if (isCollection(item) && item.flow !== true && item.items.length > 0) {
      return this.contentEnd(item.items.at(-1));
    }
    const node = item as Node;
    const end = node.range?.[1] ?? 0;
    if (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED")) {
      // Its range holds the last line break, and blank lines that belong to it only with "+".
      const start = node.range?.[0] ?? 0;
      const keep = /^[|>]\d?\+/.test(this.text.slice(start, start + 3));
      const source = this.text.slice(start, end);
      return keep ? end - (/\r?\n$/.exec(source)?.[0].length ?? 0) : start + source.trimEnd().length;
    }
    return end;
  }

  /** The colon behind a key, or the key's last character where there is none (`{a, b}`). */
  colonOf(pair: Pair<Node>): number {
    const end = pair.key.range?.[1] ?? 0;
    const gap = /^[ \t]*:/.exec(this.text.slice(end, end + 1000));
    return gap === null ? end - 1 : end + gap[0].length - 1;
  }

  hasColon(pair: Pair<Node>): boolean {
    return this.text[this.colonOf(pair)] === ":" && this.colonOf(pair) >= (pair.key.range?.[1] ?? 0);
  }

  /** Writes a text behind a key in place of the block below it. A comment behind the key stays there. */
  pulledUp(path: ConfigPath, start: number, end: number, text: string): readonly TextEdit[] {
    const parent = this.nodeAt(path.slice(0, -1));
    const pair = isMap(parent) ? pairOf(parent, String(path.at(-1))) : undefined;
    const colon = pair === undefined ? start : this.colonOf(pair) + 1;
    const above = colon + this.text.slice(colon, start).trimEnd().length;
    const isComment = this.commentsBetween(colon, start).length > 0 && /^[ \t]*#/.test(this.text.slice(colon, above));
    const removed = { range: { start: above, end }, text: "" };
    return isComment ? [{ range: { start: colon, end: colon }, text: ` ${text}` }, removed] : [{ ...removed, text: ` ${text}` }];
  }

  /** How far the file indents blocks in blocks. */
  get step(): number {
    return this.firstStep(isMap) ?? 2;
  }

  /** How far a list's dashes stand right of its key; people write 0 or as much as blocks. */
  get listStep(): number {
    return this.firstStep(isSeq) ?? this.step;
  }

  /** Whether a part that the path goes through, or the value itself, is shared by an anchor. */
  sharedAlong(path: ConfigPath): string | null {
    for (let length = 0; length <= path.length; length++) {
      const node = this.nodeAt(path.slice(0, length));
      if (isAlias(node) && length < path.length) {
        return node.source;
      }
      const anchor = node === null || node === undefined || isAlias(node) ? undefined : (node as { anchor?: string }).anchor;
      if (anchor !== undefined && new RegExp(`\\*${anchor.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![^\\s,\\[\\]{}])`).test(this.text)) {
        return anchor;
      }
    }
    return null;
  }

  private firstStep(isKind: (node: unknown) => boolean): number | undefined {
    const visit = (node: unknown, column: number): number | undefined => {
      if (!isCollection(node) || node.flow === true) {
        return undefined;
      }
      for (const item of node.items) {
        const value = isPair(item) ? item.value : item;
        const start = isPair(item) ? ((item.key as Node).range?.[0] ?? 0) : 0;
        const own = isPair(item) ? this.column(start) : column;
        if (isPair(item) && isCollection(value) && value.flow !== true && isKind(value)) {
          const first = isMap(value) ? (value.items[0]?.key as Node | undefined)?.range?.[0] : value.range?.[0];
          if (first !== undefined) {
            const step = this.column(first) - own;
            if (step > 0 || isSeq(value)) {
              return Math.max(step, 0);
            }
          }
        }
        const below = visit(value, own);
        if (below !== undefined) {
          return below;
        }
      }
      return undefined;
    };
    return visit(this.#contents, 0);
  }
}

type Read = { readonly ok: true; readonly contents: Node | null; readonly data: PlainData } | { readonly ok: false; readonly why: string };

function readData(text: string): Read {
  const refuse = (why: string): Read => ({ ok: false, why });
  if (text.length > YAML_LIMITS.length) {
    return refuse("The file is too large to be changed.");
  }
  const composed = composeYaml(text);
  if (composed.refused !== null) {
    return refuse(composed.refused);
  }
  const { document, secondDocument } = composed;
  const [error] = document.errors;
  if (error !== undefined) {
    return refuse(`The file has an error that must be mended first: ${explainYamlError(error, text, () => undefined).message}`);
  }
  if (secondDocument !== null) {
    return refuse("The file holds several documents; change it by hand.");
  }
  const twice = doubledKey(document.contents);
  if (twice !== undefined) {
    return refuse(`The key "${twice}" is written twice in one block, which must be mended first.`);
  }
  try {
    const data = document.toJS({ mapAsMap: true, maxAliasCount: YAML_LIMITS.aliases }) as PlainData;
    return measure(data, YAML_LIMITS.nodes, YAML_LIMITS.depth * 2)
      ? { ok: true, contents: document.contents, data }
      : refuse("The file holds more values than a configuration can have.");
  } catch {
    return refuse("The file has an alias that stands for nothing, or too many of them; change it by hand.");
  }
}

/** A key that a block has twice, of which readers take one or the other. */
function doubledKey(contents: unknown): string | undefined {
  const open = [contents];
  // The list grows while it is gone through.
  for (const node of open) {
    if (!isCollection(node)) {
      continue;
    }
    const keys = new Set<string>();
    for (const item of node.items) {
      open.push(isPair(item) ? item.value : item);
      const key = isPair(item) && isScalar(item.key) ? String(item.key.value) : undefined;
      if (key !== undefined && keys.has(key)) {
        return key;
      }
      if (key !== undefined) {
        keys.add(key);
      }
    }
  }
  return undefined;
}

export function pairOf(map: YAMLMap, key: string): Pair<Node> | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key) as Pair<Node> | undefined;
}

/** Nodes of a block or list, each with the place where it starts. */
export function itemStart(item: unknown): number {
  const node = (isPair(item) ? item.key : item) as Node | null;
  return node?.range?.[0] ?? 0;
}

export type Collection = YAMLMap<Node> | YAMLSeq<Node>;
