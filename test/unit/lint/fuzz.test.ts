import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";

import type { TextRange } from "../../../src/core/base/textEdit";
import { commentsIn } from "../../../src/core/config/yaml/commentsIn";
import { YAML_LIMITS } from "../../../src/core/config/yaml/limits";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import { applyFix, fixToEdits } from "../../../src/core/lint/applyFix";
import type { Finding } from "../../../src/core/lint/finding";
import { fixAll } from "../../../src/core/lint/fixAll";
import { fuzzRuns } from "../../builders/fuzzRuns";
import { lintCase } from "../../builders/lintCase";
import type { KnownFacts } from "../../builders/lintFacts";

const complete = readFileSync(join(import.meta.dirname, "../../fixtures/lint/complete.yaml"), "utf8");

const STAGES = ["development", "staging", "production"] as const;
type Stage = (typeof STAGES)[number];

/** With these the rules offer people, files and hashes. */
const FACTS: KnownFacts = {
  paths: {
    "data/train.parquet": { sha256: "a".repeat(64) },
    "data/test.parquet": { sha256: "b".repeat(64) },
    "dvc.yaml": { kind: "missing" },
  },
  columns: { "data/train.parquet": ["email", "birth_date", "x"] },
  dvcTracked: { "data/train.parquet": true },
  owners: [
    { email: "leo@example.org", handle: null, name: "Leo Park", source: "git", commits: 9, lastCommit: "2026-11-20" },
    { email: null, handle: "@org/ml", name: null, source: "codeowners", commits: 0, lastCommit: null },
  ],
  lastCommits: { "ana@example.org": "2025-01-01" },
  pipelineAuthors: ["ana@example.org"],
  configAuthor: "ines@example.org",
  lastTrainingChange: "2026-11-20",
  pipelines: [{ path: "jobs/train.yml", tool: "github_actions", schedule: "0 * * * *", python: "3.12", timeout: "1h" }],
  lockFiles: ["uv.lock"],
  registryVersions: [{ version: "14", digest: "sha256:0a0a0a0a", aliases: ["champion"], createdAt: "2026-11-01" }],
  evaluation: { modelVersion: "13", commit: "1111111", date: "2026-01-01" },
  signOffs: [],
  approvedTargets: { ndcg_10: ">= 0.90" },
  manualRetrainings: 7,
  gpuUse: { runs: 2, needed: 1, idleShare: 0.6 },
};

function lint(text: string, stage: Stage, facts: KnownFacts): readonly Finding[] {
  return lintCase({ text, markers: [], header: new Map([["stage", stage]]), file: "mlops.yaml", facts, policy: "" }, ALL_RULES).findings;
}

function isInside(text: string, { start, end }: TextRange): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
}

/** What must hold of any text. */
function check(text: string, stage: Stage, facts: KnownFacts): readonly Finding[] {
  const findings = lint(text, stage, facts);
  expect(findings.filter(({ message }) => message.includes("because of a defect of its own"))).toEqual([]);
  for (const { range, fixes, noFix, rule } of findings) {
    expect(isInside(text, range), rule).toBe(true);
    expect(fixes.length > 0).toBe(noFix === null);
  }
  // Each fix reads the text anew, and a huge text has the same fixes as a small one.
  for (const fix of findings.slice(0, text.length > 100_000 ? 2 : 20).flatMap(({ fixes }) => fixes)) {
    const written = fixToEdits(text, fix);
    expect(written.ok ? written.edits.every(({ range }) => isInside(text, range)) : written.why !== "").toBe(true);
  }
  return findings;
}

const PIECES = [
  ..."{}[],:#&*!|>'\"%@`\t\n\\".split(""),
  ": ",
  " #",
  "- ",
  "\r\n",
  "\r",
  "\n  ",
  "\n\t",
  "---\n",
  "...\n",
  "\n<<<<<<< a\n",
  "\n=======\n",
  "\n>>>>>>> b\n",
  "<<: *a",
  "&a ",
  "*a ",
  "!!binary x",
  "$include: x.yaml\n",
  "\ufeff",
  "\u0000",
  "\u2028",
  "\ud800",
  "😀",
  "__proto__: {a: 1}\n",
  "constructor: x\n",
  "toString",
  "1.10",
  "NO",
  "TODO",
  "null",
  "[]",
  "{}",
  ".inf",
  "9".repeat(400),
  "x".repeat(10_000),
];
const piece = fc.oneof({ arbitrary: fc.constantFrom(...PIECES), weight: 4 }, fc.string({ unit: "binary", maxLength: 4 }));
const soup = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(""));
const eol = fc.constantFrom("\n", "\r\n");

/** The complete file with pieces put in, cut out or moved. */
const mutated = fc
  .tuple(fc.array(fc.tuple(fc.nat(complete.length), fc.nat(60), fc.oneof(piece, fc.constant(""))), { minLength: 1, maxLength: 3 }), eol)
  .map(([changes, end]) =>
    changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), complete).replaceAll("\n", end),
  );

const lines = complete.split("\n");
/** The complete file without some of its lines. */
const thinned = fc
  .array(fc.nat(lines.length), { maxLength: 12 })
  .map((gone) => lines.filter((_, index) => !gone.includes(index)).join("\n"));

