import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { LintFolder } from "../../builders/lintFolder";
import { mlops } from "../../builders/memoryHost";

const CONFIG = "version: 1\nname: churn\npurpose: Predict which customers may leave.\nowner: ana@example.org\n";

function folder(): LintFolder {
  const made = new LintFolder().write({ "churn/mlops.yaml": CONFIG });
  made.git("init", "--quiet");
  onTestFinished(() => made.dispose());
  return made;
}

describe("mlops runbook", () => {
  it("prints the page and writes nothing", async () => {
    const { path } = folder();
    const { code, stdout } = await mlops(["runbook", "churn"], { cwd: path });
    expect(code).toBe(0);
    expect(stdout).toContain("# Runbook: churn");
    expect(existsSync(join(path, "churn/RUNBOOK.md"))).toBe(false);
  });

  it("finds the page missing, writes it, and finds it up to date, until the product's file changes", async () => {
    const place = folder();
    const run = (...args: string[]): ReturnType<typeof mlops> => mlops(["runbook", "churn", ...args], { cwd: place.path });
    expect(await run("--check")).toMatchObject({ code: 1, stderr: expect.stringContaining("is not there") as string });
    expect(await run("--write")).toMatchObject({ code: 0, stdout: "", stderr: "churn/RUNBOOK.md is written.\n" });
    expect(await run("--check")).toMatchObject({ code: 0, stderr: "churn/RUNBOOK.md is up to date.\n" });
    const own = `${place.read("churn/RUNBOOK.md")}\nCall Ana first.\n`;
    place.write({ "churn/RUNBOOK.md": own, "churn/mlops.yaml": CONFIG.replace("ana@", "leo@") });
    expect(await run("--check")).toMatchObject({ code: 1, stderr: expect.stringContaining("says now") as string });
    expect(JSON.parse((await run("--write", "--json")).stdout)).toMatchObject({
      path: "churn/RUNBOOK.md",
      up_to_date: true,
      written: true,
    });
    expect(place.read("churn/RUNBOOK.md")).toMatch(/leo@example\.org[^]*Call Ana first\.\n$/);
    expect((await run("--check")).code).toBe(0);
  });

  it("takes one product, and one of both options", async () => {
    const { path } = folder();
    expect(await mlops(["runbook"], { cwd: path })).toMatchObject({ code: 2, stderr: expect.stringContaining("needs PRODUCT") as string });
    expect((await mlops(["runbook", "churn", "--write", "--check"], { cwd: path })).stderr).toContain("exclude each other");
  });
});
