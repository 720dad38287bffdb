import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProductMarks } from "../../../src/adapters/git/productMarks";
import { openDeploymentFolders } from "../../../src/adapters/node/deploymentFolders";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeploymentEntry } from "../../../src/core/deployment/deployment";
import { releaseMarks, type RepositoryMoment } from "../../../src/core/deployment/view/releaseMarks";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 2, 12);
const CHURN = { name: "churn", model: "churn-model" };

function entry(change: Partial<DeploymentEntry> = {}): DeploymentEntry {
  return {
    at: new Date(NOON).toISOString(),
    deployment: "20261102-1",
    intent: "deploy",
    product: CHURN.name,
    target: "production",
    type: "command",
    model: CHURN.model,
    version: "14",
    previous: "13",
    digest: null,
    commit: "c14",
    plan: "p",
    gate: { decision: "pass", hash: "" },
    state: "succeeded",
    serves: "14",
    who: "Ana",
    reason: null,
    message: null,
    ...change,
  };
}

const tag = (label: string, change: Partial<RepositoryMoment> = {}): RepositoryMoment => ({
  time: NOON,
  kind: "release",
  label,
  commit: "other",
  ...change,
});
const labels = (entries: readonly DeploymentEntry[], repository: readonly RepositoryMoment[] = []): readonly string[] =>
  releaseMarks(entries, repository, CHURN).map(({ label }) => label);

describe("what the log says", () => {
  it("is named with version and target, at its time", () => {
    expect(releaseMarks([entry()], [], CHURN)).toEqual([{ time: NOON, kind: "release", label: "v14 to production" }]);
  });

  it.each([
    [{ intent: "rollback", version: "13", serves: "13" } as const, ["back to v13 at production"]],
    [{ state: "rolled_back", serves: "13" } as const, ["v14 to production, taken back"]],
    [{ state: "interrupted", serves: "14" } as const, ["v14 to production, not finished"]],
    [{ state: "interrupted", serves: "14", previous: "14" } as const, []],
    [{ state: "failed", serves: "13" } as const, []],
    [{ state: "failed", serves: null } as const, []],
    [{ state: "cancelled", serves: null } as const, []],
    [{ target: "staging", version: "blue" } as const, ["blue to staging"]],
    [{ product: "other" } as const, []],
    [{ model: "other" } as const, []],
    [{ at: "yesterday" } as const, []],
  ])("%j is %j", (change, expected) => {
    expect(labels([entry(change)])).toEqual(expected);
  });
});

describe("a tag", () => {
  it.each([
    ["rel", { commit: "c14" }],
    ["v14", {}],
    ["churn/V14", {}],
    ["release-14", {}],
    ["14", { time: NOON - DAY }],
  ])("%s %j tells of the release in the log, and stands behind its name", (label, change) => {
    expect(labels([entry()], [tag(label, change)])).toEqual([`v14 to production (tag ${label})`]);
  });

  it.each([
    ["rel", {}],
    ["v1.14", {}],
    ["114", {}],
    ["v14-rc", {}],
    ["v14", { time: NOON + DAY + 1 }],
    ["rel", { commit: "c14", time: NOON - 2 * DAY }],
    ["rel", { commit: undefined }],
  ])("%s %j is a moment of its own", (label, change) => {
    expect(labels([entry()], [tag(label, change)])).toEqual(["v14 to production", label]);
  });

  it("goes with the nearest of several releases, and several tags with one", () => {
    const staging = entry({ target: "staging", at: new Date(NOON - DAY / 2).toISOString() });
    expect(labels([staging, entry()], [tag("v14"), tag("churn-14", { time: NOON + 1 }), tag("x-14", { time: NOON - DAY / 2 })])).toEqual([
      "v14 to staging (tag x-14)",
      "v14 to production (tags v14, churn-14)",
    ]);
  });

  it("is kept where a deployment of it changed nothing, and so is every commit", () => {
    const commit: RepositoryMoment = { time: NOON, kind: "commit", label: "abc Release v14" };
    expect(releaseMarks([entry({ state: "failed", serves: "13" })], [tag("v14"), commit], CHURN)).toEqual([
      { time: NOON, kind: "release", label: "v14" },
      { time: NOON, kind: "commit", label: "abc Release v14" },
    ]);
  });
});

describe("a repository with a log", () => {
  let root: string;
  const git = (...args: readonly string[]): string =>
    execFileSync(
      "git",
      ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", ...args],
      {
        cwd: root,
        encoding: "utf8",
      },
    ).trim();

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "release-marks-")));
    git("init", "-q", "-b", "main");
    mkdirSync(join(root, "churn"));
    writeFileSync(join(root, "churn/mlops.yaml"), "name: churn\n");
    git("add", ".");
    git("commit", "-q", "-m", "Begin");
    git("tag", "light");
    git("tag", "-a", "annotated", "-m", "x");
    writeFileSync(join(root, "churn/train.py"), "1\n");
    git("add", ".");
    git("commit", "-q", "-m", "Train");
    git("tag", "later");
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("shows each release once, whatever kind its tag is of, up to where the log does not verify", async () => {
    const journal = openDeploymentFolders(root);
    const now = Date.now();
    const first = git("rev-parse", "HEAD~1");
    await journal.append("churn/mlops.yaml", entry({ at: new Date(now).toISOString(), commit: first }), NEVER_CANCELLED);
    const marks = async (): Promise<readonly string[]> => {
      const { lines } = await journal.history("churn/mlops.yaml", NEVER_CANCELLED);
      const repository = await readProductMarks(join(root, "churn"), now - DAY, now + DAY, NEVER_CANCELLED);
      return releaseMarks(
        lines.map((line) => line.entry),
        repository,
        CHURN,
      ).map(({ kind, label }) => `${kind}: ${label.replace(/^[0-9a-f]{7,} /, "")}`);
    };
    expect([...(await marks())].sort()).toEqual([
      "commit: Begin",
      "commit: Train",
      "release: later",
      expect.stringMatching(/^release: v14 to production \(tags (?:annotated, light|light, annotated)\)$/),
    ]);
    const log = join(root, "churn/.mlops/deployments.jsonl");
    appendFileSync(log, readFileSync(log, "utf8").replace('"14"', '"15"'));
    expect((await marks()).filter((mark) => mark.includes("production"))).toHaveLength(1);
  });
});
