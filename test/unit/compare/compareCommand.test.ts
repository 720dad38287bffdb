import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ComparisonJson } from "../../../src/core/compare/toJson";
import { mlops } from "../../builders/memoryHost";
import { fixturePath, recordedRuns } from "../../builders/recordedRuns";

const database = fixturePath("v3-sqlite/mlflow.db");
const files = fixturePath("v2-file/mlruns");
const idOf = (key: string, store: "v3-sqlite" | "v2-file" = "v3-sqlite"): string => recordedRuns(store).idOf.get(key) ?? "";
const [ten, eleven] = [idOf("resnet-10"), idOf("resnet-11")];
const PAIR = ["--store", database, "--run", ten, "--run", eleven];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mlops-compare-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function json(args: readonly string[]): Promise<ComparisonJson> {
  const { code, stdout, stderr } = await mlops(["compare", ...args, "--json", "--quiet"], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as ComparisonJson;
}

describe("mlops compare", () => {
  it("writes JSON of what differs, with --all of everything", async () => {
    const { runs, rows, baseline } = await json([...PAIR, "--baseline", ten]);
    expect(runs.map((run) => run.run_id)).toEqual([ten, eleven]);
    expect(runs[0]).toMatchObject({ run_name: "resnet-10", experiment: "vision/resnet.50", versions: ["churn-clf v2 @champion"] });
    expect(baseline).toBe(ten);
    expect(rows.every(({ differs }) => differs)).toBe(true);
    expect(rows.find(({ key }) => key === "acc")).toMatchObject({
      section: "metrics",
      kind: "number",
      values: [0.8, 0.83],
      best: [1],
      direction: "up",
      deltas: [{ absolute: 0 }, { absolute: expect.closeTo(0.03, 12) as number, relative: expect.closeTo(0.0375, 12) as number }],
    });
    const all = await json([...PAIR, "--all"]);
    expect(all.rows.length).toBeGreaterThan(rows.length);
    expect(all.rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(rows.map(({ key }) => key));
  });

  it("compares the packages that the runs logged beside their models", async () => {
    const { rows } = await json([...PAIR, "--all"]);
    const packages = rows.filter(({ section }) => section === "environment").map(({ key, values }) => [key, values]);
    expect(Object.fromEntries(packages)).toMatchObject({ python: ["3.11.7", "3.11.7"], mlflow: ["any", "any"] });
  });

  it("writes numbers that JSON lacks as words", async () => {
    const { rows } = await json(["--store", database, "--run", idOf("score-nan"), "--run", idOf("score-inf")]);
    expect(rows.find(({ key }) => key === "score")?.values).toEqual(["NaN", "Infinity"]);
  });

  it("shows an aligned table of what differs and says what it leaves out", async () => {
    const { code, stdout, stderr } = await mlops(["compare", ...PAIR, "--baseline", ten], { cwd: folder });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^SECTION +KEY +resnet-10 \(baseline\) +resnet-11$/);
    const at = lines[0]?.indexOf("resnet-11") ?? 0;
    const acc = lines.find((line) => line.includes(" acc ")) ?? "";
    expect(acc.slice(at)).toBe("0.83 *  +0.03 (+3.7 %)");
    expect(stdout).not.toContain("lifecycle");
    expect(stderr).toMatch(/^\d+ of \d+ rows differ\. --all shows the others too\.\n$/);
  });

  it("keeps hostile names and values on their line", async () => {
    const { stdout } = await mlops(["compare", "--store", database, "--run", idOf("strange"), "--run", idOf("strange-2"), "--all"]);
    expect(stdout).not.toMatch(/[\r\t\u001b]/);
    expect(stdout).toContain("line one\\nline two");
    expect(stdout).toMatch(/params +empty +"" +–/);
    expect(stdout).toMatch(/params +with space +" padded " +–/);
  });

  it("writes Markdown and CSV", async () => {
    const markdown = await mlops(["compare", ...PAIR, "--markdown", "--quiet"]);
    expect(markdown.stdout).toMatch(/^\| Section \| Key \| resnet-10 \| resnet-11 \|\n/);
    expect(markdown.stdout).toContain("| metrics | acc | 0.8 | **0.83** |");
    const csv = await mlops(["compare", ...PAIR, "--csv", "--quiet"]);
    expect(csv.stdout).toMatch(new RegExp(`^section,key,resnet-10,resnet-11\r\nsummary,run_id,${ten},${eleven}\r\n`));
  });

  it("writes an HTML file and nothing to standard output", async () => {
    const { code, stdout } = await mlops(["compare", ...PAIR, "--html", "out.html"], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(readFileSync(join(folder, "out.html"), "utf8")).toContain("<h1>Comparison of 2 runs</h1>");
  });

  it("takes directions from the folder's mlops.yaml", async () => {
    writeFileSync(join(folder, "mlops.yaml"), "kpis: [{name: acc, target: '<= 0.9'}]");
    expect((await json(PAIR)).rows.find(({ key }) => key === "acc")).toMatchObject({ direction: "down", best: [0] });
  });

  it("compares runs of several stores, and a baseline that is not among the runs", async () => {
    const other = idOf("resnet-10", "v2-file");
    const { runs, rows, baseline } = await json([
      "--store",
      database,
      "--store",
      files,
      "--run",
      ten,
      "--run",
      eleven,
      "--baseline",
      other,
    ]);
    expect(runs.map(({ run_id: id, store }) => [id, store])).toEqual([
      [other, "v2-file/mlruns"],
      [ten, "v3-sqlite/mlflow.db"],
      [eleven, "v3-sqlite/mlflow.db"],
    ]);
    expect(baseline).toBe(other);
    expect(rows.find(({ key }) => key === "store")).toMatchObject({ differs: true });
    expect(rows.find(({ key }) => key === "val/acc")?.values).toEqual([0.6000000000000001, 0.6000000000000001, 0.6200000000000001]);
  });

  it("opens a store once that is named twice, and says where a run is in several", async () => {
    const twice = await mlops(["compare", ...PAIR, "--store", database]);
    expect(twice).toMatchObject({ code: 0, stderr: expect.not.stringContaining("is in") as string });
    const copy = join(folder, "copy.db");
    writeFileSync(copy, readFileSync(database));
    const { code, stderr } = await mlops(["compare", ...PAIR, "--store", copy]);
    expect(code).toBe(0);
    expect(stderr).toContain(`The run "${ten}" is in v3-sqlite/mlflow.db and `);
  });

  it("says that nothing differs", async () => {
    const run = idOf("same-start-a");
    const { code, stdout, stderr } = await mlops(["compare", "--store", database, "--run", run, "--run", idOf("same-start-b")]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "Nothing differs between the 2 runs.\n" });
  });

  it.each([
    [["--store", database, "--run", "none", "--run", ten], 'There is no run "none" in v3-sqlite/mlflow.db. Run mlops runs'],
    [["--store", database, "--store", files, "--run", "none", "--run", ten], 'There is no run "none" in any of the 2 stores.'],
    [["--store", database, "--run", ten, "--run", eleven, "--baseline", "gone"], 'There is no run "gone"'],
    [["--store", database, "--run", ten], "A comparison needs two runs or more."],
    [["--store", database, "--run", ten, "--baseline", ten], "A comparison needs two runs or more."],
    [["--store", database, "--run", ten, "--run", ten], "is given twice."],
    [["--store", database], "mlops compare needs --run ID."],
    [[...PAIR, "--json", "--markdown"], "--json and --markdown exclude each other."],
    [[...PAIR, "--html"], "--html needs a value: --html FILE."],
    [[...PAIR, "--html", "/nowhere/x.html"], "The file /nowhere/x.html cannot be written"],
    [[...PAIR, "--store", "/nowhere/mlflow.db"], "/nowhere/mlflow.db"],
  ])("%# ends with 2 and a sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await mlops(["compare", ...args], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: .*\n$/);
    expect(stderr).not.toContain("defect");
  });
});
