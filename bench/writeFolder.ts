import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DataSize, EXPERIMENTS, FIRST_START, type GeneratedRun, generateRuns } from "./generatedRuns";

const STATUS_CODE = { RUNNING: 1, FINISHED: 3, FAILED: 4, KILLED: 5 } as const;

/** Writes a file store as MLflow lays it out. */
export function writeFolder(root: string, size: DataSize): void {
  for (const id of ["0", ...EXPERIMENTS]) {
    writeText(
      join(root, id, "meta.yaml"),
      `artifact_location: file://${root}/${id}\ncreation_time: ${FIRST_START}\nexperiment_id: '${id}'\nlast_update_time: ${FIRST_START}\n` +
        `lifecycle_stage: active\nname: ${id === "0" ? "Default" : `exp${id}`}\n`,
    );
  }
  mkdirSync(join(root, ".trash"), { recursive: true });
  for (const run of generateRuns(size)) {
    writeRun(root, run);
  }
}

/** Writes one run; its `meta.yaml` comes last, as readers take a folder for a run when it is there. */
export function writeRun(root: string, run: GeneratedRun): void {
  const folder = join(root, run.experimentId, run.runId);
  for (const [key, value] of run.params) {
    writeText(join(folder, "params", key), value);
  }
  for (const [key, value] of run.tags) {
    writeText(join(folder, "tags", key), value);
  }
  for (const { key, points } of run.metrics) {
    const lines = points.map(({ value, timestamp, step }) => `${timestamp} ${Number.isNaN(value) ? "nan" : value} ${step}\n`);
    writeText(join(folder, "metrics", key), lines.join(""));
  }
  mkdirSync(join(folder, "artifacts"), { recursive: true });
  writeText(
    join(folder, "meta.yaml"),
    `artifact_uri: file://${folder}/artifacts\nend_time: ${run.endTime ?? "null"}\nentry_point_name: ''\nexperiment_id: '${run.experimentId}'\n` +
      `lifecycle_stage: ${run.isDeleted ? "deleted" : "active"}\nrun_id: '${run.runId}'\nrun_name: ${run.name}\nrun_uuid: '${run.runId}'\n` +
      `source_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${run.startTime}\nstatus: ${STATUS_CODE[run.status]}\ntags: []\nuser_id: alice\n`,
  );
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
