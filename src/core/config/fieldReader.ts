import { closestWord } from "../base/closestWord";
import type { Report } from "./report";
import type { TextEdit } from "../base/textEdit";
import type { ConfigProblem } from "./configFile";
import { exampleOf, expectation, optionFor } from "./fieldShape";
import type { ListField, MapField, ObjectField } from "./schema/field";
import type { Field } from "./schema/field";
import { readScalarField } from "./scalarFields";
import type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from "./yaml/configNode";
import { YAML_LIMITS } from "./yaml/limits";
import { isYesNoWord, quoteYaml } from "./yaml/plainWords";
import { removeEntry } from "./yaml/removeEntry";
import { shorten } from "./yaml/shorten";

type Fixes = ConfigProblem["fixes"];

const AUTHOR_KNOWS = "Only the author can know what was meant here.";

/** Where a value stands, as its author sees it: the nearest key that was written before it. */
export interface Spot {
  readonly key: string;
  /** In a list behind the key. */
  readonly isItem: boolean;
}

/** Reads nodes as the schema says: typed values with short forms written out, and problems for all that does not fit. */
export class FieldReader {
  readonly problems: ConfigProblem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get #isFull(): boolean {
    return this.problems.length >= YAML_LIMITS.fieldProblems;
  }

  readonly report: Report = (node, message, fixes, range = node.range) => {
    if (this.#isFull) {
      return;
    }
    // A borrowed value stands elsewhere, so that an edit here would overwrite what borrows it.
    const problem =
      node.borrowed === null
        ? { range, message, fixes, noFix: fixes.length === 0 ? AUTHOR_KNOWS : null }
        : { range, message: `${message} It stands at ${node.borrowed}.`, fixes: [], noFix: `It must be mended at ${node.borrowed}.` };
    this.problems.push(problem);
  };

  /** @returns undefined where nothing is written or what is written does not fit. */
  read(node: ConfigNode, field: Field, spot: Spot): unknown {
    if (node.kind === "scalar" && node.value === null && field.kind !== "scalar") {
      return undefined;
    }
    const option = optionFor(field, node.kind);
    if (option === undefined) {
      this.#wrongKind(node, field, spot);
      return undefined;
    }
    switch (option.kind) {
      case "list":
        return node.kind === "list" ? this.#readList(node, option, spot) : [this.read(node, option.of, spot)];
      case "object":
        return node.kind === "map" ? this.readObject(node, option, spot) : this.#readShort(node, option, spot);
      case "map":
        return this.#readMap(node as MapNode, option);
      default:
        return readScalarField(node as ScalarNode, option, () => nameOf(spot), this.report);
    }
  }

  #readShort(node: ConfigNode, field: ObjectField, spot: Spot): unknown {
    const key = field.short;
    const inner = key === null ? undefined : field.fields[key];
    return key === null || inner === undefined ? undefined : Object.fromEntries([[key, this.read(node, inner, spot)]]);
  }

  #readList(node: ListNode, field: ListField, { key }: Spot): readonly unknown[] {
    const spot = { key, isItem: true };
    return node.items.map((item) => this.read(item, field.of, spot));
  }

  #readMap(node: MapNode, field: MapField): unknown {
    const entries = this.#withoutStrays(node, () => false);
    return Object.fromEntries(
      entries.map((entry) => {
        const { key, keyRange, plainKey, value } = entry;
        if (plainKey && isYesNoWord(key)) {
          const edits = [{ range: keyRange, text: quoteYaml(key) }];
          const fixes = [{ title: "Put the key in quotes", edits, safe: true }];
          this.report(value, `Some tools read the key ${key} as true or false; as text it needs quotes.`, fixes, keyRange);
        }
        return [key, this.read(value, field.of, { key, isItem: false })];
      }),
    );
  }

  /**
   * @param spot null for the whole file.
   * @param others keys that are read by somebody else.
   */
  readObject(node: MapNode, field: ObjectField, spot: Spot | null, others: readonly string[] = []): Record<string, unknown> {
    const entries = this.#withoutStrays(node, (key) => Object.hasOwn(field.fields, key) || others.includes(key));
    const values: [string, unknown][] = [];
    let keys: Keys | undefined;
    for (const entry of entries) {
      const { key, value } = entry;
      const inner = Object.hasOwn(field.fields, key) ? field.fields[key] : undefined;
      if (inner !== undefined) {
        values.push([key, this.read(value, inner, { key, isItem: false })]);
      } else if (!others.includes(key) && !this.#isFull) {
        keys ??= keysOf(node, [...Object.keys(field.fields), ...others]);
        this.#unknownKey(node, entry, keys, spot);
      }
    }
    return Object.fromEntries(values);
  }

  #unknownKey(node: MapNode, entry: MapEntry, { known, absent }: Keys, spot: Spot | null): void {
    const near = closestWord(entry.key, absent);
    const hint =
      near !== undefined
        ? `Did you mean "${near}"?`
        : spot === null
          ? "This file has no such key."
          : `"${nameOf(spot)}" takes ${known.slice(0, 12).join(", ")}${known.length > 12 ? " …" : ""}.`;
    const rename = near === undefined ? [] : [{ title: `Rename to "${near}"`, edits: [{ range: entry.keyRange, text: near }], safe: true }];
    const remove = { title: `Remove "${shorten(entry.key)}"`, edits: [this.#removal(node, entry)], safe: false };
    // A key over several lines comes from a mistake in the text, where nobody can tell what belongs to it.
    const isBroken = /[\r\n]/.test(this.#text.slice(entry.keyRange.start, entry.keyRange.end));
    this.report(entry.value, `Unknown key "${shorten(entry.key)}". ${hint}`, isBroken ? [] : [...rename, remove], entry.keyRange);
  }

  #removal(node: MapNode, { keyRange, value }: MapEntry): TextEdit {
    return removeEntry(this.#text, { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) }, node.flow);
  }

  /** Tells of words in `{…}` that a comma made from the end of a text, and leaves them out. */
  #withoutStrays(node: MapNode, isKnown: (key: string) => boolean): readonly MapEntry[] {
    const isStray = ({ key, hasColon }: MapEntry) => !hasColon && !isKnown(key);
    if (!node.entries.some(isStray)) {
      return node.entries;
    }
    node.entries.forEach((entry, index) => {
      const before = node.entries[index - 1];
      if (this.#isFull || !isStray(entry) || (before !== undefined && isStray(before))) {
        return;
      }
      let last = index;
      for (let next = node.entries[last + 1]; next !== undefined && isStray(next); next = node.entries[last + 1]) {
        last += 1;
      }
      const end = (node.entries[last] ?? entry).keyRange.end;
      const text = before?.value;
      const joins = text?.kind === "scalar" && text.plain && text.value !== null && text.borrowed === null;
      const range = joins ? { start: text.range.start, end } : entry.keyRange;
      const joined = {
        title: "Put the whole text in quotes",
        edits: [{ range, text: quoteYaml(this.#text.slice(range.start, end)) }],
        safe: true,
      };
      const remove = { title: `Remove "${shorten(entry.key)}"`, edits: [this.#removal(node, entry)], safe: false };
      const message = `"${shorten(entry.key)}" stands here as a key, because in {…} a comma ends a text without quotes.`;
      this.report(entry.value, message, joins ? [joined, remove] : [remove], { start: entry.keyRange.start, end });
    });
    return node.entries.filter((entry) => !isStray(entry));
  }

  #wrongKind(node: ConfigNode, field: Field, spot: Spot): void {
    if (this.#isFull) {
      return;
    }
    const is = { scalar: "a single value", list: "a list", map: "a block" }[node.kind];
    const example = exampleOf(field);
    const shown = example === undefined ? "" : ` For example: \`${spot.isItem ? "" : `${spot.key}: `}${example}\`.`;
    this.report(node, `"${nameOf(spot)}" takes ${expectation(field)}, not ${is}.${shown}`, this.#brackets(node, field));
  }

  /** A single value where a list is due only lacks brackets. */
  #brackets(node: ConfigNode, field: Field): Fixes {
    const written = this.#text.slice(node.range.start, node.range.end);
    if (
      field.kind !== "list" ||
      optionFor(field.of, node.kind) === undefined ||
      /[\r\n]/.test(written) ||
      (node.kind === "map" && !node.flow)
    ) {
      return [];
    }
    const item = node.kind === "scalar" && node.plain && /[,[\]{}]/.test(written) ? quoteYaml(written) : written;
    return [{ title: "Make it a list", edits: [{ range: node.range, text: `[${item}]` }], safe: true }];
  }
}

/** The keys that a block may have, and those of them that it lacks. */
interface Keys {
  readonly known: readonly string[];
  readonly absent: readonly string[];
}

function keysOf(node: MapNode, known: readonly string[]): Keys {
  const present = new Set(node.entries.map(({ key }) => key));
  return { known, absent: known.filter((key) => !present.has(key)) };
}

function nameOf({ key, isItem }: Spot): string {
  return shorten(isItem ? `an item of ${key}` : key);
}
