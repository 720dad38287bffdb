import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ESTIMATED_METRICS, estimatePerformance, type PerformanceEstimate } from "../../src/core/drift/chunks/cbpe";
import { chunkBySize, type Chunk } from "../../src/core/drift/chunks/chunk";
import type { ScoredRows } from "../../src/core/drift/chunks/estimatedMetrics";
import { chunkByPeriod } from "../../src/core/drift/chunks/periods";
import { reconstructionSeries } from "../../src/core/drift/chunks/reconstruction";
import { orderByTime, takeRows } from "../../src/core/drift/chunks/timeOrder";
import { univariateSeries } from "../../src/core/drift/chunks/univariate";
import { UNIVARIATE_METHODS, type UnivariateMethodId } from "../../src/core/drift/chunks/univariateMethods";
import { runDetector } from "../../src/core/drift/detectors";
import { adwin } from "../../src/core/drift/detectors/adwin";
import type { Baseline, Detector, DetectorId } from "../../src/core/drift/detectors/detector";
import { pageHinkley } from "../../src/core/drift/detectors/pageHinkley";
import { kpiMeter } from "../../src/core/kpi/kpiMeter";
import { resolveKpi } from "../../src/core/kpi/kpiSpec";
import { chooseRoles } from "../../src/core/kpi/roles";
import { isNumberColumn, type Column, type ColumnKind } from "../../src/core/tabular/column";

/** Fresh data each time; a failure names the seed, and MLOPS_DRIFT_SEED brings its data back. */
const SEED = Number(process.env["MLOPS_DRIFT_SEED"] ?? Date.now() % 1_000_000);

interface RawColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly values: readonly (number | string | null)[];
}

interface Marks {
  readonly drifts: readonly number[];
  readonly warnings: readonly number[];
}

interface Stream {
  readonly name: string;
  readonly values: readonly number[];
  readonly adwin: Marks;
  readonly adwin_each: Marks;
  readonly page_hinkley: Marks;
  readonly page_hinkley_strict: Marks;
  readonly ddm?: Marks;
  readonly eddm?: Marks;
}

interface BothSides<T> {
  readonly reference: readonly T[];
  readonly current: readonly T[];
}

type Values = BothSides<number | null>;

interface Case {
  readonly size: number;
  readonly reference: readonly RawColumn[];
  readonly current: readonly RawColumn[];
  readonly univariate: readonly {
    readonly column: string;
    readonly method: UnivariateMethodId;
    readonly value: Values;
    readonly upper: Values;
    readonly alert: BothSides<boolean>;
  }[];
  readonly reconstruction: {
    readonly components: number;
    readonly value: Values;
    readonly error: Values;
    readonly lower: Values;
    readonly upper: Values;
    readonly alert: BothSides<boolean>;
  };
  readonly cbpe: {
    readonly needs_calibration: boolean;
    readonly metrics: Readonly<
      Record<
        string,
        Readonly<
          Record<
            "value" | "realized" | "upper_confidence_boundary" | "lower_confidence_boundary" | "upper_threshold" | "lower_threshold",
            Values
          >
        > & { readonly alert: BothSides<boolean> }
      >
    >;
  };
}

interface KpiCase {
  readonly columns: readonly RawColumn[];
  readonly answers: Readonly<Record<string, number>>;
}

interface Answers {
  readonly streams: readonly Stream[];
  readonly small: Case;
  readonly large: Case;
  readonly periods: {
    readonly columns: readonly RawColumn[];
    readonly by: Readonly<
      Record<"day" | "week" | "month", readonly { readonly start: number; readonly rows: number; readonly mean: number }[]>
    >;
  };
  readonly kpis: Readonly<Record<"binary" | "classes" | "numbers", KpiCase>>;
}

