import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What to write of a run; a field of `meta` replaces MLflow's usual line, null leaves it out. */
export interface RunParts {
  readonly meta?: Readonly<Record<string, string | null>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Raw text of each metric's file. */
  readonly metrics?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A run id made of one digit, so that tests stay readable. */
export function idOf(digit: string): string {
  return digit.repeat(32);
}

/** Writes an `mlruns` folder file by file as MLflow lays it out, in a temporary folder that `dispose` removes. */
export class MlrunsFolder {
  /** The folder that holds `mlruns`, as a real path. */
  readonly parent = realpathSync(mkdtempSync(join(tmpdir(), "mlruns-")));
  readonly root = join(this.parent, "mlruns");

  constructor() {
    mkdirSync(join(this.root, ".trash"), { recursive: true });
  }

  write(path: string, text: string): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.root, path), text);
  }

  /** Sets a time that is certainly older than any look at the store, so that the file counts as settled. */
  age(path: string, secondsAgo = 60): void {
    const time = Date.now() / 1000 - secondsAgo;
    utimesSync(join(this.root, path), time, time);
  }

  experiment(id: string, options: { readonly name?: string; readonly folder?: string; readonly extra?: string } = {}): this {
    const name = options.name ?? `experiment ${id}`;
    this.write(
      `${options.folder ?? id}/meta.yaml`,
      `artifact_location: file://${this.root}/${id}\ncreation_time: 1700000000000\nexperiment_id: '${id}'\n` +
        `last_update_time: 1700000000000\nlifecycle_stage: active\nname: ${name}\n${options.extra ?? ""}`,
    );
    return this;
  }

  run(experimentId: string, runId: string, parts: RunParts = {}, experimentFolder = experimentId): this {
    const folder = `${experimentFolder}/${runId}`;
    const meta: Record<string, string | null> = {
      artifact_uri: `file://${this.root}/${experimentId}/${runId}/artifacts`,
      end_time: "1700000060000",
      entry_point_name: "''",
      experiment_id: `'${experimentId}'`,
      lifecycle_stage: "active",
      run_id: runId,
      run_name: `run-${runId.slice(0, 4)}`,
      source_name: "''",
      source_type: "4",
      source_version: "''",
      start_time: "1700000000000",
      status: "3",
      tags: "[]",
      user_id: "alice",
      ...parts.meta,
    };
    const lines = Object.entries(meta).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}\n`]));
    this.write(`${folder}/meta.yaml`, lines.join(""));
    for (const [part, values] of Object.entries({ params: parts.params, metrics: parts.metrics, tags: parts.tags })) {
      mkdirSync(join(this.root, folder, part), { recursive: true });
      for (const [key, text] of Object.entries(values ?? {})) {
        this.write(`${folder}/${part}/${key}`, text);
      }
    }
    mkdirSync(join(this.root, folder, "artifacts"), { recursive: true });
    return this;
  }

  dispose(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }
}
