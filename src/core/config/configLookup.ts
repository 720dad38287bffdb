import type { TextRange } from "../base/textEdit";
import type { ConfigSource } from "./configFile";
import type { ConfigPath } from "./configPath";
import { optionFor } from "./fieldShape";
import type { Alias } from "./product";
import type { Field, ObjectField } from "./schema/field";
import { entryOf, toData } from "./yaml/configNode";
import type { ConfigNode, MapNode } from "./yaml/configNode";

interface Place {
  readonly node: ConfigNode;
  readonly keyRange: TextRange;
  /** Undefined below what the schema does not know. */
  readonly field: Field | undefined;
}

/** Where the parts of a file stand, by the path that was written and by the one that a short form stands for. */
export class ConfigLookup implements ConfigSource {
  readonly text: string;
  readonly #root: MapNode | null;
  readonly #fields: ObjectField;
  readonly #aliases: readonly Alias[];

  constructor(text: string, root: MapNode | null, fields: ObjectField, aliases: readonly Alias[]) {
    this.text = text;
    this.#root = root;
    this.#fields = fields;
    this.#aliases = aliases;
  }

  has(path: ConfigPath): boolean {
    return this.#find(path) !== undefined;
  }

  valueRange(path: ConfigPath): TextRange | undefined {
    return this.#find(path)?.node.range;
  }

  keyRange(path: ConfigPath): TextRange | undefined {
    return this.#find(path)?.keyRange;
  }

  nearestRange(path: ConfigPath): TextRange {
    const place = this.#find(path);
    if (place !== undefined && path.length > 0) {
      return place.node.range.end > place.node.range.start ? place.node.range : place.keyRange;
    }
    for (let length = path.length - 1; length > 0; length--) {
      const above = this.#find(path.slice(0, length));
      if (above !== undefined) {
        return this.#oneLine(above);
      }
    }
    const whole = this.#root === null ? undefined : (entryOf(this.#root, "name") ?? this.#root.entries[0]);
    return whole?.keyRange ?? { start: 0, end: 0 };
  }

  raw(path: ConfigPath): unknown {
    const node = this.#find(path)?.node;
    return node === undefined ? undefined : toData(node);
  }

  /** An item that goes over several lines is marked at its first key. */
  #oneLine({ node, keyRange }: Place): TextRange {
    const first = node.kind === "map" ? node.entries[0] : undefined;
    return first !== undefined && this.text.slice(keyRange.start, keyRange.end).includes("\n") ? first.keyRange : keyRange;
  }

  #find(path: ConfigPath): Place | undefined {
    if (this.#root === null) {
      return undefined;
    }
    const start: Place = { node: this.#root, keyRange: this.#root.range, field: this.#fields };
    return this.#follow(start, path) ?? this.#followAlias(start, path);
  }

  #followAlias(start: Place, path: ConfigPath): Place | undefined {
    const alias = this.#aliases.find(({ to }) => to.every((part, index) => part === path[index]));
    return alias === undefined ? undefined : this.#follow(start, [alias.from, ...path.slice(alias.to.length)]);
  }

  #follow(start: Place, path: ConfigPath): Place | undefined {
    let place: Place | undefined = start;
    for (const part of path) {
      place = place === undefined ? undefined : this.#step(place, part, place === start);
    }
    return place;
  }

  #step({ node, keyRange, field }: Place, part: string | number, atRoot: boolean): Place | undefined {
    const shape = field === undefined ? undefined : optionFor(field, node.kind);
    if (shape?.kind === "list" && node.kind !== "list" && part !== 0) {
      // A single item in place of a list is found as it was written too.
      return this.#step({ node, keyRange, field: shape.of }, part, atRoot);
    }
    if (node.kind === "list") {
      const item = typeof part === "number" ? node.items[part] : undefined;
      return item === undefined ? undefined : { node: item, keyRange: item.range, field: shape?.kind === "list" ? shape.of : undefined };
    }
    if (shape?.kind === "list") {
      const isNothing = node.kind === "scalar" && node.value === null;
      return !isNothing ? { node, keyRange: node.range, field: shape.of } : undefined;
    }
    if (node.kind === "map") {
      const entry = entryOf(node, String(part));
      return entry === undefined
        ? undefined
        : { node: entry.value, keyRange: entry.keyRange, field: this.#fieldOf(shape, entry.key, atRoot) };
    }
    return shape?.kind === "object" && shape.short === part && node.value !== null
      ? { node, keyRange, field: shape.fields[shape.short] }
      : undefined;
  }

  #fieldOf(shape: Field | undefined, key: string, atRoot: boolean): Field | undefined {
    if (shape?.kind === "map") {
      return shape.of;
    }
    const own = shape?.kind === "object" && Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    const alias = atRoot ? this.#aliases.find(({ from }) => from === key) : undefined;
    return own ?? (alias === undefined ? undefined : fieldAt(this.#fields, alias.to));
  }
}

/** The field at a path of keys; undefined where the schema has none. */
export function fieldAt(fields: ObjectField, path: ConfigPath): Field | undefined {
  return path.reduce<Field | undefined>(
    (field, part) =>
      field?.kind === "object" && typeof part === "string" && Object.hasOwn(field.fields, part) ? field.fields[part] : undefined,
    fields,
  );
}
