import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import type { ConfigPath } from "../../../src/core/config/configPath";
import { readConfig, readPolicyFile } from "../../../src/core/config/readConfig";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../fixtures/lint", name), "utf8");

/** Problems as people see them: what is marked, and what is said. */
function told(text: string): string[] {
  return readConfig(text).problems.map(({ range, message }) => `${text.slice(range.start, range.end)} → ${message}`);
}

describe("the example files", () => {
  it.each(["complete.yaml", "start.yaml"])("%s has no problem, with CRLF and a BOM neither, and reads the same", (name) => {
    const text = `\uFEFF${fixture(name).replaceAll("\n", "\r\n")}`;
    expect([...told(fixture(name)), ...told(text)]).toEqual([]);
    expect(readConfig(text).value).toEqual(readConfig(fixture(name)).value);
  });

  it("moves aliases and short forms of the start file to where they stand for", () => {
    const { value } = readConfig(fixture("start.yaml"));
    expect(value.roles).toEqual({ owner: { email: "ana.ruiz@example.org" } });
    expect(value.monitoring).toEqual({ alert: [{ to: "ml-team@example.org" }] });
    expect(value).not.toHaveProperty("owner");
  });
});

describe("values", () => {
  const ana = { name: "Ana", email: "a@b" };
  it.each<[string, string, object]>([
    ["short forms", "data: x.csv\ntracking: [./m, {uri: x}]", { data: [{ path: "x.csv" }], tracking: [{ uri: "./m" }, { uri: "x" }] }],
    [
      "yes and no",
      "ai_act: {profiling: no}\ndata: [{version: {dvc: true}}]",
      { ai_act: { profiling: false }, data: [{ version: { dvc: true } }] },
    ],
    ["what a YAML 1.1 tool makes of no", "personal_data: false", { personal_data: "no" }],
    ["dates as text", "review: {last: 2026-11-10}", { review: { last: "2026-11-10" } }],
    ["numbers as text where they lose nothing", "model: {version: 14}", { model: { version: "14" } }],
    ["nothing", "purpose:\nrisks: ~\ndata: [null]", { data: [undefined] }],
    ["placeholders, which rules judge", "review: {last: tbd, every: n/a}", { review: { last: "tbd", every: "n/a" } }],
    ["aliases", "roles:\n  owner: &a {name: Ana, email: a@b}\n  dpo: *a", { roles: { owner: ana, dpo: ana } }],
    [
      "merge keys",
      "roles:\n  owner: &a {name: Ana, email: a@b}\n  dpo: {<<: *a, email: c@d}",
      { roles: { owner: ana, dpo: { name: "Ana", email: "c@d" } } },
    ],
    ["dangerous keys", "train: {params: {__proto__: 1}}", { train: { params: Object.fromEntries([["__proto__", 1]]) } }],
  ])("reads %s", (_, text, value) => {
    expect(told(text)).toEqual([]);
    expect(readConfig(text).value).toEqual(value);
  });

  it("reads a policy", () => {
    const { value, problems } = readPolicyFile("rules: {COST03: off, RESP07: {severity: warning, inactive_days: 120}}");
    expect(problems).toEqual([]);
    expect(value).toEqual({ rules: { COST03: "off", RESP07: { severity: "warning", inactive_days: 120 } } });
  });
});

