import { type ConfigNode, entryOf } from "../../config/yaml/configNode";
import { readYaml } from "../../config/yaml/readYaml";
import type { ParamField } from "../paramField";
import { guessField } from "./guessField";

/** The entry point of an `MLproject` that a training runs. */
export interface MlprojectEntry {
  /** `main`, else the first. */
  readonly name: string;
  readonly fields: readonly ParamField[];
}

/**
 * Source: https://mlflow.org/docs/latest/ml/projects/#parameters
 * @returns a sentence where there is none.
 */
export function mlprojectEntry(text: string, path: string): MlprojectEntry | string {
  const { root, problems } = readYaml(text);
  const [problem] = problems;
  if (root === null || problem !== undefined) {
    return `${path} cannot be read: ${problem?.message ?? "it is empty."}`;
  }
  const entries = entryOf(root, "entry_points")?.value;
  const all = entries?.kind === "map" ? entries.entries : [];
  const entry = all.find(({ key }) => key === "main") ?? all[0];
  if (entry === undefined) {
    return `${path} has no entry point, so that MLflow has nothing to run.`;
  }
  const params = entry.value.kind === "map" ? entryOf(entry.value, "parameters")?.value : undefined;
  const fields = params?.kind === "map" ? params.entries.map(({ key, value }) => fieldOf(key, value, path)) : [];
  return { name: entry.key, fields };
}

/** `lr: float`, or `lr: {type: float, default: 0.1}`. */
function fieldOf(name: string, node: ConfigNode, path: string): ParamField {
  const type = node.kind === "map" ? entryOf(node, "type")?.value : node;
  const given = node.kind === "map" ? entryOf(node, "default")?.value : undefined;
  const word = type?.kind === "scalar" ? type.value : null;
  const isNumber = word === "float" || word === "int";
  const value = given?.kind !== "scalar" || given.value === null ? null : isNumber ? numberOr(given.source) : given.source;
  return { ...guessField(name, value, path), kind: word === "int" ? "integer" : isNumber ? "number" : "text", required: value === null };
}

function numberOr(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? text : value;
}
