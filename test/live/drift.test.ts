import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chooseMethod, driftVerdict } from "../../src/core/drift/chooseMethod";
import type { DriftMethodId } from "../../src/core/drift/driftMethod";
import { driftMethod } from "../../src/core/drift/methods";
import { evidentlyType, toSample } from "../../src/core/drift/toSample";
import { pooledDistinct } from "../../src/core/drift/usableRows";
import { isNumberColumn, type Column } from "../../src/core/tabular/column";
import { driftCases, type DriftCase } from "./driftCases";

/** Fresh data each time; a failure names the seed, and MLOPS_DRIFT_SEED brings its data back. */
const SEED = Number(process.env["MLOPS_DRIFT_SEED"] ?? Date.now() % 1_000_000);

interface Answer {
  readonly score?: number | null;
  readonly drifted?: boolean;
  readonly threshold?: number;
  readonly error?: string;
}

interface Answers {
  readonly name: string;
  readonly types: readonly string[];
  readonly chosen: Answer & { readonly id: string };
  readonly answers: Readonly<Record<string, Answer>>;
}

const folder = mkdtempSync(join(tmpdir(), "mlops-drift-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = driftCases(SEED);
let answers: readonly Answers[] = [];
beforeAll(() => {
  answers = askEvidently(cases);
}, 600_000);

function askEvidently(asked: readonly DriftCase[]): Answers[] {
  const venv = process.env["MLOPS_VENV_DRIFT"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_DRIFT is not set: run the live tests with "npm run test:live".');
  }
  const file = join(folder, "cases.jsonl");
  writeFileSync(file, asked.map(toJson).join("\n"));
  const output = execFileSync(join(venv, "bin", "python"), [join(import.meta.dirname, "driftAnswers.py"), file], {
    env: { ...process.env, HOME: folder, DO_NOT_TRACK: "1", NML_DISABLE_USAGE_LOGGING: "1" },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answers);
}

/** Python's JSON knows NaN and Infinity, and JavaScript's does not. */
function toJson({ name, type, reference, current }: DriftCase): string {
  const side = (column: Column): string => `{"kind":"${column.kind}","values":[${valuesOf(column).join(",")}]}`;
  return `{"name":${JSON.stringify(name)},"type":"${type}","reference":${side(reference)},"current":${side(current)}}`;
}

function valuesOf(column: Column): string[] {
  if (isNumberColumn(column)) {
    return Array.from(column.values, String);
  }
  const texts = column.labels.map((label) => (column.kind === "boolean" ? label.toLowerCase() : JSON.stringify(label)));
  return Array.from(column.codes, (code) => texts[code] ?? "null");
}

describe(`drift of seed ${SEED}`, () => {
  it.each(cases.map(({ name }, i) => [name, i] as const))("%s", (_, i) => {
    const { type, ...raw } = cases[i]!;
    const { types, chosen, answers: theirs } = answers[i]!;
    const [reference, current] = [toSample(raw.reference, type), toSample(raw.current, type)];
    expect([evidentlyType(raw.reference), evidentlyType(raw.current)]).toEqual(types);
    const distinct = pooledDistinct(reference, current, Infinity);
    const disagreements = Object.entries(theirs).flatMap(([id, answer]) => {
      const method = driftMethod(id as DriftMethodId);
      const problem = disagreement(method.id, method.compute(reference, current).score, withoutMistakes(method.id, answer, distinct));
      return problem === null ? [] : [`${id}: ${problem}`];
    });
    expect(disagreements).toEqual([]);
    const method = chooseMethod(type, reference, current);
    expect([method.id, method.threshold]).toEqual([chosen.id, chosen.threshold]);
    expect(disagreement(method.id, method.compute(reference, current).score, chosen)).toBeNull();
  });
});

/** Evidently's answer, except where we differ from it on purpose. */
function withoutMistakes(id: DriftMethodId, answer: Answer, distinct: number): Answer {
  if (id === "cramer_von_mises" && distinct === 1) {
    // It finds certain drift between equal constants.
    return { score: 1 };
  }
  if (id === "fisher_exact" && distinct > 2) {
    // It maps two of them to 0 and 1, whichever Python's hashes put first, and forgets the others.
    return { error: "more than two categories" };
  }
  return answer;
}

/** What is wrong with our score; null where it agrees. */
function disagreement(id: DriftMethodId, ours: number | null, { score, drifted, threshold, error }: Answer): string | null {
  if (error !== undefined || score == null) {
    return ours === null ? null : `${ours} where Evidently has no answer (${error ?? "not a number"})`;
  }
  if (ours === null) {
    return `no score in place of ${score}`;
  }
  const method = driftMethod(id);
  const isProbability = method.result === "p-value";
  const tolerance = Math.max(isProbability ? 1e-12 : 2e-8, Math.abs(score) * (isProbability ? 1e-6 : 1e-9));
  if (Math.abs(ours - score) > tolerance) {
    return `${ours} in place of ${score}`;
  }
  // A score of exactly the threshold may be rounded to either side of it.
  const isBorderline = Math.abs(ours - threshold!) <= 1e-12;
  return drifted !== undefined && !isBorderline && driftVerdict(method, ours, threshold!) !== drifted
    ? `${ours} has another verdict at ${threshold}`
    : null;
}
