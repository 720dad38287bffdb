import { describe, expect, it } from "vitest";
import type { ConfigPath } from "../../../src/core/config/configPath";
import { couldNotCheck } from "../../../src/core/lint/couldNotCheck";
import type { CouldNotCheck, LintRule, RuleFinding } from "../../../src/core/lint/lintRule";
import type { RuleMeta, Severity } from "../../../src/core/lint/ruleMeta";
import type { LintSettings } from "../../../src/core/lint/lintSettings";
import { type LintResult, runLint } from "../../../src/core/lint/runLint";
import { lintContext, type LintContextOptions } from "../../builders/lintContext";

const TEXT = "version: 1\nname: churn-model\nowner: ana@example.org\n";

function ruleOf(code: string, check: LintRule["check"], meta: Partial<RuleMeta> = {}): LintRule {
  const severity = { development: "warning", staging: "warning", production: "error" } as const;
  const words = { summary: "", why: "", article: null, noFix: null };
  return {
    meta: {
      code,
      name: `rule-${code.toLowerCase()}`,
      challenge: "effort",
      severity,
      suppressible: true,
      appliesTo: "product",
      ...words,
      ...meta,
    },
    check,
  };
}

const finding = (message: string, at: ConfigPath, more: Partial<RuleFinding> = {}): RuleFinding => ({ message, at, fixes: [], ...more });
const finds = (code: string, ...results: readonly (RuleFinding | CouldNotCheck)[]): LintRule => ruleOf(code, () => results);

interface Options extends LintContextOptions {
  readonly text?: string;
  readonly settings?: Partial<LintSettings>;
}

function lint(rules: readonly LintRule[], { text = TEXT, settings = {}, ...options }: Options = {}): LintResult {
  return runLint(lintContext(text, options), rules, { rules: new Map(), retired: "development", ...settings });
}

const said = ({ findings }: LintResult): readonly string[] => findings.map(({ code, message }) => `${code} ${message}`);
const off = (code: string): Partial<LintSettings> => ({ rules: new Map<string, Severity | "off">([[code, "off"]]) });

describe("the order of findings", () => {
  it("is that of the file, then of codes, then of messages, whatever the order of rules", () => {
    const rules = [
      finds("B01", finding("b", ["owner"]), finding("z", ["name"]), finding("a", ["name"])),
      finds("A01", finding("c", ["name"]), finding("last", ["owner"])),
    ];
    const wanted = ["A01 c", "B01 a", "B01 z", "A01 last", "B01 b"];
    expect(said(lint(rules))).toEqual(wanted);
    expect(said(lint([...rules].reverse()))).toEqual(wanted);
  });

  it("does not follow a locale, which differs between machines", () => {
    expect(said(lint([finds("A01", finding("ä", ["name"]), finding("z", ["name"]), finding("Z", ["name"]))]))).toEqual([
      "A01 Z",
      "A01 z",
      "A01 ä",
    ]);
  });
});

describe("a finding", () => {
  it("marks the value, else the nearest written part, else the key of the name, else the first key", () => {
    const rule = finds("A01", finding("", ["name"]), finding("", ["roles", "owner", "deputy"]), finding("", ["gdpr", "notice"]));
    const marked = (text: string): readonly string[] =>
      lint([rule], { text }).findings.map(({ range }) => text.slice(range.start, range.end));
    expect(marked(TEXT)).toEqual(["name", "churn-model", "owner"]);
    expect(marked("version: 1\nowner: ana@example.org\n")).toEqual(["version", "version", "owner"]);
    expect(marked("")).toEqual(["", "", ""]);
  });

  it("says why it has no fix: by itself, by its rule, or in general", () => {
    const fix = { title: "Mend it", safe: true, changes: [] };
    const { findings } = lint([
      finds("A01", finding("1", ["name"], { noFix: "Ask Ana." })),
      ruleOf("A02", () => [finding("2", ["name"])], { noFix: "Ask Leo." }),
      finds("A03", finding("3", ["name"])),
      ruleOf("A04", () => [finding("4", ["name"], { fixes: [fix] })], { noFix: "Ask Leo." }),
    ]);
    expect(findings.map(({ noFix }) => noFix)).toEqual(["Ask Ana.", "Ask Leo.", "Only a person who knows the facts can mend this.", null]);
  });

  it("is dropped where its rule says off for it", () => {
    expect(lint([finds("A01", finding("1", ["name"], { severity: "off" }))]).findings).toEqual([]);
  });
});

