import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DataFinding } from "../../../../src/core/dataCheck/dataCheckReport";
import type { FingerprintPart, PastTraining } from "../../../../src/core/training/fingerprint";
import type { PlanCheck, PlanParam, RetrainPlan, RetrainWish } from "../../../../src/core/training/retrainPlan";
import { toPlanPage } from "../../../../src/core/training/view/toPlanPage";
import { retrainPlan, trainSpec } from "../../../builders/retrainPlan";

const wish = (changes: Partial<RetrainWish> = {}): RetrainWish => ({
  ...{ config: "mlops.yaml", reason: { kind: "manual", text: "" }, engine: null, params: {}, consents: [], againBecause: null },
  ...changes,
});
const pageOf = (changes: Partial<RetrainPlan> = {}, wished: Partial<RetrainWish> = {}) => toPlanPage(retrainPlan(changes), wish(wished));
const check = (id: PlanCheck["id"], result: PlanCheck["result"], message: string): PlanCheck => ({ id, result, message, remedy: null });
const param = (name: string, changes: Partial<PlanParam["field"]> = {}, value: PlanParam["value"] = 0.1): PlanParam => ({
  field: {
    ...{ name, kind: "number", value: 0.1, required: false, options: [], min: null, max: null, description: null, source: "mlops.yaml" },
    ...changes,
  },
  ...{ value, before: "0.05", isChanged: true },
});
const past: PastTraining = {
  jobId: "churn-20261129-120000-a1b2c3",
  run: { storeId: "s", experimentId: "1", runId: "r", name: "by-hand" },
  endedAt: Date.UTC(2026, 10, 29, 12, 1),
  durationMs: 61_000,
  kpis: { f1: 0.912345 },
  cost: { amount: 1.5, currency: "EUR" },
  commit: "0123456789abcdef0123",
  params: {},
};
const factOf = (changes: Partial<RetrainPlan>, label: string): string | undefined =>
  pageOf(changes).facts.find((one) => one.label === label)?.value;

it("says of no repository where git was not asked or could not answer", () => {
  expect(factOf({ commit: null }, "Commit")).toBe("none is known");
  expect(factOf({ commit: null, checks: [check("trust", "block", "Not trusted.")] }, "Commit")).toBe(
    "not asked for, because the folder is not trusted",
  );
});

describe("the form", () => {
  it("shows what was typed, even where the plan could not take it, and why", () => {
    const page = pageOf({ params: [param("lr")] }, { params: { lr: "fast" } });
    expect(page.fields).toMatchObject([{ name: "lr", value: "fast", fallback: "0.1", before: "0.05", fault: "This is a number." }]);
  });

  it("shows what is sent where nothing was typed", () => {
    expect(pageOf({ params: [param("lr")] }).fields).toMatchObject([{ value: "0.1", fault: null }]);
  });

  it("puts what the plan refuses at the field that it names, and at no other", () => {
    const checks = [check("params", "block", 'The parameter "lr" looks like a password.')];
    const { fields } = pageOf({ params: [param("lr"), param("lr2"), param("r")], checks });
    expect(fields.map(({ fault }) => fault)).toEqual([checks[0]?.message, null, null]);
  });

  it("offers the engines of this machine, that of the file, and those that the file says how to reach", () => {
    const ids = (changes: Parameters<typeof trainSpec>[0]) => pageOf({ spec: trainSpec(changes) }).engines.map(({ id }) => id);
    expect(ids({})).toEqual(["local", "dvc"]);
    expect(ids({ ray: { address: "http://head:8265", workingDir: null } })).toEqual(["local", "dvc", "ray"]);
    expect(ids({ engine: "github_actions", githubActions: { workflow: "train.yml", ref: null } })).toEqual([
      "github_actions",
      "local",
      "dvc",
    ]);
    expect(ids({ engine: "airflow" })).toEqual(["airflow", "local", "dvc"]);
  });
});

