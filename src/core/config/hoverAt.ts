import type { TextRange } from "../base/textEdit";
import type { EditorSchema } from "./completionsAt";
import { fieldMarkdown } from "./describeField";
import { fieldAt } from "./configLookup";
import { optionFor } from "./fieldShape";
import type { Field } from "./schema/field";
import type { ConfigNode } from "./yaml/configNode";
import { readYaml } from "./yaml/readYaml";

export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

/** What the key or the value under the cursor means; undefined where the schema says nothing of it. */
export function hoverAt(text: string, offset: number, schema: EditorSchema): Hover | undefined {
  const { root } = readYaml(text);
  return root === null ? undefined : hoverIn(root, schema.fields, offset, schema, true);
}

function hoverIn(node: ConfigNode, field: Field | undefined, offset: number, schema: EditorSchema, atRoot = false): Hover | undefined {
  const shape = field === undefined ? undefined : optionFor(field, node.kind);
  if (shape === undefined || field === undefined || !holds(node.range, offset)) {
    return undefined;
  }
  if (node.kind === "list") {
    const item = node.items.find(({ range }) => holds(range, offset));
    return item === undefined || shape.kind !== "list" ? undefined : hoverIn(item, shape.of, offset, schema);
  }
  if (shape.kind === "list") {
    return hoverIn(node, shape.of, offset, schema);
  }
  if (node.kind === "scalar") {
    return hoverValue(node.range, node.source, shape, schema);
  }
  for (const { key, keyRange, value } of node.entries) {
    const alias = atRoot ? schema.aliases.find(({ from }) => from === key) : undefined;
    const own =
      shape.kind === "map" ? shape.of : shape.kind === "object" && Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    const inner = own ?? (alias === undefined ? undefined : fieldAt(schema.fields, alias.to));
    if (inner !== undefined && holds(keyRange, offset)) {
      return { range: keyRange, markdown: fieldMarkdown(inner, schema.calendar, own === undefined ? alias?.about : undefined) };
    }
    if (holds(value.range, offset)) {
      return hoverIn(value, inner, offset, schema);
    }
  }
  return undefined;
}

/** A choice is explained by its own words, any other value by its field. */
function hoverValue(range: TextRange, source: string, field: Field, schema: EditorSchema): Hover | undefined {
  if (field.kind === "object") {
    const short = field.short === null ? undefined : field.fields[field.short];
    return short === undefined ? undefined : hoverValue(range, source, short, schema);
  }
  const meaning = field.kind === "choice" && Object.hasOwn(field.choices, source) ? field.choices[source] : undefined;
  return { range, markdown: meaning === undefined ? fieldMarkdown(field, schema.calendar) : `\`${source}\`: ${meaning}` };
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
