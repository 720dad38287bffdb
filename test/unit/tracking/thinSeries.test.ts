import { describe, expect, it } from "vitest";
import type { MetricPoint } from "../../../src/core/tracking/run";
import { SeriesThinner, toMetricHistory } from "../../../src/core/tracking/thinSeries";

/** Repeatable numbers from 0 to 1, so that a failure can be looked into. */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function curve(values: readonly number[]): MetricPoint[] {
  return values.map((value, step) => ({ step, timestamp: 1000 + step, value }));
}

describe("thinning a curve", () => {
  const random = randomSource(7);
  const cases = Array.from({ length: 200 }, (_, index) => {
    const length = Math.floor(random() * 3000);
    const values = Array.from({ length }, () => {
      const dice = random();
      return dice < 0.01 ? NaN : dice < 0.015 ? Infinity : dice < 0.02 ? -Infinity : (random() - 0.5) * 100;
    });
    return { index, values, maxPoints: 1 + Math.floor(random() * 300) };
  });

  it.each(cases)("case $index keeps its promises ($values.length points to $maxPoints)", ({ values, maxPoints }) => {
    const points = curve(values);
    const history = toMetricHistory(points, maxPoints);
    const finite = values.filter(Number.isFinite);
    expect(history.points.length).toBeLessThanOrEqual(maxPoints);
    expect(history.total).toBe(values.length);
    expect(history.exact).toBe(true);
    expect(history.min).toBe(finite.length === 0 ? null : Math.min(...finite));
    expect(history.max).toBe(finite.length === 0 ? null : Math.max(...finite));
    expect(history.points.every((point) => points[point.step] === point)).toBe(true);
    const steps = history.points.map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    if (maxPoints >= 2 && values.length >= 2) {
      expect([history.points[0], history.points.at(-1)]).toEqual([points[0], points.at(-1)]);
    }
    if (maxPoints >= 5 && finite.length > 0) {
      const kept = history.points.map(({ value }) => value);
      expect(kept).toEqual(expect.arrayContaining([history.min, history.max]));
    }
  });

  it.each(cases.slice(0, 50))("case $index comes out the same each time", ({ values, maxPoints }) => {
    // Written down, because NaN is not equal to itself and the points themselves must not count.
    const thin = (): string =>
      toMetricHistory(curve(values), maxPoints)
        .points.map(({ step, value }) => `${step}:${value}`)
        .join();
    expect(thin()).toBe(thin());
    // What was thinned already is left alone.
    const once = toMetricHistory(curve(values), maxPoints).points;
    expect(toMetricHistory(once, maxPoints).points).toEqual(once);
  });

  it.each([100, 320, 1000, 2000])("keeps one spike of 100,000 noisy points in %i, with its true height", (maxPoints) => {
    const noise = randomSource(maxPoints);
    const at = Math.floor(noise() * 100_000);
    const values = Array.from({ length: 100_000 }, (_, step) => (step === at ? 5 : noise() * 0.35));
    const history = toMetricHistory(curve(values), maxPoints);
    expect(history.max).toBe(5);
    expect(history.points.length).toBeLessThanOrEqual(maxPoints);
    expect(history.points).toContainEqual({ step: at, timestamp: 1000 + at, value: 5 });
  });

  it("keeps a short curve as it is", () => {
    const points = curve([3, NaN, 1]);
    expect(toMetricHistory(points, 3).points).toEqual(points);
  });

  it("keeps a spike wherever it is", () => {
    for (let at = 0; at < 1000; at += 37) {
      const values = Array.from({ length: 1000 }, (_, i) => (i === at ? -99 : i === 999 - at ? 99 : 0));
      const kept = toMetricHistory(curve(values), 20).points.map(({ value }) => value);
      expect(kept).toEqual(expect.arrayContaining([-99, 99]));
    }
  });

  it("keeps one mark for each stretch without numbers", () => {
    const values = Array.from({ length: 1000 }, (_, i) => ((i > 200 && i < 220) || i === 700 ? NaN : i));
    const gaps = toMetricHistory(curve(values), 60).points.filter(({ value }) => Number.isNaN(value));
    expect(gaps.map(({ step }) => step)).toEqual(expect.arrayContaining([201, 700]));
  });

  it("has no minimum where there is no number", () => {
    expect(toMetricHistory(curve([NaN, Infinity]), 10)).toMatchObject({ min: null, max: null, total: 2 });
    expect(toMetricHistory([], 10)).toEqual({ points: [], total: 0, min: null, max: null, exact: true });
  });

  it.each([0, 1, 2, 3, 4])("with room for %i keeps what matters most", (maxPoints) => {
    const values = [1, 5, -5, 2, 3, 4];
    const kept = toMetricHistory(curve(values), maxPoints).points.map(({ step }) => step);
    expect(kept).toEqual([[], [5], [0, 5], [0, 1, 5], [0, 1, 2, 5]][maxPoints]);
  });

  it("takes more or fewer points than were announced", () => {
    for (const announced of [0, 10, 100_000]) {
      const thinner = new SeriesThinner(announced, 50);
      curve(Array.from({ length: 5000 }, (_, i) => (i === 2500 ? 1e6 : Math.sin(i)))).forEach((point) => thinner.add(point));
      const history = thinner.finish();
      expect(history).toMatchObject({ total: 5000, max: 1e6 });
      expect(history.points.length).toBeLessThanOrEqual(50);
      expect(history.points.map(({ step }) => step)).toEqual(expect.arrayContaining([0, 2500, 4999]));
    }
  });
});
