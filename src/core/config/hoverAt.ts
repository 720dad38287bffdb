import type { TextRange } from "../base/textEdit";
import { fieldAt } from "./configLookup";
import type { ConfigPath } from "./configPath";
import { fieldMarkdown } from "./describeField";
import type { EditorSchema } from "./editorSchema";
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
  return root === null ? undefined : hoverIn(root, schema.fields, offset, schema, []);
}

function hoverIn(node: ConfigNode, field: Field | undefined, offset: number, schema: EditorSchema, path: ConfigPath): Hover | undefined {
  const shape = field === undefined ? undefined : optionFor(field, node.kind);
  if (shape === undefined || field === undefined || !holds(node.range, offset)) {
    return undefined;
  }
  if (node.kind === "list") {
    const index = node.items.findIndex(({ range }) => holds(range, offset));
    const item = node.items[index];
    return item === undefined || shape.kind !== "list" ? undefined : hoverIn(item, shape.of, offset, schema, [...path, index]);
  }
  if (shape.kind === "list") {
    return hoverIn(node, shape.of, offset, schema, path);
  }
  if (node.kind === "scalar") {
    return hoverValue(node.range, node.source, shape, schema, path);
  }
  for (const { key, keyRange, value } of node.entries) {
    const alias = path.length === 0 ? schema.aliases.find(({ from }) => from === key) : undefined;
    const own =
      shape.kind === "map" ? shape.of : shape.kind === "object" && Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    const inner = own ?? (alias === undefined ? undefined : fieldAt(schema.fields, alias.to));
    if (inner !== undefined && holds(keyRange, offset)) {
      const explained = shape.kind === "map" ? schema.explain?.({ field: shape, path, isKey: true }, key) : undefined;
      return {
        range: keyRange,
        markdown: explained ?? fieldMarkdown(inner, schema.calendar, own === undefined ? alias?.about : undefined),
      };
    }
    if (holds(value.range, offset)) {
      return hoverIn(value, inner, offset, schema, [...path, key]);
    }
  }
  return undefined;
}

/** A choice is explained by its own words, any other value by its field. */
function hoverValue(range: TextRange, source: string, field: Field, schema: EditorSchema, path: ConfigPath): Hover | undefined {
  if (field.kind === "object") {
    const short = field.short === null ? undefined : field.fields[field.short];
    return short === undefined ? undefined : hoverValue(range, source, short, schema, path);
  }
  const meaning = field.kind === "choice" && Object.hasOwn(field.choices, source) ? field.choices[source] : undefined;
  const explained = schema.explain?.({ field, path, isKey: false }, source);
  const said = explained ?? fieldMarkdown(field, schema.calendar);
  return { range, markdown: meaning === undefined ? said : `\`${source}\`: ${meaning}` };
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
