import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from "yaml";

import type { TextEdit, TextRange } from "../../base/textEdit";
import type { ConfigProblem } from "../configFile";
import { borrow } from "./configNode";
import type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from "./configNode";
import { includePath } from "./includePath";
import { YAML_LIMITS } from "./limits";
import { lineCounter } from "./lineCounter";
import { losesDigits, quoteYaml } from "./plainWords";
import { removeEntry } from "./removeEntry";
import { shorten } from "./shorten";

/**
 * Reads another file.
 * @param path relative to the folder of the file that began, with forward slashes; the host decides whether it lies in the workspace.
 */
export type Include = (path: string) => string | { readonly error: string };

/** A text as nodes; `root` is null where nothing can be read. */
export interface ReadYaml {
  readonly root: MapNode | null;
  readonly problems: readonly ConfigProblem[];
}

/** What all files of one reading share. */
export interface ReadBudget {
  nodes: number;
  lexemes: number;
  files: number;
  readonly include: Include | undefined;
  /** Files that are being included, outermost first. */
  readonly chain: readonly string[];
}

const AUTHOR_KNOWS = "Only the author can know what was meant here.";

/** Turns the library's nodes into ours: resolves anchors, merge keys and includes, and finds keys that cannot be read. */
export class NodeReader {
  readonly problems: ConfigProblem[] = [];
  readonly #text: string;
  readonly #budget: ReadBudget;
  readonly #repaired: ReadonlyMap<number, string>;
  readonly #readFile: (text: string, budget: ReadBudget) => ReadYaml;
  readonly #anchors = new Map<string, { readonly node: ConfigNode; readonly aliases: number } | "open">();
  #aliases = 0;
  #full = false;

  /**
   * @param repaired texts without needed quotes, by offset: the library saw harmless letters in their place.
   * @param readFile reads the text of an included file.
   */
  constructor(
    text: string,
    budget: ReadBudget,
    repaired: ReadonlyMap<number, string>,
    readFile: (text: string, budget: ReadBudget) => ReadYaml,
  ) {
    this.#text = text;
    this.#budget = budget;
    this.#repaired = repaired;
    this.#readFile = readFile;
  }

  readRoot(contents: unknown): MapNode | null {
    const root = contents === null || contents === undefined ? undefined : this.#read(contents as ParsedNode);
    if (root === undefined || (root.kind === "scalar" && root.value === null)) {
      this.#report({ start: 0, end: 0 }, "This file is empty.", [], "Only the author can know what it shall hold.");
      return null;
    }
    if (root.kind !== "map") {
      this.#report(root.range, "A file like this consists of keys with values, such as `name: churn-model`.", [], AUTHOR_KNOWS);
      return null;
    }
    return root;
  }

