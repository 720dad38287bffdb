import { closestWord } from "../base/closestWord";
import type { Report } from "./report";
import type { TextEdit } from "../base/textEdit";
import type { ConfigProblem } from "./configFile";
import type { ConfigPath } from "./configPath";
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

/** Reads nodes as the schema says: typed values with short forms written out, and problems for all that does not fit. */
export class FieldReader {
  readonly problems: ConfigProblem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  readonly report: Report = (node, message, fixes, range = node.range) => {
    if (this.problems.length >= YAML_LIMITS.fieldProblems) {
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
  read(node: ConfigNode, field: Field, path: ConfigPath): unknown {
    if (node.kind === "scalar" && node.value === null && field.kind !== "scalar") {
      return undefined;
    }
    const option = optionFor(field, node.kind);
    if (option === undefined) {
      this.#wrongKind(node, field, path);
      return undefined;
    }
    switch (option.kind) {
      case "list":
        return node.kind === "list" ? this.#readList(node, option, path) : [this.read(node, option.of, [...path, 0])];
      case "object":
        return node.kind === "map" ? this.readObject(node, option, path) : this.#readShort(node, option, path);
      case "map":
        return this.#readMap(node as MapNode, option, path);
      default:
        return readScalarField(node as ScalarNode, option, nameOf(path), this.report);
    }
  }

  #readShort(node: ConfigNode, field: ObjectField, path: ConfigPath): unknown {
    const key = field.short;
    const inner = key === null ? undefined : field.fields[key];
    return key === null || inner === undefined ? undefined : Object.fromEntries([[key, this.read(node, inner, [...path, key])]]);
  }

  #readList(node: ListNode, field: ListField, path: ConfigPath): readonly unknown[] {
    return node.items.map((item, index) => this.read(item, field.of, [...path, index]));
  }

  #readMap(node: MapNode, field: MapField, path: ConfigPath): unknown {
    const entries = this.#withoutStrays(node, () => false);
    return Object.fromEntries(
      entries.map((entry) => {
        const { key, keyRange, plainKey, value } = entry;
        if (plainKey && isYesNoWord(key)) {
          const edits = [{ range: keyRange, text: quoteYaml(key) }];
          const fixes = [{ title: "Put the key in quotes", edits, safe: true }];
          this.report(value, `Some tools read the key ${key} as true or false; as text it needs quotes.`, fixes, keyRange);
        }
        return [key, this.read(value, field.of, [...path, key])];
      }),
    );
  }

  /** @param isKnownElsewhere keys that are read by somebody else. */
  readObject(node: MapNode, field: ObjectField, path: ConfigPath, others: readonly string[] = []): Record<string, unknown> {
    const entries = this.#withoutStrays(node, (key) => Object.hasOwn(field.fields, key) || others.includes(key));
    const values: [string, unknown][] = [];
    const known = [...Object.keys(field.fields), ...others];
    const present = new Set(node.entries.map(({ key }) => key));
    const absent = known.filter((key) => !present.has(key));
    for (const entry of entries) {
      const inner = Object.hasOwn(field.fields, entry.key) ? field.fields[entry.key] : undefined;
      if (inner !== undefined) {
        values.push([entry.key, this.read(entry.value, inner, [...path, entry.key])]);
      } else if (!others.includes(entry.key) && this.problems.length < YAML_LIMITS.fieldProblems) {
        this.#unknownKey(node, entry, known, absent, path);
      }
    }
    return Object.fromEntries(values);
  }

  #unknownKey(node: MapNode, entry: MapEntry, known: readonly string[], absent: readonly string[], path: ConfigPath): void {
    const near = closestWord(entry.key, absent);
    const hint =
      near !== undefined
        ? `Did you mean "${near}"?`
        : path.length === 0
          ? "This file has no such key."
          : `"${nameOf(path)}" takes ${known.slice(0, 12).join(", ")}${known.length > 12 ? " …" : ""}.`;
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
      if (!isStray(entry) || (before !== undefined && isStray(before))) {
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

  #wrongKind(node: ConfigNode, field: Field, path: ConfigPath): void {
    const name = nameOf(path);
    const is = { scalar: "a single value", list: "a list", map: "a block" }[node.kind];
    const example = exampleOf(field);
    const last = path.at(-1);
    const shown = example === undefined ? "" : ` For example: \`${typeof last === "string" ? `${last}: ` : ""}${example}\`.`;
    this.report(node, `"${name}" takes ${expectation(field)}, not ${is}.${shown}`, this.#brackets(node, field));
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

/** The key that people see in front of the value. */
function nameOf(path: ConfigPath): string {
  const index = path.findLastIndex((part) => typeof part === "string");
  const key = path[index];
  return shorten(key === undefined ? "this file" : index === path.length - 1 ? String(key) : `an item of ${String(key)}`);
}
