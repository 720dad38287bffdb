import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { LintFolder } from "../../builders/lintFolder";
import { type CliResult, mlops } from "../../builders/memoryHost";

const NOW = Date.UTC(2026, 10, 30, 12);
const folders: LintFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.dispose()));

const FINE = "data: [{path: train.csv, use: train, expect: {min_rows: 2, newest: {column: day, within: 7 days}}}]\n";
const BROKEN = "data: [{path: train.csv, expect: {columns: {age: {max: 30}}}}]\n";
const UNJUDGED = "data: [{path: train.csv, contract: gone.yaml}]\n";

function make(data: string): LintFolder {
  const folder = new LintFolder().write({
    "churn/mlops.yaml": `version: 1\nname: churn-model\n${data}`,
    "churn/train.csv": "id,age,day\n1,30,2026-11-28\n2,31,2026-11-29\n",
  });
  folders.push(folder);
  return folder;
}

const check = (folder: LintFolder, ...args: readonly string[]): Promise<CliResult> =>
  mlops(["check-data", ...args], { cwd: folder.path, now: NOW });

describe("mlops check-data", () => {
  it.each([
    ["as expected", FINE, 0],
    ["nothing expected", "", 0],
    ["not as expected", BROKEN, 1],
    ["not to be judged", UNJUDGED, 3],
  ])("ends with its result: %s", async (_, data, code) => {
    expect((await check(make(data), "churn")).code).toBe(code);
  });

  it("reads a file as its entry says, and does not judge one that says nonsense", async () => {
    const wish = "expect: {columns: {größe: {max: 40, max_missing: 0.6}}}";
    const folder = make(`data: [{path: odd.csv, read: {separator: "#", encoding: windows-1252, missing: [none]}, ${wish}}]\n`);
    writeFileSync(join(folder.path, "churn", "odd.csv"), Buffer.from("id#größe\n1#30\n2#none\n", "latin1"));
    const { code, stdout } = await check(folder, "churn");
    expect([code, stdout]).toEqual([0, expect.stringContaining("hold")]);
    folder.write({ "churn/mlops.yaml": `version: 1\nname: x\ndata: [{path: train.csv, read: {separator: ";;"}, ${wish}}]\n` });
    const wrong = await check(folder, "churn");
    expect([wrong.code, wrong.stdout]).toEqual([expect.any(Number), expect.stringContaining("A separator is one character")]);
    expect(wrong.code).toBeGreaterThan(0);
  });

  it("ends with the worst of several products", async () => {
    const folder = make(BROKEN).write({ "other/mlops.yaml": "version: 1\nname: other\n" });
    expect((await check(folder, "other", "churn-model")).code).toBe(1);
    expect((await check(folder, "other")).code).toBe(0);
  });

  it.each([
    [[], "mlops check-data needs PRODUCT."],
    [["churn-modl"], 'There is no product, file or folder "churn-modl". Did you mean churn-model?'],
    [["empty"], "No mlops.yaml was found there."],
    [["churn", "--today", "soon"], "--today takes a day as YYYY-MM-DD."],
    [["churn", "--format", "xml"], 'There is no format "xml".'],
    [["churn", "--json", "--junit"], "exclude each other"],
  ])("%j is wrong use: 2, one sentence and no output", async (args, sentence) => {
    const { code, stdout, stderr } = await check(make(FINE).write({ "empty/a.txt": "" }), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("defect");
  });

  it("cannot read a file that is too large: 2", async () => {
    const folder = make(`${FINE}${"# much\n".repeat(800_000)}`);
    const { code, stdout, stderr } = await check(folder, "churn/mlops.yaml");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("The file mlops.yaml cannot be read: it is larger than 5 MB.");
  });

  it("tells a person what does not hold", async () => {
    const { stdout, stderr } = await check(make(BROKEN), "churn-model");
    expect(stdout).toBe(
      "churn-model  1 of 2 expectations of the data fails.\n" +
        "  fails  churn/train.csv  In 1 of 2 rows age is above the largest allowed value, 30 (row 2). The largest is 31.\n",
    );
    expect(stderr).toBe("Checking the data of churn-model …\n");
    expect((await check(make(BROKEN), "churn", "--quiet")).stderr).toBe("");
  });

  it("judges how new data are by --today", async () => {
    expect((await check(make(FINE), "churn", "--today", "2026-12-30")).code).toBe(1);
  });

  it("gives JSON, Markdown and JUnit", async () => {
    const folder = make(BROKEN);
    expect(JSON.parse((await check(folder, "churn-model", "--json")).stdout)).toMatchObject({
      products: [{ product: "churn-model", result: "fail", written: null, findings: [{ rule: "present" }, { rule: "max", limit: "30" }] }],
    });
    const markdown = (await check(folder, "churn-model", "--markdown")).stdout;
    expect(markdown).toContain("| `churn/train.csv` | `age` | `max` | ❌ fails | In 1 of 2 rows age is above");
    const junit = (await check(folder, "churn-model", "--junit")).stdout;
    expect(junit).toContain('<testsuite name="churn-model" tests="2" failures="1" errors="0" skipped="0"');
    expect(junit).toContain('<testcase name="max of age" classname="churn/train.csv"><failure type="max"');
    expect((await check(make(UNJUDGED), "churn", "--junit")).stdout).toContain('<error type="readable"');
  });

  it("keeps what a sign-off can name, and tells its hash", async () => {
    const folder = make(FINE);
    const { code, stdout } = await check(folder, "churn-model", "--write", "--json");
    const [{ written, ...report }] = (JSON.parse(stdout) as { products: [{ written: { path: string; sha256: string } }] }).products;
    expect({ code, path: written.path }).toEqual({ code: 0, path: "churn/.mlops/data-checks/20261130T120000.000Z.json" });
    const text = folder.read(written.path);
    expect(createHash("sha256").update(text).digest("hex")).toBe(written.sha256);
    expect(JSON.parse(text)).toEqual(report);
  });

  it("is 2 where the result cannot be kept, and tells it all the same", async () => {
    const folder = make(FINE);
    writeFileSync(join(folder.path, "churn/.mlops"), "a file");
    const { code, stdout, stderr } = await check(folder, "churn", "--write");
    expect(code).toBe(2);
    expect(stdout).toContain("All 4 expectations of the data hold.");
    expect(stderr).toContain("a file stands where a folder is needed");
  });

  it("shows no control characters of names", async () => {
    const folder = make('data: [{path: train.csv, expect: {columns: {"a\\e[31m": {type: text}}}}]\n');
    for (const format of ["text", "markdown", "junit"]) {
      expect((await check(folder, "churn", "--format", format)).stdout).not.toContain("\u001b");
    }
  });
});
