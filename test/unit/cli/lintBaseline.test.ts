import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LintFolder, MISSPELT } from "../../builders/lintFolder";
import { type CliResult, type CliSetting, mlops } from "../../builders/memoryHost";

const BASELINE = ".mlops/lint-baseline.json";
/** Warnings and hints, and no error in development. */
const PRODUCT = MISSPELT.replace("ownr:", "owner:");

interface Entry {
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly count: number;
}

let folder: LintFolder;

beforeEach(() => {
  folder = new LintFolder().write({ "b/mlops.yaml": PRODUCT, "a/mlops.yaml": PRODUCT, ".mlops/policy.yaml": "version: 1\n" });
});

afterEach(() => {
  folder.dispose();
});

const unlessGiven = (args: readonly string[], option: string, value: string): readonly string[] =>
  args.includes(option) ? [] : [option, value];
const lint = (args: readonly string[], setting: CliSetting = {}): Promise<CliResult> =>
  mlops(["lint", ...unlessGiven(args, "--today", "2026-11-24"), ...unlessGiven(args, "--stage", "staging"), ...args], {
    cwd: folder.path,
    ...setting,
  });
const update = (...args: readonly string[]): Promise<CliResult> => lint(["--baseline", BASELINE, "--update-baseline", ...args]);
const entries = (): readonly Entry[] => (JSON.parse(folder.read(BASELINE)) as { findings: Entry[] }).findings;

/** Rules of what counts with the baseline, by file. */
async function counted(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await lint(["--baseline", BASELINE, "--json", ...args]);
  return (JSON.parse(stdout) as { findings: { file: string; rule: string }[] }).findings.map(({ file, rule }) => `${file} ${rule}`);
}

describe("writing a baseline", () => {
  it("takes all that may be left, and the next run finds nothing new", async () => {
    expect((await lint([])).code).toBe(1);
    const { stderr } = await update();
    expect(stderr).toMatch(/^\d+ findings in the baseline do not count\.\n/);
    const now = await lint(["--baseline", BASELINE, "--json"]);
    const report = JSON.parse(now.stdout) as { findings: { rule: string }[]; baseline: { known: number; gone: unknown[] } };
    const total = entries().reduce((sum, { count }) => sum + count, 0);
    expect(report.baseline).toEqual({ known: total, gone: [] });
    expect(total).toBeGreaterThan(10);
    // What nobody may leave, and what this machine could not check.
    expect([...new Set(report.findings.map(({ rule }) => rule))].sort()).toEqual(["could-not-check", "prohibited-use"]);
  });

  it("is sorted, one entry a line, the same each time, and ends with a line end", async () => {
    await update();
    const first = folder.read(BASELINE);
    await update();
    expect(folder.read(BASELINE)).toBe(first);
    const keys = entries().map(({ file, rule, fingerprint }) => `${file}\0${rule}\0${fingerprint}`);
    expect(keys).toEqual([...keys].sort());
    expect(first.trimEnd().split("\n")).toHaveLength(entries().length + 5);
    expect(first).not.toContain(folder.path);
    expect(new Set(entries().map(({ file }) => file))).toEqual(new Set(["../a/mlops.yaml", "../b/mlops.yaml"]));
  });

  it("takes nothing that has to be mended", async () => {
    folder.write({ "a/mlops.yaml": MISSPELT });
    const { code, stderr } = await update();
    expect(code).toBe(1);
    expect(stderr).toMatch(/\d findings cannot be put into a baseline and must be mended\./);
    expect(entries().filter(({ rule }) => ["config-invalid", "owner-missing", "prohibited-use"].includes(rule))).toEqual([]);
    expect(await counted()).toEqual(expect.arrayContaining(["a/mlops.yaml config-invalid", "a/mlops.yaml owner-missing"]));
  });

  it("leaves what was not linted as it is", async () => {
    await update();
    const before = entries();
    folder.write({ "a/mlops.yaml": `${PRODUCT}roles: {operator: {team: ops, email: ops@example.org}}\n`, "b/mlops.yaml": "version: 1\n" });
    await update("a");
    expect(entries().filter(({ file }) => file.includes("/b/"))).toEqual(before.filter(({ file }) => file.includes("/b/")));
    expect(entries().some(({ file, rule }) => file.includes("/a/") && rule === "operator-missing")).toBe(false);
  });
});

