import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { openRepositories } from "../../../../src/adapters/git/repositories";
import { openWorkspaceFiles } from "../../../../src/adapters/node/workspaceFiles";
import { readColumnNames } from "../../../../src/adapters/tabular/readColumnNames";
import type { CancelSignal } from "../../../../src/core/base/cancel";
import { EMPTY_POLICY } from "../../../../src/core/config/policy";
import { readConfig } from "../../../../src/core/config/readConfig";
import { readCalendar } from "../../../../src/core/config/regulationCalendar";
import { coveredHash } from "../../../../src/core/governance/coveredSections";
import { ALL_RULES } from "../../../../src/core/lint/allRules";
import type { LintFacts } from "../../../../src/core/lint/lintFacts";
import { runLint } from "../../../../src/core/lint/runLint";
import { gatherFacts } from "../../../../src/core/lint/workspace/gatherFacts";
import type { WorkspaceFiles } from "../../../../src/core/lint/workspace/lintPorts";
import { memoFiles } from "../../../../src/core/lint/workspace/memoFiles";
import { unknownRegistry, unknownRepositories } from "../../../../src/core/lint/workspace/unknownPorts";

const never = new AbortController().signal;
const TODAY = "2026-11-24";
let base: string;
let root: string;

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(...args: string[]): string {
  return execFileSync("git", ["-c", "commit.gpgsign=false", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

function commitAs(email: string, date: string): string {
  git("add", "-A");
  git("-c", `user.name=${email.split("@")[0] ?? ""}`, "-c", `user.email=${email}`, "commit", "-q", "-m", "x", `--date=${date}T00:00:00Z`);
  return git("rev-parse", "HEAD");
}

/** Facts of a product's file as it stands on disk, or of the text given. */
async function factsOf(path: string, text: string, signal: CancelSignal = never): Promise<LintFacts> {
  const product = readConfig(text).value;
  const ports = {
    files: memoFiles(openWorkspaceFiles(root, readColumnNames)),
    repositories: openRepositories(root),
    registry: unknownRegistry("no store is open"),
  };
  return gatherFacts({ product, path, policy: EMPTY_POLICY, today: TODAY }, ports, signal);
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "gather-facts-")));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(base, "w-"));
});