const home = mkdtempSync(join(tmpdir(), "mlops-over-time-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let answers: Answers;
beforeAll(() => {
  const venv = process.env["MLOPS_VENV_DRIFT"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_DRIFT is not set: run the live tests with "npm run test:live".');
  }
  const output = execFileSync(join(venv, "bin", "python"), [join(import.meta.dirname, "driftOverTimeAnswers.py"), String(SEED)], {
    env: { ...process.env, HOME: home, DO_NOT_TRACK: "1", NML_DISABLE_USAGE_LOGGING: "1" },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  answers = JSON.parse(output) as Answers;
}, 600_000);

function columnOf({ name, kind, values }: RawColumn): Column {
  if (kind === "text" || kind === "boolean") {
    const labels = [...new Set(values.filter((value) => typeof value === "string"))];
    return { name, kind, labels, codes: Int32Array.from(values, (value) => labels.indexOf(String(value))) };
  }
  return { name, kind, values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))) };
}

function named(columns: readonly RawColumn[], name: string): Column {
  return columnOf(columns.find((column) => column.name === name)!);
}

function numbersOf(columns: readonly RawColumn[], name: string): Float64Array {
  const column = named(columns, name);
  return isNumberColumn(column) ? column.values : new Float64Array();
}

/** Within a billionth of the larger one; differences that are nothing but rounding of a sum count as none. */
function expectClose(actual: readonly (number | null)[], expected: readonly (number | null)[], absolute = 1e-12): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const answer = expected[i] ?? null;
    if (value === null || answer === null) {
      expect(value).toBe(answer);
    } else {
      expect(Math.abs(value - answer)).toBeLessThanOrEqual(Math.max(absolute, 1e-9 * Math.abs(answer)));
    }
  });
}

describe(`series of seed ${SEED}`, () => {
  it("make the detectors fire where river's do", () => {
    // River feeds Page–Hinkley with the values as they are: a baseline of mean 0 and deviation 1.
    const unit: Baseline = { mean: 0, std: 1, count: 2, label: "none" };
    for (const stream of answers.streams) {
      const { values } = stream;
      expect(placesOf(values, "adwin", null)).toEqual(stream.adwin);
      expect(placesOf(values, "adwin", null, adwin({ clock: 1, delta: 0.05 }))).toEqual(stream.adwin_each);
      expect(placesOf(values, "page_hinkley", unit)).toEqual(stream.page_hinkley);
      const strict = pageHinkley({ minValues: 10, delta: 0.1, lambda: 5, alpha: 1, mode: "up" });
      expect(placesOf(values, "page_hinkley", unit, strict)).toEqual(stream.page_hinkley_strict);
      if (stream.ddm !== undefined && stream.eddm !== undefined) {
        expect(placesOf(values, "ddm", null)).toEqual(stream.ddm);
        expect(placesOf(values, "eddm", null)).toEqual(stream.eddm);
      }
    }
  });
});

function placesOf(values: readonly number[], ...[id, baseline, detector]: readonly [DetectorId, Baseline | null, Detector?]): Marks {
  const { marks } = runDetector(id, values, baseline, detector ?? null);
  const at = (level: "drift" | "warning"): number[] => (marks ?? []).filter((mark) => mark.level === level).map(({ index }) => index);
  return { drifts: at("drift"), warnings: at("warning") };
}

