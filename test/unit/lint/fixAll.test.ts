import { describe, expect, it } from "vitest";

import { ALL_RULES } from "../../../src/core/lint/allRules";
import { applyFix, fixToEdits } from "../../../src/core/lint/applyFix";
import { configInvalidMeta } from "../../../src/core/lint/configInvalidMeta";
import type { Finding } from "../../../src/core/lint/finding";
import type { Fix } from "../../../src/core/lint/fix";
import { fixAll } from "../../../src/core/lint/fixAll";
import { lintCase } from "../../builders/lintCase";
import type { KnownFacts } from "../../builders/lintFacts";

type Lint = (text: string) => readonly Finding[];

const realLint =
  (facts: KnownFacts = {}): Lint =>
  (text) =>
    lintCase({ text, markers: [], header: new Map(), file: "mlops.yaml", facts, policy: "" }, ALL_RULES).findings;

/** A lint that finds what a test wants it to find. */
const lintOf =
  (fixesFor: (text: string) => readonly Fix[]): Lint =>
  (text) =>
    fixesFor(text).map((fix) => ({
      rule: "rule",
      code: "TEST",
      severity: "warning",
      message: "Wrong.",
      range: { start: 0, end: 0 },
      fixes: [fix],
      noFix: null,
      suppressible: true,
      meta: configInvalidMeta,
    }));

const set = (key: string, value: string, safe = true): Fix => ({
  title: `Set ${key} to ${value}`,
  safe,
  changes: [{ kind: "set", path: [key], value }],
});

const replace = (text: string, old: string, to: string): readonly Fix[] => {
  const start = text.indexOf(old);
  return start === -1
    ? []
    : [{ title: `Write ${to}`, safe: true, changes: [], edits: [{ range: { start, end: start + old.length }, text: to }] }];
};

const run = (text: string, lint: Lint) => fixAll({ text, lint, safeOnly: true });

