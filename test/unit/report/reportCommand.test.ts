import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { ComplianceReport } from "../../../src/core/governance/report/complianceReport";
import { sealFault } from "../../../src/core/governance/report/reportSeal";
import { commitOn, complianceFolder, signOffText } from "../../builders/complianceFolder";
import type { LintFolder } from "../../builders/lintFolder";
import { type CliResult, mlops } from "../../builders/memoryHost";
import { sha256 } from "../../builders/reportFacts";

const FORMATS = ["markdown", "html", "json", "modelcard", "cyclonedx"] as const;
const TODAY = ["--today", "2026-11-30"];

let folder: LintFolder;
const report = (...args: readonly string[]): Promise<CliResult> => mlops(["report", ...args], { cwd: folder.path });
const json = async (...args: readonly string[]): Promise<ComplianceReport> =>
  JSON.parse((await report(".", "--json", ...TODAY, ...args)).stdout) as ComplianceReport;

/** Without the line that holds the day and the seal. */
const withoutMadeLine = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !line.includes("mlops-seal:sha256:"))
    .join("\n");

beforeAll(() => {
  folder = complianceFolder();
  const commit = folder.git("rev-parse", "HEAD").trim();
  folder.write({ ".mlops/signoffs/2026-11-13-launch-mia.yaml": signOffText(commit) });
  folder.git("add", ".");
  commitOn(folder, "2026-11-13T09:00:00Z", "Sign", "Mia Berg <mia@example.org>");
  folder.write({ "mlops.yaml": folder.read("mlops.yaml").replace('target: ">= 0.62"', 'target: ">= 0.60"') });
  folder.git("add", ".");
  commitOn(folder, "2026-11-14T09:00:00Z", "Lower the bar");
});
afterAll(() => {
  folder.dispose();
});

