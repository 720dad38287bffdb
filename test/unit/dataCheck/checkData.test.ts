import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { openResultFiles } from "../../../src/adapters/node/resultFiles";
import { AT_ONCE, openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { openDataCheck } from "../../../src/cli/dataCheck/openDataCheck";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { readConfig } from "../../../src/core/config/readConfig";
import { checkData, type DataCheckProgress } from "../../../src/core/dataCheck/checkData";
import { dataCheckJson, keepDataCheck } from "../../../src/core/dataCheck/dataCheckEvidence";
import type { DataCheckReport } from "../../../src/core/dataCheck/dataCheckReport";
import { dataCheckLines, dataCheckVerdict } from "../../../src/core/dataCheck/dataCheckText";
import { LintFolder } from "../../builders/lintFolder";
import { NOW } from "./judged";

const folders: LintFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.dispose()));

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: a
version: "1"
status: active
schema:
  - name: train
    properties:
      - {name: age, logicalType: integer, required: true}
      - {name: score, logicalType: number, quality: [{type: sql, query: SELECT 1, mustBe: 1, name: by hand}]}
`;
const TRAIN = "id,age,score\n1,30,0.5\n2,31,0.7\n";

/** @param data entries of `data`, in YAML. */
function make(data: string, files: Readonly<Record<string, string>> = {}): LintFolder {
  const folder = new LintFolder().write({
    "churn/mlops.yaml": `version: 1\nname: churn\n${data}`,
    "churn/data/train.csv": TRAIN,
    ...files,
  });
  folders.push(folder);
  return folder;
}

async function check(folder: LintFolder, onProgress: (progress: DataCheckProgress) => void = () => undefined): Promise<DataCheckReport> {
  const files = openWorkspaceFiles(folder.path, async () => null, AT_ONCE);
  const ports = openDataCheck(folder.path, files, NOW, "1.2.3");
  return checkData("churn/mlops.yaml", readConfig(folder.read("churn/mlops.yaml")), ports, onProgress, NEVER_CANCELLED);
}

const failing = ({ findings }: DataCheckReport): readonly string[] =>
  findings.filter(({ result }) => result !== "pass").map(({ result, message }) => `${result}: ${message}`);

describe("a check of a product's data", () => {
  it("passes, and tells files, hash and rows", async () => {
    const report = await check(make("data: [{path: data/train.csv, use: train, expect: {min_rows: 2, unique: id}}]"));
    expect(report).toMatchObject({
      schema: 1,
      product: "churn",
      config: "churn/mlops.yaml",
      result: "pass",
      files: [{ path: "churn/data/train.csv", sha256: createHash("sha256").update(TRAIN).digest("hex"), rows: 2, bytes: TRAIN.length }],
      notes: [],
      commit: null,
      checkedAt: NOW,
      tool: "mlops 1.2.3",
    });
    expect(report.findings.every(({ use, from }) => use === "train" && from === "churn/mlops.yaml")).toBe(true);
  });

  it("says that nothing is expected", async () => {
    const report = await check(make("data: [{path: data/gone.csv}]"));
    expect(report).toMatchObject({ result: "nothing_expected", findings: [], files: [] });
    expect(report.notes).toEqual(["Nothing that can be judged is expected of churn/data/gone.csv."]);
    expect((await check(make(""))).notes).toEqual(["Nothing is expected of any data."]);
  });

  it("takes a contract beside what the product's file says, and tells what it cannot judge", async () => {
    const folder = make("data: [{path: data/train.csv, contract: train.odcs.yaml, expect: {min_rows: 5}}]", {
      "churn/train.odcs.yaml": CONTRACT,
      "churn/data/train.csv": "age,score\n30,0.5\n,0.7\n",
    });
    const report = await check(folder);
    expect(failing(report)).toEqual([
      "fail: There are 2 rows, and there must be at least 5.",
      "fail: In 1 of 2 rows age has no value (row 2).",
    ]);
    expect(report.findings.filter(({ result }) => result === "fail").map(({ from }) => from)).toEqual([
      "churn/mlops.yaml",
      "churn/train.odcs.yaml",
    ]);
    expect(report.notes).toEqual(["churn/train.odcs.yaml: The quality rule “by hand” of score is not judged: it is SQL."]);
    expect(report.result).toBe("fail");
  });

  it.each<[string, string, string, string]>([
    ["is gone", "data/gone.csv", "fail", "There is no file churn/data/gone.csv. Check its path, and whether the data has come."],
    ["is kept by DVC", "data/dvc.csv", "fail", "There is no file churn/data/dvc.csv. DVC keeps it: run dvc pull."],
    [
      "matches nothing",
      "data/*.parquet",
      "fail",
      "No file matches churn/data/*.parquet. Check the pattern, and whether the data has come.",
    ],
    ["is an empty folder", "none", "fail", "The folder churn/none holds no table. CSV, Parquet and JSON lines are read."],
    [
      "is of another kind",
      "none/a.bin",
      "unknown",
      "churn/none/a.bin is of a kind that is not read. CSV, Parquet and JSON lines are read.",
    ],
    ["lies outside", "../../secret.csv", "fail", "../../secret.csv lies outside of the workspace. Name a path below the opened folder."],
  ])("whose path %s", async (_, path, result, message) => {
    const folder = make(`data: [{path: "${path}", expect: {min_rows: 1}}]`, {
      "churn/data/dvc.csv.dvc": "outs: []\n",
      "churn/none/a.bin": "",
    });
    const report = await check(folder);
    expect(failing(report)).toEqual([`${result}: ${message}`]);
  });

  it.each([
    ["is gone", "gone.yaml", "There is no contract churn/gone.yaml. Check its path."],
    ["lies outside", "../../c.yaml", "The contract lies outside of the workspace. Name a path below the opened folder."],
    ["is broken", "bad.yaml", "The contract churn/bad.yaml cannot be read"],
  ])("cannot be judged where the contract %s", async (_, path, message) => {
    const report = await check(make(`data: [{path: data/train.csv, contract: "${path}"}]`, { "churn/bad.yaml": "a: [" }));
    expect(report.result).toBe("unknown");
    expect(failing(report)[0]).toContain(`unknown: ${message}`);
  });

  it.each([
    ["a limit", "data: [{path: data/train.csv, expect: {min_rows: many}}]"],
    ["a column", "data: [{path: data/train.csv, expect: {columns: {age: {typ: number}}}}]"],
    ["all of it", "data: [{path: data/train.csv, expect: ["],
    ["the whole", "data: [{path: data/train.csv, expect: 7}]"],
  ])("cannot be judged where %s of what is expected has a mistake", async (_, data) => {
    const report = await check(make(data));
    expect(report.result).toBe("unknown");
    expect(failing(report)[0]).toContain("churn/mlops.yaml has a mistake, so that what is expected is not known: ");
  });

  it("is not kept from it by mistakes elsewhere", async () => {
    expect((await check(make("ownr: a\ndata: [{path: data/train.csv, expect: {min_rows: 1}}]"))).result).toBe("pass");
  });

  it("looks through folders and patterns, file by file", async () => {
    const more = { "churn/data/more.csv": "id,age,score\n3,-1,0.1\n" };
    for (const path of ["data", "data/*.csv"]) {
      const report = await check(make(`data: [{path: "${path}", expect: {min_rows: 3, columns: {age: {min: 0}}}}]`, more));
      expect(report.files.map((file) => file.path)).toEqual(["churn/data/more.csv", "churn/data/train.csv"]);
      expect(failing(report)).toEqual(["fail: In 1 of 3 rows age is below the smallest allowed value, 0 (row 1). The smallest is -1."]);
    }
  });

  it("does not judge a folder of several kinds as one table", async () => {
    const report = await check(make("data: [{path: data, expect: {min_rows: 3}}]", { "churn/data/more.jsonl": '{"id": 1}\n' }));
    expect(failing(report)).toEqual(["unknown: The files of a table must be of one format, and these are not. Narrow the pattern."]);
  });

  it("keeps values of personal columns to itself", async () => {
    const report = await check(
      make("data: [{path: data/train.csv, personal_fields: [{name: age, why: x}], expect: {columns: {age: {max: 3, in: [5]}}}}]"),
    );
    expect(report.result).toBe("fail");
    expect(JSON.stringify(report.findings)).not.toMatch(/3[01]/);
  });

  it("tells how far it is", async () => {
    const told: DataCheckProgress[] = [];
    await check(make("data: [{path: data/train.csv, expect: {min_rows: 1}}]"), (progress) => told.push(progress));
    expect(told.at(-1)).toEqual({ text: "Checking churn/data/train.csv", done: TRAIN.length, total: TRAIN.length });
  });
});

describe("a report", () => {
  const DATA = "data: [{path: data/train.csv, use: train, expect: {min_rows: 2, columns: {age: {max: 30}, gone: {type: text}}}}]";

  it("reads as lines", async () => {
    expect(dataCheckLines(await check(make(DATA)))).toEqual([
      "2 of 4 expectations of the data fail.",
      "fails: churn/data/train.csv (train): There is no column gone. Its columns: id, age, score.",
      "fails: churn/data/train.csv (train): In 1 of 2 rows age is above the largest allowed value, 30 (row 2). The largest is 31.",
    ]);
    expect(dataCheckLines(await check(make(DATA)), true)).toHaveLength(5);
    expect(dataCheckVerdict(await check(make("")))).toBe("Nothing is expected of the data, so nothing was checked.");
  });

  it("is kept beside the product's file, and never overwritten", async () => {
    const folder = make(DATA);
    const report = await check(folder);
    const files = openResultFiles(folder.path);
    const first = await keepDataCheck(files, report, NEVER_CANCELLED);
    const second = await keepDataCheck(files, report, NEVER_CANCELLED);
    expect(first.path).toBe("churn/.mlops/data-checks/20261130T120000.000Z.json");
    expect(second).toEqual({ path: "churn/.mlops/data-checks/20261130T120000.001Z.json", text: first.text });
    expect(folder.read(first.path)).toBe(first.text);
    expect(JSON.parse(first.text)).toEqual(report);
  });

  it("has the same bytes whatever the order of its keys", async () => {
    const report = await check(make(DATA));
    const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as DataCheckReport;
    expect(dataCheckJson(turned)).toBe(dataCheckJson(report));
  });

  it("is not kept through a link that leads out of the workspace", async () => {
    const folder = make(DATA);
    const outside = make("");
    mkdirSync(join(folder.path, "churn/.mlops"));
    symlinkSync(outside.path, join(folder.path, "churn/.mlops/data-checks"));
    await expect(keepDataCheck(openResultFiles(folder.path), await check(folder), NEVER_CANCELLED)).rejects.toMatchObject({
      code: "file/unwritable",
    });
    expect(readdirSync(outside.path)).toEqual(["churn"]);
  });
});

describe("the sample workspace", () => {
  it("has data that are as its file and its contract expect", async () => {
    const root = join(import.meta.dirname, "../../../examples/churn");
    const files = openWorkspaceFiles(root, async () => null, AT_ONCE);
    const config = readConfig(readFileSync(join(root, "mlops.yaml"), "utf8"));
    expect(config.problems).toEqual([]);
    const report = await checkData("mlops.yaml", config, openDataCheck(root, files, NOW, "1.2.3"), () => undefined, NEVER_CANCELLED);
    expect(failing(report)).toEqual([]);
    expect(report.result).toBe("pass");
    expect(new Set(report.findings.map(({ from }) => from))).toEqual(new Set(["mlops.yaml", "contracts/customers.odcs.yaml"]));
  });
});