describe("a baseline", () => {
  beforeEach(async () => {
    await update();
  });

  it("knows findings whose lines have moved, and means the same from another folder", async () => {
    const before = await counted();
    folder.write({ "a/mlops.yaml": `# Moved\n\n${PRODUCT.replaceAll("\n", "\r\n")}` });
    expect(await counted()).toEqual(before);
    const inside = await mlops(["lint", "--stage", "staging", "--today", "2026-11-24", "--baseline", `../${BASELINE}`], {
      cwd: join(folder.path, "a"),
    });
    expect(inside.stdout).not.toContain("operator-missing");
  });

  it("lets a new finding count", async () => {
    const before = await counted();
    folder.write({ "a/mlops.yaml": `${PRODUCT}kpis: [{name: f1}]\n`, "new/mlops.yaml": PRODUCT });
    const after = await counted();
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toContain("new/mlops.yaml operator-missing");
    expect(after.filter((one) => one.startsWith("b/"))).toEqual(before.filter((one) => one.startsWith("b/")));
  });

  it("knows findings beside which a block was added, and those whose law has begun to apply", async () => {
    const before = await counted();
    folder.write({ "a/mlops.yaml": `cost: {budget: 900 EUR/month, owner: ana@example.org}\n${PRODUCT}` });
    expect(await counted()).toEqual(before);
    expect((await counted("--today", "2028-01-01")).filter((one) => one.includes("risk-class-undecided"))).toEqual([]);
  });

  it("lets a finding count again that weighs more than it did", async () => {
    expect(await counted()).not.toContain("a/mlops.yaml operator-missing");
    expect(await counted("--stage", "production")).toContain("a/mlops.yaml operator-missing");
    expect((await lint(["--baseline", BASELINE, "--stage", "production"])).stderr).not.toContain("no longer");
  });

  it("lets one finding more of the same words count", async () => {
    const [first] = entries().filter(({ count }) => count === 1);
    const twice = {
      version: 1,
      findings: entries().filter(({ fingerprint, file }) => fingerprint !== first!.fingerprint || file !== first!.file),
    };
    folder.write({ [BASELINE]: JSON.stringify(twice) });
    expect((await counted()).filter((one) => one === `${first!.file.slice(3)} ${first!.rule}`).length).toBeGreaterThan(0);
  });

  it("tells which entries no longer occur, of the files that were linted", async () => {
    folder.write({ "a/mlops.yaml": `${PRODUCT}roles: {operator: {team: ops, email: ops@example.org}}\n` });
    const { stderr } = await lint(["--baseline", BASELINE]);
    expect(stderr).toContain(
      "1 entry of the baseline no longer occurs; --update-baseline takes it out:\n  ../a/mlops.yaml  operator-missing\n",
    );
    expect((await lint(["--baseline", BASELINE, "b"])).stderr).not.toContain("no longer");
    await update();
    expect((await lint(["--baseline", BASELINE])).stderr).not.toContain("no longer");
  });

  it("counts in every format alike", async () => {
    for (const format of ["stylish", "sarif", "junit", "github"]) {
      const { stdout } = await lint(["--baseline", BASELINE, "--format", format]);
      const places = [...stdout.matchAll(/operator-missing/g)].length;
      // SARIF names each rule in its list of rules, found or not.
      expect(format === "sarif" ? stdout.includes('"ruleId":"operator-missing"') : places > 0).toBe(false);
    }
  });

  it.each(["", "{", "[]", '{"version":2,"findings":[]}', '{"version":1,"findings":[{"file":"a"}]}', "<<<<<<< HEAD\n"])(
    "that is broken (%j) is told and kept",
    async (text) => {
      folder.write({ [BASELINE]: text });
      for (const args of [[], ["--update-baseline"]]) {
        const { code, stdout, stderr } = await lint(["--baseline", BASELINE, ...args]);
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toMatch(/^mlops: ".mlops\/lint-baseline.json" is no baseline of mlops lint: .*\n$/);
      }
      expect(folder.read(BASELINE)).toBe(text);
    },
  );
});
