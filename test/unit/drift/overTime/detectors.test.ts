import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DETECTORS, runDetector } from "../../../../src/core/drift/detectors";
import { adwin } from "../../../../src/core/drift/detectors/adwin";
import { bandOf } from "../../../../src/core/drift/detectors/baselineBand";
import { baselineOf, type Baseline, type Detector, type DetectorId } from "../../../../src/core/drift/detectors/detector";
import { pageHinkley } from "../../../../src/core/drift/detectors/pageHinkley";
import { readStream, streamAnswers, type AdwinAnswer } from "./fixtureStreams";

const drifts = (id: DetectorId, values: readonly number[], baseline: Baseline | null, detector: Detector | null = null) => {
  const { marks } = runDetector(id, values, baseline, detector);
  return (marks ?? []).filter(({ level }) => level === "drift");
};

const indexes = (...parameters: Parameters<typeof drifts>): number[] => drifts(...parameters).map(({ index }) => index);

function expectAdwin(values: readonly number[], answer: AdwinAnswer, options: Parameters<typeof adwin>[0] = {}): void {
  const detector = adwin(options);
  const found: number[] = [];
  const widths: number[] = [];
  values.forEach((value, index) => {
    if (detector.update(value) !== null) {
      found.push(index);
      widths.push(detector.width);
    }
  });
  expect(found).toEqual(answer.detections);
  expect(widths).toEqual(answer.width_after);
  expect(detector.width).toBe(answer.final_width);
  expect(detector.mean).toBeCloseTo(answer.final_mean, 9);
}

describe.each(Object.entries(streamAnswers()))("the recorded series %s", (name, answer) => {
  const values = readStream(name);
  const baseline = baselineOf(values.slice(0, answer.standardise.first_n), "the first 100 values")!;
  const z = values.map((value) => (value - baseline.mean) / baseline.std);

  test("has the recorded baseline", () => {
    expect(values).toHaveLength(answer.n);
    expect(baseline.mean).toBeCloseTo(answer.standardise.mean, 9);
    expect(baseline.std).toBeCloseTo(answer.standardise.std_sample, 9);
  });

  test("makes Page–Hinkley fire where river's does", () => {
    const found = indexes("page_hinkley", values, baseline);
    expect(found.slice(0, 40)).toEqual(answer.page_hinkley_default_on_z.first40);
    expect(found).toHaveLength(answer.page_hinkley_default_on_z.count);

    const strict = pageHinkley({ minValues: 30, delta: 0.05, lambda: 10, alpha: 1 });
    const other = answer["page_hinkley_min30_delta0.05_lambda10_alpha1_on_z"];
    const strictly = indexes("page_hinkley", values, baseline, strict);
    expect(strictly.slice(0, 40)).toEqual(other.first40);
    expect(strictly).toHaveLength(other.count);
  });

  test("makes ADWIN cut its window where river's does", () => {
    expectAdwin(values, answer.adwin_default);
    expectAdwin(values, answer["adwin_delta0.05_clock1"], { delta: 0.05, clock: 1 });
    expectAdwin(z, answer.adwin_default_on_z);
    expect(indexes("adwin", values, null)).toEqual(answer.adwin_default.detections);
  });

  test("makes CUSUM alarm at the recorded places, in the recorded direction", () => {
    const found = drifts("cusum", values, baseline).map(({ index, direction }) => [index, direction]);
    expect(found.slice(0, 40)).toEqual(answer["cusum_k0.5_h5_on_z"].slice(0, 40));
    expect(found).toHaveLength(answer.cusum_alarms);
  });
});

test.each(["ddm", "eddm"] as const)("%s warns and alarms where river's does", (id) => {
  const recorded = streamAnswers()["errors_step"]![`${id}_default`]!;
  const { marks } = runDetector(id, readStream("errors_step"), null);
  expect(marks!.filter(({ level }) => level === "drift").map(({ index }) => index)).toEqual(recorded.drift);
  expect(marks!.filter(({ level }) => level === "warning").map(({ index }) => index)).toEqual(recorded.warning_starts);
});

