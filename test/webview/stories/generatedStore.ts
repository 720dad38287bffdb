import { AppError } from "../../../src/core/base/appError";
import type { Run, RunStatus } from "../../../src/core/tracking/run";
import type { Store } from "../../../src/core/tracking/store";
import { NO_CHANGE } from "../../../src/core/tracking/trackingStore";

export interface GeneratedStoreOptions {
  readonly runs: number;
  readonly params: number;
  readonly metrics: number;
  /** Milliseconds a page takes. */
  readonly delay: number;
  /** Fails with a sentence, as a dead server does. */
  readonly fails?: boolean;
  /** Names that a table must survive. */
  readonly badNames?: boolean;
}

const STATES: readonly RunStatus[] = ["FINISHED", "FINISHED", "FINISHED", "FINISHED", "FAILED", "RUNNING", "KILLED", "SCHEDULED"];
const METRICS = ["val_auc", "val_loss", "accuracy", "f1", "rmse", "train_time_s"];
const PARAMS = ["learning_rate", "max_depth", "model", "n_estimators", "optimizer", "seed"];
const BAD_NAMES = [
  "<script>alert(1)</script>",
  "line one\nline two",
  "🦊🧪 emoji run",
  "x".repeat(10_000),
  "",
  "__proto__",
  "مرحبا بالعالم",
];

/** Runs made by arithmetic: the same ones each time, as many as are asked for, without a store behind them. */
export function generatedStore(options: GeneratedStoreOptions): Store {
  const runs = Array.from({ length: options.runs }, (_, index) => generatedRun(index, options));
  const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, options.delay));
  const failing =
    <T>(result: () => T) =>
    async (): Promise<T> => {
      await pause();
      if (options.fails === true) {
        throw new AppError("store/unreachable", "The server http://localhost:5000 does not answer.", {
          remedy: "Start it, or correct its address in the settings.",
        });
      }
      return result();
    };
  return {
    describe: () => Promise.resolve({ label: "Generated", notes: [], webUrl: null }),
    searchExperiments: failing(() => ({
      items: [
        {
          experimentId: "1",
          name: "churn/baseline",
          lifecycleStage: "active" as const,
          artifactLocation: "",
          creationTime: 0,
          lastUpdateTime: 0,
          tags: new Map<string, string>(),
        },
      ],
      nextPageToken: null,
    })),
    searchRuns: async (query) => {
      const from = Number(query.pageToken ?? "0");
      const to = from + query.pageSize;
      const items = await failing(() => runs.slice(from, to))();
      return { items, nextPageToken: to < runs.length ? String(to) : null, childCounts: null };
    },
    getRun: (runId) => {
      const run = runs[Number(runId.slice(0, 8))];
      return run === undefined ? Promise.reject(new AppError("run/not-found", runId)) : Promise.resolve(run);
    },
    getMetricHistories: async (runIds, key) => {
      await pause();
      return new Map(
        runIds.map((runId) => {
          const seed = Number(runId.slice(0, 8)) + key.length;
          const points = Array.from({ length: 20 }, (_, step) => ({
            step,
            timestamp: step,
            value: seed % 13 === 0 && step === 9 ? NaN : 1 - Math.exp(-step / (4 + (seed % 7))) + noise(seed * 31 + step) * 0.08,
          }));
          const values = points.map((point) => point.value).filter(Number.isFinite);
          return [runId, { points, total: 20, min: Math.min(...values), max: Math.max(...values), exact: true }];
        }),
      );
    },
    listArtifacts: () => Promise.resolve([]),
    readArtifact: () => Promise.resolve(new Uint8Array()),
    checkForChanges: () => Promise.resolve(NO_CHANGE),
    searchRegisteredModels: () => Promise.resolve({ items: [], nextPageToken: null }),
    getRegisteredModel: (name) => Promise.reject(new AppError("model/not-found", name)),
    searchModelVersions: () => Promise.resolve({ items: [], nextPageToken: null }),
    versionsOfRun: () => Promise.resolve([]),
    dispose: () => undefined,
  };
}

function generatedRun(index: number, options: GeneratedStoreOptions): Run {
  const status = STATES[Math.floor(noise(index + 7) * STATES.length)] ?? "FINISHED";
  const startTime = Date.now() - index * 47 * 60_000 - 120_000;
  const params = new Map<string, string>();
  for (let at = 0; at < options.params; at++) {
    const value = [
      (0.1 / (1 + (index % 9))).toPrecision(3),
      String(3 + (index % 7)),
      ["xgboost", "lightgbm", "logistic regression"][index % 3] ?? "",
      String(100 * (1 + (index % 5))),
      "adam",
      "42",
    ][at % 6];
    if (noise(index * 17 + at) > 0.04) {
      params.set(PARAMS[at] ?? `param_${at}`, value ?? "");
    }
  }
  const metrics = new Map(
    Array.from({ length: options.metrics }, (_, at) => {
      const value = noise(index * 101 + at) ** (1 + (at % 3));
      return [
        METRICS[at] ?? `metric_${at}`,
        { value: index % 19 === 3 && at === 1 ? NaN : index % 23 === 5 && at === 4 ? Infinity : value, timestamp: 0, step: 19 },
      ] as const;
    }).filter(() => status !== "SCHEDULED"),
  );
  const name =
    options.badNames === true
      ? (BAD_NAMES[index % BAD_NAMES.length] ?? "")
      : `${["zealous", "calm", "brave", "witty"][index % 4]}-${["fox", "owl", "lynx"][index % 3]}-${index}`;
  return {
    runId: String(index).padStart(8, "0") + "0123456789abcdef01234567",
    experimentId: "1",
    name,
    status,
    lifecycleStage: "active",
    startTime,
    endTime: status === "RUNNING" || status === "SCHEDULED" ? null : startTime + Math.round(noise(index) * 5_000_000),
    userId: ["ada", "grace"][index % 2] ?? "",
    artifactUri: "",
    parentRunId: index % 8 > 0 && index % 3 === 0 ? String(index - (index % 8)).padStart(8, "0") + "0123456789abcdef01234567" : null,
    params,
    metrics,
    tags: new Map([["mlflow.source.name", "train.py"]]),
    inputs: [],
    outputs: [],
  };
}

/** A number in [0, 1) that looks random and is not. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}