describe("paths", () => {
  it("tells files, folders, patterns, missing ones and those outside apart", async () => {
    write("churn/data/train-1.csv", "id,email\n1,a\n");
    write("docs/notice.md", "x");
    const facts = await factsOf(
      "churn/mlops.yaml",
      `pipeline: ../docs/notice.md
personal_data: no
train: {environment: gone.lock}
data:
  - {path: data/train-1.csv, use: train}
  - {path: "data/*.csv", use: validation}
  - {path: data, use: reference}
  - {path: "none/*.csv", use: test}
  - {path: s3://bucket/x.parquet, use: live}
gdpr: {notice: ../../outside.md}
docs: {annex_iv: {general: 'data\\train-1.csv'}}
`,
    );
    const kind = (path: string): unknown => {
      const fact = facts.path(path);
      return fact.known ? fact.value.kind : fact.why;
    };
    expect(kind("../docs/notice.md")).toBe("file");
    expect(kind("gone.lock")).toBe("missing");
    expect(kind("data/*.csv")).toBe("file");
    expect(kind("data")).toBe("folder");
    expect(kind("none/*.csv")).toBe("missing");
    expect(kind("s3://bucket/x.parquet")).toBe("it is an address, and none is opened");
    expect(kind("../../outside.md")).toBe("outside");
    expect(kind("data\\train-1.csv")).toBe("it is not written as a path");
    expect(facts.columns("data/train-1.csv")).toEqual({ known: true, value: { names: ["id", "email"] } });
    expect(facts.columns("data")).toEqual({ known: true, value: { names: ["id", "email"] } });
    expect(facts.columns("data/*.csv")).toEqual({ known: true, value: { names: ["id", "email"] } });
    expect(facts.columns("none/*.csv")).toEqual({ known: false, why: "it is not on this machine" });
  });

  it("hashes data without a version, data whose hash is written and data of equal size, and no other", async () => {
    write("a.csv", "one");
    write("b.csv", "two");
    write("c.csv", "three");
    const facts = await factsOf(
      "mlops.yaml",
      "data: [{path: a.csv, version: {dvc: true}}, {path: b.csv, version: {dvc: true}}, {path: c.csv, version: {dvc: true}}]\nkpis: [{name: f1, data: d.csv}]\n",
    );
    const hash = (path: string): unknown => {
      const fact = facts.path(path);
      return fact.known ? fact.value.sha256 : fact.why;
    };
    expect(hash("a.csv")).toBe(createHash("sha256").update("one").digest("hex"));
    expect(hash("c.csv")).toBeNull();
    expect(hash("d.csv")).toBeNull();
    const written = await factsOf("mlops.yaml", `data: [{path: c.csv, version: {sha256: ${"a".repeat(64)}}}]\n`);
    expect(written.path("c.csv")).toMatchObject({ value: { sha256: createHash("sha256").update("three").digest("hex") } });
    const unversioned = await factsOf("mlops.yaml", "data: [{path: c.csv}]\n");
    expect(unversioned.path("c.csv")).toMatchObject({ value: { sha256: createHash("sha256").update("three").digest("hex"), size: 5 } });
  });

  it("reads the columns of a table as its entry says", async () => {
    write("one.csv", "id|e-mail, work\n1|a@b.example\n");
    write("two.csv", Buffer.from("größe;name\n1;2\n", "latin1"));
    write("three.csv", "id,email\n1,2\n");
    write("packed/four.csv.gz", gzipSync("id;email\n1;2\n"));
    const facts = await factsOf(
      "mlops.yaml",
      `personal_data: no
data:
  - {path: one.csv, read: {separator: "|"}}
  - {path: two.csv, read: {encoding: windows-1252, missing: [NA]}}
  - {path: three.csv, read: {separator: "||"}}
  - {path: packed}
`,
    );
    expect(facts.columns("one.csv")).toEqual({ known: true, value: { names: ["id", "e-mail, work"] } });
    expect(facts.columns("two.csv")).toEqual({ known: true, value: { names: ["größe", "name"] } });
    expect(facts.columns("packed")).toEqual({ known: true, value: { names: ["id", "email"] } });
    expect(facts.columns("three.csv")).toEqual({ known: false, why: 'a separator is one character, and "||" is none' });
  });

  it("gives the reason where a table is damaged", async () => {
    write("a.parquet", "no table");
    write("b.xlsx", "x");
    write("images/1.png", "x");
    const facts = await factsOf("mlops.yaml", "personal_data: no\ndata: [{path: a.parquet}, {path: b.xlsx}, {path: images}]\n");
    expect(facts.columns("a.parquet")).toEqual({ known: false, why: "the Parquet file is too short to be one" });
    expect(facts.columns("b.xlsx").known).toBe(false);
    expect(facts.columns("images")).toEqual({ known: true, value: { names: [] } });
  });
});

describe("dvcTracked", () => {
  const DATA = "data: [{path: data/raw/a.csv}, {path: out/model.csv}, {path: ../shared/x.csv}, {path: other.csv}]\n";

  it("knows data by its .dvc file, by that of a folder around it, and by outputs of stages", async () => {
    write("p/data/raw.dvc", "outs: [{path: raw}]\n");
    write("dvc.yaml", "stages:\n  make:\n    wdir: p\n    cmd: x\n    outs: [unused.csv]\n");
    write("dvc.lock", 'schema: "2.0"\nstages:\n  make:\n    cmd: x\n    outs:\n    - path: out\n      md5: abc\n');
    write("shared/dvc.yaml", "stages:\n  s:\n    cmd: x\n    outs:\n    - x.csv:\n        cache: false\n");
    const facts = await factsOf("p/mlops.yaml", DATA);
    expect(facts.dvcTracked("data/raw/a.csv")).toEqual({ known: true, value: true });
    expect(facts.dvcTracked("out/model.csv")).toEqual({ known: true, value: true });
    expect(facts.dvcTracked("../shared/x.csv")).toEqual({ known: true, value: false });
    expect(facts.dvcTracked("other.csv")).toEqual({ known: true, value: false });
  });

  it("does not know where a lock cannot be read", async () => {
    write("p/dvc.lock", "stages: [\n");
    const facts = await factsOf("p/mlops.yaml", DATA);
    expect(facts.dvcTracked("other.csv")).toEqual({ known: false, why: "p/dvc.lock cannot be read: it is no YAML" });
  });
});

