import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { kpiMeter } from "../../../src/core/kpi/kpiMeter";
import { resolveKpi, type MeasureId } from "../../../src/core/kpi/kpiSpec";
import type { KpiValue } from "../../../src/core/kpi/kpiValue";
import { chooseRoles } from "../../../src/core/kpi/roles";
import type { Column } from "../../../src/core/tabular/column";
import { numbers, readFair, textColumn } from "../drift/overTime/fixtureTable";

/** The figure of all rows; a sentence where there is none. */
function measure(
  name: string,
  columns: readonly Column[],
  given: Parameters<typeof chooseRoles>[1] = {},
  positive: string | null = null,
): KpiValue | string {
  const spec = resolveKpi(name, columns);
  if (spec === null) {
    throw new Error(`Nobody knows ${name}.`);
  }
  const meter = kpiMeter(spec, columns, chooseRoles(columns, given), positive);
  const first = columns[0]!;
  const rows = "values" in first ? first.values.length : first.codes.length;
  return typeof meter === "string" ? meter : meter.measure({ from: 0, to: rows });
}

function value(...parameters: Parameters<typeof measure>): number | null {
  const found = measure(...parameters);
  return typeof found === "string" ? null : found.value;
}

function reason(...parameters: Parameters<typeof measure>): string {
  const found = measure(...parameters);
  return typeof found === "string" ? found : found.kind === "none" ? found.reason : `${found.value}`;
}

describe("figures of a real survey's model", () => {
  const fair = readFair("current");

  // Computed by scikit-learn 1.9.1 from the same file.
  const answers: Partial<Record<MeasureId, number>> = {
    accuracy: 0.7,
    precision: 0.5963541666666666,
    recall: 0.3555900621118012,
    specificity: 0.8765923566878981,
    f1: 0.4455252918287938,
    macro_f1: 0.6199487931005441,
    roc_auc: 0.7170927374688453,
    log_loss: 0.5765346409461256,
  };
  test.each(Object.entries(answers))("%s is scikit-learn's", (name, answer) => {
    expect(value(name, fair)).toBeCloseTo(answer, 12);
    expect(measure(name, fair)).toMatchObject({ kind: "measured", rows: 1900 });
  });

  test("errors of predicted numbers are scikit-learn's", () => {
    const roles = { label: "age", prediction: "yrs_married" };
    expect(value("mae", fair, roles)).toBeCloseTo(19.985, 9);
    expect(value("mse", fair, roles)).toBeCloseTo(410.6603947368421, 9);
    expect(value("rmse", fair, roles)).toBeCloseTo(Math.sqrt(410.6603947368421), 9);
    expect(value("r2", fair, roles)).toBeCloseTo(-7.404032284535697, 9);
  });

  test("means over many classes are scikit-learn's, over the rows that have both", () => {
    const roles = { label: "religious", prediction: "rate_marriage" };
    expect(measure("accuracy", fair, roles)).toMatchObject({ rows: 1671 });
    expect(value("accuracy", fair, roles)).toBeCloseTo(0.11909036505086774, 12);
    expect(value("precision", fair, roles)).toBeCloseTo(0.23317042454609127, 12);
    expect(value("recall", fair, roles)).toBeCloseTo(0.10627618679157987, 12);
    expect(value("f1", fair, roles)).toBeCloseTo(0.10567778719637891, 12);
    expect(measure("f1", fair, roles)).toMatchObject({ notes: expect.arrayContaining(["Mean over 5 classes."]) as unknown });
  });
});

