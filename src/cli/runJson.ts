import type { Run } from "../core/tracking/run";
import { jsonNumber, jsonObject } from "./jsonNumber";

/** A run as `mlops runs --json` writes it. A promise to people's scripts: fields may be added, never changed. */
export function toRunJson(run: Run, experimentName: string): object {
  return {
    run_id: run.runId,
    run_name: run.name,
    experiment_id: run.experimentId,
    experiment: experimentName,
    status: run.status,
    lifecycle_stage: run.lifecycleStage,
    start_time: run.startTime,
    end_time: run.endTime,
    user: run.userId,
    parent_run_id: run.parentRunId,
    artifact_uri: run.artifactUri,
    params: jsonObject(run.params, (value) => value),
    metrics: jsonObject(run.metrics, ({ value }) => jsonNumber(value)),
    tags: jsonObject(run.tags, (value) => value),
    inputs: run.inputs.map(({ name, digest, sourceType, context }) => ({ name, digest, source_type: sourceType, context })),
  };
}
