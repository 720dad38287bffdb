import type { DatasetColumn, DatasetView } from "../../protocol/runPage";
import { cutText } from "./cutText";
import type { DatasetInput } from "./run";

const MAX_COLUMNS = 500;
const MAX_PROFILE_FACTS = 50;
const MAX_LENGTH = 300;

/** What the page shows of a dataset. Its schema and profile are JSON of the kinds MLflow writes; others are offered as text. */
export function toDatasetView(input: DatasetInput): DatasetView {
  const columns = input.schema === null ? [] : schemaColumns(parseJson(input.schema));
  return {
    name: input.name,
    digest: input.digest,
    context: input.context,
    sourceType: input.sourceType,
    source: cutText(sourceText(input.source), MAX_LENGTH),
    columns: columns.slice(0, MAX_COLUMNS),
    columnCount: columns.length,
    hasSchema: input.schema !== null && input.schema !== "",
    profile: input.profile === null ? [] : profileFacts(parseJson(input.profile)),
    hasProfile: input.profile !== null && input.profile !== "",
  };
}

/** The address inside the source's JSON, or the text as stored. */
function sourceText(source: string): string {
  const parsed = parseJson(source);
  for (const key of ["uri", "url", "path", "delta_table_name", "table_name"]) {
    const value = isRecord(parsed) ? parsed[key] : undefined;
    if (typeof value === "string" && value !== "") {
      return value;
    }
  }
  return source;
}

/** `mlflow_colspec` for tables; `mlflow_tensorspec` for arrays, whose parts are listed like columns. */
function schemaColumns(schema: unknown): readonly DatasetColumn[] {
  if (!isRecord(schema)) {
    return [];
  }
  const columns = parseIfText(schema["mlflow_colspec"]);
  if (Array.isArray(columns)) {
    return columns.filter(isRecord).map((column, index) => ({ name: columnName(column, index), type: textOf(column["type"]) }));
  }
  const tensors = parseIfText(schema["mlflow_tensorspec"]);
  if (!isRecord(tensors)) {
    return [];
  }
  return Object.entries(tensors).flatMap(([part, list]) => {
    const parsed = parseIfText(list);
    return Array.isArray(parsed)
      ? parsed.filter(isRecord).map((tensor) => ({ name: tensorName(part, tensor), type: tensorType(tensor) }))
      : [];
  });
}

function columnName(column: Record<string, unknown>, index: number): string {
  const name = column["name"];
  // A table with two header rows has a list of names.
  return typeof name === "string" ? name : Array.isArray(name) ? name.map(textOf).join(" / ") : `${index}`;
}

function tensorName(part: string, tensor: Record<string, unknown>): string {
  return typeof tensor["name"] === "string" ? `${part} / ${tensor["name"]}` : part;
}

function tensorType(tensor: Record<string, unknown>): string {
  const spec = isRecord(tensor["tensor-spec"]) ? tensor["tensor-spec"] : tensor;
  const shape = Array.isArray(spec["shape"]) ? ` [${spec["shape"].map(textOf).join(", ")}]` : "";
  return `${textOf(spec["dtype"])}${shape}`;
}

function profileFacts(profile: unknown): DatasetView["profile"] {
  if (!isRecord(profile)) {
    return [];
  }
  return Object.entries(profile)
    .slice(0, MAX_PROFILE_FACTS)
    .map(([key, value]) => ({ key: cutText(key, MAX_LENGTH).text, value: cutText(textOf(value), MAX_LENGTH).text }));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

function parseIfText(value: unknown): unknown {
  return typeof value === "string" ? parseJson(value) : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the page then offers the text as it is.
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
