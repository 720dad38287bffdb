import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NEVER_CANCELLED } from "../../../../src/core/base/cancel";
import { readCalendar } from "../../../../src/core/config/regulationCalendar";
import { DEFAULT_LINT_SETTINGS } from "../../../../src/core/lint/lintSettings";
import type { FileLint, LintOptions } from "../../../../src/core/lint/workspace/fileLint";
import type { LintPorts } from "../../../../src/core/lint/workspace/lintPorts";
import { WorkspaceLint } from "../../../../src/core/lint/workspace/workspaceLint";
import { memoryFiles } from "../../../builders/memoryFiles";

const UNKNOWN = { known: false, why: "this test has no repository" } as const;
const CALENDAR = readCalendar(JSON.parse(readFileSync(join(import.meta.dirname, "../../../../schemas/regulation-calendar.json"), "utf8")));

function lintOf(texts: Readonly<Record<string, string | null>>): WorkspaceLint {
  const ports: LintPorts = {
    files: memoryFiles(texts),
    repositories: {
      find: () => Promise.resolve(UNKNOWN),
      textAt: () => Promise.resolve(UNKNOWN),
      decisions: () => Promise.resolve(UNKNOWN),
    },
    registry: {
      versions: () => Promise.resolve(UNKNOWN),
      commitOf: () => Promise.resolve(UNKNOWN),
      manualRuns: () => Promise.resolve(UNKNOWN),
      gpuUse: () => Promise.resolve(UNKNOWN),
    },
  };
  return new WorkspaceLint(ports, CALENDAR);
}

async function lint(texts: Readonly<Record<string, string | null>>, path: string, options: Partial<LintOptions> = {}): Promise<FileLint> {
  const result = await lintOf(texts).lint(path, { settings: DEFAULT_LINT_SETTINGS, today: "2026-11-24", ...options }, NEVER_CANCELLED);
  if (result === null) {
    throw new Error(`${path} was not linted.`);
  }
  return result;
}

const rulesOf = ({ findings }: FileLint): readonly string[] => findings.map(({ rule }) => rule);
const START = "version: 1\nname: churn-model\nowner: ana@example.org\n";

describe("targets", () => {
  it("are products and policies by name, sorted, and nothing else", async () => {
    const texts = {
      "b/mlops.yaml": START,
      "a/credit.mlops.yml": START,
      ".mlops/policy.yaml": "version: 1\n",
      "team/.mlops/policy.yaml": "version: 1\n",
      "notes/mlops.yaml.bak": "",
      "config.yaml": "a: 1\n",
      "policy.yaml": "a: 1\n",
    };
    const targets = await lintOf(texts).targets(NEVER_CANCELLED);
    expect(targets.filter(({ kind }) => kind !== "pipeline")).toEqual([
      { path: ".mlops/policy.yaml", kind: "policy" },
      { path: "a/credit.mlops.yml", kind: "product" },
      { path: "b/mlops.yaml", kind: "product" },
      { path: "team/.mlops/policy.yaml", kind: "policy" },
    ]);
  });
});

