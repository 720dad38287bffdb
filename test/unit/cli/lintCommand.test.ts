import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LintFolder, MISSPELT } from "../../builders/lintFolder";
import { type CliResult, type CliSetting, mlops } from "../../builders/memoryHost";

let folder: LintFolder;

beforeEach(() => {
  folder = new LintFolder();
});

afterEach(() => {
  folder.dispose();
});

const lint = (args: readonly string[] = [], setting: CliSetting = {}): Promise<CliResult> =>
  mlops(["lint", ...args], { cwd: folder.path, ...setting });

interface LintJson {
  readonly findings: readonly {
    readonly file: string;
    readonly rule: string;
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly fixable: boolean;
    readonly docs: string;
  }[];
  readonly files: number;
  readonly suppressed: readonly object[];
  readonly unreadable: readonly string[];
}

async function lintJson(args: readonly string[] = [], setting: CliSetting = {}): Promise<LintJson> {
  const { stdout } = await lint(["--json", ...args], setting);
  return JSON.parse(stdout) as LintJson;
}

describe("wrong use", () => {
  it.each([
    [["nowhere"], 'There is no file or folder "nowhere".'],
    [["notes.txt"], '"notes.txt" is no file that mlops lint judges.'],
    [["--format", "sarf"], 'There is no format "sarf". Did you mean sarif?'],
    [["--json", "--format", "junit"], "--json and --format junit exclude each other."],
    [["--fix", "--diff"], "--fix and --diff exclude each other."],
    [["--diff", "--format", "json"], "--diff and --format exclude each other."],
    [["--stage", "producton"], 'There is no stage "producton". Did you mean production?'],
    [["--today", "2026-02-30"], "--today takes a day as YYYY-MM-DD."],
    [["--today", "tomorrow"], "--today takes a day as YYYY-MM-DD."],
    [["--max-warnings", "-1"], "--max-warnings"],
    [["--max-warnings", "few"], "--max-warnings takes a whole number from 0 on."],
    [["--update-baseline"], "--update-baseline needs --baseline FILE."],
    [["--baseline", "none.json"], 'There is no baseline "none.json". Add --update-baseline'],
    [["--baseline", "notes.txt"], '"notes.txt" is no baseline of mlops lint'],
    [["--baseline", "other.json"], '"other.json" is no baseline of mlops lint: findings'],
    [["--fx"], "There is no option --fx. Did you mean --fix?"],
  ])("%j ends with 2, one sentence and no output", async (args, sentence) => {
    folder.write({ "mlops.yaml": MISSPELT, "notes.txt": "hello", "other.json": '{"version":1}' });
    const { code, stdout, stderr } = await lint(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: .*\n$/);
    expect(stderr).not.toContain("defect");
  });

  it("refuses what is neither a file nor a folder", async () => {
    const { code, stderr } = await lint(["/dev/null"]);
    expect(code).toBe(2);
    expect(stderr).toContain('"/dev/null" is neither a file nor a folder.');
  });
});