describe("faults with a fix", () => {
  it.each([
    ["an unknown key", "onwer: a@b\n", 'onwer → Unknown key "onwer". Did you mean "owner"?', "owner: a@b\n"],
    [
      "a comma without quotes",
      "roles: {owner: {name: Ana, Ruiz, Dr, email: a@b}}",
      'Ruiz, Dr → "Ruiz" stands',
      'roles: {owner: {name: "Ana, Ruiz, Dr", email: a@b}}',
    ],
    [
      "a version that loses a digit",
      "model: {version: 1.10} # x",
      "1.10 → Without quotes 1.10 is the number 1.1",
      'model: {version: "1.10"} # x',
    ],
    ["Norway", "gdpr: {processors: [{country: NO}]}", "NO → Some tools read NO", 'gdpr: {processors: [{country: "NO"}]}'],
    ["a yes or no for text", "name: true", "true → Without quotes true is a yes or no", 'name: "true"'],
    ["a key that is read as true", "train: {params: {on: 1}}", "on → Some tools read the key on", 'train: {params: {"on": 1}}'],
    ["a key that loses a digit", "train: {params: {1.10: 1}}", "1.10 → As a number", 'train: {params: {"1.10": 1}}'],
    [
      "a wrong choice",
      "risk: hgih",
      'hgih → "hgih" is not what "risk" takes: one of prohibited, high, limited, minimal, unsure. Did you mean "high"?',
      "risk: high",
    ],
    ["other capitals", "ai_act: {profiling: No}", 'No → "No" is not what "profiling" takes: yes or no.', "ai_act: {profiling: no}"],
    ["a backslash", "pipeline: a\\dvc.yaml", "a\\dvc.yaml → ", "pipeline: a/dvc.yaml"],
    ["a time for a day", "review: {last: 2026-11-10T08:00}", "2026-11-10T08:00 → ", "review: {last: 2026-11-10}"],
    ["a bound without a comparison", "kpis: [{target: 0.8}]", "0.8 → ", 'kpis: [{target: ">= 0.8"}]'],
    ["a number in quotes", 'version: "1"', '"1" → "1" is not what "version" takes: the number 1.', "version: 1"],
    ["a block for a list", "kpis: {name: f1}", '{name: f1} → "kpis" takes a list, not a block.', "kpis: [{name: f1}]"],
    ["a key twice", "name: a\nname: b # c\nrisk: high", 'name → The key "name" is written twice', "name: a\n# c\nrisk: high"],
    ["both spellings", "owner: a@b\nroles: {owner: c@d}", 'owner → "owner" and "roles.owner" say the same', "roles: {owner: c@d}"],
    [
      "a colon without quotes",
      "purpose: Rank: jobs # x\nrisk: high",
      "Rank: jobs → A text that holds",
      'purpose: "Rank: jobs" # x\nrisk: high',
    ],
    [
      "a bound without quotes",
      "kpis:\n  - target: >= 0.8\n    name: f1",
      ">= 0.8 → A text that starts",
      'kpis:\n  - target: ">= 0.8"\n    name: f1',
    ],
    ["the same in braces", "kpis: [{target: >= 0.8, name: f1}]", ">= 0.8 → A text that starts", 'kpis: [{target: ">= 0.8", name: f1}]'],
    ["a tab", "roles:\n\towner: a@b\n", "\t → YAML takes no tabs", "roles:\n  owner: a@b\n"],
    [
      "a conflict",
      "<<<<<<< A\nname: a\n=======\nname: b\n>>>>>>> B\nrisk: high\n",
      "<<<<<<< A → A merge conflict is left here",
      "name: a\nrisk: high\n",
    ],
    [
      "a conflict with its ancestor",
      "<<<<<<< A\r\nname: a\r\n||||||| O\r\nname: o\r\n=======\r\nname: b\r\n>>>>>>> B\r\n",
      "<<<<<<< A → A merge",
      "name: a\r\n",
    ],
  ])("mends %s", (_, text, message, result) => {
    const problems = readConfig(text).problems;
    expect(told(text)).toHaveLength(1);
    expect(told(text)[0]?.slice(0, message.length)).toBe(message);
    expect(applyEdits(text, problems[0]?.fixes[0]?.edits ?? [])).toBe(result);
    expect(told(result)).toEqual([]);
  });

  it.each([
    ["an alias in short form", 'owner: "@ana"', '"@ana" is not what "owner" takes: an e-mail'],
    ["a short form", 'roles: {operator: "@ana"}', '"@ana" is not what "operator" takes: an e-mail'],
    ["the long form", 'roles: {operator: {email: "@ana"}}', '"@ana" is not what "email" takes: an e-mail'],
    ["one value in short form in place of a list", "data: /x", '"/x" is not what "data" takes: a path'],
    ["another short form", "review: every", '"every" is not what "review" takes: a length of time'],
    ["an item in short form", "data: [1.5, [x]]", '"an item of data" takes'],
    ["a block for one value", "roles: {operator: {email: {x: 1}}}", '"email" takes'],
  ])("names the key that was written: %s", (_, text, message) => {
    expect(readConfig(text).problems.map((problem) => problem.message.slice(0, message.length))).toContain(message);
  });

  it("offers all choices where none is near, and takes none by itself", () => {
    const fixes = readConfig("stage: 7").problems[0]?.fixes.map(({ title, safe }) => [title, safe]);
    expect(fixes).toEqual(["development", "staging", "production", "retired"].map((stage) => [`Write ${stage}`, false]));
  });

  it.each([
    ["a line", "name: a\nfoo: 1\nrisk: high\n", "name: a\nrisk: high\n"],
    ["a block", "foo:\n  bar: 1 # x\nrisk: high\n", "# x\nrisk: high\n"],
    ["the first key of an item", "data:\n  - foo: 1\n    path: x\n", "data:\n  - path: x\n"],
    ["the last in braces", "review: {every: 1 day, foo: 1}", "review: {every: 1 day}"],
    ["the first in braces", "review: {foo: 1, every: 1 day}", "review: {every: 1 day}"],
    ["a line with CRLF", "foo: 1\r\nrisk: high\r\n", "risk: high\r\n"],
  ])("removes an unknown key: %s", (_, text, result) => {
    const fix = readConfig(text).problems[0]?.fixes.find(({ title }) => title.startsWith("Remove"));
    expect(applyEdits(text, fix?.edits ?? [])).toBe(result);
  });
});

