import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../../scripts/node.mjs";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { readCalendar } from "../../../src/core/config/regulationCalendar";
import { DEFAULT_LINT_SETTINGS } from "../../../src/core/lint/lintSettings";
import { unknownRegistry, unknownRepositories } from "../../../src/core/lint/workspace/unknownPorts";
import { memoFiles } from "../../../src/core/lint/workspace/memoFiles";
import { FolderLint } from "../../../src/editor/lint/folderLint";
import { memoryFiles } from "../../builders/memoryFiles";

const calendar = readCalendar(JSON.parse(readFileSync(join(root, "schemas", "regulation-calendar.json"), "utf8")));
const OPTIONS = { settings: DEFAULT_LINT_SETTINGS, today: "2026-11-24" };

const PRODUCT = "version: 1\nname: churn\nowner: ana@example.org\npipeline: dvc.yaml\nroles: {$include: ../shared/roles.yaml}\n";
const FILES = {
  "churn/mlops.yaml": PRODUCT,
  "demand/mlops.yaml": "version: 1\nname: demand\npipeline: dvc.yaml\n",
  "shared/roles.yaml": "operator: {team: ops, email: ops@example.org}\n",
};

/** Texts that are added or deleted stand for files that come and go. */
function folderOf(texts: Readonly<Record<string, string>>, open: ReadonlyMap<string, string> = new Map()): FolderLint {
  const files = memoFiles({
    list: (signal) => memoryFiles(texts).list(signal),
    readText: (path, signal) => memoryFiles(texts).readText(path, signal),
    look: (path, signal) => memoryFiles(texts).look(path, signal),
    sha256: (path, signal) => memoryFiles(texts).sha256(path, signal),
    columnNames: (path, signal) => memoryFiles(texts).columnNames(path, signal),
  });
  return new FolderLint(
    {
      files,
      repositories: unknownRepositories("a test has none"),
      registry: unknownRegistry("a test has none"),
      forget: (path) => files.forget(path),
      forgetFacts: () => undefined,
      dispose: () => undefined,
    },
    calendar,
    (path) => open.get(path),
  );
}

const rulesOf = async (lint: FolderLint, path: string): Promise<string[]> =>
  ((await lint.lint(path, OPTIONS, NEVER_CANCELLED))?.findings ?? []).map(({ rule }) => rule);

describe("lint of a folder in the editor", () => {
  it("judges the text of an open document, and its own file else", async () => {
    const open = new Map([["churn/mlops.yaml", PRODUCT.replace("owner: ana@example.org", "owner: TODO")]]);
    const lint = folderOf(FILES, open);
    expect(await rulesOf(lint, "churn/mlops.yaml")).toContain("owner-missing");
    open.clear();
    expect(await rulesOf(lint, "churn/mlops.yaml")).not.toContain("owner-missing");
  });

  it("judges another text without taking it for the file's", async () => {
    const lint = folderOf(FILES);
    const other = await lint.lintText("churn/mlops.yaml", "version: 1\n", OPTIONS, NEVER_CANCELLED);
    expect(other?.text).toBe("version: 1\n");
    expect(await rulesOf(lint, "churn/mlops.yaml")).not.toContain("owner-missing");
  });

  it("knows which files rest on one that changes, comes or goes", async () => {
    const lint = folderOf(FILES);
    await rulesOf(lint, "churn/mlops.yaml");
    await rulesOf(lint, "demand/mlops.yaml");
    expect([...lint.changed("shared/roles.yaml")]).toEqual(["churn/mlops.yaml"]);
    expect([...lint.dependents("churn/dvc.yaml")]).toEqual(["churn/mlops.yaml"]);
    expect([...lint.cameOrWent("demand/dvc.yaml")]).toContain("demand/mlops.yaml");
    expect([...lint.cameOrWent(".mlops/policy.yaml")].toSorted()).toEqual(["churn/mlops.yaml", "demand/mlops.yaml"]);
    expect([...lint.changed("README.md")]).toEqual([]);
  });

  it("knows that a pipeline of another tool rests on every product", async () => {
    const lint = folderOf({ ...FILES, "churn/dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n" });
    expect(await rulesOf(lint, "churn/dvc.yaml")).not.toEqual([]);
    expect([...lint.changed("demand/mlops.yaml")]).toContain("churn/dvc.yaml");
    expect([...lint.changed("new/mlops.yaml")]).toEqual(["churn/dvc.yaml"]);
  });

  it("judges a pipeline again when the first product that links it comes, and when it goes", async () => {
    const texts: Record<string, string> = { "churn/dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n" };
    const lint = folderOf(texts);
    expect(await rulesOf(lint, "churn/dvc.yaml")).toContain("pipeline-not-linked");
    texts["churn/mlops.yaml"] = PRODUCT;
    expect([...lint.cameOrWent("churn/mlops.yaml")]).toContain("churn/dvc.yaml");
    expect(await rulesOf(lint, "churn/dvc.yaml")).not.toContain("pipeline-not-linked");
    delete texts["churn/mlops.yaml"];
    expect([...lint.cameOrWent("churn/mlops.yaml")]).toContain("churn/dvc.yaml");
    expect(await rulesOf(lint, "churn/dvc.yaml")).toContain("pipeline-not-linked");
  });

  it("judges a pipeline by the products in a folder that has come", async () => {
    const texts: Record<string, string> = { "dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n", "churn/README.md": "" };
    const lint = folderOf(texts);
    expect(await rulesOf(lint, "dvc.yaml")).toContain("pipeline-not-linked");
    texts["churn/mlops.yaml"] = "version: 1\npipeline: ../dvc.yaml\n";
    lint.cameOrWent("churn");
    expect(await rulesOf(lint, "dvc.yaml")).not.toContain("pipeline-not-linked");
  });

  it("offers a pipeline that comes beside a product, below it or above it, and no longer one that went", async () => {
    const texts: Record<string, string> = { "team/churn/mlops.yaml": "version: 1\nname: churn\n" };
    const lint = folderOf(texts);
    const offered = async (): Promise<string[]> => {
      const found = (await lint.lint("team/churn/mlops.yaml", OPTIONS, NEVER_CANCELLED))?.findings ?? [];
      return found.flatMap(({ rule, fixes }) => (rule === "pipeline-missing" ? fixes.map(({ title }) => title) : []));
    };
    const before = await offered();
    expect(before).not.toEqual([]);
    for (const path of ["team/churn/dvc.yaml", "team/churn/jobs/dvc.yaml", "team/dvc.yaml"]) {
      texts[path] = "stages:\n  train:\n    cmd: python train.py\n";
      lint.cameOrWent(path);
      expect(await offered()).not.toEqual(before);
      Reflect.deleteProperty(texts, path);
      lint.cameOrWent(path);
      expect(await offered()).toEqual(before);
    }
  });

  it("says nothing of a file that is none of its own, or gone", async () => {
    const lint = folderOf(FILES);
    expect(await lint.lint("README.md", OPTIONS, NEVER_CANCELLED)).toBeNull();
    expect(await lint.lint("gone/mlops.yaml", OPTIONS, NEVER_CANCELLED)).toBeNull();
    expect(await lint.isMissing("gone/mlops.yaml", NEVER_CANCELLED)).toBe(true);
  });
});
