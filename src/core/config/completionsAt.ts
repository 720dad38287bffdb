import type { TextRange } from "../base/textEdit";
import { fieldAt } from "./configLookup";
import { fieldMarkdown, kindOf } from "./describeField";
import { exampleOf, optionFor } from "./fieldShape";
import type { Alias } from "./product";
import type { RegulationCalendar } from "./regulationCalendar";
import type { Field, ObjectField } from "./schema/field";
import { findNode } from "./yaml/findNode";
import type { FoundNode } from "./yaml/findNode";
import { readYaml } from "./yaml/readYaml";

export interface Completion {
  readonly kind: "key" | "value";
  readonly label: string;
  /** Replaces `range`. */
  readonly insertText: string;
  readonly range: TextRange;
  /** A few words. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface EditorSchema {
  readonly fields: ObjectField;
  readonly aliases: readonly Alias[];
  readonly calendar: RegulationCalendar;
}

/** Stands where the cursor is; a private-use character, which no sensible file holds. */
const MARK = "\uE000";
/** Texts in quotes may hold anything, so the word around the cursor ends at what cannot be in a key or a choice. */
const WORD = /[^\s,[\]{}#"':]/;

/**
 * What may be written at the cursor. A mark is put there and the text is read with all its faults, so that half a file is understood as
 * well as a whole one.
 */
export function completionsAt(text: string, offset: number, schema: EditorSchema): readonly Completion[] {
  const word = wordAt(text, Math.max(0, Math.min(offset, text.length)));
  const lineStart = text.lastIndexOf("\n", word.start - 1) + 1;
  const before = text.slice(lineStart, word.start);
  const afterColon = before.endsWith(":");
  const isKeyPlace = /(?:^|[{[,]|^\s*(?:- +)*-)\s*$/.test(before.replace(/\uFEFF/g, "")) && !afterColon;
  const hasColon = /^\s*:(?:\s|$)/.test(text.slice(word.end, word.end + 100));
  const mark = `${afterColon ? " " : ""}${MARK}${isKeyPlace && !hasColon ? ": " : ""}`;
  const { root } = readYaml(text.slice(0, word.start) + mark + text.slice(word.end));
  const found = root === null ? undefined : findNode(root, (written) => written === MARK);
  if (found === undefined) {
    return [];
  }
  const place = { text, word, afterColon, schema };
  const field = fieldOf(found, schema);
  if (field === undefined) {
    return [];
  }
  return found.isKey ? atKey(field, found, place) : atValue(field, "", place);
}

interface Place {
  readonly text: string;
  readonly word: TextRange;
  readonly afterColon: boolean;
  readonly schema: EditorSchema;
}

function wordAt(text: string, offset: number): TextRange {
  let [start, end] = [offset, offset];
  while (start > 0 && WORD.test(text[start - 1] ?? "") && offset - start < 200) {
    start -= 1;
  }
  // A dash before a space begins an item.
  if (text.slice(start, end) === "-") {
    start = end;
  }
  while (end < text.length && WORD.test(text[end] ?? "") && end - offset < 200) {
    end += 1;
  }
  return { start, end };
}

/** The field of the block that a key stands in, or of a value. */
function fieldOf({ path }: FoundNode, { fields, aliases }: EditorSchema): Field | undefined {
  let field: Field | undefined = fields;
  for (const [index, part] of path.entries()) {
    const shape: Field | undefined = field === undefined ? undefined : optionFor(field, typeof part === "number" ? "list" : "map");
    if (shape?.kind === "list") {
      // A block in place of a list is its only item.
      field = typeof part === "number" ? shape.of : childField(shape.of, part);
    } else {
      const alias = index === 0 ? aliases.find(({ from }) => from === part) : undefined;
      field = childField(shape, part) ?? (alias === undefined ? undefined : fieldAt(fields, alias.to));
    }
  }
  return field;
}

function childField(field: Field | undefined, part: string | number): Field | undefined {
  const shape = field === undefined ? undefined : optionFor(field, "map");
  return shape?.kind === "map"
    ? shape.of
    : shape?.kind === "object" && typeof part === "string" && Object.hasOwn(shape.fields, part)
      ? shape.fields[part]
      : undefined;
}

function atKey(field: Field, found: FoundNode, place: Place): readonly Completion[] {
  const shape = optionFor(field, "map");
  if (shape?.kind === "list" && !found.inFlow) {
    // On a line of its own below the key of a list, an item begins.
    return [...keys(shape.of, found, place, "- "), ...atValue(shape.of, "- ", place)];
  }
  const single = found.isLonePair ? atValue(field, "", place) : [];
  return [...keys(field, found, place, ""), ...(single.length > 0 ? single : shape === undefined ? atValue(field, "", place) : [])];
}

function keys(field: Field, found: FoundNode, { text, word, schema }: Place, lead: string): readonly Completion[] {
  const outer = optionFor(field, "map");
  const shape = outer?.kind === "list" ? optionFor(outer.of, "map") : outer;
  if (shape?.kind !== "object") {
    return [];
  }
  const hasColon = /^\s*:(?:\s|$)/.test(text.slice(word.end, word.end + 100));
  const atRoot = found.path.length === 0;
  const aliases = atRoot ? schema.aliases : [];
  const written = new Set([
    ...found.siblings,
    ...aliases.filter(({ to }) => found.siblings.includes(String(to[0]))).map(({ from }) => from),
  ]);
  const offered: readonly (readonly [string, Field, string])[] = [
    ...Object.entries(shape.fields).map(([key, inner]) => [key, inner, inner.info.about] as const),
    ...aliases.flatMap(({ from, to, about }) => {
      const target = fieldAt(schema.fields, to);
      return target === undefined ? [] : [[from, target, about] as const];
    }),
  ];
  return offered
    .filter(([key]) => !written.has(key))
    .map(([key, inner, about]) => {
      const pair = `${lead}${key}${hasColon ? "" : ": "}`;
      return {
        kind: "key" as const,
        label: key,
        // Between square brackets an item is a block only within braces.
        insertText: found.isLonePair ? `{${pair}}` : pair,
        range: word,
        detail: kindOf(inner),
        documentation: fieldMarkdown(inner, schema.calendar, about),
      };
    });
}

/** @param lead what begins the value, such as the dash of an item. */
function atValue(field: Field, lead: string, { word, afterColon, schema }: Place): readonly Completion[] {
  const shape = optionFor(field, "scalar");
  const value = (label: string, documentation: string): Completion => ({
    kind: "value",
    label,
    insertText: `${afterColon ? " " : ""}${lead}${label}`,
    range: word,
    detail: kindOf(field),
    documentation,
  });
  switch (shape?.kind) {
    case "choice":
      return Object.entries(shape.choices).map(([choice, meaning]) =>
        value(/^[A-Za-z][\w-]*$/.test(choice) ? choice : JSON.stringify(choice), meaning),
      );
    case "yesNo":
      return ["yes", "no"].map((choice) => value(choice, fieldMarkdown(field, schema.calendar)));
    case "list":
      return atValue(shape.of, lead, { text: "", word, afterColon, schema });
    case "object": {
      const short = shape.short === null ? undefined : shape.fields[shape.short];
      return short === undefined ? [] : atValue(short, lead, { text: "", word, afterColon, schema });
    }
    default: {
      const example = exampleOf(field);
      return example === undefined ? [] : [value(example, fieldMarkdown(field, schema.calendar))];
    }
  }
}
