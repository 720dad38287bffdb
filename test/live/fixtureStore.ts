import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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
      restoreEmptyFolders(entry.parentPath);
    }
  }
  const backend = kind === "sqlite" ? `sqlite:///${join(folder, "mlflow.db")}` : join(folder, "mlruns");
  return { folder, backend, expectedFile: join(folder, "expected.json") };
}

/** Git keeps no empty folders, but MLflow does not find a run of which one is missing. */
function restoreEmptyFolders(owner: string): void {
  const name = basename(owner);
  const isRun = /^[0-9a-f]{32}$/.test(name);
  for (const kind of isRun || name.startsWith("m-") ? ["params", "metrics", "tags", "artifacts"] : []) {
    mkdirSync(join(owner, kind), { recursive: true });
  }
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