describe("fixAll", () => {
  it("mends what is safe to mend, and leaves the rest as findings", () => {
    const text = [
      "# ours",
      "name: a",
      "purpose: Rank: jobs # why",
      "Stage: Development",
      "personal_data: No",
      "data:",
      "\t- {path: data\\train.csv, use: train} # big",
      "model: {version: 1.10}",
      "",
    ].join("\r\n");
    const lint = realLint({ pipelines: [{ path: "dvc.yaml", tool: "dvc", schedule: null, python: null, timeout: null }] });
    const result = run(text, lint);
    expect(result.text).toBe(
      [
        "# ours",
        "name: a",
        'purpose: "Rank: jobs" # why',
        "stage: development",
        "pipeline: dvc.yaml",
        "personal_data: no",
        "data:",
        "  - {path: data/train.csv, use: train} # big",
        'model: {version: "1.10"}',
        "",
      ].join("\r\n"),
    );
    expect(result.applied.map(({ title }) => title)).toContain("Link dvc.yaml (dvc)");
    expect(result.left).toEqual(lint(result.text));
    expect(result.left.filter(({ rule }) => rule === "config-invalid")).toEqual([]);
    expect(run(result.text, lint)).toEqual({ text: result.text, applied: [], left: result.left });
  });

  it("applies no fix that a person has to choose, and none that makes a file", () => {
    const withFile: Fix = { ...set("name", "b"), files: [{ kind: "createFile", path: "x.md", content: "" }] };
    expect(
      run(
        "name: a\n",
        lintOf(() => [set("stage", "staging", false), withFile]),
      ),
    ).toMatchObject({ text: "name: a\n", applied: [] });
  });

  it("takes the first safe fix of a finding", () => {
    const lint: Lint = (text) => {
      const [finding] = lintOf(() => (text.includes("stage") ? [] : [set("stage", "retired", false)]))(text);
      return finding === undefined ? [] : [{ ...finding, fixes: [...finding.fixes, set("stage", "staging"), set("stage", "development")] }];
    };
    expect(run("name: a\n", lint).text).toBe("name: a\nstage: staging\n");
  });

  it("comes to an end where two fixes undo each other", () => {
    const lint = lintOf((text) => [set("name", text.includes("name: a") ? "b" : "a")]);
    const result = run("name: a\n", lint);
    expect(result).toMatchObject({ text: "name: a\n", applied: [{ title: "Set name to b" }, { title: "Set name to a" }] });
    expect(result.left).toHaveLength(1);
  });

  it("comes to an end where each fix brings another", () => {
    const lint = lintOf((text) => [set("name", `${/name: (\w+)/.exec(text)?.[1] ?? ""}a`)]);
    expect(run("name: a\n", lint).applied).toHaveLength(100);
  });

  it("leaves out a fix after which the text could not be read, and goes on with the others", () => {
    const lint = lintOf((text) => [
      ...replace(text, "one", "[one"),
      ...replace(text, "two", "zwei"),
      ...replace(text, "three", '"three'),
      ...replace(text, "four", "vier"),
    ]);
    const text = "name: one\nstage: two\nowner: three\nrisk: four\n";
    expect(run(text, lint)).toMatchObject({
      text: "name: one\nstage: zwei\nowner: three\nrisk: vier\n",
      applied: [{ title: "Write zwei" }, { title: "Write vier" }],
    });
  });

  it("leaves out a fix that lies outside of the text or overlaps itself", () => {
    const edits = (...ranges: readonly (readonly [number, number])[]): Fix => ({
      title: "Bad",
      safe: true,
      changes: [],
      edits: ranges.map(([start, end]) => ({ range: { start, end }, text: "x" })),
    });
    const lint = lintOf((text) => [edits([5, 4]), edits([0, 99]), edits([0, 3], [2, 4]), ...replace(text, "a\n", "b\n")]);
    expect(run("name: a\n", lint)).toMatchObject({ text: "name: b\n", applied: [{ title: "Write b\n" }] });
  });

  it("mends one mistake of a text that has others nobody can mend", () => {
    expect(run("purpose: Rank: jobs\nowner: [a\n", realLint()).text).toBe('purpose: "Rank: jobs"\nowner: [a\n');
  });

  it("does not write the same thing twice for two findings", () => {
    const lint = lintOf((text) =>
      text.includes("stage") ? [] : [set("stage", "staging"), set("stage", "staging"), set("stage", "retired")],
    );
    expect(run("name: a\n", lint)).toMatchObject({ text: "name: a\nstage: staging\n", applied: [{ title: "Set stage to staging" }] });
  });

  it("writes many values with few readings of the file", () => {
    const count = 1000;
    const text = `data:\n${Array.from({ length: count }, (_, index) => `  - {path: data/${index}.csv, use: train} # ${index}\n`).join("")}`;
    const facts = Object.fromEntries(Array.from({ length: count }, (_, index) => [`data/${index}.csv`, true]));
    const lint = realLint({ dvcTracked: facts });
    let lints = 0;
    const result = run(text, (current) => {
      lints += 1;
      return lint(current);
    });
    expect(result.applied).toHaveLength(count);
    expect(result.text.match(/, use: train, version: \{dvc: true\}\} # \d+$/gm)).toHaveLength(count);
    expect(lints).toBe(2);
  });

  it("writes one by one what cannot be written together", () => {
    const lint = lintOf((text) =>
      ["name", "version", "digest"].flatMap((key) =>
        text.includes(key) ? [] : [{ title: key, safe: true, changes: [{ kind: "set", path: ["model", key], value: "x" }] } satisfies Fix],
      ),
    );
    expect(run("stage: staging\n", lint)).toMatchObject({
      text: "stage: staging\nmodel: {name: x, version: x, digest: x}\n",
      applied: [{ title: "name" }, { title: "version" }, { title: "digest" }],
    });
  });
});

describe("fixToEdits", () => {
  it("says why a person has to make the change", () => {
    expect(fixToEdits("name: [\n", set("stage", "staging"))).toMatchObject({ ok: false });
    expect(fixToEdits("a", { title: "Bad", safe: true, changes: [], edits: [{ range: { start: 0, end: 5 }, text: "" }] })).toEqual({
      ok: false,
      why: "The fix was made for another state of the file; check the file again.",
    });
  });

  it("joins changes with edits of the text", () => {
    const fix: Fix = { ...set("stage", "staging"), edits: [{ range: { start: 6, end: 7 }, text: "b" }] };
    expect(applyFix("name: a\n", fix)).toEqual({ ok: true, text: "name: b\nstage: staging\n" });
  });
});
