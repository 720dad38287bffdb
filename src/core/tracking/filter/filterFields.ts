import type { Comparator, FilterField } from "./runFilter";

/** The words before the dot, as MLflow's language spells them; capital letters matter. */
const ENTITY_ALIASES: ReadonlyMap<string, FilterField["entity"]> = new Map([
  ["metric", "metric"],
  ["metrics", "metric"],
  ["parameter", "param"],
  ["parameters", "param"],
  ["param", "param"],
  ["params", "param"],
  ["tag", "tag"],
  ["tags", "tag"],
  ["attribute", "attribute"],
  ["attributes", "attribute"],
  ["attr", "attribute"],
  ["run", "attribute"],
  ["dataset", "dataset"],
  ["datasets", "dataset"],
]);

/** Every spelling of a run's attribute and its canonical key. */
const ATTRIBUTE_ALIASES: ReadonlyMap<string, string> = new Map([
  ["run_id", "run_id"],
  ["run_name", "run_name"],
  ["run name", "run_name"],
  ["Run name", "run_name"],
  ["Run Name", "run_name"],
  ["status", "status"],
  ["start_time", "start_time"],
  ["created", "start_time"],
  ["Created", "start_time"],
  ["end_time", "end_time"],
  ["user_id", "user_id"],
  ["artifact_uri", "artifact_uri"],
]);

/** The spellings that MLflow takes in a filter but not in an order. */
const NOT_IN_ORDER: ReadonlySet<string> = new Set(["run name", "Run name", "Run Name"]);

export const ATTRIBUTE_KEYS: readonly string[] = ["run_id", "run_name", "status", "start_time", "end_time", "user_id", "artifact_uri"];
export const DATASET_KEYS: readonly string[] = ["name", "digest", "context"];

const NUMERIC: readonly Comparator[] = ["=", "!=", "<", "<=", ">", ">="];
const TEXT: readonly Comparator[] = ["=", "!=", "LIKE", "ILIKE"];

/** A field, or the sentence that says why the text is none. */
export type FieldReading = { readonly field: FilterField } | { readonly problem: string };

/**
 * Reads `metrics.auc`, `` params.`my key` ``, `status`: the entity before the first dot and the key after it, without its quotes.
 * @param purpose an order takes fewer spellings than a filter and no dataset.
 */
export function readField(raw: string, purpose: "filter" | "order"): FieldReading {
  const dot = raw.indexOf(".");
  const entityText = dot < 0 ? "attribute" : unquote(raw.slice(0, dot), /^`.*`$/s);
  const entity = ENTITY_ALIASES.get(entityText);
  if (entity === undefined) {
    return { problem: `"${shorten(entityText)}" is no kind of field; use metrics, params, tags, attributes or dataset.` };
  }
  const keyText = dot < 0 ? raw : raw.slice(dot + 1);
  const key = unquote(unquote(keyText, /^(['"]).*\1$/s), /^`.*`$/s);
  if (entity === "attribute") {
    const attribute = ATTRIBUTE_ALIASES.get(key);
    if (attribute === undefined || (purpose === "order" && NOT_IN_ORDER.has(key))) {
      const hint = dot < 0 ? " For a metric, param or tag write metrics.KEY, params.KEY or tags.KEY." : "";
      return { problem: `"${shorten(key)}" is no attribute of a run; use ${orList(ATTRIBUTE_KEYS)}.${hint}` };
    }
    return { field: { entity, key: attribute } };
  }
  if (entity === "dataset") {
    if (purpose === "order") {
      return { problem: "Runs cannot be ordered by a dataset; use a metric, a param, a tag or an attribute." };
    }
    if (!DATASET_KEYS.includes(key)) {
      return { problem: `"${shorten(key)}" is no field of a dataset; use ${orList(DATASET_KEYS)}.` };
    }
  }
  return { field: { entity, key } };
}

/** Whether values of this field are numbers. */
export function isNumericField(field: FilterField): boolean {
  return field.entity === "metric" || (field.entity === "attribute" && (field.key === "start_time" || field.key === "end_time"));
}

/** What MLflow lets stand between a field and its value. `IS NULL` is MLflow 3's. */
export function comparatorsOf(field: FilterField): readonly Comparator[] {
  if (isNumericField(field)) {
    return NUMERIC;
  }
  if (field.entity === "param" || field.entity === "tag") {
    return [...TEXT, "IS NULL", "IS NOT NULL"];
  }
  return field.entity === "dataset" || field.key === "run_id" ? [...TEXT, "IN", "NOT IN"] : TEXT;
}

/** "a metric", "the attribute status": how a sentence names the field. */
export function describeField(field: FilterField): string {
  switch (field.entity) {
    case "attribute":
      return `the attribute ${field.key}`;
    case "dataset":
      return `dataset.${field.key}`;
    default:
      return `a ${field.entity}`;
  }
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** A store's names may be 10,000 characters long; a sentence shows their beginning. */
export function shorten(text: string): string {
  const characters = [...text.slice(0, 200)];
  return text.length > 60 ? `${characters.slice(0, 60).join("")}…` : text;
}

/** Takes one pair of quotes off where both are there. MLflow takes single or double quotes off first, then backticks. */
function unquote(text: string, quoted: RegExp): string {
  return text.length >= 2 && quoted.test(text) ? text.slice(1, -1) : text;
}