describe("why it cannot start", () => {
  it("is nothing where nothing blocks", () => {
    expect(pageOf({ checks: [check("data", "warn", "Nothing is expected."), check("engine", "pass", "Fine.")] }).blocked).toEqual([]);
  });

  it("is each thing that blocks, once", () => {
    const checks = [check("data", "block", "Broken."), check("engine", "block", "Away."), check("params", "block", "Away.")];
    expect(pageOf({ checks }).blocked).toEqual(["Broken.", "Away."]);
  });

  it("is a question that nobody answered, once nothing else is left", () => {
    const facts = { ...retrainPlan().facts, consents: [{ id: "unpause", question: "Unpause it?" }] };
    expect(pageOf({ facts }).blocked).toHaveLength(1);
    expect(pageOf({ facts }).consents).toEqual([{ id: "unpause", question: "Unpause it?", isGiven: false }]);
    expect(pageOf({ facts, consents: ["unpause"] }).blocked).toEqual([]);
    expect(pageOf({ facts, checks: [check("engine", "block", "Away.")] }).blocked).toEqual(["Away."]);
  });

  it("is short where the same would be trained again, since a box of its own says the rest", () => {
    const redundancy = { kind: "redundant", past, because: "Data, code and parameters are the same, byte by byte." } as const;
    const checks = [check("redundancy", "block", "This would make the same model again: a long sentence.")];
    const page = pageOf({ redundancy, checks });
    expect(page.blocked).toEqual(["Nothing changed since the last training: use its run, or say why it is trained again."]);
    expect(page.redundancy.text).toBe(redundancy.because);
    expect(pageOf({ redundancy, againBecause: "To see" }).blocked).toEqual([]);
  });

  it("offers a login where the engine's server wants one", () => {
    expect(pageOf().loginAt).toBeNull();
    expect(pageOf({ facts: { ...retrainPlan().facts, loginAt: "http://head:8265" } }).loginAt).toBe("http://head:8265");
  });
});

describe("what is done", () => {
  it("tells an argument with spaces or quotes from two", () => {
    const argv = ["python", "train.py", "--name=a b", "it's", "", "$(x);"];
    const action = { kind: "command", argv, shell: false, cwd: "/p", env: { A: "1" } } as const;
    expect(pageOf({ action }).action).toEqual({
      label: "Command",
      text: "python train.py '--name=a b' 'it'\\''s' '' '$(x);'",
      body: null,
      facts: [
        { label: "Folder", value: "/p" },
        { label: "A", value: "1" },
      ],
    });
  });

  it("shows a line for a shell as it is", () => {
    const action = { kind: "command", argv: ["make train | tee log"], shell: true, cwd: "", env: {} } as const;
    expect(pageOf({ action }).action).toMatchObject({
      label: "Line for the shell",
      text: "make train | tee log",
      facts: [{ value: "/nowhere" }],
    });
  });

  it("shows a request with its body", () => {
    const action = { kind: "request", method: "POST", url: "http://head:8265/api/jobs/", body: { a: 1 } } as const;
    expect(pageOf({ action }).action).toEqual({
      label: "Request",
      text: "POST http://head:8265/api/jobs/",
      body: '{\n  "a": 1\n}',
      facts: [],
    });
  });

  it("can be read back: what a shell makes of the text are the arguments", () => {
    const word = /'((?:[^']|'\\'')*)'|[^ ]+/g;
    const plain = (text: string): string => (text.startsWith("'") ? text.slice(1, -1).replaceAll("'\\''", "'") : text);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 4 }), (argv) => {
        const { text } = pageOf({ action: { kind: "command", argv, shell: false, cwd: "", env: {} } }).action;
        expect([...text.matchAll(word)].map(([one]) => plain(one))).toEqual(argv);
      }),
    );
  });
});

describe("inputs", () => {
  const part = (changes: Partial<FingerprintPart> = {}): FingerprintPart => ({
    ...{ kind: "data", name: "data.csv", hash: `sha256:${"a".repeat(64)}`, size: 1_234_567, from: "read" },
    ...changes,
  });
  const inputsOf = (parts: readonly FingerprintPart[]) => pageOf({ fingerprint: { value: null, parts, unknown: ["What of it?"] } });

  it("are files with short hashes, and no parameters, which stand in the form", () => {
    const page = inputsOf([
      part(),
      part({ kind: "param", name: "lr", size: null, from: "value" }),
      part({ kind: "code", from: "dvc", size: null }),
    ]);
    expect(page.inputs).toEqual([
      { kind: "Data", name: "data.csv", hash: "aaaaaaaaaaaa", size: "1.23 MB", from: "read now" },
      { kind: "Code", name: "data.csv", hash: "aaaaaaaaaaaa", size: "", from: "from DVC" },
    ]);
    expect(page.unknownInputs).toEqual(["What of it?"]);
  });

  it("are summed up where a folder has very many", () => {
    const { inputs } = inputsOf(Array.from({ length: 1000 }, (_, index) => part({ name: String(index) })));
    expect(inputs).toHaveLength(201);
    expect(inputs.at(-1)?.name).toBe("and 800 more");
  });
});