describe("a rule that fails", () => {
  it("becomes one finding and does not keep others from checking", () => {
    const broken = ruleOf("A01", () => {
      throw new TypeError("x is undefined");
    });
    const { findings } = lint([broken, finds("A02", finding("2", ["name"]))], { stage: "production" });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["A01", "warning"],
      ["A02", "error"],
    ]);
    expect(findings[0]?.message).toContain("because of a defect of its own: x is undefined");
  });

  it("is silent where it is off", () => {
    const broken = ruleOf("A01", () => {
      throw new TypeError("x is undefined");
    });
    expect(lint([broken], { settings: off("A01") }).findings).toEqual([]);
  });
});

describe("what could not be checked", () => {
  const reason = couldNotCheck("who owns this", "git is missing.");

  it("is told once for each reason, as information", () => {
    const { findings } = lint([
      finds("A01", reason, reason),
      finds("A02", reason, couldNotCheck("who is active", "git is missing")),
      finds("A03", couldNotCheck("the columns", "the file is damaged")),
    ]);
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      ["could-not-check", "info", "Could not check the columns: the file is damaged."],
      ["could-not-check", "info", "Could not check who owns this and who is active: git is missing."],
    ]);
  });

  it("names so much as can be read, and says of each rule what it lacked", () => {
    const many = ["a", "b", "c", "d", "e"].map((what) => finds(what.toUpperCase(), couldNotCheck(what, "nobody trusts the folder")));
    const { findings, unchecked } = lint(many);
    expect(findings.map(({ message }) => message)).toEqual(["Could not check a, b, c and 2 more: nobody trusts the folder."]);
    expect(unchecked.map(({ message }) => message)[1]).toBe("Could not check b: nobody trusts the folder.");
  });

  it("is not told for a rule that is off, and not at all where nobody wants it", () => {
    expect(lint([finds("A01", reason)], { settings: off("A01") }).findings).toEqual([]);
    expect(lint([finds("A01", reason)], { settings: off("could-not-check") }).findings).toEqual([]);
    expect(lint([finds("A01", reason)], { policy: "rules: {LINT01: off}" }).findings).toEqual([]);
  });
});

describe("a rule that is off", () => {
  it.each([
    ["by settings", { settings: off("A01") }],
    ["by policy", { policy: "rules: {rule-a01: off}" }],
  ])("%s finds nothing", (_, options: Options) => {
    expect(lint([finds("A01", finding("1", ["name"]))], options).findings).toEqual([]);
  });

  it("still tells what nobody may silence", () => {
    const secret = finding("secret", ["name"], { suppressible: false, severity: "error" });
    const { findings } = lint([finds("A01", finding("1", ["name"]), secret)], { settings: off("A01") });
    expect(findings.map(({ message, severity, suppressible }) => [message, severity, suppressible])).toEqual([["secret", "error", false]]);
  });

  it("is off in a stage, although a single finding has a weight of its own", () => {
    const sleeping = ruleOf("A01", () => [finding("1", ["name"], { severity: "warning" })], {
      severity: { development: "off", staging: "info", production: "error" },
    });
    expect(lint([sleeping]).findings).toEqual([]);
    expect(lint([sleeping], { stage: "staging" }).findings.map(({ severity }) => severity)).toEqual(["warning"]);
  });
});

describe("a retired product", () => {
  const text = `${TEXT}stage: retired\n`;
  const rule = finds("A01", finding("1", ["name"]));

  it("is judged as in development, or not at all", () => {
    expect(lint([rule], { text }).findings.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(lint([rule], { text, settings: { retired: "off" } })).toEqual({ findings: [], suppressed: [], unchecked: [] });
  });

  it("that is none any more is judged whatever the setting says", () => {
    expect(said(lint([rule], { settings: { retired: "off" } }))).toEqual(["A01 1"]);
  });
});

describe("rules for pipelines of other tools", () => {
  it("do not judge an mlops.yaml", () => {
    expect(lint([ruleOf("PIPE01", () => [finding("1", [])], { appliesTo: "pipeline" })]).findings).toEqual([]);
  });
});

describe("a file that cannot be read", () => {
  it.each(["", "- a\n- b\n", "{", "\u0000", "version: 1\n\tname: x\n", `a: ${"[".repeat(5000)}`])("is judged all the same: %j", (text) => {
    expect(said(lint([finds("A01", finding("1", ["roles", "owner"]))], { text }))).toEqual(["A01 1"]);
  });
});