describe("the same classes written in several ways", () => {
  const actual = numbers("label", [1, 0, 1, 0, 1]);
  const forms: readonly (readonly [string, Column])[] = [
    ["integers", numbers("prediction", [1, 0, 0, 0, 1], "integer")],
    ["booleans", textColumn("prediction", ["True", "False", "False", "False", "True"], "boolean")],
    ["lower case text", textColumn("prediction", ["true", "false", "false", "false", "true"])],
    ["text of numbers", textColumn("prediction", ["1", "0", "0", "0", "1"])],
  ];
  test.each(forms)("%s", (_, prediction) => {
    expect(value("accuracy", [actual, prediction])).toBe(0.8);
    expect(value("recall", [actual, prediction])).toBeCloseTo(2 / 3, 12);
    expect(value("precision", [actual, prediction])).toBe(1);
  });

  test("words: yes is positive, and of unknown words the last one by the alphabet", () => {
    const words = (name: string, fields: string[]) => textColumn(name, fields);
    expect(value("recall", [words("label", ["yes", "no", "yes"]), words("prediction", ["yes", "no", "no"])])).toBe(0.5);
    const pair = [words("label", ["stay", "leave", "stay"]), words("prediction", ["stay", "leave", "leave"])];
    expect(measure("precision", pair)).toMatchObject({ value: 1, notes: ['"stay" was taken as the positive class.'] });
    expect(measure("precision", pair, {}, "leave")).toMatchObject({ value: 0.5, notes: [] });
    expect(reason("precision", pair, {}, "churn")).toContain('"churn"');
  });
});

describe("what stands in for a prediction or a score", () => {
  const label = numbers("label", [1, 0, 1, 0]);

  test("a score of probabilities gives predictions, and says so", () => {
    const found = measure("accuracy", [label, numbers("score", [0.9, 0.5, 0.2, 0.1])]);
    expect(found).toMatchObject({ value: 0.5, notes: ['Predictions are taken from "score": positive from 0.5 on.'] });
  });

  test("a prediction that holds probabilities is a score", () => {
    const columns = [label, numbers("prediction", [0.9, 0.5, 0.2, 0.1])];
    expect(measure("roc_auc", columns)).toMatchObject({
      value: 0.75,
      notes: expect.arrayContaining(['"prediction" was taken as the score.']) as unknown,
    });
    expect(value("recall", columns)).toBe(0.5);
  });

  test("scores that are no probabilities give neither predictions nor a log loss", () => {
    const columns = [label, numbers("score", [3, -1, 2, 0])];
    expect(value("roc_auc", columns)).toBe(1);
    expect(reason("log_loss", columns)).toContain("no probability");
    expect(reason("accuracy", columns)).toContain("no probability");
  });
});

describe("what cannot be computed has a sentence", () => {
  const label = numbers("label", [0, 0, 0]);
  const none = numbers("prediction", [0, 0, 0]);

  test("one class only", () => {
    expect(value("accuracy", [label, none])).toBe(1);
    expect(reason("precision", [label, none])).toBe("No row was predicted to be positive.");
    expect(reason("recall", [label, none])).toBe("No row is positive.");
    expect(reason("f1", [label, none])).toBe("No row is positive or was predicted to be.");
    expect(reason("roc_auc", [label, numbers("score", [0.1, 0.2, 0.3])])).toContain("both classes");
    expect(value("selection_rate", [none])).toBe(0);
  });

  test("missing columns, empty tables, no values", () => {
    expect(reason("f1", [none])).toBe("No column holds the label; say which one does.");
    expect(reason("f1", [label], { prediction: "guess" })).toBe('There is no column "guess" for the prediction.');
    expect(reason("f1", [numbers("label", []), numbers("prediction", [])])).toBe("No row has a label and a prediction.");
    expect(reason("mae", [numbers("label", [NaN]), numbers("prediction", [1])])).toBe("No row has a label and a prediction.");
    expect(reason("mae", [textColumn("label", ["a"]), none])).toContain("must be numbers");
    expect(reason("r2", [numbers("label", [2, 2]), numbers("prediction", [1, 3])])).toContain("All labels are the same");
    expect(reason("mean(clicks)", [none])).toBe('There is no column "clicks".');
    expect(reason("sum(x)", [numbers("x", [NaN, Infinity])])).toBe("No row has a value.");
    expect(reason("selection_rate_ratio", [none])).toBe("It compares groups: say with `by` which column has them.");
    expect(reason("specificity", [numbers("label", [1, 2, 3]), numbers("prediction", [1, 2, 3])])).toContain("more than two classes");
    expect(
      reason("accuracy", [
        numbers(
          "label",
          Array.from({ length: 2000 }, (_, i) => i / 7),
        ),
        numbers("prediction", new Array<number>(2000).fill(1)),
      ]),
    ).toContain("no classes");
  });

  test("numbers that are too large to be added up", () => {
    expect(reason("rmse", [numbers("label", [1e200, 1]), numbers("prediction", [-1e200, 1])])).toBe(
      "The values are too large to be added up.",
    );
  });
});

