import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LintFolder, MISSPELT } from "../../builders/lintFolder";
import { type CliSetting, mlops } from "../../builders/memoryHost";

const HOSTILE_FOLDER = "a b,c:d%\n<é🙂>\"'&";
const HOSTILE_FILE = `${HOSTILE_FOLDER}/mlops.yaml`;

let folder: LintFolder;

beforeEach(() => {
  folder = new LintFolder().write({
    "churn/mlops.yaml": `${MISSPELT}lint: {ignore: [{rule: risk-class-undecided, why: "Asked <legal> & wait", until: 2099-01-31, by: ana@example.org}]}\n`,
    // The name of a model is a stranger's text, too.
    [HOSTILE_FILE]: MISSPELT.replace("ownr", '"ow\\u0007\\r\\n%::,<>&]]>nr"').replaceAll("\n", "\r\n"),
    ".mlops/policy.yaml": "version: 1\n",
  });
});

afterEach(() => {
  folder.dispose();
});

async function lint(format: string, setting: CliSetting = {}, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await mlops(["lint", "--today", "2026-11-24", "--format", format, ...args], {
    cwd: folder.path,
    ...setting,
  });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  return stdout;
}

/** What every format has to say of a finding; lines and columns from 1. */
interface Said {
  readonly file: string;
  readonly severity: string;
  readonly rule: string;
  readonly line: number;
  readonly column: number;
}

interface JsonReport {
  readonly findings: readonly {
    readonly file: string;
    readonly rule: string;
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly range: { readonly start: Place; readonly end: Place };
    readonly fixable: boolean;
    readonly docs: string;
  }[];
  readonly files: number;
  readonly suppressed: readonly {
    readonly file: string;
    readonly rule: string;
    readonly why: string;
    readonly until: string;
    readonly by: string;
  }[];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

async function json(): Promise<JsonReport> {
  return JSON.parse(await lint("json")) as JsonReport;
}

async function expected(): Promise<readonly Said[]> {
  return (await json()).findings.map(({ file, severity, rule, range }) => ({
    file,
    severity,
    rule,
    line: range.start.line + 1,
    column: range.start.character + 1,
  }));
}

describe("json", () => {
  it("holds what it promises, in the order of files, places and codes", async () => {
    const { findings, files, suppressed } = await json();
    expect(files).toBe(3);
    expect(new Set(findings.map(({ file }) => file))).toEqual(new Set([HOSTILE_FILE, "churn/mlops.yaml"]));
    for (const finding of findings) {
      expect(finding).toMatchObject({
        severity: expect.stringMatching(/^(error|warning|info)$/) as unknown,
        code: expect.stringMatching(/^[A-Z]+\d\d$/) as unknown,
        fixable: expect.any(Boolean) as unknown,
        docs: `docs/rules/${finding.rule}.md`,
      });
      expect(() => readFileSync(join(import.meta.dirname, "../../..", finding.docs))).not.toThrow();
    }
    const keys = findings.map(({ file, range, code }) => [file, range.start.line, range.start.character, code] as const);
    const sorted = [...keys].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]));
    expect(keys).toEqual(sorted);
    expect(suppressed).toEqual([
      expect.objectContaining({
        file: "churn/mlops.yaml",
        rule: "risk-class-undecided",
        why: "Asked <legal> & wait",
        until: "2099-01-31",
        by: "ana@example.org",
      }),
    ]);
  });

  it("is what --json writes, and the same each time", async () => {
    const text = await lint("json");
    expect(await lint("json")).toBe(text);
    expect((await mlops(["lint", "--json", "--today", "2026-11-24"], { cwd: folder.path })).stdout).toBe(text);
  });

  it("marks what --fix mends", async () => {
    const { findings } = await json();
    expect(findings.filter(({ fixable }) => fixable).map(({ rule, message }) => [rule, message])).toEqual([
      ["config-invalid", 'Unknown key "ownr". Did you mean "owner"?'],
    ]);
  });
});

