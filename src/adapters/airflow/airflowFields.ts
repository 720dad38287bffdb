import * as v from "valibot";

import type { ParamField } from "../../core/training/paramField";
import type { ParamValue } from "../../core/training/trainSpec";

const VALUE = v.union([v.string(), v.number(), v.boolean()]);
const PARAM = v.object({
  value: v.optional(v.unknown()),
  description: v.nullish(v.string()),
  schema: v.nullish(
    v.object({
      type: v.optional(v.union([v.string(), v.array(v.string())])),
      enum: v.nullish(v.array(v.unknown())),
      minimum: v.nullish(v.number()),
      maximum: v.nullish(v.number()),
      title: v.nullish(v.string()),
      description: v.nullish(v.string()),
    }),
  ),
});

/** The params of a DAG, as `GET /dags/{id}/details` has them. Lists and objects are left out: they keep what the DAG says. */
export function airflowFields(params: Readonly<Record<string, unknown>>): readonly ParamField[] {
  return Object.entries(params).flatMap(([name, raw]) => {
    const read = v.safeParse(PARAM, raw);
    const param = read.success ? read.output : { value: raw };
    const schema = "schema" in param ? param.schema : null;
    const value = v.safeParse(VALUE, param.value);
    const types = [schema?.type ?? typeOf(param.value)].flat();
    const options = (schema?.enum ?? []).filter((option): option is ParamValue => v.is(VALUE, option));
    const kind = options.length > 0 ? "choice" : kindOf(types);
    if (kind === null) {
      return [];
    }
    const field: ParamField = {
      name,
      kind,
      value: value.success ? value.output : null,
      required: !types.includes("null") && !value.success,
      options,
      min: schema?.minimum ?? null,
      max: schema?.maximum ?? null,
      description: ("description" in param ? param.description : null) ?? schema?.description ?? schema?.title ?? null,
      source: "the DAG",
    };
    return [field];
  });
}

function kindOf(types: readonly string[]): ParamField["kind"] | null {
  const type = types.find((name) => name !== "null") ?? "string";
  switch (type) {
    case "string":
      return "text";
    case "number":
    case "integer":
    case "boolean":
      return type;
    default:
      return null;
  }
}

function typeOf(value: unknown): string {
  return typeof value === "number"
    ? Number.isInteger(value)
      ? "integer"
      : "number"
    : value === null || value === undefined
      ? "null"
      : typeof value;
}