describe("the band of a baseline", () => {
  const baseline: Baseline = { mean: 10, std: 2, count: 20, label: "the first 20 weeks" };

  test("marks what lies outside, not what lies on a limit", () => {
    expect(bandOf(baseline)).toEqual({ low: 4, high: 16 });
    expect(runDetector("baseline_band", [10, 16, 16.001, 4, 3.9], baseline).marks).toEqual([
      { detector: "baseline_band", index: 2, level: "drift", direction: "up" },
      { detector: "baseline_band", index: 4, level: "drift", direction: "down" },
    ]);
  });

  test("of values that are all the same marks every other value", () => {
    const flat = baselineOf([5, 5, 5], "three days")!;
    expect(flat.std).toBe(0);
    expect(indexes("baseline_band", [5, 5, 5.1], flat)).toEqual([2]);
  });
});

describe("what cannot be judged", () => {
  test("says so in a sentence", () => {
    expect(runDetector("cusum", [1, 2], null)).toMatchObject({ marks: null, reason: expect.stringContaining("baseline") as string });
    expect(runDetector("page_hinkley", [1, 2], { mean: 1, std: 0, count: 4, label: "April" })).toMatchObject({
      marks: null,
      reason: expect.stringContaining("April") as string,
    });
    expect(runDetector("ddm", [0, 1, 0.5], null)).toMatchObject({ marks: null, reason: expect.stringContaining("0 (correct)") as string });
    expect(baselineOf([1], "one day")).toBeNull();
    expect(baselineOf([NaN, Infinity], "a bad day")).toBeNull();
  });

  test("missing and infinite values are passed over and keep their place", () => {
    const baseline: Baseline = { mean: 0, std: 1, count: 20, label: "before" };
    const { marks } = runDetector("baseline_band", [null, NaN, Infinity, -Infinity, 9], baseline);
    expect(marks).toEqual([{ detector: "baseline_band", index: 4, level: "drift", direction: "up" }]);
  });
});

describe("any series", () => {
  const baseline: Baseline = { mean: 0, std: 1, count: 30, label: "before" };
  const series = fc.array(fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(NaN, Infinity, -Infinity)), {
    maxLength: 300,
  });

  test.each(DETECTORS.filter(({ takes }) => takes !== "errors"))("$label marks places inside, once each, in order", ({ id }) => {
    fc.assert(
      fc.property(series, (values) => {
        const marks = runDetector(id, values, baseline).marks!;
        const places = marks.map(({ index }) => index);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect(places.every((index) => Number.isFinite(values[index]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each(DETECTORS)("$label says nothing of a constant series", ({ id }) => {
    expect(runDetector(id, new Array<number>(2000).fill(0), baseline).marks).toEqual([]);
  });

  test("ADWIN's window holds the mean of the newest values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 400 }), (values) => {
        const detector = adwin({ clock: 1 });
        let seen: number[] = [];
        for (const value of values) {
          const alarm = detector.update(value);
          seen.push(value);
          const kept = seen.slice(seen.length - detector.width);
          expect(detector.mean).toBeCloseTo(kept.reduce((a, b) => a + b, 0) / kept.length, 6);
          seen = alarm === null ? kept : [];
        }
      }),
      { numRuns: 60 },
    );
  });

  test("ADWIN finds a step and says where it went", () => {
    const steps = [...new Array<number>(300).fill(0), ...new Array<number>(300).fill(1)].map((value, i) => value + (i % 7) / 20);
    expect(drifts("adwin", steps, null)[0]).toMatchObject({ direction: "up" });
    expect(
      drifts(
        "adwin",
        steps.map((value) => -value),
        null,
      )[0],
    ).toMatchObject({ direction: "down" });
  });
});