describe("lock files", () => {
  it("takes those of the folder, else of the nearest above, and requirements only where all are pinned", async () => {
    write("uv.lock", "");
    write("a/requirements.txt", "numpy==2.1.0\npandas==2.2.3 ; python_version > '3.9'  # note\n--index-url https://x\n");
    write("b/requirements.txt", "numpy>=2\n");
    write("c/requirements-dev.txt", "numpy==2.1.0\n-r other.txt\n");
    write("d/requirements.txt", "numpy==2.1.0 \\\n  --hash=sha256:00\n");
    write("e/requirements.txt", "numpy==2.*\n");
    const locks = async (folder: string): Promise<unknown> => (await factsOf(`${folder}/mlops.yaml`, "")).lockFiles;
    expect(await locks("a")).toEqual({ known: true, value: ["requirements.txt"] });
    expect(await locks("b/deep")).toEqual({ known: true, value: ["../../uv.lock"] });
    expect(await locks("c")).toEqual({ known: true, value: ["../uv.lock"] });
    expect(await locks("d")).toEqual({ known: true, value: ["requirements.txt"] });
    expect(await locks("e")).toEqual({ known: true, value: ["../uv.lock"] });
  });
});

describe("evaluation", () => {
  const read = async (name: string): Promise<unknown> => (await factsOf("mlops.yaml", `evaluation: {report: ${name}}\n`)).evaluation;

  it.each([
    ['{"model_version": 14, "commit": "3f2c1ab", "date": "2026-11-10"}', { modelVersion: "14", commit: "3f2c1ab", date: "2026-11-10" }],
    [
      '{"model": {"name": "m", "version": "14"}, "git": {"commit": "3f2c1ab"}, "evaluatedAt": "2026-11-10T10:00:00Z", "f1": NaN, "note": "NaN"}',
      { modelVersion: "14", commit: "3f2c1ab", date: "2026-11-10" },
    ],
    [
      '{"metadata": {"modelVersion": "2", "tags": {"mlflow.source.git.commit": "abcdef0"}, "timestamp": 1762732800}}',
      { modelVersion: "2", commit: "abcdef0", date: "2025-11-10" },
    ],
    ['{"timestamp": 1762732800000, "commit": "not a commit", "f1": 0.9}', { modelVersion: null, commit: null, date: "2025-11-10" }],
    [
      `{"run_id": "abc", "model": {"name": "m", "digest": "${"a".repeat(64)}"}}`,
      { modelVersion: null, commit: null, date: null, runId: "abc", digest: "a".repeat(64) },
    ],
    [
      `{"run": {"id": "abc"}, "model_digest": "sha256:${"A".repeat(64)}", "digest": "of something else"}`,
      { modelVersion: null, commit: null, date: null, runId: "abc", digest: `sha256:${"A".repeat(64)}` },
    ],
    ['{"model_digest": "md5:1234", "run": "a name"}', { modelVersion: null, commit: null, date: null }],
    ["[1, 2]", { modelVersion: null, commit: null, date: null }],
    ['{"__proto__": {"commit": "abcdef0"}}', { modelVersion: null, commit: null, date: null }],
  ])("reads %s", async (text, value) => {
    write("eval.json", text);
    expect(await read("eval.json")).toEqual({ known: true, value });
  });

  it("knows none where there is no report, and says why where it cannot be read", async () => {
    write("bad.json", "{");
    write("report.html", "<p>");
    expect(await read("gone.json")).toEqual({ known: true, value: null });
    expect((await factsOf("mlops.yaml", "")).evaluation).toEqual({ known: true, value: null });
    expect(await read("bad.json")).toEqual({ known: false, why: "it is no JSON" });
    expect(await read("report.html")).toEqual({ known: false, why: "it is no JSON file" });
  });
});

