import { kindOf } from "./describeField";
import { exampleOf } from "./fieldShape";
import { POLICY_FIELDS } from "./policy";
import { PRODUCT_FIELDS } from "./product";
import type { Field, Fields, ObjectField } from "./schema/field";

/** Pages that list every field of our files, written from the same schema as completion and hover; by their place in the docs. */
export function fieldReferences(): Readonly<Record<string, string>> {
  return {
    "docs/mlops-yaml-reference.md": reference(
      "Fields of mlops.yaml",
      PRODUCT_FIELDS,
      "The guide says [how to begin](guide/mlops-yaml.md).",
    ),
    "docs/policy-reference.md": reference(
      "Fields of .mlops/policy.yaml",
      POLICY_FIELDS,
      "What an organisation sets once for all its models; the nearest file above a product holds.",
    ),
  };
}

const NOTICE = "<!-- Written by `node scripts/generateDocs.mjs` from src/core/config/schema; edit that instead. -->";

function reference(title: string, { fields }: ObjectField, about: string): string {
  const [blocks, single] = [
    Object.entries(fields).filter(([, field]) => below(field) !== null),
    Object.entries(fields).filter(([, field]) => below(field) === null),
  ];
  return [
    NOTICE,
    `# ${title}`,
    about,
    `## Single values\n\n${table(Object.fromEntries(single), "")}`,
    ...blocks.map(([name, field]) => `## ${name}\n\n${sentence(field)}\n\n${table({ [name]: field }, "")}`),
  ]
    .join("\n\n")
    .concat("\n");
}

/** The fields below a block or an item of a list; null for a single value. */
function below(field: Field): Fields | null {
  switch (field.kind) {
    case "object":
      return field.fields;
    case "list":
      return below(field.of);
    case "map":
      return below(field.of) ?? {};
    case "either":
      return field.options.map(below).find((fields) => fields !== null) ?? null;
    default:
      return null;
  }
}

function table(fields: Fields, prefix: string): string {
  return ["| Field | Kind | What it says | Law | Example |", "| --- | --- | --- | --- | --- |", ...rows(fields, prefix)].join("\n");
}

function rows(fields: Fields, prefix: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = below(field);
    const isMap = field.kind === "map";
    const cells = [`\`${path}\``, kindWords(field), sentence(field) + choices(field), field.info.article ?? "", code(exampleOf(field))];
    const own = `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
    const place = isMap ? `${path}.<name>.` : field.kind === "list" ? `${path}[].` : `${path}.`;
    return [own, ...(inner === null ? [] : rows(inner, place))];
  });
}

function kindWords(field: Field): string {
  const short = field.kind === "object" && field.short !== null ? `, or its \`${field.short}\` alone` : "";
  return `${field.kind === "list" ? `list of ${kindOf(field.of)}${field.single ? ", or one" : ""}` : kindOf(field)}${short}`;
}

function choices(field: Field): string {
  const of = field.kind === "list" ? field.of : field;
  return of.kind === "choice"
    ? ` ${Object.keys(of.choices)
        .map((word) => `\`${word}\``)
        .join(", ")}.`
    : "";
}

function sentence({ info }: Field): string {
  return info.about;
}

function code(text: string | undefined): string {
  return text === undefined ? "" : `\`${text.replaceAll("`", "'")}\``;
}