describe("sarif", () => {
  interface Sarif {
    readonly runs: readonly [
      {
        readonly tool: {
          readonly driver: { readonly version: string; readonly rules: readonly { id: string; help: { markdown: string } }[] };
        };
        readonly columnKind: string;
        readonly invocations: readonly { readonly executionSuccessful: boolean }[];
        readonly results: readonly SarifResult[];
      },
    ];
  }
  interface Region {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  }
  interface SarifResult {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly [
      {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: Region;
        };
      },
    ];
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    readonly fixes?: readonly {
      readonly artifactChanges: readonly {
        readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }[];
      }[];
    }[];
  }

  async function sarif(...args: readonly string[]): Promise<Sarif["runs"][0]> {
    return (JSON.parse(await lint("sarif", {}, ...args)) as Sarif).runs[0];
  }

  const validator = (): ReturnType<Ajv["compile"]> => {
    const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    return ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  };

  it("is valid by the published schema, with findings and without", async () => {
    const validate = validator();
    const log = JSON.parse(await lint("sarif")) as Sarif;
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const empty = new LintFolder();
    const nothing = JSON.parse((await mlops(["lint", "--format", "sarif"], { cwd: empty.path })).stdout) as Sarif;
    empty.dispose();
    expect([validate(nothing), validate.errors]).toEqual([true, null]);
    expect(nothing.runs[0].results).toEqual([]);
    expect(validate({ ...log, version: "2.0.0" })).toBe(false);
  });

  it("names the place in the other file where two disagree, and still keeps to the schema", async () => {
    folder.write({
      "churn/mlops.yaml": `version: 1\nname: churn\npipeline: train it.yaml\ntrain: {trigger: {schedule: "0 4 * * *"}}\n`,
      "churn/train it.yaml":
        "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: churn, annotations: {owner: ana@example.org}}\nspec:\n  schedules: ['0 5 * * *']\n",
    });
    const log = JSON.parse(await lint("sarif")) as { runs: [{ results: { ruleId: string; relatedLocations?: unknown }[] }] };
    expect(log.runs[0].results.find(({ ruleId }) => ruleId === "files-disagree")?.relatedLocations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: "churn/train%20it.yaml", uriBaseId: "SRCROOT" }, region: { startLine: 5 } },
        message: { text: 'The schedule is "0 5 * * *" here.' },
      },
    ]);
    const validate = validator();
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const found = (await json()).findings.find(({ rule }) => rule === "files-disagree");
    expect(found).toMatchObject({ related: [{ path: "train it.yaml", line: 4 }] });
  });

  it("holds the same findings", async () => {
    const levels: Readonly<Record<string, string>> = { error: "error", warning: "warning", note: "info" };
    const { results } = await sarif();
    const said = results
      .filter(({ suppressions }) => suppressions === undefined)
      .map(({ ruleId, level, locations: [{ physicalLocation }] }): Said => ({
        file: decodeURIComponent(physicalLocation.artifactLocation.uri),
        severity: levels[level] ?? level,
        rule: ruleId,
        line: physicalLocation.region.startLine,
        column: physicalLocation.region.startColumn,
      }));
    expect(said).toEqual(await expected());
  });

  it("explains each rule, and says which is meant", async () => {
    const { tool, results, columnKind } = await sarif();
    expect(columnKind).toBe("utf16CodeUnits");
    expect(tool.driver.version).toBe("1.2.3");
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]).toMatchObject({
        id: ruleId,
        help: { markdown: expect.stringContaining(`# ${ruleId} (`) as unknown },
      });
    }
  });

  it("names files from the folder and not from the machine, but for those outside of it", async () => {
    const { results } = await sarif();
    expect(JSON.stringify(results)).not.toContain(folder.path);
    const outside = (JSON.parse(await lint("sarif", { cwd: join(folder.path, "churn") }, "..")) as Sarif).runs[0].results;
    const uris = new Set(outside.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation));
    for (const { uri, uriBaseId } of uris) {
      expect(uriBaseId === undefined ? uri.startsWith("file:///") : uri === "mlops.yaml").toBe(true);
    }
  });

  it("says why findings are left as they are", async () => {
    const suppressed = (await sarif()).results.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      [
        "risk-class-undecided",
        [{ kind: "inSource", status: "accepted", justification: "Asked <legal> & wait (until 2099-01-31, ana@example.org)" }],
      ],
    ]);
  });

  it("carries safe fixes as edits that give what --fix writes, and none that a person has to choose", async () => {
    const withFixes = (await sarif()).results.filter(({ fixes }) => fixes !== undefined);
    expect(withFixes.map(({ ruleId }) => ruleId)).toEqual(["config-invalid"]);
    const [change] = withFixes[0]!.fixes![0]!.artifactChanges;
    const lines = folder.read("churn/mlops.yaml").split("\n");
    for (const { deletedRegion: region, insertedContent } of change!.replacements) {
      expect(region.startLine).toBe(region.endLine);
      const line = lines[region.startLine - 1]!;
      lines[region.startLine - 1] = line.slice(0, region.startColumn - 1) + insertedContent.text + line.slice(region.endColumn - 1);
    }
    await mlops(["lint", "--fix", "churn"], { cwd: folder.path });
    expect(lines.join("\n")).toBe(folder.read("churn/mlops.yaml"));
  });

  it("gives a finding the same fingerprint when lines move, days pass and a duty begins, and two findings never the same", async () => {
    const prints = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await sarif(...args)).results.map(({ ruleId, locations, partialFingerprints }) =>
        [decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri), ruleId, ...Object.values(partialFingerprints)].join(" "),
      );
    const before = await prints();
    expect(new Set(before).size).toBe(before.length);
    const text = folder.read("churn/mlops.yaml");
    folder.write({ "churn/mlops.yaml": `# A new line\n\n${text}` });
    expect([...(await prints())].sort()).toEqual([...before].sort());
  });

  it("says when a file could not be judged", async () => {
    folder.write({ "huge/mlops.yaml": "x".repeat(6_000_000) });
    const { code, stdout } = await mlops(["lint", "--format", "sarif"], { cwd: folder.path });
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as Sarif).runs[0].invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: "error", message: { text: expect.stringContaining("huge/mlops.yaml") as unknown } }],
      },
    ]);
  });
});

