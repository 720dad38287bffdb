import { chmodSync, linkSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileSafely } from "../../../src/cli/lint/writeFileSafely";
import { LintFolder, MISSPELT } from "../../builders/lintFolder";
import { type CliResult, mlops } from "../../builders/memoryHost";

const MENDED = MISSPELT.replace("ownr:", "owner:");

let folder: LintFolder;

beforeEach(() => {
  folder = new LintFolder();
});

afterEach(() => {
  folder.dispose();
});

const lint = (...args: readonly string[]): Promise<CliResult> => mlops(["lint", ...args], { cwd: folder.path });
const names = (): readonly string[] => readdirSync(folder.path, { recursive: true, encoding: "utf8" }).sort();

describe("--fix", () => {
  it("writes what needs no decision, keeps the rest, and reports what is left", async () => {
    folder.write({ "mlops.yaml": MISSPELT, "other/mlops.yaml": MENDED });
    const before = names();
    const { stdout, stderr } = await lint("--fix");
    expect(folder.read("mlops.yaml")).toBe(MENDED);
    expect(folder.read("other/mlops.yaml")).toBe(MENDED);
    expect(stderr).toBe("Mended 1 finding in 1 file.\n");
    expect(stdout).toBe((await lint()).stdout);
    expect(stdout).not.toContain("config-invalid");
    expect(names()).toEqual(before);
  });

  it("changes nothing the second time", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    await lint("--fix");
    const { mtimeMs, ino } = statSync(join(folder.path, "mlops.yaml"));
    expect((await lint("--fix")).stderr).toBe("");
    expect(statSync(join(folder.path, "mlops.yaml"))).toMatchObject({ mtimeMs, ino });
  });

  it("says anew what rests on a policy that was mended, too", async () => {
    folder.write({ ".mlops/policy.yaml": "version: 1\nruls: {risk-class-undecided: off}\n", "a/mlops.yaml": MENDED });
    folder.git("init", "-q");
    expect((await lint()).stdout).toContain("risk-class-undecided");
    expect((await lint("--fix")).stdout).not.toContain("risk-class-undecided");
  });

  it.each([
    ["CRLF", (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))],
    ["a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16 with a mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["big-endian UTF-16 with a mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["no line end at the end", (text: string) => Buffer.from(text.trimEnd())],
    ["emoji", (text: string) => Buffer.from(`# 🙂\n${text}`)],
  ])("keeps %s", async (_, encode) => {
    folder.write({ "mlops.yaml": encode(MISSPELT) });
    await lint("--fix");
    expect(readFileSync(join(folder.path, "mlops.yaml")).equals(encode(MENDED))).toBe(true);
  });

  it("keeps the file's rights", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    chmodSync(join(folder.path, "mlops.yaml"), 0o640);
    await lint("--fix");
    expect(statSync(join(folder.path, "mlops.yaml")).mode & 0o7777).toBe(0o640);
    expect(folder.read("mlops.yaml")).toBe(MENDED);
  });

  it("leaves a read-only file alone, mends the others, and ends with 2", async () => {
    folder.write({ "a/mlops.yaml": MISSPELT, "b/mlops.yaml": MISSPELT });
    chmodSync(join(folder.path, "a/mlops.yaml"), 0o444);
    const { code, stderr, stdout } = await lint("--fix", "--quiet");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'mlops: The file "a/mlops.yaml" was not changed: it is read-only. Make it writable, then try again.\n',
    });
    expect(folder.read("a/mlops.yaml")).toBe(MISSPELT);
    expect(folder.read("b/mlops.yaml")).toBe(MENDED);
    expect(stdout).toContain("config-invalid");
  });

  it("leaves a file alone whose bytes are no text, so that nothing of it is lost", async () => {
    const bytes = Buffer.concat([Buffer.from(MISSPELT), Buffer.from([0x23, 0x20, 0xe9, 0x0a])]);
    folder.write({ "mlops.yaml": bytes });
    const { code, stderr } = await lint("--fix");
    expect(code).toBe(2);
    expect(stderr).toContain("not written in Unicode");
    expect(readFileSync(join(folder.path, "mlops.yaml")).equals(bytes)).toBe(true);
    expect(names()).toEqual(["mlops.yaml"]);
  });

  it("writes through a link inside of the folder, and the link stays", async () => {
    folder.write({ "shared/churn.yaml": MISSPELT });
    symlinkSync("shared/churn.yaml", join(folder.path, "mlops.yaml"));
    await lint("--fix");
    expect(lstatSync(join(folder.path, "mlops.yaml")).isSymbolicLink()).toBe(true);
    expect(folder.read("shared/churn.yaml")).toBe(MENDED);
  });
});

