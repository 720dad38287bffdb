import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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

  it("has fixes that change nothing the second time, and keep line ends", () => {
    for (const bad of casesOf(rule, "bad")) {
      for (const fix of ofRule(bad).flatMap(({ fixes }) => fixes)) {
        const once = applyFix(bad.text, fix);
        if ((fix.edits ?? []).length > 0) {
          continue; // Ranges hold for the text that they were made for only.
        }
        expect(applyFix(once, fix), fix.title).toBe(once);
        expect(applyFix(bad.text.replaceAll("\n", "\r\n"), fix), fix.title).toBe(once.replaceAll("\n", "\r\n"));
      }
    }
  });
});

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