describe("the data check", () => {
  const finding = (result: DataFinding["result"], changes: Partial<DataFinding> = {}): DataFinding => ({
    ...{ path: "data.csv", use: "train", column: "amount", rule: "max", result, message: "is above", limit: "15", found: "20" },
    ...{ rows: { count: 7, first: [2, 3, 5, 7, 11, 13] }, from: "mlops.yaml", ...changes },
  });
  const dataOf = (findings: readonly DataFinding[], result: "pass" | "fail" | "unknown" | "nothing_expected") =>
    pageOf({
      dataCheck: { schema: 1, product: "churn", config: "mlops.yaml", result, files: [], findings, commit: null, checkedAt: 0, tool: "t" },
    }).data;

  it("is nothing where data were not checked", () => {
    expect(pageOf().data).toBeNull();
  });

  it("counts what holds, and shows only what does not", () => {
    expect(dataOf([finding("pass"), finding("pass")], "pass")).toMatchObject({
      verdict: "All 2 expectations hold.",
      findings: [],
      passed: 2,
    });
    const data = dataOf(
      [finding("pass"), finding("fail"), finding("unknown", { column: null, limit: null, found: null, rows: null })],
      "fail",
    );
    expect(data?.verdict).toBe("Of 3 expectations, 1 is broken and 1 is not judged.");
    expect(data?.findings).toMatchObject([
      { column: "amount", rows: "7 (first 2, 3, 5, 7, 11)" },
      { column: "", limit: "", found: "", rows: "" },
    ]);
  });

  it("says that nothing is expected", () => {
    expect(dataOf([], "nothing_expected")?.verdict).toContain("Nothing is expected");
  });
});

describe("whether it is needed", () => {
  it("names what changed and the training before it", () => {
    const change = { kind: "param", name: "lr", change: "changed", text: "lr: 0.1 → 0.2" } as const;
    const page = pageOf({ redundancy: { kind: "changed", past, changes: [change] } }).redundancy;
    expect(page).toMatchObject({
      text: "One input differs from the last training.",
      changes: [change.text],
      past: { run: { name: "by-hand" } },
    });
    expect(page.past?.facts).toEqual([
      { label: "Ended", value: "2026-11-29 12:01 UTC" },
      { label: "Took", value: "1 min 1 s" },
      { label: "f1", value: "0.912" },
      { label: "Cost", value: "1.50 EUR" },
      { label: "Commit", value: "0123456789" },
    ]);
    expect(pageOf({ redundancy: { kind: "changed", past, changes: [change, change] } }).redundancy.text).toContain("2 inputs differ");
  });

  it("says so where it is the first, and where nobody can tell", () => {
    expect(pageOf().redundancy).toMatchObject({ kind: "first", past: null });
    expect(pageOf({ redundancy: { kind: "cannot_tell", why: "A file is gone.", past: null } }).redundancy).toMatchObject({
      ...{ text: "A file is gone.", past: null, changes: [] },
    });
  });
});

describe("code, place and cost", () => {
  it("tells a commit with and without changes beside it", () => {
    const commit = { commit: "0123456789abcdef", dirty: true };
    expect(factOf({ commit }, "Commit")).toBe("0123456789, with changes that are not committed");
    expect(factOf({ commit: { ...commit, dirty: false } }, "Commit")).toBe("0123456789, nothing changed since");
  });

  it("tells estimate and price where they are known, and else why not", () => {
    const cost = { amount: 2.5, currency: "EUR", perHour: 1 };
    const known = { estimate: { durationMs: 90_000, basedOn: 1, cost, note: null } };
    expect(factOf(known, "Estimate")).toBe("about 1 min 30 s, from 1 earlier training");
    expect(factOf(known, "Price")).toBe("about 2.50 EUR, at 1.00 EUR an hour");
    expect(factOf({}, "Estimate")).toBe("not known yet");
    expect(factOf({}, "Price")).toBeUndefined();
    const noPrice = { estimate: { durationMs: 90_000, basedOn: 3, cost: null, note: "No price is known." } };
    expect(factOf(noPrice, "Estimate")).toBe("about 1 min 30 s, from 3 earlier trainings");
    expect(factOf(noPrice, "Price")).toBe("No price is known.");
  });

  it("tells Python, resources and limit as the file has them", () => {
    const facts = { ...retrainPlan().facts, python: { path: "/usr/bin/python3", version: "3.13.1", from: "PATH" } };
    expect(factOf({ facts }, "Python")).toBe("/usr/bin/python3 (3.13.1), PATH");
    const spec = trainSpec({ resources: { cpus: 4, gpus: 1, memory: "16 GB", instance: "g5.xlarge", timeoutMs: 7_200_000 } });
    expect(factOf({ spec }, "Resources")).toBe("4 CPUs, 1 GPU, 16 GB of memory, instance g5.xlarge");
    expect(factOf({ spec }, "Time limit")).toBe("2 h");
    expect(factOf({}, "Time limit")).toBe("none");
    expect(factOf({}, "Resources")).toBeUndefined();
  });
});
