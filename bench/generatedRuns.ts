/** One made-up run, the same for every store and every machine. */
export interface GeneratedRun {
  readonly index: number;
  readonly runId: string;
  /** "1" to "4". */
  readonly experimentId: string;
  readonly name: string;
  readonly status: "FINISHED" | "FAILED" | "KILLED" | "RUNNING";
  readonly startTime: number;
  readonly endTime: number | null;
  readonly isDeleted: boolean;
  readonly params: readonly (readonly [key: string, value: string])[];
  readonly metrics: readonly { readonly key: string; readonly points: readonly Point[] }[];
  readonly tags: readonly (readonly [key: string, value: string])[];
}

export interface Point {
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface DataSize {
  readonly runs: number;
  readonly params: number;
  readonly metrics: number;
  /** So many runs have curves of `steps` points; the others log each metric once. */
  readonly runsWithCurves: number;
  readonly steps: number;
}

export const EXPERIMENTS = ["1", "2", "3", "4"] as const;
export const FIRST_START = 1_760_000_000_000;

/** Runs a minute apart over four experiments, a parent before each 49 children, some failed, deleted or still running, a little NaN. */
export function* generateRuns(size: DataSize): Generator<GeneratedRun> {
  const random = mulberry32(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const hex = (digits: number): string =>
    Array.from({ length: digits / 8 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
  const paramKeys = ["lr", "batch_size", "optimizer", "epochs", ...numbered("p", size.params)].slice(0, size.params);
  const metricKeys = ["loss", "acc", "val/loss", "val/acc", ...numbered("m", size.metrics)].slice(0, size.metrics);
  let parent: string | undefined;
  for (let index = 0; index < size.runs; index++) {
    const runId = hex(32);
    const startTime = FIRST_START + index * 60_000;
    const chance = below(100);
    const status = chance < 90 ? "FINISHED" : chance < 97 ? "FAILED" : chance < 98 ? "KILLED" : "RUNNING";
    const isParent = index % 50 === 0;
    const tags: [string, string][] = [
      ["mlflow.user", pick(["alice", "bob", "carol"])],
      ["mlflow.source.name", "train.py"],
      ["mlflow.source.type", "LOCAL"],
      ["mlflow.runName", `run-${index}`],
      ["mlflow.source.git.commit", hex(40)],
      ["owner", pick(["alice", "bob", "carol"])],
      ...(isParent || parent === undefined ? [] : [["mlflow.parentRunId", parent] as [string, string]]),
    ];
    parent = isParent ? runId : parent;
    const paramValue = (key: string): string =>
      key === "lr"
        ? `${10 ** -(1 + below(5))}`
        : key === "optimizer"
          ? pick(["adam", "sgd", "adamw"])
          : `${key.startsWith("p") ? "v" : ""}${1 + below(500)}`;
    const steps = index < size.runsWithCurves ? size.steps : 1;
    yield {
      index,
      runId,
      // Parent and children share an experiment.
      experimentId: EXPERIMENTS[Math.floor(index / 50) % EXPERIMENTS.length] ?? "1",
      name: `run-${index}`,
      status,
      startTime,
      endTime: status === "RUNNING" ? null : startTime + 10_000 + below(890_000),
      isDeleted: random() < 0.02,
      params: paramKeys.map((key) => [key, paramValue(key)]),
      metrics: metricKeys.map((key) => {
        const start = random();
        return {
          key,
          points: Array.from({ length: steps }, (_, step) => ({
            value: random() < 0.001 ? NaN : start / (step + 1),
            timestamp: startTime + step * 1000,
            step,
          })),
        };
      }),
      tags,
    };
  }
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: Math.max(0, count - 4) }, (_, index) => `${prefix}${String(index + 4).padStart(2, "0")}`);
}

/** A small generator of random numbers with a seed, so that every run of the benchmark reads the same data. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
