import type { ConfigPath } from "../configPath";
import type { ConfigNode } from "./configNode";

export interface FoundNode {
  /** Of the value; of a key the block that holds it. */
  readonly path: ConfigPath;
  readonly isKey: boolean;
  /** The other keys of that block. */
  readonly siblings: readonly string[];
  /** Within `{…}` or `[…]`. */
  readonly inFlow: boolean;
  /** A key in square brackets without braces around it: `[key: value]`. */
  readonly isLonePair: boolean;
}

/** The first key or text that fits. */
export function findNode(
  node: ConfigNode,
  fits: (written: string) => boolean,
  path: ConfigPath = [],
  inBrackets = false,
): FoundNode | undefined {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && fits(node.value)
        ? { path, isKey: false, siblings: [], inFlow: inBrackets, isLonePair: false }
        : undefined;
    case "list":
      for (const [index, item] of node.items.entries()) {
        const found = findNode(item, fits, [...path, index], node.flow);
        if (found !== undefined) {
          return found;
        }
      }
      return undefined;
    case "map":
      for (const { key, keyRange, value } of node.entries) {
        if (fits(key)) {
          const siblings = node.entries.flatMap((other) => (other.key === key ? [] : [other.key]));
          const isLonePair = inBrackets && node.flow && keyRange.start === node.range.start;
          return { path, isKey: true, siblings, inFlow: node.flow, isLonePair };
        }
        const found = findNode(value, fits, [...path, key], false);
        if (found !== undefined) {
          return found;
        }
      }
      return undefined;
  }
}