describe.each(["small", "large"] as const)(`NannyML's %s table of seed ${SEED}`, (name) => {
  const chunksOf = (columns: readonly RawColumn[]): Chunk[] => chunkBySize(columns[0]!.values.length, answers[name].size);
  const values = (scores: readonly { readonly value: number | null }[]): (number | null)[] => scores.map(({ value }) => value);

  it.each(UNIVARIATE_METHODS.map(({ id }) => id))("has the same %s in every chunk", (method) => {
    const { reference, current, univariate } = answers[name];
    const asked = univariate.filter((each) => each.method === method);
    expect(asked).not.toHaveLength(0);
    for (const answer of asked) {
      const series = univariateSeries(
        method,
        { column: named(reference, answer.column), chunks: chunksOf(reference) },
        { column: named(current, answer.column), chunks: chunksOf(current) },
      );
      if (series.kind === "none") {
        throw new Error(`${answer.column}: ${series.reason}`);
      }
      // A share left over by rounding alone is a bin of its own there, of the size of 1e-16 and its root.
      expectClose(values(series.reference), answer.value.reference, 2e-8);
      expectClose(values(series.current), answer.value.current, 2e-8);
      expect(series.current.map(({ alert }) => alert)).toEqual(answer.alert.current);
      if (method !== "chi2") {
        expectClose([series.thresholds.upper], [answer.upper.current[0] ?? null], 2e-8);
      }
    }
  });

  it("has the same reconstruction error", () => {
    const { reference, current, reconstruction: answer } = answers[name];
    const used = ["x", "skewed", "count", "city", "score"];
    const table = (columns: readonly RawColumn[]) => ({ columns: used.map((column) => named(columns, column)), chunks: chunksOf(columns) });
    const series = reconstructionSeries(table(reference), table(current));
    if (series.kind === "none") {
      throw new Error(series.reason);
    }
    expect(series.components).toBe(answer.components);
    expectClose(values(series.reference), answer.value.reference);
    expectClose(values(series.current), answer.value.current);
    expectClose(
      series.current.map(({ error }) => error),
      answer.error.current,
    );
    expectClose([series.thresholds.lower, series.thresholds.upper], [answer.lower.current[0] ?? null, answer.upper.current[0] ?? null]);
    expect(series.current.map(({ alert }) => alert)).toEqual(answer.alert.current);
  });

  it("has the same estimates and realised values, limits and intervals", () => {
    const { reference, current, cbpe } = answers[name];
    const rows = (columns: readonly RawColumn[]): ScoredRows => ({
      scores: numbersOf(columns, "score"),
      predicted: Int8Array.from(numbersOf(columns, "prediction")),
      actual: Int8Array.from(numbersOf(columns, "label")),
    });
    const estimate = estimatePerformance(
      { rows: rows(reference), chunks: chunksOf(reference) },
      { rows: rows(current), chunks: chunksOf(current) },
    );
    expect(estimate.kind).toBe("estimated");
    const { calibration, series } = estimate as PerformanceEstimate;
    expect(calibration.curve !== null).toBe(cbpe.needs_calibration);
    expect(series.map(({ metric }) => metric).sort()).toEqual([...ESTIMATED_METRICS].sort());
    for (const { metric, thresholds, reference: before, current: after } of series) {
      const answer = cbpe.metrics[metric]!;
      for (const [points, side] of [
        [before, "reference"],
        [after, "current"],
      ] as const) {
        const column = (key: "value" | "realized" | "upper_confidence_boundary" | "lower_confidence_boundary") => answer[key][side];
        expectClose(
          points.map(({ estimated }) => estimated?.value ?? null),
          column("value"),
        );
        expectClose(
          points.map(({ realised }) => realised?.value ?? null),
          column("realized"),
        );
        expectClose(
          points.map(({ estimated }) => estimated?.interval?.low ?? null),
          column("lower_confidence_boundary"),
        );
        expectClose(
          points.map(({ estimated }) => estimated?.interval?.high ?? null),
          column("upper_confidence_boundary"),
        );
        expect(points.map(({ estimated }) => estimated?.alert)).toEqual(answer.alert[side]);
      }
      expectClose(
        [thresholds.lower, thresholds.upper],
        [answer.lower_threshold.current[0] ?? null, answer.upper_threshold.current[0] ?? null],
      );
    }
  });
});

it.each(["day", "week", "month"] as const)(`NannyML's chunks of a %s of seed ${SEED} hold the same rows`, (by) => {
  const { columns, by: periods } = answers.periods;
  const time = named(columns, "time");
  const x = named(columns, "x");
  if (!isNumberColumn(time) || !isNumberColumn(x)) {
    throw new Error("Both columns are numbers.");
  }
  const { order, times } = orderByTime(time);
  const sorted = takeRows(x, order).values;
  const chunks = chunkByPeriod(times, by);
  expect(chunks.map(({ start, from, to }) => [start, to - from])).toEqual(periods[by].map(({ start, rows }) => [start, rows]));
  const means = chunks.map(({ from, to }) => {
    const present = sorted.subarray(from, to).filter((value) => !Number.isNaN(value));
    return present.reduce((sum, value) => sum + value, 0) / present.length;
  });
  expectClose(
    means,
    periods[by].map(({ mean }) => mean),
  );
});

it.each(["binary", "classes", "numbers"] as const)(`scikit-learn's figures of %s of seed ${SEED}`, (name) => {
  const { columns: raw, answers: expected } = answers.kpis[name];
  const columns = raw.map(columnOf);
  for (const [metric, answer] of Object.entries(expected)) {
    const meter = kpiMeter(resolveKpi(metric)!, columns, chooseRoles(columns));
    const found = typeof meter === "string" ? null : meter.measure({ from: 0, to: raw[0]!.values.length });
    expectClose([found?.value ?? null], [answer]);
  }
});
