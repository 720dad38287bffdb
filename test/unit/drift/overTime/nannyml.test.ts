import { describe, expect, test } from "vitest";

import { CBPE_ASSUMPTION, estimatePerformance } from "../../../../src/core/drift/chunks/cbpe";
import { chunkBySize } from "../../../../src/core/drift/chunks/chunk";
import type { ChunkScore, ChunkSeries, NoSeries } from "../../../../src/core/drift/chunks/chunkSeries";
import type { ScoredRows } from "../../../../src/core/drift/chunks/estimatedMetrics";
import { reconstructionSeries, type ReconstructionSeries } from "../../../../src/core/drift/chunks/reconstruction";
import { univariateSeries } from "../../../../src/core/drift/chunks/univariate";
import type { UnivariateMethodId } from "../../../../src/core/drift/chunks/univariateMethods";
import { named, numbersOf, readFair, readNannyAnswers } from "./fixtureTable";

interface MethodAnswer {
  readonly reference: readonly number[];
  readonly analysis: readonly number[];
  readonly upper: number | null;
  readonly alert: readonly boolean[];
}

interface Answers {
  readonly univariate: Readonly<Record<string, Readonly<Record<UnivariateMethodId, MethodAnswer>>>>;
  readonly pca_reconstruction_error: MethodAnswer & {
    readonly lower: number;
    readonly upper: number;
    readonly sampling_error: readonly number[];
    readonly components_kept: number;
  };
  readonly cbpe: { readonly needs_calibration: boolean } & Readonly<
    Record<"roc_auc" | "f1" | "precision" | "recall" | "accuracy", EstimateAnswer>
  >;
}

interface EstimateAnswer {
  readonly estimated: readonly number[];
  readonly realised: readonly number[];
  readonly lower: number;
  readonly upper: number;
  readonly alert: readonly boolean[];
}

const answers = readNannyAnswers() as Answers;
const reference = readFair("reference");
const current = readFair("current");
const chunks = { reference: chunkBySize(3300, 300), current: chunkBySize(1900, 300) };

const values = (scores: readonly ChunkScore[]): (number | null)[] => scores.map(({ value }) => value);

function expectClose(actual: readonly (number | null)[], expected: readonly number[], relative = 1e-9): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs((value ?? NaN) - expected[i]!)).toBeLessThanOrEqual(relative * Math.abs(expected[i]!));
  });
}

function measured<S extends ChunkSeries>(series: S | NoSeries): S {
  if (series.kind === "none") {
    throw new Error(series.reason);
  }
  return series;
}

test("the left over rows go to the last full chunk", () => {
  expect(chunks.current).toHaveLength(6);
  expect(chunks.current.at(-1)).toMatchObject({ from: 1500, to: 1900 });
});

describe.each(Object.entries(answers.univariate))("NannyML's figures of %s", (column, methods) => {
  test.each(Object.entries(methods))("%s", (method, answer) => {
    const series = measured(
      univariateSeries(
        method as UnivariateMethodId,
        { column: named(reference, column), chunks: chunks.reference },
        { column: named(current, column), chunks: chunks.current },
      ),
    );
    expectClose(values(series.reference), answer.reference);
    expectClose(values(series.current), answer.analysis);
    expect(series.current.map(({ alert }) => alert)).toEqual(answer.alert);
    if (answer.upper !== null) {
      expectClose([series.thresholds.upper], [answer.upper]);
    }
  });
});

test("NannyML's reconstruction error of all columns together", () => {
  const answer = answers.pca_reconstruction_error;
  const features = (columns: typeof reference) => columns.filter(({ name }) => name in answers.univariate);
  const series = measured<ReconstructionSeries>(
    reconstructionSeries(
      { columns: features(reference), chunks: chunks.reference },
      { columns: features(current), chunks: chunks.current },
    ),
  );
  expect(series.components).toBe(answer.components_kept);
  expectClose(values(series.reference), answer.reference);
  expectClose(values(series.current), answer.analysis);
  expectClose(
    series.current.map(({ error }) => error),
    answer.sampling_error,
  );
  expectClose([series.thresholds.lower, series.thresholds.upper], [answer.lower, answer.upper]);
  expect(series.current.map(({ alert }) => alert)).toEqual(answer.alert);
});

describe("NannyML's estimates without labels", () => {
  const rows = (columns: typeof reference): ScoredRows => ({
    scores: numbersOf(columns, "y_pred_proba"),
    predicted: Int8Array.from(numbersOf(columns, "y_pred")),
    actual: Int8Array.from(numbersOf(columns, "target")),
  });
  const estimate = estimatePerformance(
    { rows: rows(reference), chunks: chunks.reference },
    { rows: rows(current), chunks: chunks.current },
  );
  const { needs_calibration, ...metrics } = answers.cbpe;

  test("calibrate where NannyML does", () => {
    expect(estimate).toMatchObject({ kind: "estimated" });
    expect(estimate.kind === "estimated" && estimate.calibration.curve !== null).toBe(needs_calibration);
  });

  test.each(Object.entries(metrics))("%s", (metric, answer) => {
    const series = estimate.kind === "estimated" ? estimate.series.find((each) => each.metric === metric)! : undefined;
    expect(series).toMatchObject({ kind: "estimated", assumption: CBPE_ASSUMPTION });
    expectClose(
      series!.current.map(({ estimated }) => estimated?.value ?? null),
      answer.estimated,
    );
    expectClose(
      series!.current.map(({ realised }) => realised?.value ?? null),
      answer.realised,
    );
    expectClose([series!.thresholds.lower, series!.thresholds.upper], [answer.lower, answer.upper]);
    expect(series!.current.map(({ estimated }) => estimated?.alert)).toEqual(answer.alert);
  });
});
