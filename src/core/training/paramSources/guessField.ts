import type { ParamField } from "../paramField";
import type { ParamValue } from "../trainSpec";

/** A parameter of which nothing is known but its value: what looks like a number stays one. Whole numbers may become others. */
export function guessField(name: string, value: ParamValue | null, source: string): ParamField {
  const kind = typeof value === "boolean" ? "boolean" : typeof value === "number" ? "number" : "text";
  return { name, kind, value, required: false, options: [], min: null, max: null, description: null, source };
}
