import type { DeployFact, DeployState } from "../../../protocol/deploy";
import type { TargetHealth } from "../deployTarget";
import type { DeploymentStep } from "../deployment";
import type { TargetType } from "../targetSpec";

export const TARGET_LABELS: Readonly<Record<TargetType, string>> = {
  mlflow_alias: "MLflow alias",
  mlflow_serve: "MLflow serving",
  ray_serve: "Ray Serve",
  command: "Command",
};

export const DEPLOY_STATE_LABELS: Readonly<Record<DeployState, string>> = {
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  rolled_back: "Failed and rolled back",
  interrupted: "Interrupted",
  cancelled: "Cancelled",
};

export const STEP_LABELS: Readonly<Record<DeploymentStep["state"], string>> = {
  pending: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  skipped: "not done",
};

export const HEALTH_LABELS: Readonly<Record<TargetHealth["state"], string>> = {
  healthy: "Healthy",
  starting: "Starting",
  unhealthy: "Unhealthy",
  stopped: "Stopped",
  unknown: "Health not known",
};

/** "2026-11-24 10:00 UTC". */
export function timeWords(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function fact(label: string, value: string | null | undefined): readonly DeployFact[] {
  return value == null || value === "" ? [] : [{ label, value }];
}
