import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../../src/core/base/textEdit";
import { runPipelineLint } from "../../../../src/core/lint/runPipelineLint";
import { ALL_SOURCES, sourceOf } from "../../../../src/core/lint/sources/allSources";
import { detectPipelines } from "../../../../src/core/lint/sources/detectPipelines";
import type { PipelineSource } from "../../../../src/core/lint/sources/pipelineSource";
import { pipelineFacts, readPipelineCase } from "../../../builders/pipelineCase";
import { EMPTY_POLICY } from "../../../../src/core/config/policy";

const FIXTURES = join(import.meta.dirname, "../../../fixtures/pipelines");
const TOOLS = readdirSync(FIXTURES).filter((name) => !name.includes("."));
const CASES = TOOLS.flatMap((tool) => readdirSync(join(FIXTURES, tool)).map((name) => readPipelineCase(tool, join(FIXTURES, tool, name))));
const SIGNS = [
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  ":",
  ",",
  "\n",
  "\r\n",
  "\t",
  "#",
  "'",
  '"',
  '"""',
  "&a",
  "*a",
  "<<: *a",
  "---\n",
  "${x}",
  "{{ x }}",
];
const WORDS = [
  "owner: TODO",
  "tags:",
  "meta:",
  "\uFEFF",
  "\u0000",
  "\u2028",
  "😀",
  "\ud800",
  "__proto__: 1",
  "<<<<<<< a\n",
  "# mlops-owner: x\n",
];

/** What must hold for any text that a format is made to read, whether it is one of its files or not. */
function check(source: PipelineSource, path: string, text: string, fixed = 3): void {
  const file = source.read(path, text);
  const inText = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    0 <= start && start <= end && end <= text.length;
  const ranges = [file.range, ...[file, ...file.parts].flatMap(({ fields }) => [...fields.values()].map(({ range }) => range))];
  expect(ranges.every(inText)).toBe(true);
  expect(file.parts.every(({ range }) => inText(range))).toBe(true);
  const context = { source, file, policy: EMPTY_POLICY, facts: pipelineFacts(path), today: "2026-11-24" };
  const { findings } = runPipelineLint(context);
  for (const { range, message } of findings) {
    expect(inText(range), message).toBe(true);
    expect(message).not.toContain("defect of its own");
  }
  // Edits are made when they are asked for, so that asking for all would take most of the time.
  for (const { fixes } of findings.slice(0, fixed)) {
    // Throws where edits overlap or lie outside of the text.
    applyEdits(text, fixes[0]?.edits ?? []);
  }
}

describe("any text", () => {
  it("mutated from a real file is read without failing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES),
        fc.array(fc.record({ at: fc.nat(), remove: fc.nat({ max: 40 }), add: fc.constantFrom(...SIGNS, ...WORDS, "") }), { maxLength: 4 }),
        ({ path, text }, changes) => {
          const mutated = changes.reduce((old, { at, remove, add }) => {
            const place = at % (old.length + 1);
            return old.slice(0, place) + add + old.slice(place + remove);
          }, text);
          const source = sourceOf(path, text);
          expect(source).toBeDefined();
          if (source !== undefined) {
            check(source, path, mutated);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("cut off anywhere is read without failing", () => {
    for (const { path, text } of CASES) {
      const source = sourceOf(path, text);
      for (let end = 0; source !== undefined && end < text.length; end += 17) {
        check(source, path, text.slice(0, end));
      }
    }
  });

  it("of random signs is read by every format without failing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL_SOURCES), fc.array(fc.constantFrom(...SIGNS, ...WORDS, "a", " ", "  ")), (source, parts) => {
        check(source, "a/b.yaml", parts.join(""));
      }),
      { numRuns: 300 },
    );
  });

  const big = (unit: string, length = 190_000): string => unit.repeat(Math.ceil(length / unit.length));
  it.each([
    ["blank lines", big("\n")],
    ["blanks", `# mlops-owner: ${big(" ")}`],
    ["brackets", `stages: ${big("[", 40_000)}`],
    ["stages", `stages:\n${Array.from({ length: 3_000 }, (_, index) => `  s${index}: {cmd: a}\n`).join("")}`],
    ["anchors", `stages: &a\n  a: &b {meta: *a}\n${Array.from({ length: 500 }, (_, index) => `  s${index}: *b\n`).join("")}`],
    ["dashes", big("---\na: 1\n")],
    ["words that train", `jobs:\n  a: ${big("python ")}`],
    ["schemas", `$schema: https://${big("azureml")}`],
    ["DAGs", `from airflow import DAG\n${big("DAG(owner='x')\n")}`],
    ["parentheses", `from airflow import DAG\nDAG(${big("(")}`],
    ["assignments", `from airflow import DAG\n${big("a = 1\n", 180_000)}DAG('a', default_args=a)`],
    [
      "dicts of dicts",
      `from airflow import DAG\na0 = {'x': 1}\n${Array.from({ length: 9 }, (_, index) => `a${index + 1} = {${`**a${index}, `.repeat(200)}}\n`).join("")}DAG('a', default_args=a9)`,
    ],
    [
      "a variable that is itself",
      "from airflow import DAG\na = a | a\na = {**a}\na.update(a)\nDAG('a', default_args=a, tags=a, description=a)",
    ],
    ["nested calls", `from airflow import DAG\n${"DAG(".repeat(2000)}`],
  ])("of many %s does not hang", (_, text) => {
    for (const { path } of CASES) {
      detectPipelines([{ path, text }]);
    }
    for (const source of ALL_SOURCES) {
      check(source, source.tool === "airflow" ? "dags/a.py" : "a.yaml", text, source.detect("a.yaml", text) ? 1 : 0);
    }
  });
});
