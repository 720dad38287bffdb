import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/core/config/readConfig";
import type { Finding } from "../../../src/core/lint/finding";
import type { LintRule } from "../../../src/core/lint/lintRule";
import { applyFix, type LintCase, lintCase, readCase } from "../../builders/lintCase";
import { loadRule, RULE_FILES } from "../../builders/lintRules";
import { markerOf } from "../../builders/markedText";

const FIXTURES = join(import.meta.dirname, "../../fixtures/lint");
const MAX_FIXES = 50;

const loaded = await Promise.all(RULE_FILES.map(async (name) => ({ name, rule: await loadRule(name) })));
const rules = loaded.flatMap(({ name, rule }) => (rule === undefined ? [] : [{ name, rule }]));
const ALL = rules.map(({ rule }) => rule);

/** All fixtures of a rule whose names start with a word, e.g. "bad". */
function casesOf(rule: LintRule, prefix: string): readonly LintCase[] {
  const folder = join(FIXTURES, rule.meta.name);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(".yaml") && !name.endsWith(".policy.yaml"))
    .map((name) => readCase(join(folder, name)));
}

describe.each(rules)("$name", ({ name, rule }) => {
  const ofRule = (lintedCase: LintCase): readonly Finding[] =>
    lintCase(lintedCase, ALL).findings.filter((finding) => finding.rule === rule.meta.name);
  const expectMarkers = (lintedCase: LintCase): void => {
    const found = ofRule(lintedCase).map(({ range, message }) => markerOf(lintedCase.text, range, rule.meta.name, message));
    // What a marker leaves out of the message is filled in, so that a difference shows both whole.
    const wanted = lintedCase.markers.map((marker) => {
      const match = found.find(
        ({ line, start, end, message }) =>
          line === marker.line && start === marker.start && end === marker.end && message.includes(marker.message),
      );
      return match ?? marker;
    });
    expect(found).toEqual(wanted);
  };

  it("lies in a file of its name", () => {
    expect(rule.meta.name).toBe(name);
  });

  it("finds what is marked in its bad fixtures", () => {
    const cases = casesOf(rule, "bad");
    expect(cases.map(({ file }) => file)).not.toEqual([]);
    for (const bad of cases) {
      expect(bad.markers, bad.file).not.toEqual([]);
      expectMarkers(bad);
    }
  });

  it("finds nothing in its good fixtures", () => {
    const cases = casesOf(rule, "good");
    expect(cases.map(({ file }) => file)).not.toEqual([]);
    for (const good of cases) {
      expect(ofRule(good), good.file).toEqual([]);
    }
  });

  it("says why where there is no fix", () => {
    for (const bad of casesOf(rule, "bad")) {
      for (const { fixes, noFix } of ofRule(bad)) {
        expect(fixes.length > 0 ? noFix === null : (noFix ?? "").length > 0).toBe(true);
      }
    }
  });

  it("speaks in whole sentences, and never calls a model compliant", () => {
    for (const { message, noFix, fixes } of casesOf(rule, "bad").flatMap(ofRule)) {
      for (const sentence of [message, ...(noFix === null ? [] : [noFix])]) {
        // A sentence may start with the name of a file, a person or a rule.
        expect(sentence).toMatch(/^(?:[\p{Lu}\d"]|\S+[@/-])[^\n]*[.?)]$/u);
      }
      for (const text of [message, noFix ?? "", ...fixes.map(({ title }) => title)]) {
        expect(text).not.toMatch(/\bundefined\b|\bnull\b|\[object|NaN|\.\.(?![./])| {2}|\bcompliant\b/);
      }
    }
  });

  it("is mended by its fixes as the fixed fixtures show", () => {
    for (const bad of casesOf(rule, "bad")) {
      const changing = ofRule(bad).filter((finding) => changesText(bad, finding));
      if (changing.length === 0) {
        continue;
      }
      const fixed = readCase(bad.file.replace(/bad([^/]*)$/, "fixed$1"), bad);
      const result = fixOneByOne(bad, ofRule);
      expect(result.text).toBe(fixed.text);
      expectMarkers({ ...fixed, text: result.text });
      expect(commentsOf(result.text)).toEqual(expect.arrayContaining([...commentsOf(bad.text)]));
      for (const finding of changing.filter(({ fixes }) => fixes[0]?.safe === true)) {
        const same = ofRule({ ...bad, text: result.text }).filter(
          ({ message, fixes }) => message === finding.message && fixes[0]?.safe === true,
        );
        expect(same, "a safe fix leaves nothing behind").toEqual([]);
      }
    }
  });

  it("has fixes that each end their finding or leave a place to fill in, also the second and third of a finding", () => {
    for (const bad of casesOf(rule, "bad")) {
      const before = ofRule(bad);
      for (const { finding, fix } of fixesOf(before)) {
        const once = applyFix(bad.text, fix);
        expect(once !== bad.text || (fix.files ?? []).length > 0, `${bad.file}: ${fix.title} changes something`).toBe(true);
        const after = ofRule({ ...bad, text: once, facts: withFiles(bad.facts, fix) });
        const isLess = countSaid(after, finding) < countSaid(before, finding);
        const places = placeholdersIn(once) + (fix.files ?? []).reduce((sum, { content }) => sum + placeholdersIn(content), 0);
        expect(isLess || places > placeholdersIn(bad.text), `${bad.file}: ${fix.title} leaves "${finding.message}"`).toBe(true);
        expect(problemsIn(once), `${bad.file}: ${fix.title} writes what the file may not hold`).toBeLessThanOrEqual(problemsIn(bad.text));
      }
    }
  });

  it("has fixes that change nothing the second time, and keep line ends", () => {
    for (const bad of casesOf(rule, "bad")) {
      const windows = { ...bad, text: bad.text.replaceAll("\n", "\r\n") };
      const twins = fixesOf(ofRule(windows));
      for (const [index, { fix }] of fixesOf(ofRule(bad)).entries()) {
        const once = applyFix(bad.text, fix);
        const twin = twins[index]?.fix;
        expect(twin?.title, fix.title).toBe(fix.title);
        expect(twin === undefined ? "" : applyFix(windows.text, twin), fix.title).toBe(once.replaceAll("\n", "\r\n"));
        if ((fix.edits ?? []).length === 0) {
          // Ranges hold for the text that they were made for only.
          expect(applyFix(once, fix), fix.title).toBe(once);
        }
      }
    }
  });

  it("has fixes that leave comments, quotes and anchors around them as they were", () => {
    for (const bad of casesOf(rule, "bad")) {
      const around = surrounded(bad);
      // Lines that no file may hold are themselves what this rule is about.
      const isOurs = (fix: OneFix["fix"]): boolean => !fix.title.includes("x-");
      for (const { fix } of fixesOf(ofRule(around)).filter((one) => isOurs(one.fix))) {
        const once = applyFix(around.text, fix);
        const gone = around.text.split("\n").filter((line) => !once.split("\n").includes(line));
        expect(
          KEPT.filter((line) => gone.includes(line)),
          fix.title,
        ).toEqual([]);
        if (fix.changes.every(({ kind }) => kind !== "remove") && (fix.edits ?? []).length === 0) {
          expect(commentsOf(once), fix.title).toEqual(expect.arrayContaining([...commentsOf(around.text)]));
        }
        for (const [quoted = "", , inner = ""] of gone.join("\n").matchAll(/(["'])([^"'\n]*)\1/g)) {
          const isKept = once.includes(quoted) || !once.split(/[\s,{}[\]]+/).includes(inner);
          expect(isKept, `${bad.file}: ${fix.title} keeps the quotes of ${quoted}`).toBe(true);
        }
      }
    }
  });
});

interface OneFix {
  readonly finding: Finding;
  readonly fix: Finding["fixes"][number];
}

/** Every fix of every finding, not only the first. */
function fixesOf(findings: readonly Finding[]): readonly OneFix[] {
  return findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
}

function countSaid(findings: readonly Finding[], { message }: Finding): number {
  return findings.filter((finding) => finding.message === message).length;
}

function problemsIn(text: string): number {
  return readConfig(text).problems.length;
}

/** A person has to replace these, and lint goes on asking for them. A draft of a sign-off leaves its decision empty. */
function placeholdersIn(text: string): number {
  return [...text.matchAll(/\b(?:TODO|unsure)\b|: \[\](?=[ ,}\r\n]|$)|^decision:\s*(?:#|$)/gm)].length;
}

/** What a fix makes is there afterwards. */
function withFiles(facts: LintCase["facts"], { files = [] }: OneFix["fix"]): LintCase["facts"] {
  return { ...facts, paths: { ...facts.paths, ...Object.fromEntries(files.map(({ path }) => [path, { kind: "file" as const }])) } };
}

/** Lines that no fix has any business with. */
const KEPT = [
  "# The first word.",
  "x-kept: &kept {single: 'a b', double: \"c d\"} # anchored",
  "x-again: *kept",
  "x-list:   [ 1,2 ]   # wide",
  "# The last word.",
];

/** The text between lines that belong to somebody else; the header of a fixture stays first. */
function surrounded(bad: LintCase): LintCase {
  const [first = "", ...rest] = KEPT;
  const end = bad.text.endsWith("\n") ? "" : "\n";
  return { ...bad, text: `${first}\n${bad.text}${end}${rest.join("\n")}\n` };
}

function changesText(bad: LintCase, { fixes }: Finding): boolean {
  return fixes[0] !== undefined && applyFix(bad.text, fixes[0]) !== bad.text;
}

/** Applies the first fix of the first finding whose fix still changes something, until there is none. */
function fixOneByOne(bad: LintCase, ofRule: (lintedCase: LintCase) => readonly Finding[]): LintCase {
  let current = bad;
  const done = new Set<string>();
  for (let count = 0; count < MAX_FIXES; count++) {
    const next = ofRule(current).find((finding) => changesText(current, finding) && !done.has(keyOf(finding)));
    const fix = next?.fixes[0];
    if (next === undefined || fix === undefined) {
      return current;
    }
    done.add(keyOf(next));
    current = { ...current, text: applyFix(current.text, fix) };
  }
  throw new Error(`${bad.file} has still fixes after ${MAX_FIXES}.`);
}

function keyOf({ message, fixes }: Finding): string {
  return JSON.stringify([message, fixes[0]?.title, fixes[0]?.changes]);
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)#.*$/gm)].map(([comment]) => comment.trim());
}