/** The complete file with some values of the top replaced by what may stand anywhere. */
const twisted = fc
  .array(
    fc.tuple(
      fc.nat(lines.length - 1),
      fc.constantFrom("", "{}", "[]", "null", "TODO", "x", "3", "true", "[{}]", "[null]", "{a: {b: [c]}}", "__proto__"),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((changes) =>
    changes.reduce((all, [at, value]) => all.with(at, (all[at] ?? "").replace(/^( *(?:- )?\w+:).*$/, `$1 ${value}`)), lines).join("\n"),
  );

const anyFacts = fc.constantFrom<KnownFacts>({}, FACTS);
const anyStage = fc.constantFrom(...STAGES);

describe("lint of any text", () => {
  it("neither throws nor points outside of it: random signs", () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: "binary" })), anyStage, anyFacts, (...all) => void check(...all)),
      fuzzRuns(40),
    );
  });

  it("neither throws nor points outside of it: the complete file with faults", () => {
    fc.assert(
      fc.property(fc.oneof(mutated, thinned, twisted), anyStage, anyFacts, (...all) => void check(...all)),
      fuzzRuns(6),
    );
  });

  it("neither throws nor points outside of it: the complete file cut off", () => {
    for (let length = 0; length < complete.length; length += 499) {
      check(complete.slice(0, length), "production", {});
    }
  });
});

describe("lint of a hostile text", () => {
  const n = 120_000;
  it.each([
    ["brackets", "[".repeat(n)],
    ["blocks within blocks", Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["data in data", `data: ${"[{path: x, steps: ".repeat(40)}1${"}]".repeat(40)}`],
    [
      "aliases of aliases",
      "abcdefghij".replace(
        /./g,
        (letter) => `${letter}: &${letter} [${`*${letter === "a" ? "z" : String.fromCharCode(letter.charCodeAt(0) - 1)}, `.repeat(9)}]\n`,
      ),
    ],
    ["a block that holds itself", "roles: &a\n  owner: *a\n"],
    ["five megabytes", "a: b\n".repeat(1_000_000)],
    ["one line of five megabytes", `purpose: ${"word ".repeat(1_000_000)}`],
    ["a sentence of half a megabyte", `purpose: ${"word ".repeat(100_000)}`],
    ["an address of half a megabyte", `owner: ${"a".repeat(250_000)}@${"b.".repeat(125_000)}`],
    ["a thousand conflicts", "<<<<<<< a\nname: a\n=======\nname: b\n>>>>>>> c\n".repeat(1000)],
    ["prototypes", "__proto__: {owner: a@b.org}\nroles: {__proto__: {owner: x}}\nconstructor: {prototype: {a: 1}}\n"],
  ])("ends with findings: %s", (_, text) => {
    expect(check(text, "production", {}).length).toBeGreaterThan(0);
    const { text: after } = fixAll({ text, lint: (current) => lint(current, "production", {}), safeOnly: true });
    expect(typeof after).toBe("string");
  });

  it("judges a list of thousands with work in proportion", () => {
    const items = (count: number) => Array.from({ length: count }, (_, index) => `  - {path: data/${index}.csv, use: train}`).join("\n");
    const text = `data:\n${items(3000)}\nkpis:\n${items(3000).replaceAll("path", "name")}\n`;
    let asked = 0;
    const facts = new Proxy<Record<string, boolean>>(
      {},
      {
        getOwnPropertyDescriptor: () => {
          asked += 1;
          return undefined;
        },
      },
    );
    expect(lint(text, "production", { dvcTracked: facts }).length).toBeGreaterThan(3000);
    expect(asked).toBeLessThanOrEqual(3000 * 3);
    expect(text.length).toBeLessThan(YAML_LIMITS.length);
  });
});

const commentsOf = (text: string): readonly string[] => commentsIn(text).map(({ start, end }) => text.slice(start, end));
const isMerge = (title: string): boolean => /^Keep the (first|second) version$/.test(title);

describe("each fix of each finding", () => {
  it("leaves a text that can be read, keeps the comments, and changes nothing the second time", () => {
    const rules = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(thinned, twisted), anyStage, anyFacts, eol, (file, stage, facts, end) => {
        const text = file.replaceAll("\n", end);
        const errors = parseDocument(text, { logLevel: "silent", uniqueKeys: false }).errors.length;
        for (const { rule, fixes } of lint(text, stage, facts)) {
          for (const fix of fixes.filter(({ title }) => !isMerge(title)).slice(0, 2)) {
            const once = applyFix(text, fix);
            if (!once.ok) {
              expect(once.why).not.toBe("");
              continue;
            }
            rules.add(rule);
            const about = `${rule}: ${fix.title}`;
            expect(parseDocument(once.text, { logLevel: "silent", uniqueKeys: false }).errors.length, about).toBeLessThanOrEqual(errors);
            expect(commentsOf(once.text), about).toEqual(expect.arrayContaining([...commentsOf(text)]));
            expect(once.text.replaceAll("\r\n", "").includes(end === "\r\n" ? "\n" : "\r"), about).toBe(false);
            if ((fix.edits ?? []).length === 0) {
              expect(applyFix(once.text, fix), about).toEqual(once);
            }
          }
        }
      }),
      fuzzRuns(8),
    );
    expect(rules.size).toBeGreaterThan(5);
  });

  it("is safe where it says so: all of them together end with a text that has none left", () => {
    fc.assert(
      fc.property(fc.oneof(thinned, twisted, mutated), anyStage, anyFacts, (text, stage, facts) => {
        const run = (current: string) => fixAll({ text: current, lint: (one) => lint(one, stage, facts), safeOnly: true });
        const result = run(text);
        expect(run(result.text)).toEqual({ text: result.text, applied: [], left: result.left });
        expect(run(text)).toEqual(result);
        expect(commentsOf(result.text)).toEqual(expect.arrayContaining([...commentsOf(text)]));
      }),
      fuzzRuns(6),
    );
  });
});
