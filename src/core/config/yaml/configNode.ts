import type { TextRange } from "../../base/textEdit";

/** A YAML value with its place. Anchors, aliases, merge keys and includes are resolved, so that nobody behind needs to know of them. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

interface NodeBase {
  /** Of the value without its key; for borrowed values the alias or the `$include` that brings them. */
  readonly range: TextRange;
  /** Where the value really stands, in words, e.g. `the anchor "&x"`; null where it stands at `range`. */
  readonly borrowed: string | null;
  /** Nodes in this value, itself included: an alias copies as many. */
  readonly size: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  /** As YAML 1.2 reads it. Dates stay text. */
  readonly value: string | number | boolean | null;
  /** The text without quotes, so that `1.10` can be told from `1.1`. */
  readonly source: string;
  /** Written without quotes, so that tools may read it as something else than text. */
  readonly plain: boolean;
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly ConfigNode[];
  readonly flow: boolean;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
  readonly flow: boolean;
}

export interface MapEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  /** Written without quotes. */
  readonly plainKey: boolean;
  /** False for a word in `{…}` that has no colon, which mostly comes from a comma in a text without quotes. */
  readonly hasColon: boolean;
  readonly value: ConfigNode;
}

/**
 * The same value as if it were written at another place.
 * @param where says where a part really stands.
 */
export function borrow(node: ConfigNode, range: TextRange, where: (node: ConfigNode) => string): ConfigNode {
  const base = { range, borrowed: node.borrowed ?? where(node) };
  switch (node.kind) {
    case "scalar":
      return { ...node, ...base };
    case "list":
      return { ...node, ...base, items: node.items.map((item) => borrow(item, range, where)) };
    case "map":
      return {
        ...node,
        ...base,
        entries: node.entries.map((entry) => ({ ...entry, keyRange: range, value: borrow(entry.value, range, where) })),
      };
  }
}

export function entryOf(node: MapNode, key: string): MapEntry | undefined {
  return node.entries.find((entry) => entry.key === key);
}

/** The value as plain data. Keys such as `__proto__` become ordinary keys. */
export function toData(node: ConfigNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toData);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toData(value)]));
  }
}
