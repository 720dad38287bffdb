import type { ConfigNode } from "../../config/yaml/configNode";
import { readYaml } from "../../config/yaml/readYaml";
import type { ParamField } from "../paramField";
import { guessField } from "./guessField";

export interface ParamsFile {
  readonly fields: readonly ParamField[];
  /** Why it cannot be read, one sentence; null where it can. */
  readonly problem: string | null;
}

/** More are a table and no parameters. */
const MOST_FIELDS = 2000;

/**
 * Single values of a file of parameters in YAML or JSON, by the keys that lead to them, joined with dots as DVC and MLflow do. Lists are no
 * single values: they stay as the file has them. Never throws.
 * @param path for people, and for its ending.
 */
export function paramsFileFields(text: string, path: string): ParamsFile {
  if (!/\.(?:ya?ml|json)$/i.test(path)) {
    return { fields: [], problem: `Parameters are read from YAML and JSON; ${path} is neither.` };
  }
  const { root, problems } = readYaml(text.replace(/^\uFEFF/, "").replaceAll("\t", " "));
  const [problem] = problems;
  if (problem !== undefined) {
    return { fields: [], problem: `${path} cannot be read: ${problem.message}` };
  }
  if (root === null) {
    return { fields: [], problem: text.trim() === "" || text.trim() === "[]" ? null : `${path} holds no parameters by name.` };
  }
  const fields: ParamField[] = [];
  collect(root, "", path, fields);
  return fields.length > MOST_FIELDS
    ? { fields: [], problem: `${path} holds more than ${MOST_FIELDS} parameters.` }
    : { fields, problem: null };
}

function collect(node: ConfigNode, name: string, source: string, fields: ParamField[]): void {
  if (node.kind === "map") {
    for (const { key, value } of node.entries) {
      collect(value, name === "" ? key : `${name}.${key}`, source, fields);
    }
  } else if (node.kind === "scalar" && (typeof node.value !== "number" || Number.isFinite(node.value))) {
    fields.push(guessField(name, node.value, source));
  }
}
