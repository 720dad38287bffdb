import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { prepare } from "../../examples/prepare.mjs";

const examples = join(__dirname, "..", "..", "examples");
const products = ["churn", "demand", "credit"];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** The commits that the runs of a product name. */
function recordedCommits(product: string): string[] {
  const database = join(examples, product, "mlflow.db");
  if (existsSync(database)) {
    const connection = new DatabaseSync(database, { readOnly: true });
    const found = connection.prepare("SELECT DISTINCT value FROM tags WHERE key = 'mlflow.source.git.commit'").all();
    connection.close();
    return found.map((row) => String(row["value"]));
  }
  const tags = filesBelow(join(examples, product, "mlruns")).filter((path) => path.endsWith("mlflow.source.git.commit"));
  return [...new Set(tags.map((path) => readFileSync(path, "utf8")))];
}

describe("the sample workspace", () => {
  let copy: string;
  let hashes: string[];

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "mlops-examples-"));
    cpSync(examples, copy, { recursive: true });
    hashes = prepare(copy) ?? [];
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(products)("has every commit that the runs of %s name", (product) => {
    const recorded = recordedCommits(product);
    expect(recorded.length).toBeGreaterThan(1);
    expect(recorded.filter((hash) => !hashes.includes(hash))).toEqual([]);
  });

  it("ends in the files of the folder, with the stores ignored and the tooling gone", () => {
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: copy, encoding: "utf8" });
    expect(git("status", "--porcelain")).toBe("");
    expect(readdirSync(copy).sort()).toEqual([".git", ".gitattributes", ".gitignore", "DATA-LICENSE.md", "README.md", ...products].sort());
    for (const path of git("ls-files").trim().split("\n")) {
      if (path !== ".gitignore") {
        expect(readFileSync(join(copy, path)).equals(readFileSync(join(examples, path))), path).toBe(true);
      }
    }
    expect(git("ls-files")).not.toMatch(/mlruns|mlflow\.db/);
  });

  it("refuses to change the original, and a folder that is a repository already", () => {
    expect(() => prepare(examples)).toThrow("throw-away copy");
    expect(() => prepare(copy)).toThrow("throw-away copy");
  });

  it("shows the code of the newest commit of each product", () => {
    for (const [product, commit] of [
      ["churn", 7],
      ["demand", 6],
      ["credit", 8],
    ] as const) {
      const recorded = readFileSync(join(examples, ".history", "files", String(commit), product, "train.py"), "utf8");
      expect(readFileSync(join(examples, product, "train.py"), "utf8")).toBe(recorded);
    }
  });

  it("names no machine and stays small", () => {
    const files = filesBelow(examples);
    const machine = [join(examples, ".."), homedir(), "/home/", "/Users/", ":\\Users\\"];
    const naming = files.filter((path) => machine.some((name) => readFileSync(path, "latin1").includes(name)));
    expect(naming.map((path) => relative(examples, path))).toEqual([]);
    expect(files.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(8 * 1024 * 1024);
  });
});
