import type { TextEdit, TextRange } from "../../base/textEdit";
import type { ConfigPath } from "../../config/configPath";
import { FREE_SHAPE } from "../../config/edit/shape";
import { toTextEdits } from "../../config/edit/toTextEdits";
import type { ConfigNode } from "../../config/yaml/configNode";
import type { ConfigChange } from "../fix";
import { fieldName, tagField } from "./fieldName";
import type { PipelineField, PipelinePart } from "./pipelineSource";
import { nodeAt, type YamlDocument } from "./yamlDocuments";

/** A place that holds fields: a block with keys, a list of tags such as `owner:ana@example.org`, or one text that is the purpose. */
export interface FieldPlace {
  readonly kind: "block" | "tags" | "purpose";
  readonly path: ConfigPath;
}

export interface YamlPartSpec {
  readonly what: string;
  readonly name: string;
  /** In the document. */
  readonly range: TextRange;
  /** Where fields are looked for, the best first. */
  readonly places: readonly FieldPlace[];
  /** Where a field is written that is nowhere yet; the purpose goes to a place of its own kind where one is among them. */
  readonly home: readonly FieldPlace[];
  /** What the tool fills in when it runs. */
  readonly template: RegExp;
}

/** More parts are made by a program; what the first lack is enough to say. */
export const MOST_PARTS = 200;

interface Written {
  readonly field: PipelineField;
  readonly path: ConfigPath;
  /** What stands before the value in a tag. */
  readonly lead: string;
}

/** A part of a YAML file whose fields stand in blocks or tags. */
export function yamlPart(document: YamlDocument, spec: YamlPartSpec): PipelinePart {
  const { root, start } = document;
  const written = new Map<string, Written>();
  let unknown: string | null = null;
  for (const place of spec.places) {
    const node = nodeAt(root, ...place.path);
    if (isTemplate(node, spec.template) && place.kind !== "purpose") {
      unknown = `"${String(place.path.at(-1))}" is filled in when the pipeline runs`;
    }
    for (const [name, found] of fieldsOf(node, place, spec.template)) {
      if (!written.has(name)) {
        written.set(name, found);
      }
    }
  }
  return {
    what: spec.what,
    name: spec.name,
    range: shift(spec.range, start),
    fields: new Map([...written].map(([name, { field }]) => [name, { ...field, range: shift(field.range, start) }])),
    unknown: () => unknown,
    write: (field, value) => editsOf(document, changeFor(field, value, written.get(field), spec.home)),
  };
}

function fieldsOf(node: ConfigNode | undefined, { kind, path }: FieldPlace, template: RegExp): readonly (readonly [string, Written])[] {
  if (kind === "purpose") {
    const field = toField(node, template);
    return field === null ? [] : [["purpose", { field, path, lead: "" }]];
  }
  if (kind === "block" && node?.kind === "map") {
    return node.entries.flatMap(({ key, value, keyRange }) => {
      const field = toField(value, template);
      return field === null ? [] : [[fieldName(key), { field: placed(field, keyRange), path: [...path, key], lead: "" }] as const];
    });
  }
  if (kind === "tags" && node?.kind === "list") {
    return node.items.flatMap((item, index) => {
      const field = toField(item, template);
      const tag = field === null ? null : tagField(field.text);
      if (field === null || tag === null) {
        return [];
      }
      const lead = field.text.slice(0, field.text.length - tag.value.length);
      return [[tag.field, { field: { ...field, text: tag.value }, path: [...path, index], lead }] as const];
    });
  }
  return [];
}

/** A list of people is one text: who is the first does not matter to whether somebody is there. */
function toField(node: ConfigNode | undefined, template: RegExp): PipelineField | null {
  if (node === undefined || node.kind === "map") {
    return null;
  }
  const texts = node.kind === "list" ? node.items.flatMap((item) => scalarText(item)) : scalarText(node);
  const text = texts.join(", ");
  return { text, range: node.range, isComputed: template.test(text) };
}

function scalarText(node: ConfigNode): readonly string[] {
  return node.kind !== "scalar" || node.value === null ? [] : [typeof node.value === "string" ? node.value : node.source];
}

/** A key without a value is marked itself. */
function placed(field: PipelineField, keyRange: TextRange): PipelineField {
  return field.range.end > field.range.start ? field : { ...field, range: keyRange };
}

function isTemplate(node: ConfigNode | undefined, template: RegExp): boolean {
  return node?.kind === "scalar" && typeof node.value === "string" && template.test(node.value);
}

function changeFor(field: string, value: string, written: Written | undefined, home: readonly FieldPlace[]): ConfigChange | null {
  if (written !== undefined) {
    return { kind: "set", path: written.path, value: `${written.lead}${value}` };
  }
  const place = home.find(({ kind }) => kind === "purpose" && field === "purpose") ?? home.find(({ kind }) => kind !== "purpose");
  switch (place?.kind) {
    case undefined:
      return null;
    case "purpose":
      return { kind: "set", path: place.path, value };
    case "block":
      return { kind: "set", path: [...place.path, field], value };
    case "tags":
      return { kind: "append", path: place.path, value: `${field}:${value}` };
  }
}

function editsOf({ text, start }: YamlDocument, change: ConfigChange | null): readonly TextEdit[] | null {
  if (change === null) {
    return null;
  }
  try {
    const changed = toTextEdits(text, [change], FREE_SHAPE);
    return changed.ok ? changed.edits.map((edit) => ({ ...edit, range: shift(edit.range, start) })) : null;
  } catch {
    return null; // The library refuses a text with far too many aliases; the field then goes into a comment.
  }
}

export function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