describe("faults that only the author can mend", () => {
  it.each<[string, string, string, object]>([
    ["an empty file", "", "", {}],
    ["only comments", "# x\n", "", {}],
    ["a list at the top", "- a", "- a", {}],
    ["a word at the top", "hello", "hello", {}],
    ["a second document", "name: a\n---\nname: b", "---", { name: "a" }],
    ["a quote that is not closed", 'risk: high\nname: "x\n', '"', { risk: "high" }],
    ["a bracket that is not closed", "data: [{path: x}\nrisk: high", "[", { data: [{ path: "x" }], risk: "high" }],
    ["an unknown alias", "name: *x\nrisk: high", "*x", { risk: "high" }],
    ["an alias of itself", "roles: &x {owner: *x}\nrisk: high", "*x", { risk: "high" }],
    ["a key that is a block", "{a: b}: c\nrisk: high", "{a: b}", { risk: "high" }],
    ["a lone mark of a conflict", "name: a\n>>>>>>> x\nrisk: high", ">>>>>>> x", { name: "a", risk: "high" }],
    ["a day that does not exist", "review: {last: 2026-02-30}\nrisk: high", "2026-02-30", { risk: "high" }],
  ])("marks %s and reads the rest", (_, text, marked, rest) => {
    const { problems, value } = readConfig(text);
    expect(problems.map(({ range }) => text.slice(range.start, range.end))).toEqual([marked]);
    expect(problems[0]?.fixes).toEqual([]);
    expect(problems[0]?.noFix).toMatch(/\.$/);
    expect(value).toMatchObject(rest);
  });
});

