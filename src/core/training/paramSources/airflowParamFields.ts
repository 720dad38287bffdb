import { ownValue } from "../../base/ownValue";
import { listAsText } from "../listText";
import type { ParamField } from "../paramField";
import type { ParamValue } from "../trainSpec";
import { guessField } from "./guessField";

type Plain = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, ParamField["kind"]>> = { string: "text", integer: "integer", number: "number", boolean: "boolean" };

/**
 * Parameters of a DAG, as Airflow's `GET /dags/{id}/details` has them under `params`: a value with a JSON schema by name. Objects are left
 * out, so that the DAG keeps its own. Never throws.
 * Source: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/params.html
 */
export function airflowParamFields(params: unknown): readonly ParamField[] {
  return Object.entries(isPlain(params) ? params : {}).flatMap(([name, param]) => fieldOf(name, param) ?? []);
}

function fieldOf(name: string, param: unknown): ParamField | null {
  const isWhole = isPlain(param) && (Object.hasOwn(param, "value") || Object.hasOwn(param, "schema"));
  const given = isWhole ? ownValue(param, "value") : param;
  const schema = isWhole ? plainOf(ownValue(param, "schema")) : {};
  const types = [ownValue(schema, "type")].flat().filter((type) => typeof type === "string");
  const isList = Array.isArray(given) || (given == null && types.includes("array"));
  const value = Array.isArray(given) ? (listAsText(given) ?? undefined) : toValue(given);
  if (value === undefined || types.includes("object")) {
    return null;
  }
  const choices = ownValue(schema, "enum");
  const options = Array.isArray(choices) ? choices.flatMap((one: unknown) => toValue(one) ?? []) : [];
  const guess = guessField(name, value, "the DAG");
  const kind = types.map((type) => ownValue(KINDS, type)).find((one) => one !== undefined) ?? guess.kind;
  return {
    ...guess,
    kind: isList ? "list" : options.length > 0 ? "choice" : kind,
    required: value === null && types.length > 0 && !types.includes("null"),
    options,
    min: numberOf(ownValue(schema, "minimum")),
    max: numberOf(ownValue(schema, "maximum")),
    description:
      textOf(isWhole ? ownValue(param, "description") : null) ??
      textOf(ownValue(schema, "description")) ??
      textOf(ownValue(schema, "title")),
  };
}

/** Undefined for what is no single value. */
function toValue(value: unknown): ParamValue | null | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : undefined;
    default:
      return value === null || value === undefined ? null : undefined;
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function plainOf(value: unknown): Plain {
  return isPlain(value) ? value : {};
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