  get #isFull(): boolean {
    return this.problems.length >= YAML_LIMITS.fieldProblems;
  }

  #report(range: TextRange, message: string, fixes: ConfigProblem["fixes"], noFix: string): void {
    if (this.#isFull) {
      return;
    }
    this.problems.push({ range, message, fixes, noFix: fixes.length === 0 ? noFix : null });
  }

  #read(node: ParsedNode): ConfigNode {
    if (!this.#take(1, this.#rangeOf(node))) {
      return this.#nothing(this.#rangeOf(node));
    }
    if (isAlias(node)) {
      return this.#readAlias(node);
    }
    const anchor = node.anchor;
    const aliasesBefore = this.#aliases;
    if (anchor !== undefined) {
      this.#anchors.set(anchor, "open");
    }
    const read = isMap(node) ? this.#readMap(node) : isSeq(node) ? this.#readList(node) : this.#readScalar(node);
    if (anchor !== undefined) {
      this.#anchors.set(anchor, { node: read, aliases: this.#aliases - aliasesBefore });
    }
    return read;
  }

  /** Takes so many nodes from what all files together may have; says so once when it is used up. */
  #take(nodes: number, range: TextRange): boolean {
    if (this.#budget.nodes + nodes <= YAML_LIMITS.nodes) {
      this.#budget.nodes += nodes;
      return true;
    }
    if (!this.#full) {
      this.#full = true;
      this.#report(range, "From here on there are more values than a configuration can have, so they are not read.", [], AUTHOR_KNOWS);
    }
    return false;
  }

  #nothing(range: TextRange): ScalarNode {
    return { kind: "scalar", value: null, source: "", plain: true, range, borrowed: null, size: 1 };
  }

  #rangeOf(node: { readonly range?: readonly [number, number, number] | null | undefined }): TextRange {
    const length = this.#text.length;
    const start = Math.min(node.range?.[0] ?? 0, length);
    return { start, end: Math.max(start, Math.min(node.range?.[1] ?? start, length)) };
  }

  #readScalar(node: Scalar.Parsed): ScalarNode {
    const range = this.#rangeOf(node);
    const original = this.#repaired.get(range.start);
    if (original !== undefined) {
      return { kind: "scalar", value: original, source: original, plain: false, range, borrowed: null, size: 1 };
    }
    const value: unknown = node.value;
    const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
    const plain = node.type === "PLAIN" && node.tag === undefined;
    const source = node.source;
    return { kind: "scalar", value: known ? value : source, source, plain, range, borrowed: null, size: 1 };
  }

  #readList(node: YAMLSeq.Parsed): ListNode {
    const items = node.items.map((item) => this.#read(item));
    const range = this.#trimmed(this.#rangeOf(node));
    return { kind: "list", items, flow: node.flow === true, range, borrowed: null, size: 1 + sum(items) };
  }

  #readMap(node: YAMLMap.Parsed): MapNode {
    const flow = node.flow === true;
    const range = this.#trimmed(this.#rangeOf(node));
    const own: MapEntry[] = [];
    const borrowed: MapEntry[] = [];
    const keys = new Set<string>();
    for (const pair of node.items) {
      const keyNode = pair.key as ParsedNode | null;
      const keyRange = keyNode === null ? { start: range.start, end: range.start } : this.#rangeOf(keyNode);
      const hasColon = pair.value !== null || !flow;
      const value = pair.value === null ? this.#nothing({ start: keyRange.end, end: keyRange.end }) : this.#read(pair.value);
      const key = this.#readKey(keyNode, keyRange);
      if (key === undefined) {
        continue;
      }
      const plainKey = keyNode !== null && isScalar(keyNode) && keyNode.type === "PLAIN";
      if (plainKey && key === "<<") {
        borrowed.push(...this.#readMerge(value));
      } else if (key === "$include") {
        borrowed.push(...this.#readInclude(value));
      } else if (keys.has(key)) {
        if (this.#isFull) {
          continue;
        }
        const edit = removeEntry(this.#text, { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) }, flow);
        const message = `The key "${shorten(key)}" is written twice in this block; only the first counts.`;
        this.#report(keyRange, message, [{ title: "Remove this one", edits: [edit], safe: false }], AUTHOR_KNOWS);
      } else {
        keys.add(key);
        own.push({ key, keyRange, plainKey, hasColon, value });
      }
    }
    const added = borrowed.filter(({ key }) => {
      const isNew = !keys.has(key);
      keys.add(key);
      return isNew;
    });
    const entries = [...own, ...added];
    return { kind: "map", entries, flow, range, borrowed: null, size: 1 + sum(entries.map(({ value }) => value)) };
  }

  /** A key as text; undefined where it is none. */
  #readKey(node: ParsedNode | null, range: TextRange): string | undefined {
    if (node !== null && isScalar(node)) {
      const { value, source, type } = node;
      if (typeof value === "string") {
        return this.#repaired.get(range.start) ?? value;
      }
      if (typeof value === "number" || typeof value === "boolean") {
        if (type === "PLAIN" && typeof value === "number" && losesDigits(value, source)) {
          const message = `As a number, the key ${shorten(source)} would lose digits; as text it needs quotes.`;
          this.#report(range, message, [{ title: "Put the key in quotes", edits: [quoteEdit(range, source)], safe: true }], AUTHOR_KNOWS);
        }
        return source;
      }
    }
    this.#report(range, "A key must be a word, not a block, an alias or nothing.", [], AUTHOR_KNOWS);
    return undefined;
  }

  #readAlias(node: Alias.Parsed): ConfigNode {
    const range = this.#rangeOf(node);
    const name = node.source;
    const target = this.#anchors.get(name);
    if (target === undefined) {
      this.#report(range, `Nothing above is marked with the anchor "&${shorten(name)}".`, [], AUTHOR_KNOWS);
      return this.#nothing(range);
    }
    if (target === "open") {
      this.#report(range, `The alias "*${shorten(name)}" stands inside of what it repeats.`, [], AUTHOR_KNOWS);
      return this.#nothing(range);
    }
    // A copy counts as many uses as it holds, so that aliases of aliases cannot multiply.
    this.#aliases += 1 + target.aliases;
    if (this.#aliases > YAML_LIMITS.aliases) {
      this.#report(range, `Aliases may repeat at most ${YAML_LIMITS.aliases} values, so this one is not read.`, [], AUTHOR_KNOWS);
      return this.#nothing(range);
    }
    return this.#take(target.node.size, range) ? borrow(target.node, range, () => `the anchor "&${shorten(name)}"`) : this.#nothing(range);
  }

  #readMerge(value: ConfigNode): readonly MapEntry[] {
    const parts = value.kind === "list" ? value.items : [value];
    const maps = parts.filter((part) => part.kind === "map");
    if (maps.length < parts.length) {
      this.#report(value.range, 'After "<<:" stands an alias of a block, or a list of them.', [], AUTHOR_KNOWS);
    }
    return maps.flatMap(({ entries }) => entries);
  }

  #readInclude(value: ConfigNode): readonly MapEntry[] {
    const { range } = value;
    const fail = (message: string) => {
      this.#report(range, message, [], "Only the author can know which file is meant.");
      return [];
    };
    if (value.kind !== "scalar" || typeof value.value !== "string") {
      return value.kind === "scalar" && value.value === null ? [] : fail("After `$include:` stands the path of one file.");
    }
    const { include, chain } = this.#budget;
    const path = includePath(value.value, chain.at(-1) ?? "");
    if (path === undefined) {
      return fail("`$include` takes a path that is relative to this file, with forward slashes.");
    }
    if (chain.includes(path)) {
      return fail(`"${shorten(path)}" includes itself (${[...chain, path].map(shorten).join(" → ")}).`);
    }
    if (chain.length >= YAML_LIMITS.includes) {
      return fail(`More than ${YAML_LIMITS.includes} files include each other, so this one is not read.`);
    }
    this.#budget.files += 1;
    if (this.#budget.files > YAML_LIMITS.includedFiles) {
      return fail(`More than ${YAML_LIMITS.includedFiles} files are included, so this one is not read.`);
    }
    const text = include?.(path) ?? { error: "Other files cannot be read here." };
    if (typeof text !== "string") {
      return fail(`"${shorten(path)}" cannot be included: ${text.error}`);
    }
    const budget: ReadBudget = { ...this.#budget, chain: [...chain, path] };
    const read = this.#readFile(text, budget);
    const { nodes, lexemes, files } = budget;
    Object.assign(this.#budget, { nodes, lexemes, files });
    const lines = lineCounter(text);
    const lineOf = (offset: number) => `${shorten(path)}, line ${lines(offset)}`;
    for (const problem of read.problems.slice(0, 10)) {
      const message = `In ${lineOf(problem.range.start)}: ${problem.message}`;
      this.#report(range, message, [], `It must be mended in ${shorten(path)}.`);
    }
    const root = read.root === null ? null : borrow(read.root, range, (node) => lineOf(node.range.start));
    return root?.kind === "map" ? root.entries : [];
  }

  /** The library counts line ends and comments after a block as part of it. */
  #trimmed(range: TextRange): TextRange {
    let { end } = range;
    while (end > range.start && /\s/.test(this.#text[end - 1] ?? "")) {
      end -= 1;
    }
    return { start: range.start, end };
  }
}

function sum(nodes: readonly ConfigNode[]): number {
  return nodes.reduce((total, { size }) => total + size, 0);
}

function quoteEdit(range: TextRange, source: string): TextEdit {
  return { range, text: quoteYaml(source) };
}
