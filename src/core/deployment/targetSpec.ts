import type { StoreLocation } from "../tracking/storeLocation";

/** Kinds of places that a model is released to, as `deploy.targets.<name>.type` names them. */
export type TargetType = "mlflow_alias" | "mlflow_serve" | "ray_serve" | "command";

/** One place that a product's model is released to, resolved: plain JSON without secrets. */
export interface TargetSpec {
  readonly type: TargetType;
  /** Its key below `deploy.targets`, such as "production". */
  readonly name: string;
  /** The product's file, relative to the workspace, with forward slashes. */
  readonly config: string;
  /** Absolute; commands run in it. */
  readonly folder: string;
  /** The registered model. */
  readonly model: string;
  /** Where it is registered; null where the product names no store and the folder holds none. */
  readonly store: StoreLocation | null;
  /** `mlflow_alias`: the alias that is moved. */
  readonly alias: string | null;
  /** `mlflow_alias` of MLflow 2: the stage that the version is moved to beside or in place of the alias; null for none. */
  readonly stage: string | null;
  /** `ray_serve`: the cluster's dashboard. `mlflow_serve`: where it listens, `http://127.0.0.1:5001`. `command`: where the result answers, for health and scoring. No credentials. */
  readonly address: string | null;
  /** `ray_serve`: name of the application. */
  readonly application: string | null;
  /** `ray_serve`: what Ray imports, such as `serve_app:build`; null for the application that is there already. */
  readonly importPath: string | null;
  /** `ray_serve`: path below the HTTP address of the cluster; null for `/<application>`. */
  readonly routePrefix: string | null;
  /** `ray_serve`: as `runtime_env` of the application. */
  readonly runtimeEnv: Readonly<Record<string, unknown>> | null;
  /** `ray_serve`: copies of the model; null leaves it to the application. */
  readonly replicas: number | null;
  /** `command`: program and arguments with `{version}`, `{model}`, `{target}`, `{previous}` to be filled in; one line for a shell. */
  readonly command: readonly string[] | null;
  readonly shell: boolean;
  /** `command`: run to go back, with the same placeholders; null runs `command` with the version to go back to. */
  readonly rollbackCommand: readonly string[] | null;
  /** Where health is asked, relative to the address or absolute; null for the target's own way. */
  readonly health: string | null;
  /** Where a scoring request is sent; null for the target's own way, and none where it has none. */
  readonly score: string | null;
  /** Python that `mlflow_serve` runs with, and that moves aliases in databases and folders; null where none was found. */
  readonly python: string | null;
  /** A longest time for a step, milliseconds. */
  readonly timeoutMs: number;
}

/** Whether what is there can be sent a scoring request. */
export function isScored({ type, score }: Pick<TargetSpec, "type" | "score">): boolean {
  return type === "mlflow_serve" || type === "ray_serve" || score !== null;
}