describe("junit", () => {
  async function suites(): Promise<readonly { readonly name: string; readonly suite: Element }[]> {
    const xml = await lint("junit");
    expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
    const document = new new Window().DOMParser().parseFromString(xml, "application/xml");
    expect(document.querySelector("parsererror")).toBeNull();
    return [...document.querySelectorAll("testsuite")].map((suite) => ({
      name: suite.getAttribute("name") ?? "",
      suite: suite as unknown as Element,
    }));
  }

  it("has a suite for each file, with the same findings, and counts that are right", async () => {
    const found = await suites();
    expect(found.map(({ name }) => name)).toEqual([".mlops/policy.yaml", HOSTILE_FILE, "churn/mlops.yaml"]);
    const said = found.flatMap(({ name, suite }) =>
      [...suite.querySelectorAll("testcase")].flatMap((testcase): readonly Said[] => {
        const parts = /^(\S+) \(\w+\) at (\d+):(\d+)$/.exec(testcase.getAttribute("name") ?? "");
        const severity =
          testcase.querySelector("failure") !== null
            ? "error"
            : /^(warning|info): /.exec(testcase.querySelector("system-out")?.textContent ?? "")?.[1];
        return parts === null || severity === undefined
          ? []
          : [{ file: name, severity, rule: parts[1] ?? "", line: Number(parts[2]), column: Number(parts[3]) }];
      }),
    );
    expect(said).toEqual(await expected());
    for (const { suite } of found) {
      expect(suite.getAttribute("tests")).toBe(String(suite.querySelectorAll("testcase").length));
      expect(suite.getAttribute("failures")).toBe(String(suite.querySelectorAll("failure").length));
      expect(suite.getAttribute("skipped")).toBe(String(suite.querySelectorAll("skipped").length));
      expect(suite.querySelectorAll("testcase").length).toBeGreaterThan(0);
    }
  });

  it("keeps messages whole, but for characters that XML cannot hold", async () => {
    const failures = (await suites()).flatMap(({ suite }) => [...suite.querySelectorAll("failure")].map((one) => one.textContent));
    const messages = (await json()).findings
      .filter(({ severity }) => severity === "error")
      .map(({ message }) => message.replaceAll("\x07", "\\u0007"));
    const plain = (text: string): string => text.replaceAll("\r", "");
    expect(failures.map(plain)).toEqual(messages.map(plain));
  });
});