describe("places", () => {
  const text = "name: churn\nowner: a@b\nalert: x@y\ndata:\n  - path: p\n    use: train\ngdpr:\n  legal_basis: consent\n  notice:\n";
  const { source } = readConfig(text);
  const cut = (range: { readonly start: number; readonly end: number } | undefined) => range && text.slice(range.start, range.end);

  it.each<[ConfigPath, string, string]>([
    [["owner"], "owner", "a@b"],
    [["roles", "owner"], "owner", "a@b"],
    [["roles", "owner", "email"], "owner", "a@b"],
    [["monitoring", "alert"], "alert", "x@y"],
    [["monitoring", "alert", 0, "to"], "x@y", "x@y"],
    [["alert", 0, "to"], "x@y", "x@y"],
    [["data", 0, "use"], "use", "train"],
    [["data", 0], "path: p\n    use: train", "path: p\n    use: train"],
    [["gdpr", "legal_basis", "ground"], "legal_basis", "consent"],
    [["gdpr", "notice"], "notice", ""],
  ])("of %j", (path, key, value) => {
    expect([source.has(path), cut(source.keyRange(path)), cut(source.valueRange(path))]).toEqual([true, key, value]);
  });

  it.each<[ConfigPath]>([
    [["roles"]],
    [["roles", "owner", "name"]],
    [["data", 1]],
    [["data", "path"]],
    [["toString"]],
    [["gdpr", "notice", "x"]],
  ])("%j is not written", (path) => {
    expect([source.has(path), source.valueRange(path), source.raw(path)]).toEqual([false, undefined, undefined]);
  });

  it.each<[ConfigPath, string]>([
    [["data", 0, "version"], "path"],
    [["gdpr", "dpia", "file"], "gdpr"],
    [["gdpr", "notice"], "notice"],
    [["roles", "owner", "deputy"], "owner"],
    [["risk"], "name"],
  ])("nearest to %j", (path, marked) => {
    expect(cut(source.nearestRange(path))).toBe(marked);
  });

  it("gives values as written", () => {
    expect(source.raw(["data"])).toEqual([{ path: "p", use: "train" }]);
    expect(source.raw(["roles", "owner", "email"])).toBe("a@b");
    expect(readConfig("").source.nearestRange(["name"])).toEqual({ start: 0, end: 0 });
  });
});

describe("$include", () => {
  const read = (text: string, files: Readonly<Record<string, string>>) =>
    readConfig(text, (path) => files[path] ?? { error: "there is no such file." });

  it("takes keys from another file, and its own win", () => {
    const text = "roles:\n  $include: ../shared/roles.yaml\n  owner: own@x\n";
    const { value, problems, source } = read(text, { "../shared/roles.yaml": "owner: shared@x\ndpo: {email: dpo@x}\n" });
    expect(problems).toEqual([]);
    expect(value.roles).toEqual({ owner: { email: "own@x" }, dpo: { email: "dpo@x" } });
    const range = source.valueRange(["roles", "dpo", "email"]);
    expect(text.slice(range?.start, range?.end)).toBe("../shared/roles.yaml");
  });

  it("follows paths from file to file", () => {
    const files = { "s/a.yaml": "$include: m/b.yaml\n", "s/m/b.yaml": "$include: ../../c.yaml\n", "c.yaml": "controller: X\n" };
    expect(read("gdpr: {$include: s/a.yaml}", files).value).toEqual({ gdpr: { controller: "X" } });
  });

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["a missing file", "x.yaml", {}, '"x.yaml" cannot be included: there is no such file.'],
    ["an absolute path", "/etc/passwd", {}, "`$include` takes a path that is relative to this file, with forward slashes."],
    ["an address", "https://x/y.yaml", {}, "`$include` takes a path that is relative to this file, with forward slashes."],
    [
      "a circle",
      "a.yaml",
      { "a.yaml": "$include: ./b.yaml", "b.yaml": "$include: a.yaml" },
      'In a.yaml, line 1: In b.yaml, line 1: "a.yaml" includes itself (a.yaml → b.yaml → a.yaml).',
    ],
    ["an unknown key", "a.yaml", { "a.yaml": "\n\nonwer: x" }, 'Unknown key "onwer". Did you mean "owner"? It stands at a.yaml, line 3.'],
    [
      "broken YAML",
      "a.yaml",
      { "a.yaml": "owner: a@b\n\tdpo: x@y" },
      "In a.yaml, line 2: YAML takes no tabs as indentation; write spaces.",
    ],
  ])("tells of %s at the place that includes", (_, path, files, message) => {
    const text = `roles:\n  $include: ${path}\nrisk: high\n`;
    const { problems, value } = read(text, files);
    expect(problems.map((one) => [text.slice(one.range.start, one.range.end), one.message, one.fixes])).toEqual([[path, message, []]]);
    expect(value.risk).toBe("high");
  });

  it("ends in a chain that never ends by itself and doubles", () => {
    let reads = 0;
    const { problems } = readConfig("roles: {$include: 0.yaml}", (path) => {
      reads += 1;
      return `owner: {$include: x${path}}\ndpo: {$include: y${path}}\n`;
    });
    expect(problems.length).toBeGreaterThan(0);
    expect(reads).toBeLessThan(600);
  });
});
