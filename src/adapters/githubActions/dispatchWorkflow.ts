import { entryOf, type ConfigNode, type MapNode } from "../../core/config/yaml/configNode";
import { readYaml } from "../../core/config/yaml/readYaml";
import type { ParamField } from "../../core/training/paramField";
import type { ParamValue } from "../../core/training/trainSpec";

/** Inputs that we fill, and nobody else: the job's id, what it is trained from, and the tags for its runs as MLFLOW_RUN_CONTEXT takes them. */
export const OWN_INPUTS = { job: "mlops_job", fingerprint: "mlops_fingerprint", context: "mlops_run_context" } as const;

/** What a workflow's file says of starting it by hand. */
export interface DispatchWorkflow {
  /** Why the file cannot be read; null where it can. */
  readonly unreadable: string | null;
  /** Whether it has the trigger `workflow_dispatch`. */
  readonly isStartable: boolean;
  /** All inputs, ours among them. */
  readonly inputs: readonly ParamField[];
  /** Whether the name of a run shows the job's id, so that a run is found again by its job. */
  readonly showsJob: boolean;
}

/**
 * Reads a workflow's file.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs
 */
export function readDispatchWorkflow(text: string, file: string): DispatchWorkflow {
  const { root, problems } = readYaml(text);
  const [problem] = problems;
  if (root === null || problem !== undefined) {
    const unreadable = problem === undefined ? "It is empty." : problem.message;
    return { unreadable, isStartable: false, inputs: [], showsJob: false };
  }
  const on = entryOf(root, "on")?.value;
  const dispatch = triggerOf(on);
  const inputs = dispatch.node?.kind === "map" ? entryOf(dispatch.node, "inputs")?.value : undefined;
  const fields = inputs?.kind === "map" ? inputs.entries.map(({ key, value }) => fieldOf(key, value, file)) : [];
  return {
    unreadable: null,
    isStartable: dispatch.isThere,
    inputs: fields,
    showsJob:
      fields.some(({ name }) => name === OWN_INPUTS.job) &&
      /\$\{\{[^}]*\binputs\s*(?:\.\s*mlops_job\b|\[\s*'mlops_job'\s*\])[^}]*\}\}/.test(textOf(entryOf(root, "run-name")?.value) ?? ""),
  };
}

function triggerOf(on: ConfigNode | undefined): { readonly isThere: boolean; readonly node: ConfigNode | undefined } {
  const name = "workflow_dispatch";
  switch (on?.kind) {
    case "scalar":
      return { isThere: on.value === name, node: undefined };
    case "list":
      return { isThere: on.items.some((item) => textOf(item) === name), node: undefined };
    case "map": {
      const entry = entryOf(on, name);
      return { isThere: entry !== undefined, node: entry?.value };
    }
    case undefined:
      return { isThere: false, node: undefined };
  }
}

function fieldOf(name: string, node: ConfigNode, file: string): ParamField {
  const map: MapNode | null = node.kind === "map" ? node : null;
  const get = (key: string): ConfigNode | undefined => (map === null ? undefined : entryOf(map, key)?.value);
  const type = textOf(get("type")) ?? "string";
  const options = get("options");
  const choices = options?.kind === "list" ? options.items.flatMap((item) => textOf(item) ?? []) : [];
  const kind = type === "boolean" ? "boolean" : type === "number" ? "number" : type === "choice" && choices.length > 0 ? "choice" : "text";
  return {
    name,
    kind,
    value: defaultOf(get("default"), kind, choices),
    required: textOf(get("required")) === "true",
    options: kind === "choice" ? choices : [],
    min: null,
    max: null,
    description: textOf(get("description"))?.trim() ?? null,
    source: file,
  };
}

/** GitHub takes `false` for a box and the first choice of a list where the file gives none. */
function defaultOf(node: ConfigNode | undefined, kind: ParamField["kind"], choices: readonly string[]): ParamValue | null {
  const text = textOf(node);
  switch (kind) {
    case "boolean":
      return text === "true";
    case "number":
      return text === null || text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
    case "choice":
      return text ?? choices[0] ?? null;
    default:
      return text;
  }
}

/** As written, so that `1.10` stays what it is; null for what is no single value. */
function textOf(node: ConfigNode | undefined): string | null {
  return node?.kind !== "scalar" || node.value === null
    ? null
    : node.plain && typeof node.value === "boolean"
      ? String(node.value)
      : node.source;
}