describe("github", () => {
  const unescape = (text: string): string => text.replace(/%(25|0D|0A|3A|2C)/g, (code) => decodeURIComponent(code));

  async function commands(setting: CliSetting = {}, ...args: readonly string[]): Promise<readonly Said[]> {
    const text = await lint("github", setting, ...args);
    const levels: Readonly<Record<string, string>> = { error: "error", warning: "warning", notice: "info" };
    return text
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, command = "", properties = "", data = ""] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
        expect(data).not.toBe("");
        const values = Object.fromEntries(properties.split(",").map((part) => part.split("=", 2) as [string, string]));
        return {
          file: unescape(values["file"] ?? ""),
          severity: levels[command] ?? command,
          rule: (values["title"] ?? "").split(" ")[0] ?? "",
          line: Number(values["line"]),
          column: Number(values["col"] ?? 1),
        };
      });
  }

  it("is one command a line with the same findings", async () => {
    expect(await commands()).toEqual(await expected());
  });

  it("counts paths from the repository where the step runs in a folder of it", async () => {
    const setting = { cwd: join(folder.path, "churn"), env: { GITHUB_WORKSPACE: folder.path } };
    expect(new Set((await commands(setting)).map(({ file }) => file))).toEqual(new Set(["churn/mlops.yaml"]));
    const elsewhere = { cwd: join(folder.path, "churn"), env: { GITHUB_WORKSPACE: "/elsewhere" } };
    expect(new Set((await commands(elsewhere)).map(({ file }) => file))).toEqual(new Set(["mlops.yaml"]));
  });
});

describe("stylish", () => {
  it("shows the same findings by file, and counts them", async () => {
    const text = await lint("stylish");
    const said: Said[] = [];
    let file = "";
    for (const line of text.split("\n")) {
      const [, row, column, severity, rule] = /^ +(\d+):(\d+) {2}(\w+) +(\S+) \(/.exec(line) ?? [];
      if (rule !== undefined) {
        said.push({ file, severity: severity === "hint" ? "info" : (severity ?? ""), rule, line: Number(row), column: Number(column) });
      } else if (line.endsWith("mlops.yaml")) {
        file = line.replace("\\n", "\n");
      }
    }
    const all = await expected();
    expect(said).toEqual(all.filter(({ rule }) => rule !== "could-not-check"));
    const count = (severity: string): number => said.filter((one) => one.severity === severity).length;
    expect(text).toContain(`${count("error")} errors, ${count("warning")} warnings, ${count("info")} hints in 2 of 3 files.`);
    expect(text).toContain(" 1 can be mended with --fix. 1 finding is left as it is.\n");
  });

  it("says once what could not be checked, for all files", async () => {
    folder.write({ "churn/mlops.yaml": MISSPELT.replace("ownr: ", "pipeline: dvc.yaml\nowner: "), "dvc.yaml": "stages: {}\n" });
    folder.write({
      "other/mlops.yaml": folder.read("churn/mlops.yaml"),
      "churn/dvc.yaml": "stages: {}\n",
      "other/dvc.yaml": "stages: {}\n",
    });
    const text = await lint("stylish", {}, "--stage", "production");
    const report = JSON.parse(await lint("json", {}, "--stage", "production")) as JsonReport;
    const unchecked = report.findings.filter(({ rule }) => rule === "could-not-check").map(({ message }) => message);
    const twice = unchecked.filter((message, index) => unchecked.indexOf(message) < index);
    expect(twice.length).toBeGreaterThan(0);
    for (const message of twice) {
      expect(text.split(message)).toHaveLength(2);
      expect(text).toMatch(new RegExp(`${message.replace(/[.?]/g, ".")} \\(\\d files\\)\n`));
    }
    expect(text).not.toContain("could-not-check");
  });

  it("is coloured when asked for or in a terminal, but not against NO_COLOR, and wraps in a terminal", async () => {
    const plain = await lint("stylish");
    expect(stripVTControlCharacters(plain)).toBe(plain);
    expect(stripVTControlCharacters(await lint("stylish", {}, "--color"))).toBe(plain);
    expect(await lint("stylish", {}, "--color")).not.toBe(plain);
    expect(await lint("stylish", { columns: 500 })).not.toBe(plain);
    expect(await lint("stylish", { columns: 500, env: { NO_COLOR: "1" } })).toBe(plain);
    const narrow = stripVTControlCharacters(await lint("stylish", { columns: 100 }));
    const findings = narrow.split("\n\n").filter((paragraph) => /^ +\d+:\d+ /m.test(paragraph));
    expect(
      findings
        .join("\n")
        .split("\n")
        .every((line) => line.length <= 100),
    ).toBe(true);
    expect(narrow.replace(/\s+/g, " ")).toBe(plain.replace(/\s+/g, " "));
  });

  it("is short where nothing is found", async () => {
    expect((await mlops(["lint", ".mlops"], { cwd: folder.path })).stdout).toBe("No findings in 1 file.\n");
  });
});