describe("which files are linted", () => {
  it("takes all of a folder by default, by name, and leaves out what tools keep", async () => {
    folder.write({
      "b/mlops.yaml": MISSPELT,
      "a/churn.mlops.yml": MISSPELT,
      "a/mlops.yaml": MISSPELT,
      ".mlops/policy.yaml": "version: 2\n",
      "a/other.yaml": "x: 1\n",
      "node_modules/x/mlops.yaml": MISSPELT,
      ".venv/mlops.yaml": MISSPELT,
    });
    const { findings, files } = await lintJson();
    expect(files).toBe(4);
    expect([...new Set(findings.map(({ file }) => file))]).toEqual([
      ".mlops/policy.yaml",
      "a/churn.mlops.yml",
      "a/mlops.yaml",
      "b/mlops.yaml",
    ]);
  });

  it("takes files and folders that are named, each file once", async () => {
    folder.write({ "a/mlops.yaml": MISSPELT, "b/mlops.yaml": MISSPELT, "c/mlops.yaml": MISSPELT });
    expect((await lintJson(["a/mlops.yaml", "b", "a", "b/mlops.yaml", "./b"])).files).toBe(2);
  });

  it("names files from the current folder, with forward slashes, also those above it", async () => {
    folder.write({ "a/mlops.yaml": MISSPELT, "b/c/mlops.yaml": MISSPELT });
    const { findings } = await lintJson(["..", join(folder.path, "b")], { cwd: join(folder.path, "a") });
    expect([...new Set(findings.map(({ file }) => file))]).toEqual(["../b/c/mlops.yaml", "mlops.yaml"]);
  });

  it("says what it looked for where there is nothing", async () => {
    const { code, stdout, stderr } = await lint();
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain(
      "no mlops.yaml, *.mlops.yaml, .mlops/policy.yaml or a pipeline file of another tool such as dvc.yaml was found",
    );
    expect(JSON.parse((await lint(["--json"])).stdout)).toMatchObject({ findings: [], files: 0 });
    expect((await lint(["--quiet"])).stderr).toBe("");
  });

  it("takes a path behind -- for what it is", async () => {
    folder.write({ "--fix/mlops.yaml": MISSPELT });
    expect((await lintJson(["--", "--fix"])).files).toBe(1);
  });

  it("says the same of a file whether it, its folder or the repository is named", async () => {
    folder.write({
      ".mlops/policy.yaml": "version: 1\nrules: {owner-missing: off, COMP02: error, risk-class-undecided: error}\n",
      "team/a/mlops.yaml": MISSPELT,
      CODEOWNERS: "team/ leo@example.org\n",
    });
    folder.git("init", "-q");
    folder.git("add", "-A");
    folder.git("commit", "-qm", "first");
    const all = (await lintJson()).findings.filter(({ file }) => file === "team/a/mlops.yaml");
    expect(all.find(({ rule }) => rule === "risk-class-undecided")).toMatchObject({ severity: "error" });
    expect((await lintJson(["team"])).findings).toEqual(all);
    expect((await lintJson(["team/a/mlops.yaml"])).findings).toEqual(all);
    const inside = await lintJson([], { cwd: join(folder.path, "team/a") });
    expect(inside.findings.map(({ file, ...rest }) => ({ ...rest, file: `team/a/${file}` }))).toEqual(
      all.map(({ file, ...rest }) => ({ ...rest, file })),
    );
  });

  it("lints a file that git does not track", async () => {
    folder.git("init", "-q");
    folder.write({ "mlops.yaml": MISSPELT });
    expect((await lintJson()).files).toBe(1);
  });

  it.each([
    "with blanks/mlops.yaml",
    "emoji 🙂/mlops.yaml",
    "line\nbreak/mlops.yaml",
    "quote\"'&<>/mlops.yaml",
    "50%,a:b/mlops.yaml",
    "-x/mlops.yaml",
  ])("lints %j", async (name) => {
    folder.write({ [name]: MISSPELT });
    const { findings } = await lintJson();
    expect([...new Set(findings.map(({ file }) => file))]).toEqual([name]);
    expect((await lintJson(["--", name])).findings).toEqual(findings);
    const { stdout } = await lint();
    expect(stdout.split("\n")[0]).toBe(name.replace("\n", "\\n"));
  });

  it("follows no link out of the folder, and says of a named one that it is none of ours", async () => {
    const outside = new LintFolder().write({ "mlops.yaml": MISSPELT });
    symlinkSync(join(outside.path, "mlops.yaml"), join(folder.path, "mlops.yaml"));
    expect((await lintJson()).files).toBe(0);
    expect(await lint(["mlops.yaml"])).toMatchObject({ code: 2, stdout: "" });
    outside.dispose();
  });
});

