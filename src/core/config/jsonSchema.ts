import type { ConfigPath } from "./configPath";
import { fieldAt } from "./configLookup";
import { describeField } from "./describeField";
import { optionFor } from "./fieldShape";
import type { NodeKind } from "./fieldShape";
import type { Alias } from "./product";
import type { Field, ObjectField } from "./schema/field";
import { formatPattern, mayBeNumber } from "./textFormats";

type Json = Readonly<Record<string, unknown>>;

const INCLUDE: Json = {
  type: ["string", "null"],
  description: "Path of a YAML file whose keys are taken as if they stood here; keys that are written here win.",
};

const FORMATS = ["email", "date", "duration", "path", "url", "target", "digest", "character"] as const;

/**
 * The JSON schema (draft-07) of a file: it accepts what the parser reads without a problem, but for what only a parser can see, such as
 * missing quotes, and what an included file holds.
 */
export function toJsonSchema(fields: ObjectField, title: string, aliases: readonly Alias[] = []): Json {
  const aliasProperties = aliases.flatMap(({ from, to, about }) => {
    const field = fieldAt(fields, to);
    return field === undefined ? [] : [[from, { ...whole(field), description: about }] as const];
  });
  const { properties, ...object } = mapSchema(fields) as { readonly properties: Json };
  const doubled = aliases.map(({ from, to }) => ({ not: { required: [from], ...requires(to) } }));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title,
    description: fields.info.about,
    ...object,
    // An empty file is a problem of its own.
    type: "object",
    properties: { ...properties, ...Object.fromEntries(aliasProperties) },
    ...(doubled.length === 0 ? {} : { allOf: doubled }),
    definitions: Object.fromEntries(FORMATS.map((format) => [format, { pattern: formatPattern(format) }])),
  };
}

/** Something is written at the path. */
function requires([key, ...rest]: ConfigPath): Json {
  const name = String(key);
  const inner = rest.length === 0 ? {} : { properties: { [name]: { type: "object", ...requires(rest) } } };
  return { allOf: [{ required: [name], ...inner }] };
}

/** Whatever may stand for the field, or nothing. */
function whole(field: Field): Json {
  const kinds: readonly NodeKind[] = ["scalar", "list", "map"];
  const shapes = kinds.flatMap((kind) => {
    const schema = schemaFor(field, kind);
    return schema === undefined ? [] : [schema];
  });
  const [first = {}, ...others] = shapes;
  const description = describeField(field);
  // A list or a block may be left empty, and a value too: the rules then say what lacks.
  return others.length === 0 && "type" in first && Array.isArray(first["type"])
    ? { description, ...first }
    : { description, anyOf: [...shapes, { type: "null" }] };
}

/** What a node of one kind must look like; undefined where none may stand. */
function schemaFor(field: Field, kind: NodeKind): Json | undefined {
  const option = optionFor(field, kind);
  if (option === undefined) {
    return undefined;
  }
  switch (option.kind) {
    case "text": {
      const pattern = formatPattern(option.format);
      const type = mayBeNumber(option.format) ? ["string", "number", "null"] : ["string", "null"];
      // Beside a reference draft-07 reads nothing else, so that it needs a group of its own.
      return pattern === undefined ? { type } : { type, allOf: [{ $ref: `#/definitions/${String(option.format)}` }] };
    }
    case "choice":
      return {
        type: ["string", "number", "boolean", "null"],
        enum: [...Object.keys(option.choices).flatMap(readAs), ...switched(option), null],
      };
    case "number":
      return {
        type: [option.integer ? "integer" : "number", "null"],
        ...(option.min === null ? {} : { minimum: option.min }),
        ...(option.max === null ? {} : { maximum: option.max }),
      };
    case "yesNo":
      return { type: ["string", "boolean", "null"], enum: ["yes", "no", true, false, null] };
    case "scalar":
      return { type: ["string", "number", "boolean", "null"] };
    case "list":
      return kind === "list" ? { type: ["array", "null"], items: whole(option.of) } : schemaFor(option.of, kind);
    case "object":
      return kind === "map" ? mapSchema(option) : schemaForShort(option);
    case "map":
      return { type: ["object", "null"], properties: { $include: INCLUDE }, additionalProperties: whole(option.of) };
  }
}

function schemaForShort({ short, fields }: ObjectField): Json | undefined {
  const field = short === null ? undefined : fields[short];
  return field === undefined ? undefined : schemaFor(field, "scalar");
}

function mapSchema({ fields }: ObjectField): Json {
  const properties = Object.entries(fields).map(([key, field]) => [key, whole(field)] as const);
  return {
    type: ["object", "null"],
    properties: { ...Object.fromEntries(properties), $include: INCLUDE },
    additionalProperties: false,
  };
}

/** A word that looks like a number is read as one where it has no quotes. */
function readAs(word: string): readonly (string | number)[] {
  return String(Number(word)) === word ? [word, Number(word)] : [word];
}

/** The booleans that YAML 1.1 tools write for yes and no, and for on and off. */
function switched({ choices }: Extract<Field, { readonly kind: "choice" }>): readonly boolean[] {
  const has = (word: string) => Object.hasOwn(choices, word);
  return [...(has("yes") || has("on") ? [true] : []), ...(has("no") || has("off") ? [false] : [])];
}
