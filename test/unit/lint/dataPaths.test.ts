import { describe, expect, it } from "vitest";

import { pathsOverlap } from "../../../src/core/lint/dataPaths";

describe("pathsOverlap", () => {
  it.each([
    ["data/train.parquet", "./data//train.parquet"],
    ["data\\train.parquet", "data/train.parquet"],
    ["data/", "data/train.parquet"],
    ["data/*.parquet", "data/train.parquet"],
    ["data/**", "data/2026/11/train.parquet"],
    ["data/part-?.csv", "data/part-1.csv"],
    ["s3://bucket/train/", "s3://bucket/train/a.parquet"],
    ["../data/train.csv", "../data/train.csv"],
    ["data/[a-b].csv", "data/a.csv"],
  ])("%s and %s share files", (left, right) => {
    expect(pathsOverlap(left, right)).toBe(true);
    expect(pathsOverlap(right, left)).toBe(true);
  });

  it.each([
    ["data/train.parquet", "data/test.parquet"],
    ["data/train", "data/training/a.parquet"],
    ["data/*.parquet", "data/2026/a.parquet"],
    ["train.parquet", "data/train.parquet"],
    ["", "data/train.parquet"],
    ["!data", "data"],
    ["#data", "data"],
    ["../data", "../data/train.csv"],
    ["a/".repeat(5000), "a"],
  ])("%s and %s share none that their texts tell", (left, right) => {
    expect(pathsOverlap(left, right)).toBe(false);
    expect(pathsOverlap(right, left)).toBe(false);
  });

  it("answers at once for a pattern of many stars", () => {
    expect(pathsOverlap("*a".repeat(200), "a".repeat(400))).toBe(true);
    expect(pathsOverlap(`${"*a".repeat(200)}b`, "a".repeat(400))).toBe(false);
  });
});
