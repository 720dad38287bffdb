import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { metricOverTime, readMetricsFile, type MetricsFile } from "../../../src/core/kpi/metricsFile";

function read(text: string, format?: "json" | "csv"): MetricsFile {
  const found = readMetricsFile(text, format);
  if (typeof found === "string") {
    throw new Error(found);
  }
  return found;
}

const entries = (file: MetricsFile): unknown => file.points.map(({ time, metrics }) => [time, Object.fromEntries(metrics)]);

describe("a metrics file", () => {
  test("of one measurement, nested or not", () => {
    expect(
      entries(read('{"f1": 0.8, "auc": "0.9", "share": "45 %", "name": "churn", "bad": null, "test": {"mae": 3, "deep": {"x": 1}}}')),
    ).toEqual([[null, { f1: 0.8, auc: 0.9, share: 0.45, "test.mae": 3, "test.deep.x": 1 }]]);
  });

  test("of many moments, in any of the ways to write them, oldest first", () => {
    const expected = [
      [Date.UTC(2026, 0, 5), { f1: 0.8 }],
      [Date.UTC(2026, 1, 1), { f1: 0.7 }],
    ];
    expect(entries(read('[{"date": "2026-02-01", "f1": 0.7}, {"date": "2026-01-05", "f1": 0.8}]'))).toEqual(expected);
    expect(entries(read('{"timestamp": 1767571200, "f1": 0.8}\n{"timestamp": 1769904000000, "f1": 0.7}\n'))).toEqual(expected);
    expect(entries(read("\uFEFFDate;f1\r\n2026-01-05;0.8\r\n2026-02-01T00:00:00Z;0.7\r\n"))).toEqual(expected);
    expect(entries(read("month,f1\n2026-02,0.7\n2026-01-05 00:00,0.8"))).toEqual(expected);
    expect(
      entries(read('[{"time": "2026-01-05", "metric": "f1", "value": 0.8}, {"time": "2026-02-01", "metric": "f1", "value": 0.7}]')),
    ).toEqual(expected);
  });

  test("passes over what it cannot read, and counts it", () => {
    const file = read('[{"date": "soon", "f1": 1}, {"date": "2026-01-05"}, {"date": "2026-01-06", "f1": 0.5}, 3, null]');
    expect(entries(file)).toEqual([[Date.UTC(2026, 0, 6), { f1: 0.5 }]]);
    expect(file.notes).toEqual(["2 entries have no number or a time that cannot be read, and are passed over."]);
  });

  test("is asked for a metric without regard to case", () => {
    expect(metricOverTime(read('[{"date": "2026-01-05", "F1": 0.8}, {"date": "2026-01-06", "auc": 0.9}]'), "f1")).toEqual([
      { time: Date.UTC(2026, 0, 5), value: 0.8 },
    ]);
  });

  test.each([
    ["", "The metrics file is empty."],
    ["{", "no valid JSON"],
    ["[]", "holds no number"],
    ['{"a": "b"}', "holds no number"],
    ["hello world", "neither JSON nor CSV"],
    ['{"a": 1e999}', "holds no number"],
  ])("%j has a sentence", (text, sentence) => {
    expect(readMetricsFile(text)).toContain(sentence);
  });

  test("any text and any JSON: points with finite numbers, or a sentence", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const found = readMetricsFile(text);
        if (typeof found === "string") {
          expect(found).not.toBe("");
        } else {
          expect(found.points.flatMap(({ metrics }) => [...metrics.values()]).every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
