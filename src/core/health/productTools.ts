import { plainPath } from "../lint/dataPaths";
import type { ProductEvidence } from "./evidence";
import type { ToolUse } from "./productHealth";

/** Words of the file for what its pages call otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  mlflow_serve: "MLflow serving",
  ray_serve: "Ray Serve",
  command: "own command",
  local: "local process",
  dvc: "DVC",
  ray: "Ray",
  airflow: "Airflow",
  github_actions: "GitHub Actions",
  mlflow: "MLflow",
};

/** Tools that a product uses, as its file and its pipeline's file tell: registry, pipeline, Python, engine of trainings, serving. */
export function productTools({ product, policy: { stack }, facts: { pipelines } }: ProductEvidence): readonly ToolUse[] {
  const path = plainPath(product.pipeline ?? "");
  const linked = pipelines.known && path !== "" ? pipelines.value.find((one) => plainPath(one.path) === path) : undefined;
  const serving = Object.values(product.deploy?.targets ?? {}).flatMap((target) =>
    // An alias in the registry serves nothing by itself.
    target?.type === undefined || target.type === "mlflow_alias" ? [] : [target.type],
  );
  return [
    ...use("Registry", product.model?.name === undefined ? undefined : (product.model.registry ?? "mlflow"), stack.registry),
    ...use("Pipeline", linked?.tool, stack.pipeline),
    ...use("Python", linked?.python ?? undefined, stack.python),
    ...use("Training", product.train?.engine, null),
    ...[...new Set(serving)].flatMap((type) => use("Serving", type, stack.serving)),
  ];
}

function use(kind: string, value: string | undefined, wanted: string | null): readonly ToolUse[] {
  return value === undefined ? [] : [{ kind, value: say(value), wanted: wanted === null ? null : say(wanted) }];
}

function say(word: string): string {
  const key = word.toLowerCase().replace(/[\s-]+/g, "_");
  return Object.hasOwn(WORDS, key) ? (WORDS[key] ?? word) : word;
}