describe("exit codes", () => {
  const fine = MISSPELT.replace("ownr:", "owner:").replace("personal_data: no", "personal_data: no\nai_act: {role: deployer}");

  it("is 1 for an error", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    expect((await lint()).code).toBe(1);
  });

  it("is 0 for warnings and hints, unless there are more warnings than allowed", async () => {
    folder.write({ "mlops.yaml": fine });
    const { findings } = await lintJson();
    const warnings = findings.filter(({ severity }) => severity === "warning").length;
    expect(findings.some(({ severity }) => severity === "error")).toBe(false);
    expect(findings.some(({ severity }) => severity === "info")).toBe(true);
    expect(warnings).toBeGreaterThan(0);
    expect((await lint()).code).toBe(0);
    expect((await lint(["--max-warnings", String(warnings)])).code).toBe(0);
    expect((await lint(["--max-warnings", String(warnings - 1)])).code).toBe(1);
  });

  it("judges by the stage that is asked for, and by the file's own otherwise", async () => {
    folder.write({ "mlops.yaml": fine });
    expect((await lint(["--stage", "production"])).code).toBe(1);
    const staging = await lintJson(["--stage", "staging"]);
    folder.write({ "mlops.yaml": fine.replace("stage: development", "stage: staging    ") });
    const own = await lintJson();
    expect(own.findings.map(({ rule, severity }) => [rule, severity])).toEqual(
      staging.findings.map(({ rule, severity }) => [rule, severity]),
    );
  });

  it("takes today from the clock in the user's time zone, unless a day is given", async () => {
    folder.write({ "mlops.yaml": `${fine}review: {every: 6 months, last: 2026-11-10, next: 2027-05-10}\n` });
    const due = async (args: readonly string[], setting: CliSetting = {}): Promise<boolean> =>
      (await lintJson(args, setting)).findings.some(({ rule }) => rule === "review-due");
    expect(await due(["--today", "2027-01-10"])).toBe(false);
    expect(await due(["--today", "2027-05-11"])).toBe(true);
    expect(await due([], { now: new Date(2027, 0, 10, 12).getTime() })).toBe(false);
    expect(await due([], { now: new Date(2027, 4, 11, 0, 1).getTime() })).toBe(true);
  });

  it("is 2 for a file that cannot be read, and the others are reported all the same", async () => {
    folder.write({ "a/mlops.yaml": MISSPELT, "huge/mlops.yaml": `# ${"x".repeat(5 * 1024 * 1024)}\n` });
    const { code, stdout, stderr } = await lint(["--json"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mlops: The file huge\/mlops\.yaml cannot be read: it is larger than 5 MB\.\n$/);
    const json = JSON.parse(stdout) as LintJson;
    expect(json.files).toBe(1);
    expect(json.unreadable).toHaveLength(1);
  });
});

/** Twenty lines, each nine times the one before. */
function aliasBomb(): string {
  const lines = Array.from({ length: 20 }, (_, index) => `k${index + 1}: &k${index + 1} [${Array(9).fill(`*k${index}`).join(", ")}]`);
  return ["k0: &k0 [x, x]", ...lines, ""].join("\n");
}

describe("hostile files", () => {
  it.each(
    Object.entries({
      "an alias bomb": aliasBomb(),
      "deep nesting": "[".repeat(10_000),
      "a merge conflict": "<<<<<<< HEAD\nowner: a\n=======\nowner: b\n>>>>>>> other\n",
      "a tab as indentation": "roles:\n\towner: x\n",
      "a long line of 4 MB": `purpose: ${"🙂".repeat(1_000_000)}\n`,
      "names of Object.prototype": "__proto__: 1\nconstructor: 2\ntoString: 3\n",
      "control characters": 'name: "\\u0007\\u001b[31m"\nownr: "\\u0000"\n',
      nothing: "",
      "only a byte order mark": "\ufeff",
      "zero bytes": "\0\0\0\0",
    }),
  )("say what is wrong with %s", async (_, text) => {
    folder.write({ "mlops.yaml": text });
    for (const format of ["stylish", "json", "sarif", "junit", "github"]) {
      const { code, stdout, stderr } = await lint(["--format", format]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout).toContain("config-invalid");
      expect(stdout.replaceAll("\n", "")).not.toMatch(/[\0-\x1f]/);
    }
  });

  it("counts lines and columns as editors do: CRLF, a lone CR, a byte order mark, emoji", async () => {
    folder.write({ "mlops.yaml": '\ufeffversion: 1\r\n# 🙂\r"🙂": 1\n{"🙂": 2}' });
    const at = (await lintJson()).findings.filter(({ rule }) => rule === "config-invalid").map(({ range }) => range.start.line);
    expect(Math.max(...at)).toBeGreaterThan(0);
    folder.write({ "mlops.yaml": '\ufeffversoin: 1\r\nname: "🙂"\r\n' });
    const found = (await lintJson()).findings.find(({ message }) => message.includes("versoin"));
    expect(found?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 7 } });
  });
});

describe("stopping", () => {
  it("ends with 130 when it is interrupted", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    const interrupt = new AbortController();
    interrupt.abort();
    expect(await lint([], { signal: interrupt.signal })).toEqual({ code: 130, stdout: "", stderr: "" });
  });

  it("ends quietly when its reader has left", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    expect(await lint(["--json"], { writesUntilGone: 0 })).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