describe("figures of a column", () => {
  const clicks = numbers("clicks", [1, 0, 3, NaN]);
  const status = textColumn("status", ["ok", "failed", "ok", "failed", ""]);
  const clicked = textColumn("clicked", ["True", "False", "True", ""], "boolean");

  test("mean and sum leave out what is missing, and say so", () => {
    expect(measure("mean(clicks)", [clicks])).toMatchObject({ value: 4 / 3, rows: 3, notes: ["1 row has no value and is left out."] });
    expect(value("sum of clicks", [clicks])).toBe(4);
    expect(value("clicks", [clicks])).toBeCloseTo(4 / 3, 12);
  });

  test("rates count true, one, yes, or a value", () => {
    expect(measure("rate(clicked)", [clicked])).toMatchObject({ value: 2 / 3, rows: 3 });
    expect(value("clicked", [clicked])).toBeCloseTo(2 / 3, 12);
    expect(value("rate(status = failed)", [status])).toBe(0.5);
    expect(value('share(status=="failed")', [status])).toBe(0.5);
    expect(value("rate(clicks = 3)", [clicks])).toBeCloseTo(1 / 3, 12);
    expect(reason("rate(clicks)", [clicks])).toContain("rate(clicks = 3)");
    expect(reason("rate(status)", [status])).toContain("say which value counts");
    expect(value("rate(flag)", [numbers("flag", [0, 1, 1, NaN])])).toBeCloseTo(2 / 3, 12);
  });
});

describe("any scored table", () => {
  const rows = fc.array(
    fc.record({ label: fc.constantFrom(0, 1, NaN), prediction: fc.constantFrom(0, 1, NaN), score: fc.double({ noNaN: false }) }),
    { maxLength: 60 },
  );
  const names = [
    "accuracy",
    "precision",
    "recall",
    "specificity",
    "f1",
    "macro_f1",
    "roc_auc",
    "log_loss",
    "mae",
    "rmse",
    "r2",
    "selection_rate",
  ];

  test("gives a finite figure inside of its interval, or a sentence", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...names), (table, name) => {
        const columns = (["label", "prediction", "score"] as const).map((key) =>
          numbers(
            key,
            table.map((row) => row[key]),
          ),
        );
        const found = measure(name, columns);
        if (typeof found === "string" || found.kind === "none") {
          expect(typeof found === "string" ? found : found.reason).toMatch(/\.$/);
        } else {
          expect(Number.isFinite(found.value)).toBe(true);
          expect(found.rows).toBeGreaterThan(0);
          if (found.interval !== null) {
            expect(found.interval.low).toBeLessThanOrEqual(found.value + 1e-12);
            expect(found.interval.high).toBeGreaterThanOrEqual(found.value - 1e-12);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the ROC AUC is the share of pairs that are in order, and turns around with the scores", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -4, max: 4 })), { minLength: 2, maxLength: 40 }), (pairs) => {
        const [labels, scores] = [pairs.map(([label]) => (label ? 1 : 0)), pairs.map(([, score]) => score)];
        const won = pairs.flatMap(([a, high]) =>
          a ? pairs.flatMap(([b, low]) => (b ? [] : [high > low ? 1 : high === low ? 0.5 : 0])) : [],
        );
        const expected = won.length === 0 ? null : won.reduce((sum: number, one) => sum + one, 0) / won.length;
        const auc = value("auc", [numbers("label", labels), numbers("score", scores)]);
        const turned = value("auc", [
          numbers("label", labels),
          numbers(
            "score",
            scores.map((score) => -score),
          ),
        ]);
        if (expected === null) {
          expect(auc).toBeNull();
        } else {
          expect(auc).toBeCloseTo(expected, 12);
          expect(turned).toBeCloseTo(1 - expected, 12);
        }
      }),
    );
  });
});
