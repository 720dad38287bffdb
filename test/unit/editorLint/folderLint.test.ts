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

function folderOf(texts: Readonly<Record<string, string>>, open: ReadonlyMap<string, string> = new Map()): FolderLint {
  const files = memoFiles(memoryFiles(texts));
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

  it("says nothing of a file that is none of its own, or gone", async () => {
    const lint = folderOf(FILES);
    expect(await lint.lint("README.md", OPTIONS, NEVER_CANCELLED)).toBeNull();
    expect(await lint.lint("gone/mlops.yaml", OPTIONS, NEVER_CANCELLED)).toBeNull();
    expect(await lint.isMissing("gone/mlops.yaml", NEVER_CANCELLED)).toBe(true);
  });
});
