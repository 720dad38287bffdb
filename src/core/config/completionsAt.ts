import type { TextRange } from "../base/textEdit";
import { blockSnippet } from "./blockSnippet";
import { fieldAt } from "./configLookup";
import { fieldMarkdown, kindOf } from "./describeField";
import type { EditorSchema, Suggestion } from "./editorSchema";
import { exampleOf, optionFor } from "./fieldShape";
import type { Field } from "./schema/field";
import { findNode } from "./yaml/findNode";
import type { FoundNode } from "./yaml/findNode";
import { readYaml } from "./yaml/readYaml";

export interface Completion {
  readonly kind: "key" | "value";
  readonly label: string;
  /** Replaces `range`. */
  readonly insertText: string;
  /** The same with the whole block and its places to fill in, as a snippet of VS Code; null where there is no more than the text. */
  readonly snippet: string | null;
  readonly range: TextRange;
  /** A few words. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
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
  const typed = text.slice(word.start, Math.max(word.start, offset));
  const place = { text, word, typed, indent: indentBehindDash(before), afterColon, schema, found };
  const field = fieldOf(found, schema);
  if (field === undefined) {
    return [];
  }
  return found.isKey ? atKey(field, place) : atValue(field, "", place);
}

interface Place {
  readonly text: string;
  readonly word: TextRange;
  /** The part of the word before the cursor. */
  readonly typed: string;
  /** Further in than its line begins: the key of an item stands behind a dash. */
  readonly indent: string;
  readonly afterColon: boolean;
  readonly schema: EditorSchema;
  readonly found: FoundNode;
}

function indentBehindDash(before: string): string {
  const [, dashes = ""] = /^\s*((?:- +)*)$/.exec(before) ?? [];
  return " ".repeat(dashes.length);
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

function atKey(field: Field, place: Place): readonly Completion[] {
  const { found } = place;
  const shape = optionFor(field, "map");
  if (shape?.kind === "list" && !found.inFlow) {
    // On a line of its own below the key of a list, an item begins.
    return [...keys(shape.of, place, "- "), ...atValue(shape.of, "- ", place)];
  }
  const single = found.isLonePair ? atValue(field, "", place) : [];
  return [...keys(field, place, ""), ...(single.length > 0 ? single : shape === undefined ? atValue(field, "", place) : [])];
}

/** @param lead what begins the item that the key is the first of. */
function keys(field: Field, place: Place, lead: string): readonly Completion[] {
  const { found, schema } = place;
  const outer = optionFor(field, "map");
  const shape = outer?.kind === "list" ? optionFor(outer.of, "map") : outer;
  if (shape?.kind === "map") {
    return suggestions(shape, true, place)
      .filter(({ label }) => !found.siblings.includes(label))
      .map((suggestion) => ({ ...keyText(suggestion.text ?? suggestion.label, lead, place), ...spoken(suggestion) }));
  }
  if (shape?.kind !== "object") {
    return [];
  }
  const aliases = found.path.length === 0 ? schema.aliases : [];
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
    .flatMap(([key, inner, about]) => {
      const text = keyText(key, lead, place);
      const plain = { ...text, label: key, detail: kindOf(inner), documentation: fieldMarkdown(inner, schema.calendar, about) };
      const block = found.inFlow || hasColon(place) ? null : blockSnippet(key, inner, place.indent + " ".repeat(lead.length));
      const snippet = block === null ? null : lead + block;
      if (snippet === null || optionFor(inner, "scalar") === undefined) {
        return [{ ...plain, snippet }];
      }
      return [plain, { ...plain, label: `${key} (block)`, detail: "block", snippet }];
    });
}

function keyText(key: string, lead: string, place: Place): Pick<Completion, "kind" | "insertText" | "snippet" | "range"> {
  const pair = `${lead}${key}${hasColon(place) ? "" : ": "}`;
  // Between square brackets an item is a block only within braces.
  return { kind: "key", insertText: place.found.isLonePair ? `{${pair}}` : pair, snippet: null, range: place.word };
}

function hasColon({ text, word }: Place): boolean {
  return /^\s*:(?:\s|$)/.test(text.slice(word.end, word.end + 100));
}

/** What the world around the file knows for this place. */
function suggestions(field: Field, isKey: boolean, { schema, found, typed }: Place): readonly Suggestion[] {
  return schema.suggest?.({ field, path: found.path, isKey, typed }) ?? [];
}

function spoken({ label, detail, documentation }: Suggestion): Pick<Completion, "label" | "detail" | "documentation"> {
  return { label, detail, documentation };
}

/** @param lead what begins the value, such as the dash of an item. */
function atValue(field: Field, lead: string, place: Place): readonly Completion[] {
  const { word, afterColon, schema } = place;
  const shape = optionFor(field, "scalar");
  const value = (suggestion: Suggestion): Completion => ({
    kind: "value",
    insertText: `${afterColon ? " " : ""}${lead}${suggestion.text ?? suggestion.label}`,
    snippet: null,
    range: word,
    ...spoken(suggestion),
  });
  const detail = kindOf(field);
  switch (shape?.kind) {
    case "choice":
      return Object.entries(shape.choices).map(([choice, meaning]) =>
        value({ label: /^[A-Za-z][\w-]*$/.test(choice) ? choice : JSON.stringify(choice), detail, documentation: meaning }),
      );
    case "yesNo":
      return ["yes", "no"].map((choice) => value({ label: choice, detail, documentation: fieldMarkdown(field, schema.calendar) }));
    case "list":
      return atValue(shape.of, lead, place);
    case "object": {
      const short = shape.short === null ? undefined : shape.fields[shape.short];
      return short === undefined ? [] : atValue(short, lead, place);
    }
    default: {
      const known = shape === undefined ? [] : suggestions(shape, false, place).map(value);
      const example = exampleOf(field);
      return known.length > 0 || example === undefined
        ? known
        : [value({ label: example, detail, documentation: fieldMarkdown(field, schema.calendar) })];
    }
  }
}
