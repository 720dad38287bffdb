import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/runCli";
import { mlops } from "../../builders/memoryHost";
import { fixturePath, recordedRuns } from "../../builders/recordedRuns";

const database = fixturePath("v3-sqlite/mlflow.db");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mlops-cli-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("wrong use", () => {
  it.each([
    [["rusn"], 'There is no command "rusn". Did you mean runs?'],
    [["--verison"], 'There is no option "--verison". Did you mean --version?'],
    [["runs", "--filtr", "x"], "There is no option --filtr. Did you mean --filter?"],
    [["runs", "-x"], "There is no option -x."],
    [["runs", "churn"], '"churn" belongs to no option.'],
    [["runs", "--store"], "--store needs a value: --store URI."],
    [["runs", "--store", "--json"], "--store needs a value: --store URI."],
    [["runs", "--json=yes"], "--json takes no value."],
    [["runs", "--max", "many"], "--max takes a whole number from 1 on."],
    [["runs", "--max", "1", "--max", "2"], "--max is given twice."],
    [["history", "--run", "x"], "mlops history needs --metric KEY."],
    [["runs", "--store", "ftp://host"], '"ftp://host" is not a store that can be read.'],
    [["runs", "--store", database, "--filter", "metrics.acc ~ 1"], 'Position 13: "~" is not a comparator for a metric;'],
    [["runs", "--store", database, "--order-by", "metrics.acc UP"], 'The order "metrics.acc UP" cannot be read.'],
    [["runs", "--store", database, "--experiment", "vision/resnet.5"], "Did you mean vision/resnet.50?"],
    [["runs", "--store", database, "--experiment", "retired"], 'The experiment "retired" is deleted. Add --deleted'],
    [["history", "--store", database, "--run", "none", "--metric", "acc"], "none"],
    [["runs", "--store", "/nowhere/mlflow.db"], "/nowhere/mlflow.db"],
    [["runs", "--store", "/nowhere/mlruns"], "/nowhere/mlruns"],
    [["runs", "--store", "http://127.0.0.1:1"], "127.0.0.1:1"],
  ])("%j ends with 2 and one sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await mlops(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: .*\n$/);
    expect(stderr).not.toContain("defect");
  });

  it("tells why a file is no store", async () => {
    writeFileSync(join(folder, "notes.db"), "hello");
    mkdirSync(join(folder, "mlruns", "0"), { recursive: true });
    writeFileSync(join(folder, "mlruns", "0", "meta.yaml"), "{ broken");
    const notes = await mlops(["runs", "--store", "notes.db"], { cwd: folder });
    expect(notes).toMatchObject({ code: 2, stdout: "" });
    expect(notes.stderr).toMatch(/^mlops: .*notes\.db.*\n$/);
    const broken = await mlops(["experiments", "--store", "mlruns"], { cwd: folder });
    expect(broken.stderr).not.toContain("defect");
    expect(broken.stdout).not.toContain("broken");
  });

  it("shows help for no command at all, but as a failure", async () => {
    expect(await mlops([])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("help and version", () => {
  it("has an example overall and for each command, and names every option", async () => {
    const general = await mlops(["--help"]);
    expect(general).toMatchObject({ code: 0, stderr: "" });
    for (const command of COMMANDS) {
      expect(general.stdout).toContain(`  ${command.name} `);
      const { code, stdout } = await mlops([command.name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples?:\n {2}mlops /);
      expect(command.options.every(({ name }) => stdout.includes(`--${name}`))).toBe(true);
      expect((await mlops(["help", command.name])).stdout).toBe(stdout);
    }
  });

  it("prints the version", async () => {
    expect(await mlops(["--version"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("the store when none is named", () => {
  it("takes MLFLOW_TRACKING_URI, relative to the folder", async () => {
    const { code, stdout } = await mlops(["experiments", "--json"], {
      cwd: fixturePath("v3-sqlite"),
      env: { MLFLOW_TRACKING_URI: "sqlite:///mlflow.db" },
    });
    expect(code).toBe(0);
    expect(stdout).toContain("vision/resnet.50");
  });

  it("takes it from .env, which the environment overrides", async () => {
    writeFileSync(join(folder, ".env"), `MLFLOW_TRACKING_URI="${database}"\n`);
    expect(await mlops(["experiments", "--json"], { cwd: folder })).toMatchObject({ code: 0 });
    const overridden = await mlops(["experiments"], { cwd: folder, env: { MLFLOW_TRACKING_URI: "/nowhere/mlflow.db" } });
    expect(overridden.stderr).toContain("/nowhere/mlflow.db");
  });

  it("takes mlflow.db even where a folder of artifacts stands beside it, and mlruns where it holds experiments", async () => {
    mkdirSync(join(folder, "mlruns", "1"), { recursive: true });
    cpSync(database, join(folder, "mlflow.db"));
    expect((await mlops(["experiments", "--json"], { cwd: folder })).stdout).toContain("vision/resnet.50");
    const files = await mlops(["experiments", "--json"], { cwd: fixturePath("v3-file") });
    expect(files.stdout).toContain("vision/resnet.50");
    expect((await mlops(["experiments", "--json", "--store", "."], { cwd: folder })).code).toBe(0);
  });

  it("says what to do where there is nothing", async () => {
    const { code, stderr } = await mlops(["runs"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain("Give --store URI, or set MLFLOW_TRACKING_URI.");
  });
});

describe("the table", () => {
  it("lets no name drive the terminal or break a line", async () => {
    const { stdout } = await mlops(["runs", "--store", database, "--experiment", '🚀 launch <script>alert("x")</script>'], {
      columns: 200,
    });
    expect(stdout).toContain("line one\\nline two");
    expect(stripVTControlCharacters(stdout)).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it("fits a narrow terminal and is coloured there only", async () => {
    const wide = await mlops(["runs", "--store", database, "--experiment", "edge.cases/metrics"]);
    expect(wide.stdout).not.toContain("\u001b[");
    const narrow = await mlops(["runs", "--store", database, "--experiment", "edge.cases/metrics"], { columns: 110 });
    expect(narrow.stdout).toContain("\u001b[32mFINISHED");
    const plain = await mlops(["runs", "--store", database, "--experiment", "edge.cases/metrics"], {
      columns: 110,
      env: { NO_COLOR: "1" },
    });
    expect(plain.stdout).not.toContain("\u001b[");
    expect(Math.max(...plain.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
    expect((await mlops(["runs", "--store", database, "--color"])).stdout).toContain("\u001b[32m");
  });

  it("counts on standard error, unless --quiet", async () => {
    expect((await mlops(["runs", "--store", database, "--max", "3"])).stderr).toBe("3 runs.\n");
    expect((await mlops(["runs", "--store", database, "--max", "3", "--quiet"])).stderr).toBe("");
    expect((await mlops(["runs", "--store", database, "--filter", "metrics.acc > 99"])).stderr).toBe("No runs.\n");
  });
});

describe("numbers", () => {
  it("writes NaN and infinities as words and an unknown metric as an empty list", async () => {
    const edges = recordedRuns("v3-sqlite").idOf.get("edges") ?? "";
    const history = (key: string) => mlops(["history", "--store", database, "--run", edges, "--metric", key, "--json"]);
    expect((await history("nan_only")).stdout).toContain('"value":"NaN"');
    expect((await history("minus_inf")).stdout).toContain('"value":"-Infinity"');
    const unknown = await history("spik");
    expect(JSON.parse(unknown.stdout)).toEqual({ points: [] });
    expect(unknown).toMatchObject({ code: 0, stderr: 'The run has no metric "spik". Did you mean spike?\n' });
  });
});

describe("ends", () => {
  it("is quiet when the reader of its output leaves", async () => {
    expect(await mlops(["runs", "--store", database, "--json"], { writesUntilGone: 0 })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("is quiet when interrupted", async () => {
    expect(await mlops(["runs", "--store", database], { signal: AbortSignal.abort() })).toEqual({ code: 130, stdout: "", stderr: "" });
  });

  it("changes nothing in the store", async () => {
    const before = readFileSync(database);
    await mlops(["runs", "--store", database]);
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});