describe("lint", () => {
  it("says nothing of a file that is gone or is none of ours", async () => {
    const workspace = lintOf({ "README.md": "# Hello\n" });
    const options = { settings: DEFAULT_LINT_SETTINGS, today: "2026-11-24" };
    expect(await workspace.lint("mlops.yaml", options, NEVER_CANCELLED)).toBeNull();
    expect(await workspace.lint("README.md", options, NEVER_CANCELLED)).toBeNull();
  });

  it("takes shared blocks from files of the workspace, also over several steps", async () => {
    const texts = {
      "models/mlops.yaml": "version: 1\nname: churn-model\nroles:\n  $include: ../shared/roles.yaml\n",
      "shared/roles.yaml": "owner:\n  $include: owner.yaml\n",
      "shared/owner.yaml": "email: ana@example.org\n",
    };
    const result = await lint(texts, "models/mlops.yaml");
    expect(rulesOf(result)).not.toContain("owner-missing");
    expect(rulesOf(result)).not.toContain("config-invalid");
  });

  it.each([
    ["../../secret.yaml", "outside"],
    ["missing.yaml", "there is no such file"],
    ["locked.yaml", "permission denied"],
    ["mlops.yaml", ""],
  ])("names an include of %s that cannot be read", async (path, why) => {
    const texts = { "mlops.yaml": `version: 1\nname: x\nroles:\n  $include: ${path}\n`, "locked.yaml": null };
    const result = await lint(texts, "mlops.yaml");
    const invalid = result.findings.filter(({ rule }) => rule === "config-invalid");
    expect(invalid).not.toEqual([]);
    expect(invalid.map(({ message }) => message).join()).toContain(why);
  });

  it("applies the nearest policy, over what it extends", async () => {
    const texts = {
      "team/churn/mlops.yaml": START,
      "team/.mlops/policy.yaml": "version: 1\nextends: ../../.mlops/policy.yaml\nrules: {PERF01: error}\n",
      ".mlops/policy.yaml": "version: 1\nrules: {PERF01: off, EFF02: off}\n",
    };
    const nearest = await lint(texts, "team/churn/mlops.yaml");
    expect(nearest.findings.find(({ code }) => code === "PERF01")?.severity).toBe("error");
    expect(nearest.findings.some(({ code }) => code === "EFF02")).toBe(false);
    const other = await lint({ ...texts, "other/mlops.yaml": START }, "other/mlops.yaml");
    expect(other.findings.some(({ code }) => code === "PERF01")).toBe(false);
  });

  it("ends when policies extend each other in a circle", async () => {
    const texts = {
      "mlops.yaml": START,
      ".mlops/policy.yaml": "version: 1\nextends: ../b.yaml\nrules: {EFF02: off}\n",
      "b.yaml": "version: 1\nextends: .mlops/policy.yaml\nrules: {PERF01: off}\n",
    };
    const codes = (await lint(texts, "mlops.yaml")).findings.map(({ code }) => code);
    expect(codes).not.toContain("EFF02");
    expect(codes).not.toContain("PERF01");
  });

  it("finds what is wrong with a policy", async () => {
    const result = await lint({ ".mlops/policy.yaml": "version: 1\nruls: {EFF02: off}\n" }, ".mlops/policy.yaml");
    expect(result.kind).toBe("policy");
    expect(result.findings.map(({ message }) => message)).toEqual([expect.stringContaining('Did you mean "rules"?')]);
  });

  it("judges by the stage of the file unless another is asked for, and a retired model as one in development", async () => {
    const text = "version: 1\nname: x\nowner: ana@example.org\nstage: production\nrisk: unsure\n";
    const severity = (result: FileLint): string | undefined => result.findings.find(({ code }) => code === "COMP01")?.severity;
    expect(severity(await lint({ "mlops.yaml": text }, "mlops.yaml"))).toBe("error");
    expect(severity(await lint({ "mlops.yaml": text }, "mlops.yaml", { stage: "development" }))).toBe("warning");
    expect(severity(await lint({ "mlops.yaml": text.replace("production", "retired") }, "mlops.yaml"))).toBe("warning");
  });

  const DVC = "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n";

  it("judges a pipeline of another tool by its content, and leaves unrelated files alone", async () => {
    const texts = { "churn/dvc.yaml": DVC, "config.yaml": "stages: [a, b]\n", "values.yaml": "owner: x\n" };
    const targets = await lintOf(texts).targets(NEVER_CANCELLED);
    expect(targets).toEqual([{ path: "churn/dvc.yaml", kind: "pipeline" }]);
    expect(new Set(rulesOf(await lint(texts, "churn/dvc.yaml")))).toEqual(
      new Set(["pipeline-owner-missing", "pipeline-field-missing", "pipeline-not-linked"]),
    );
  });

  it("takes what a product says for its linked pipeline", async () => {
    const product = `${START}purpose: Predict which customers may leave the company.\npersonal_data: yes\npipeline: dvc.yaml\n`;
    const result = await lint({ "churn/dvc.yaml": DVC, "churn/mlops.yaml": product }, "churn/dvc.yaml");
    expect(result.findings).toEqual([]);
  });

  it("offers a pipeline that it found in the folder, below or above as the product's", async () => {
    const texts = { "churn/mlops.yaml": START, "churn/dvc.yaml": DVC, "other/dvc.yaml": DVC };
    const finding = (await lint(texts, "churn/mlops.yaml")).findings.find(({ rule }) => rule === "pipeline-missing");
    expect(finding?.fixes.map(({ title }) => title)).toEqual([expect.stringContaining("dvc.yaml")]);
  });

  it("stops when it is cancelled", async () => {
    const controller = new AbortController();
    controller.abort();
    const options = { settings: DEFAULT_LINT_SETTINGS, today: "2026-11-24" };
    await expect(lintOf({ "mlops.yaml": START }).lint("mlops.yaml", options, controller.signal)).rejects.toThrow(/abort/i);
  });
});
