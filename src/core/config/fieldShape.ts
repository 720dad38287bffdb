import type { Field } from "./schema/field";
import { formatRule } from "./textFormats";

export type NodeKind = "scalar" | "list" | "map";

/** The field that a node of that kind is read as where there are several shapes; undefined where none fits. */
export function optionFor(field: Field, kind: NodeKind): Exclude<Field, { readonly kind: "either" }> | undefined {
  if (field.kind !== "either") {
    return accepts(field, kind) ? field : undefined;
  }
  const options = field.options.flatMap((option) => optionFor(option, kind) ?? []);
  return options.find((option) => nodeKindOf(option) === kind) ?? options[0];
}

/** Whether a node of that kind may stand for the field, in short form too. */
function accepts(field: Exclude<Field, { readonly kind: "either" }>, kind: NodeKind): boolean {
  switch (field.kind) {
    case "list":
      return kind === "list" || (field.single && optionFor(field.of, kind) !== undefined);
    case "object":
      return kind === "map" || (kind === "scalar" && field.short !== null);
    default:
      return nodeKindOf(field) === kind;
  }
}

function nodeKindOf(field: Exclude<Field, { readonly kind: "either" }>): NodeKind {
  return field.kind === "list" ? "list" : field.kind === "object" || field.kind === "map" ? "map" : "scalar";
}

/** What is to be written, with its article: "a day as year-month-day", "one of low, high". */
export function expectation(field: Field): string {
  switch (field.kind) {
    case "text":
      return formatRule(field.format)?.name ?? "a text";
    case "choice":
      return `one of ${firstOf(Object.keys(field.choices))}`;
    case "number":
      return numberExpectation(field);
    case "yesNo":
      return "yes or no";
    case "scalar":
      return "one value";
    case "list":
      return "a list";
    case "object":
      return `a block with keys such as ${firstOf(Object.keys(field.fields), 3)}`;
    case "map":
      return "a block with keys of your choice";
    case "either":
      return field.options.map(expectation).join(" or ");
  }
}

function numberExpectation({ min, max, integer }: Extract<Field, { readonly kind: "number" }>): string {
  const name = integer ? "a whole number" : "a number";
  if (min !== null && max !== null) {
    return min === max ? `the number ${min}` : `${name} from ${min} to ${max}`;
  }
  return min !== null ? `${name} of at least ${min}` : max !== null ? `${name} of at most ${max}` : name;
}

function firstOf(words: readonly string[], most = 12): string {
  return words.length > most ? `${words.slice(0, most).join(", ")} …` : words.join(", ");
}

/** A value in YAML that fits the field; undefined where the schema knows none. */
export function exampleOf(field: Field): string | undefined {
  if (field.info.example !== undefined) {
    return field.info.example;
  }
  switch (field.kind) {
    case "text":
      return formatRule(field.format)?.example;
    case "choice":
      return Object.keys(field.choices)[0];
    case "number":
      return String(field.min ?? field.max ?? 1);
    case "yesNo":
      return "yes";
    case "list":
      return undefinedOr(exampleOf(field.of), (example) => `[${example}]`);
    default:
      return undefined;
  }
}

function undefinedOr(text: string | undefined, then: (text: string) => string): string | undefined {
  return text === undefined ? undefined : then(text);
}
