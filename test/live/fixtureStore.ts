import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MlflowMajor } from "./mlflowServer";

/** The folder that the paths inside the committed stores name. */
export const RECORDED_ROOT = "/tmp/recorded";

export interface FixtureStore {
  readonly folder: string;
  /** As MLflow's `--backend-store-uri` takes it. */
  readonly backend: string;
  readonly expectedFile: string;
}

/** A copy of a committed store whose paths point into the copy, so that a server can serve its files. */
export function copyFixtureStore(major: MlflowMajor, kind: "sqlite" | "file"): FixtureStore {
  const folder = makeTempFolder();
  cpSync(join(import.meta.dirname, "..", "fixtures", "mlflow", `v${major}-${kind}`), folder, { recursive: true });
  if (kind === "sqlite") {
    rebaseDatabase(join(folder, "mlflow.db"), folder);
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name === "meta.yaml") {
      writeFileSync(file, readFileSync(file, "utf8").replaceAll(RECORDED_ROOT, folder));
    }
  }
  const backend = kind === "sqlite" ? `sqlite:///${join(folder, "mlflow.db")}` : join(folder, "mlruns");
  return { folder, backend, expectedFile: join(folder, "expected.json") };
}

export function makeTempFolder(): string {
  return mkdtempSync(join(tmpdir(), "mlops-live-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Replaces the recorded folder in every text column that holds addresses. */
function rebaseDatabase(path: string, folder: string): void {
  const database = new DatabaseSync(path);
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  for (const { name: table } of tables) {
    for (const { name: column } of database.prepare(`PRAGMA table_info("${String(table)}")`).all()) {
      if (/^(artifact_location|artifact_uri|source|storage_location)$/.test(String(column))) {
        database
          .prepare(`UPDATE "${String(table)}" SET "${String(column)}" = replace("${String(column)}", ?, ?)`)
          .run(RECORDED_ROOT, folder);
      }
    }
  }
  database.close();
}
