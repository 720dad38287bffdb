import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readMetricSummary, readMetricPoints } from "../../../src/adapters/mlflowFile/metricFile";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "metric-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (text: string): string => {
  const path = join(folder, "metric");
  writeFileSync(path, text);
  return path;
};
const points = async (text: string): Promise<readonly (readonly number[])[]> =>
  (await readMetricPoints(write(text), () => Promise.resolve())).map(({ step, timestamp, value }) => [step, timestamp, value]);
const summary = (text: string): unknown => readMetricSummary(write(text));
const latest = (text: string): unknown => readMetricSummary(write(text)).latest;

describe("the latest value", () => {
  it("is the maximum of step, time and value, not the last line", () => {
    expect(latest("100 1.0 10\n200 2.0 2\n")).toMatchObject({ value: 1, step: 10 });
    expect(latest("300 1.0 5\n100 2.0 5\n")).toMatchObject({ value: 1, timestamp: 300 });
    expect(latest("100 1.0 5\n100 4.0 5\n100 2.0 5\n")).toMatchObject({ value: 4 });
    expect(latest("100 1.0 -5\n200 2.0 -1\n")).toMatchObject({ value: 2, step: -1 });
    expect(latest("100 0.5 0\n200 nan 1\n")).toMatchObject({ value: NaN, step: 1 });
  });

  it("reads what Python writes for numbers", () => {
    for (const [text, value] of [
      ["inf", Infinity],
      ["-inf", -Infinity],
      ["nan", NaN],
      ["5e-324", 5e-324],
      ["1e+300", 1e300],
      ["-0.125", -0.125],
    ] as const) {
      expect(latest(`1 ${text} 0\n`)).toMatchObject({ value });
    }
  });

  it("reads lines without a step, and with a dataset or a run id behind it", () => {
    expect(latest("100 0.5\n")).toEqual({ value: 0.5, timestamp: 100, step: 0 });
    expect(latest("100 0.8 3 churn-train 01484d46\n")).toEqual({ value: 0.8, timestamp: 100, step: 3 });
    expect(latest("100 0.8 3 0123456789abcdef name digest\n")).toEqual({ value: 0.8, timestamp: 100, step: 3 });
  });

  it("counts lines that cannot be read and keeps the others", () => {
    expect(summary("garbage\n100 0.5 0\nx y z\n100 0,5 1\n\n200\n")).toEqual({
      latest: { value: 0.5, timestamp: 100, step: 0 },
      badLines: 4,
    });
    expect(summary("\n")).toEqual({ latest: null, badLines: 0 });
    expect(summary("garbage\n")).toEqual({ latest: null, badLines: 1 });
    expect(summary("")).toEqual({ latest: null, badLines: 0 });
  });

  it("does not take a line that is being written for a value", () => {
    for (const unfinished of ["200 0.7", "2", "200", "200 "]) {
      expect(summary(`100 0.5 0\n${unfinished}`)).toEqual({ latest: { value: 0.5, timestamp: 100, step: 0 }, badLines: 0 });
    }
    expect(latest("100 0.5 0\n200 0.7 1")).toMatchObject({ value: 0.7, step: 1 });
    expect(latest("100 0.5 7")).toMatchObject({ value: 0.5, step: 7 });
    expect(latest("100 0.5")).toBeNull();
    expect(latest("100 0.5\n200 0.7")).toMatchObject({ value: 0.7 });
  });

  it("reads Windows line ends", () => {
    expect(latest("100 0.5 0\r\n200 0.7 1\r\n")).toEqual({ value: 0.7, timestamp: 200, step: 1 });
  });
});

describe("all points", () => {
  it("are in order of step, time and value, NaN last, equal lines once", async () => {
    expect(await points("300 3 2\n100 1 0\n100 1 0\n200 nan 1\n200 5 1\n200 nan 1\n200 4 1\n150 9 1\n")).toEqual([
      [0, 100, 1],
      [1, 150, 9],
      [1, 200, 4],
      [1, 200, 5],
      [1, 200, NaN],
      [2, 300, 3],
    ]);
  });

  it("are whole in a file of many chunks, whose cuts fall within lines", async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) => `17000000${String(i).padStart(5, "0")} ${i / 7} ${i}\n`);
    let rests = 0;
    const read = await readMetricPoints(write(lines.join("")), () => {
      rests++;
      return Promise.resolve();
    });
    expect(read).toHaveLength(400_000);
    expect(read.every((point, i) => point.step === i && point.value === i / 7)).toBe(true);
    expect(rests).toBeGreaterThan(1);
  });
});