describe("what the repository knows", () => {
  const CONFIG =
    "name: churn\nkpis: [{name: f1, target: '>= 0.7'}]\npipeline: dvc.yaml\ntrain: {code: ['src/**'], command: [python, -m, pkg.fit]}\n";

  beforeEach(() => {
    git("init", "-q");
    write("p/mlops.yaml", "name: churn\nkpis: [{name: f1, by: sex, target: '>= 0.6'}, {name: f1, target: '>= 0.8'}]\n");
    write("p/dvc.yaml", "stages: {train: {cmd: python train.py, deps: [train.py, data.csv]}}\n");
    for (const file of ["train.py", "src/deep/a.py", "pkg/fit.py", "notes.md"]) {
      write(`p/${file}`, "x");
    }
    write("CODEOWNERS", "/p/ lead@example.org\n");
    write("outside/train.py", "x");
    commitAs("ana@example.org", "2026-01-01");
  });

  it.each(["src/deep/a.py", "pkg/fit.py", "train.py", "dvc.yaml"])("counts a change of %s for the training", async (file) => {
    write(`p/${file}`, "stages: {}\n# changed");
    commitAs("leo@example.org", "2026-11-01");
    // The stage's code is known from the pipeline as it is now.
    if (file === "dvc.yaml") {
      git("checkout", "-q", "HEAD");
    }
    const facts = await factsOf("p/mlops.yaml", CONFIG);
    expect(facts.lastTrainingChange).toEqual({ known: true, value: "2026-11-01" });
    expect(facts.pipelineAuthors).toEqual({ known: true, value: ["leo@example.org"] });
    expect(facts.configAuthor).toEqual({ known: true, value: "ana@example.org" });
    expect(facts.owners.known && facts.owners.value.map(({ email, source }) => [email, source])).toEqual([
      ["lead@example.org", "codeowners"],
      ["leo@example.org", "git"],
      ["ana@example.org", "git"],
    ]);
    expect(facts.lastCommitOf("nobody@example.org")).toEqual({ known: true, value: null });
  });

  it("does not count notes or another product's code", async () => {
    write("p/notes.md", "y");
    write("outside/train.py", "y");
    commitAs("leo@example.org", "2026-11-01");
    expect((await factsOf("p/mlops.yaml", CONFIG)).lastTrainingChange).toEqual({ known: true, value: "2026-01-01" });
  });

  /** What a person wrote into a sign-off that binds it to the product of CONFIG. */
  const signOff = (who: string, more = ""): string => {
    const hash = coveredHash("launch", readConfig(CONFIG).value, (text) => createHash("sha256").update(text).digest("hex"));
    return `subject: launch
who: {email: "${who}"}
when: 2026-02-01T10:00:00Z
commit: ${git("rev-parse", "HEAD")}
config_sha256: ${hash}
decision: approve
statement: The targets hold for all groups of the report.
${more}`;
  };
  const states = ({ signOffs }: LintFacts): unknown =>
    signOffs.known && signOffs.value.standings.map(({ file, state, cause }) => [file, state, cause]);

  it("judges sign-offs as the gate does, and finds the targets that were approved", async () => {
    write("p/.mlops/signoffs/1-mia.yaml", signOff("mia@example.org", "model: {name: churn}\n"));
    commitAs("mia@example.org", "2026-02-01");
    write("p/.mlops/signoffs/2-bot.yaml", signOff("ci[bot]@example.org"));
    write("p/.mlops/signoffs/3-other.yaml", signOff("leo@example.org", "model: {name: fraud}\n"));
    commitAs("ci[bot]@example.org", "2026-02-02");
    write("p/.mlops/signoffs/4-draft.yaml", "subject: launch\ndecision:\n");
    const facts = await factsOf("p/mlops.yaml", CONFIG);
    expect(states(facts)).toEqual([
      ["p/.mlops/signoffs/2-bot.yaml", "refused", "bot"],
      ["p/.mlops/signoffs/1-mia.yaml", "given", null],
      ["p/.mlops/signoffs/4-draft.yaml", "draft", "empty"],
    ]);
    expect(facts.approvedTargets).toEqual({ known: true, value: { f1: ">= 0.8" } });
    const changed = await factsOf("p/mlops.yaml", `${CONFIG}task: ranking\n`);
    expect(states(changed)).toContainEqual(["p/.mlops/signoffs/1-mia.yaml", "stale", "changed"]);
    expect(changed.approvedTargets).toEqual({ known: true, value: { f1: ">= 0.8" } });
  });

  it("follows a sign-off through a move of the product", async () => {
    write("p/.mlops/signoffs/a.yaml", signOff("mia@example.org"));
    commitAs("mia@example.org", "2026-02-01");
    git("mv", "p", "moved");
    commitAs("leo@example.org", "2026-02-02");
    const facts = await factsOf("moved/mlops.yaml", CONFIG);
    expect(states(facts)).toEqual([["moved/.mlops/signoffs/a.yaml", "given", null]]);
    expect(facts.approvedTargets).toEqual({ known: true, value: { f1: ">= 0.8" } });
  });

  it("takes no targets from an approval that nobody committed", async () => {
    write("p/.mlops/signoffs/a.yaml", signOff("mia@example.org"));
    const facts = await factsOf("p/mlops.yaml", CONFIG);
    expect(states(facts)).toEqual([["p/.mlops/signoffs/a.yaml", "uncommitted", "not_committed"]]);
    expect(facts.approvedTargets).toEqual({ known: true, value: null });
  });

  it("does not know who committed a sign-off in a clone that lacks the commit", async () => {
    write("p/.mlops/signoffs/a.yaml", signOff("mia@example.org"));
    commitAs("mia@example.org", "2026-02-01");
    write("p/notes.md", "y");
    commitAs("leo@example.org", "2026-02-02");
    const whole = root;
    root = join(base, "shallow-sign-off");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${whole}`, root]);
    const facts = await factsOf("p/mlops.yaml", CONFIG);
    expect(states(facts)).toEqual([["p/.mlops/signoffs/a.yaml", "unknown", "history_unknown"]]);
    expect(facts.approvedTargets.known).toBe(false);
    // As the facts say it, so that lint tells it once for all that it kept from being checked.
    const standings = facts.signOffs.known ? facts.signOffs.value.standings : [];
    expect(standings.map(({ historyUnknown, reason }) => reason.endsWith(`cannot be told: ${historyUnknown ?? "?"}.`))).toEqual([true]);
  });

  it("does not know what was approved where a sign-off cannot be read", async () => {
    write("p/.mlops/signoffs/a.yaml", "[\n");
    const facts = await factsOf("p/mlops.yaml", CONFIG);
    expect(states(facts)).toEqual([["p/.mlops/signoffs/a.yaml", "unknown", "unreadable"]]);
    expect(facts.approvedTargets).toMatchObject({
      known: false,
      why: expect.stringMatching(/^\.mlops\/signoffs\/a\.yaml cannot be read: /) as unknown,
    });
  });
});

describe("gatherFacts", () => {
  it("looks up whatever a rule asks for of the complete file", async () => {
    const text = readFileSync(join(import.meta.dirname, "../../../fixtures/lint/complete.yaml"), "utf8");
    const facts = await factsOf("mlops.yaml", text);
    const config = readConfig(text);
    const calendar = readCalendar(
      JSON.parse(readFileSync(join(import.meta.dirname, "../../../../schemas/regulation-calendar.json"), "utf8")),
    );
    const context = { config, product: config.value, stage: "production", policy: EMPTY_POLICY, today: TODAY, calendar, facts } as const;
    const messages = runLint(context, ALL_RULES).findings.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => /not looked up|not written as a path/.test(message))).toEqual([]);
  });

  it("says why where git may not be asked", async () => {
    const ports = {
      files: openWorkspaceFiles(root, readColumnNames),
      repositories: unknownRepositories("this folder is not trusted"),
      registry: unknownRegistry("this folder is not trusted"),
    };
    const facts = await gatherFacts(
      { product: { model: { name: "m" } }, path: "mlops.yaml", policy: EMPTY_POLICY, today: TODAY },
      ports,
      never,
    );
    const why = { known: false, why: "this folder is not trusted" };
    expect([facts.owners, facts.lastTrainingChange, facts.registryVersions, facts.lastCommitOf("a@b.c")]).toEqual([why, why, why, why]);
    expect([facts.signOffs, facts.approvedTargets]).toEqual([
      { known: true, value: { standings: [], aliases: new Map(), binding: null } },
      { known: true, value: null },
    ]);
  });

  it("stops when cancelled", async () => {
    await expect(factsOf("mlops.yaml", "pipeline: dvc.yaml\n", AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it("does without disk and git when it is asked again", async () => {
    write("mlops.yaml", "data: [{path: a.csv}]\n");
    write("a.csv", "id\n");
    const asked: string[] = [];
    const note = <T>(question: string, answer: T): T => {
      asked.push(question);
      return answer;
    };
    const disk = openWorkspaceFiles(root, readColumnNames);
    const watched: WorkspaceFiles = {
      list: (signal) => note("list", disk.list(signal)),
      readText: (path, signal) => note("readText", disk.readText(path, signal)),
      look: (path, signal) => note("look", disk.look(path, signal)),
      sha256: (path, signal) => note("sha256", disk.sha256(path, signal)),
      columnNames: (path, signal) => note("columnNames", disk.columnNames(path, signal)),
    };
    const ports = { files: memoFiles(watched), repositories: openRepositories(root), registry: unknownRegistry("x") };
    const product = readConfig("personal_data: no\ndata: [{path: a.csv}]\nevaluation: {report: e.json}\n").value;
    const first = await gatherFacts({ product, path: "mlops.yaml", policy: EMPTY_POLICY, today: TODAY }, ports, never);
    expect(asked.splice(0).sort()).toEqual(["columnNames", "list", "look", "look", "readText", "sha256"]);
    const again = await gatherFacts({ product, path: "mlops.yaml", policy: EMPTY_POLICY, today: TODAY }, ports, never);
    expect(asked).toEqual([]);
    expect(again.path("a.csv")).toEqual(first.path("a.csv"));
  });
});
