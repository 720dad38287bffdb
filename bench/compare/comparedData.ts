import { EXPERIMENTS, FIRST_START, type GeneratedRun, generateRuns, type Point } from "../generatedRuns";

/** The experiment that all compared runs are in, so that one selection takes them all. */
export const EXPERIMENT = EXPERIMENTS[0];

/** A spike that is seen or lost: one point of so many, far above all others. */
export const SPIKE = 5;
const HIGHEST_OTHER = 0.35;

/** So many active, finished runs of one experiment, without parents: what a person selects and compares. */
export function comparedRuns(size: {
  readonly runs: number;
  readonly params: number;
  readonly metrics: number;
  readonly steps: number;
}): GeneratedRun[] {
  return [...generateRuns({ ...size, runsWithCurves: size.runs })].map((run) => ({
    ...run,
    experimentId: EXPERIMENT,
    isDeleted: false,
    status: "FINISHED",
    endTime: run.endTime ?? run.startTime + 60_000,
    tags: run.tags.filter(([key]) => key !== "mlflow.parentRunId"),
  }));
}

/** Runs with one long curve each; the metric is called loss. */
export function longRuns(runs: number, points: number): GeneratedRun[] {
  return comparedRuns({ runs, params: 20, metrics: 1, steps: 1 }).map((run) => ({
    ...run,
    metrics: [{ key: "loss", points: longCurve(run, points, (step) => 1 / (1 + step / 5000) + noise(step, run.index)) }],
  }));
}

/** Two runs of which the first has one spike in a long, noisy curve. */
export function spikedRuns(points: number): GeneratedRun[] {
  return comparedRuns({ runs: 2, params: 20, metrics: 1, steps: 1 }).map((run) => ({
    ...run,
    metrics: [
      {
        key: "grad_norm",
        // Off any round number, where sampling at equal distances would meet it by luck.
        points: longCurve(run, points, (step) =>
          run.index === 0 && step === Math.floor(points * 0.61803) ? SPIKE : HIGHEST_OTHER * (0.5 + noise(step, run.index)),
        ),
      },
    ],
  }));
}

function longCurve(run: GeneratedRun, points: number, value: (step: number) => number): Point[] {
  return Array.from({ length: points }, (_, step) => ({
    value: value(step),
    timestamp: FIRST_START + run.index * 60_000 + step * 100,
    step,
  }));
}

/** From -0.5 to 0.5, the same each time. */
function noise(step: number, seed: number): number {
  let mixed = Math.imul((step + 1) ^ (seed << 20), 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return (((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32 - 0.5) * 0.999;
}
