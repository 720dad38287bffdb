import type { TargetSpec } from "../../src/core/deployment/targetSpec";

/** A target that says nothing but what a test asks for. */
export function targetSpec(changes: Partial<TargetSpec> = {}): TargetSpec {
  return {
    type: "mlflow_alias",
    name: "staging",
    config: "mlops.yaml",
    folder: "/nowhere",
    model: "churn",
    store: null,
    alias: null,
    stage: null,
    address: null,
    application: null,
    importPath: null,
    routePrefix: null,
    runtimeEnv: null,
    replicas: null,
    command: null,
    shell: false,
    rollbackCommand: null,
    health: null,
    score: null,
    python: null,
    timeoutMs: 60_000,
    ...changes,
  };
}
