import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { idOf, MlrunsFolder } from "../builders/mlrunsFolder";

/** So many runs are there at a time: the oldest goes when a new one comes, so that what has to be held stays the same. */
const KEPT_RUNS = 60;
/** Rows of the data that come day by day. */
const ROWS = 400;
const CONFIG = `version: 1
name: churn
owner: ana@example.org
tracking: {uri: mlruns, experiment: churn}
monitoring: {reference: data/reference.csv, live: data/live.csv, schedule: daily}
kpis: [{name: accuracy, target: ">= 0.5"}]
`;

/** A workspace in which trainings never stop: a folder of runs, a database, and data that arrive. */
export class LiveWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "mlops-soak-"));
  readonly database = join(this.root, "db", "mlflow.db");
  readonly folder: string;
  private readonly mlruns = new MlrunsFolder();
  private readonly runs: string[] = [];
  private readonly rows: string[] = [];
  private ticks = 0;

  constructor() {
    mkdirSync(join(this.root, "data"));
    mkdirSync(join(this.root, "db"));
    cpSync(join(process.cwd(), "test/fixtures/mlflow/v3-sqlite/mlflow.db"), this.database);
    this.folder = this.mlruns.root;
    this.mlruns.experiment("1", { name: "churn" });
    writeFileSync(join(this.root, "mlops.yaml"), CONFIG.replace("uri: mlruns", `uri: "${this.folder}"`));
    writeFileSync(join(this.root, "data", "reference.csv"), this.table(1));
    writeFileSync(join(this.root, "data", "live.csv"), this.table(2));
    for (let run = 0; run < KEPT_RUNS; run += 1) {
      this.newRun();
    }
  }

  /** What happens in a moment: a point of each run that goes on; now and then a new run, a row in the database, and new data. */
  tick(): void {
    this.ticks += 1;
    const now = Date.now();
    for (const run of this.runs.slice(-3)) {
      this.mlruns.append(`1/${run}/metrics/loss`, `${now} ${1 / this.ticks} ${this.ticks}\n`);
    }
    if (this.ticks % 4 === 0) {
      this.newRun();
      this.touchDatabase(now);
    }
    if (this.ticks % 40 === 0) {
      writeFileSync(join(this.root, "data", "live.csv"), this.table(this.ticks));
    }
  }

  dispose(): void {
    this.mlruns.dispose();
    rmSync(this.root, { recursive: true, force: true });
  }

  private newRun(): void {
    const id = idOf("0").slice(8) + (this.ticks * 100 + this.runs.length).toString(16).padStart(8, "0");
    this.mlruns.run("1", id, { metrics: { loss: `${Date.now()} 1 0\n`, accuracy: `${Date.now()} 0.8 0\n` }, params: { lr: "0.1" } });
    this.runs.push(id);
    for (const old of this.runs.splice(0, Math.max(0, this.runs.length - KEPT_RUNS))) {
      rmSync(join(this.folder, "1", old), { recursive: true, force: true });
    }
  }

  /** Another process writes, so that the reader has to look again; the number of rows stays the same. */
  private touchDatabase(now: number): void {
    const database = new DatabaseSync(this.database);
    try {
      database.exec(
        `UPDATE latest_metrics SET value = ${(now % 1000) / 1000}, timestamp = ${now}; UPDATE runs SET end_time = ${now} WHERE status = 'FINISHED';`,
      );
    } finally {
      database.close();
    }
  }

  private table(seed: number): string {
    const row = (index: number): string =>
      `${(index * seed) % 97},${(index % 7) / 7},${index % 2 === 0 ? "yes" : "no"},2026-11-${String((index % 28) + 1).padStart(2, "0")}`;
    this.rows.splice(0, this.rows.length, ...Array.from({ length: ROWS }, (_, index) => row(index)));
    return `age,score,label,day\n${this.rows.join("\n")}\n`;
  }
}
