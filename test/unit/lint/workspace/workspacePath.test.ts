import { describe, expect, it } from "vitest";
import { folderOf, foldersUp, inFolder, relativePath, resolvePath } from "../../../../src/core/lint/workspace/workspacePath";

describe("resolvePath", () => {
  it.each([
    ["churn", "data/train.csv", "churn/data/train.csv"],
    ["", "dvc.yaml", "dvc.yaml"],
    ["churn", "../shared/data.csv", "shared/data.csv"],
    ["churn", "./a//b/./c/", "churn/a/b/c"],
    ["churn", "data\\train.csv", "churn/data/train.csv"],
    ["churn", "..", ""],
  ])("in %j leads %j to %j", (folder, path, expected) => {
    expect(resolvePath(folder, path)).toBe(expected);
  });

  it.each([
    ["churn", "../../etc/passwd"],
    ["", "../x"],
    ["churn", "/etc/passwd"],
    ["churn", "C:\\data.csv"],
    ["churn", "s3://bucket/data.parquet"],
    ["churn", "a\u0000b"],
    ["churn", "   "],
    ["churn", "x".repeat(1001)],
  ])("in %j does not follow %j", (folder, path) => {
    expect(resolvePath(folder, path)).toBeNull();
  });
});

describe("relativePath", () => {
  it.each([
    ["", "a/b.csv", "a/b.csv"],
    ["a", "a/b.csv", "b.csv"],
    ["a/b", "a/c/d.csv", "../c/d.csv"],
    ["a", ".github/workflows/train.yml", "../.github/workflows/train.yml"],
    ["a/b", "a/b", "../b"],
  ])("from %j to %j is %j", (folder, path, expected) => {
    expect(relativePath(folder, path)).toBe(expected);
  });

  it.each(["", "a", "a/b", "x/y/z"])("leads back from %j", (folder) => {
    for (const path of ["a/b/c.csv", "d.csv", "x/y/z/w", "x/q"]) {
      expect(resolvePath(folder, relativePath(folder, path))).toBe(path);
    }
  });
});

it("walks up, nearest first", () => {
  expect(foldersUp("a/b")).toEqual(["a/b", "a", ""]);
  expect(foldersUp("")).toEqual([""]);
});

it("splits and joins", () => {
  expect(folderOf("a/b/c.yaml")).toBe("a/b");
  expect(folderOf("c.yaml")).toBe("");
  expect(inFolder("", "c.yaml")).toBe("c.yaml");
  expect(inFolder("a", "c.yaml")).toBe("a/c.yaml");
});