describe("writing a file", () => {
  const change = (after: string, before = "a: 1\n"): Promise<void> =>
    writeFileSafely({ root: folder.path, path: join(folder.path, "x.yaml"), file: "x.yaml", before, after });

  it("refuses what somebody has changed meanwhile", async () => {
    folder.write({ "x.yaml": "a: 2\n" });
    await expect(change("a: 3\n")).rejects.toThrow("it has changed since it was read");
    expect(folder.read("x.yaml")).toBe("a: 2\n");
    expect(names()).toEqual(["x.yaml"]);
  });

  it("refuses a link that leads out of the folder", async () => {
    const outside = new LintFolder().write({ "x.yaml": "a: 1\n" });
    symlinkSync(join(outside.path, "x.yaml"), join(folder.path, "x.yaml"));
    await expect(change("a: 3\n")).rejects.toThrow("it is a link that leads out of the workspace");
    expect(outside.read("x.yaml")).toBe("a: 1\n");
    outside.dispose();
  });

  it("refuses a file that is gone", async () => {
    await expect(change("a: 3\n")).rejects.toThrow("the system answers ENOENT");
    expect(names()).toEqual([]);
  });

  it("puts a new file in the place of the old one, so that whoever reads the old one still has it whole", async () => {
    folder.write({ "x.yaml": "a: 1\n" });
    linkSync(join(folder.path, "x.yaml"), join(folder.path, "old.yaml"));
    await change("a: 3\n");
    expect([folder.read("x.yaml"), folder.read("old.yaml")]).toEqual(["a: 3\n", "a: 1\n"]);
  });
});

describe("--diff", () => {
  it("writes no file, and ends with 1 where something would change", async () => {
    folder.write({ "mlops.yaml": MISSPELT });
    const { code, stdout, stderr } = await lint("--diff");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "1 file would change.\n" });
    expect(stdout).toBe(
      [
        "--- a/mlops.yaml",
        "+++ b/mlops.yaml",
        "@@ -2,6 +2,6 @@",
        " name: churn-model",
        " purpose: Predict which customers may leave, so that support can call them first.",
        " stage: development # only a sketch",
        "-ownr: ana@example.org",
        "+owner: ana@example.org",
        " risk: minimal",
        " personal_data: no",
        "",
      ].join("\n"),
    );
    expect(folder.read("mlops.yaml")).toBe(MISSPELT);
  });

  it("ends with 0 and writes nothing where nothing would change, also where errors are left", async () => {
    folder.write({ "mlops.yaml": MENDED.replace("owner: ana@example.org", "owner: TODO") });
    expect((await lint()).code).toBe(1);
    expect(await lint("--diff")).toEqual({ code: 0, stdout: "", stderr: "Nothing would change.\n" });
  });

  it("is what git applies, and gives what --fix writes, whatever the names and line ends are", async () => {
    const files = {
      "plain/mlops.yaml": MISSPELT,
      "with blanks/mlops.yaml": MISSPELT,
      "emoji 🙂/mlops.yaml": MISSPELT,
      "line\nbreak/mlops.yaml": MISSPELT,
      'quo"te/mlops.yaml': MISSPELT,
      "crlf/mlops.yaml": MISSPELT.replaceAll("\n", "\r\n"),
      "mark/mlops.yaml": `\ufeff${MISSPELT.split("\n").slice(3).join("\n")}`,
      "end/mlops.yaml": MISSPELT.split("\n").slice(0, 5).join("\n"),
    };
    folder.write(files);
    folder.git("init", "-q");
    const { stdout } = await lint("--diff");
    writeFileSync(join(folder.path, "fix.patch"), stdout);
    folder.git("apply", "--whitespace=nowarn", "fix.patch");
    const applied = Object.keys(files).map((name) => folder.read(name));
    expect(applied).toEqual(Object.values(files).map((text) => text.replace("ownr:", "owner:")));
    folder.write(files);
    await lint("--fix");
    expect(Object.keys(files).map((name) => folder.read(name))).toEqual(applied);
  });
});