describe.each(FORMATS)("as %s", (format) => {
  it("is written the same twice, differs between days in one line only, and its seal holds", async () => {
    const [one, two, later] = await Promise.all(
      ["2026-11-30", "2026-11-30", "2026-12-01"].map((day) => report(".", "--format", format, "--today", day)),
    );
    expect(one?.code).toBe(0);
    expect(one?.stdout).toBe(two?.stdout);
    expect(one?.stdout).not.toBe(later?.stdout);
    // The bill's number follows from what it says, which is the same.
    expect(withoutMadeLine(later?.stdout ?? "")).toBe(withoutMadeLine(one?.stdout ?? ""));
    expect(sealFault(one?.stdout ?? "", sha256)).toBeNull();
    expect(sealFault((one?.stdout ?? "").replace("applicant", "Applicant"), sha256)).not.toBeNull();
  });

  it("judges nothing in the place of a lawyer", async () => {
    for (const audience of ["--internal", "--external"]) {
      const { stdout } = await report(".", "--format", format, audience, ...TODAY);
      expect(stdout).not.toMatch(/\bcompliant\b/i);
      expect(stdout).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it("tells readers outside no address and no path", async () => {
    const { stdout } = await report(".", "--format", format, "--external", ...TODAY);
    expect(stdout).not.toMatch(/@example\.org/);
    expect(stdout).not.toMatch(/docs\/|reports\/|data\/|mlops\.yaml|dvc\.yaml|signoffs/);
    expect(stdout).not.toContain(folder.path);
    expect(sealFault(stdout, sha256)).toBeNull();
  });
});

it("says that it is no legal advice", async () => {
  for (const format of ["markdown", "html", "json", "modelcard"]) {
    expect((await report(".", "--format", format, ...TODAY)).stdout).toContain("Not legal advice");
  }
  expect((await report("--all", ...TODAY)).stdout).toContain("Not legal advice");
});

describe("what the report says", () => {
  it("has seventeen sections in their order, and a gap for each open decision", async () => {
    const { sections, gaps, summary, items, sign_offs: signOffs } = await json();
    expect(sections.map(({ number }) => number)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
    expect(sections.map(({ id }) => id)).toContain("cross-reference");
    expect(items.length).toBe(31);
    expect(summary.documented + summary.missing + summary.expired + summary.needs_person).toBe(30);
    expect(gaps.some(({ what, owner }) => what === "Sign-off: launch (compliance)" && owner === "ines@example.org")).toBe(true);
    expect(signOffs.map(({ subject, who }) => [subject, who])).toEqual([["launch", "mia@example.org"]]);
  });

  it("tells what changed since the last sign-off", async () => {
    const { sections } = await json();
    const changes = JSON.stringify(sections.find(({ id }) => id === "changes"));
    expect(changes).toContain('["kpis[0].target",">= 0.62",">= 0.60"]');
    expect(changes).toContain("Mia Berg");
  });

  it("shows figures of groups against the targets that were set beforehand", async () => {
    const { stdout } = await report(".", ...TODAY);
    expect(stdout).toMatch(/ndcg\\_10 \|.*\| 0\.671 holds the target/);
    expect(stdout).toMatch(/selection\\_rate\\_ratio \(sex = f\) \|.*\| 0\.93 holds the target/);
  });

  it("names another version when it is asked for, and knows no digest of it", async () => {
    const other = await json("--version", "15");
    expect([other.version, other.digest]).toEqual(["15", null]);
  });

  it("escapes what a file says", async () => {
    const hostile = complianceFolder(
      folder
        .read("mlops.yaml")
        .replace(
          "purpose: Rank job applications for a recruiter, who decides.",
          `purpose: "Rank <script>alert(1)</script> | [x](http://y) *all* of them"`,
        ),
    );
    try {
      const html = (await mlops(["report", ".", "--format", "html", ...TODAY], { cwd: hostile.path })).stdout;
      expect(html).not.toContain("<script");
      const markdown = (await mlops(["report", ".", ...TODAY], { cwd: hostile.path })).stdout;
      expect(markdown).not.toMatch(/(?<!\\)<script/);
      expect(markdown).toContain("\\[x\\]");
      expect(markdown).toContain("\\*all\\*");
    } finally {
      hostile.dispose();
    }
  });
});

describe("a report that is kept", () => {
  it("is not written over, and the next one of another commit says what changed since", async () => {
    const own = complianceFolder();
    try {
      const run = (...args: readonly string[]): Promise<CliResult> => mlops(["report", ".", ...args], { cwd: own.path });
      const first = await run("--format", "json", "--write", ...TODAY);
      expect([first.code, first.stdout]).toEqual([0, ""]);
      expect(readdirSync(join(own.path, ".mlops/reports"))).toEqual(["2026-11-30-applicant-ranking-14.json"]);
      expect(sealFault(own.read(".mlops/reports/2026-11-30-applicant-ranking-14.json"), sha256)).toBeNull();
      expect((await run("--format", "json", "--write", ...TODAY)).code).toBe(0);
      expect((await run(...TODAY)).stdout).toContain("No earlier report was kept.");
      rmSync(join(own.path, "docs/a4-7.md"));
      own.git("add", ".");
      commitOn(own, "2026-11-29T09:00:00Z", "Lose the standards");
      const changed = await run("--format", "json", "--write", ...TODAY);
      expect(changed.code).toBe(2);
      expect(changed.stderr).toContain("is there already and says something else");
      const { stdout } = await run("--today", "2026-12-01");
      expect(stdout).toContain("The last report of another commit was made on 2026-11-30.");
      expect(stdout).toMatch(/\| 7 Standards applied, or other solutions and why \| documented \| missing \|/);
    } finally {
      own.dispose();
    }
  });
});

describe("all models on one page", () => {
  it("has a line for each, in every format, and goes on where one cannot be read", async () => {
    const own = complianceFolder();
    try {
      own.write({
        "small/mlops.yaml":
          "version: 1\nname: small\npurpose: Sort the incoming mail by topic.\nrisk: minimal\npersonal_data: no\nowner: ana@example.org\n",
      });
      const run = (...args: readonly string[]): Promise<CliResult> => mlops(["report", "--all", ...args, ...TODAY], { cwd: own.path });
      const overview = JSON.parse((await run("--json")).stdout) as { readonly models: readonly { readonly product: string }[] };
      expect(overview.models.map(({ product }) => product)).toEqual(["applicant-ranking", "small"]);
      for (const format of ["markdown", "html", "json"]) {
        const { stdout, code } = await run("--format", format);
        expect(code).toBe(0);
        expect(sealFault(stdout, sha256)).toBeNull();
        expect((await run("--format", format, "--external")).stdout).not.toMatch(/@example\.org|mlops\.yaml/);
      }
    } finally {
      own.dispose();
    }
  });
});

describe("without a repository, documents or answers", () => {
  it("still writes every format, and says what is missing", async () => {
    const own = complianceFolder("name: bare\n");
    try {
      rmSync(join(own.path, ".git"), { recursive: true });
      for (const format of FORMATS) {
        const { code, stdout, stderr } = await mlops(["report", ".", "--format", format, ...TODAY], { cwd: own.path });
        expect([format, code]).toEqual([format, 0]);
        expect(stdout).not.toMatch(/undefined|NaN|null,null/);
        expect(stderr).toContain("Git could not be asked");
      }
    } finally {
      own.dispose();
    }
  });

  it("reads a broken file as far as it goes", async () => {
    const own = complianceFolder("name: [broken\nrisk: high\n");
    try {
      const { code, stdout } = await mlops(["report", ".", ...TODAY], { cwd: own.path });
      expect(code).toBe(0);
      expect(stdout).toContain("EFF01");
    } finally {
      own.dispose();
    }
  });
});

describe("wrong use", () => {
  it.each([
    [[], "needs PRODUCT, or --all"],
    [["nobody"], 'There is no product, file or folder "nobody"'],
    [[".", "--format", "pdf"], 'There is no format "pdf"'],
    [[".", "--format", "html", "--json"], "exclude each other"],
    [[".", "--internal", "--external"], "exclude each other"],
    [["--all", "--format", "cyclonedx"], "--all has no format cyclonedx"],
    [["--all", "--write"], "exclude each other"],
    [[".", "--today", "tomorrow"], "--today takes a day"],
    [[".", "mlops.yaml"], "A report is about one product"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await report(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("writes nothing beside the product unless it is asked to", async () => {
    await report(".", ...TODAY);
    expect(existsSync(join(folder.path, ".mlops/reports"))).toBe(false);
  });
});
