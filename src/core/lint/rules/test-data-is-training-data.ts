import type { ConfigPath } from "../../config/configPath";
import { couldNotCheck } from "../couldNotCheck";
import { pathsOverlap } from "../dataPaths";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintFacts } from "../lintFacts";
import type { CouldNotCheck, LintRule, RuleFinding } from "../lintRule";
import { setFix } from "../setFix";

interface Dataset {
  readonly path: string;
  readonly at: ConfigPath;
  readonly sha256: string | null;
}

export const testDataIsTrainingData: LintRule = {
  meta: {
    code: "PERF02",
    name: "test-data-is-training-data",
    challenge: "performance",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "A model is judged with data that it was not trained with.",
    why: "A model knows its training data by heart, so a score on it says nothing about new cases. Data that is judged with must be held back from the training, also when it lies in another file.",
    article: "AI Act Art. 10(1)",
    suppressible: true,
    noFix: "Only you know which data was held back; name it here.",
    appliesTo: "product",
  },
  check({ product, facts }) {
    const hashes = new Map<string, string>();
    for (const [, { path, version }] of indexed(product.data)) {
      if (isGiven(path) && isGiven(version?.sha256)) {
        hashes.set(path, version.sha256.toLowerCase());
      }
    }
    const dataset = (path: string, at: ConfigPath): Dataset => ({ path, at, sha256: hashes.get(path) ?? hashOf(facts, path) });
    const ofUse = (uses: readonly (string | undefined)[]): readonly Dataset[] =>
      indexed(product.data).flatMap(([index, { path, use }]) =>
        isGiven(path) && uses.includes(use) ? [dataset(path, ["data", index, "path"])] : [],
      );
    const training = ofUse(["train"]);
    const held = ofUse(["test", "validation"]);
    const measured = indexed(product.kpis).flatMap(([index, { data }]) => (isGiven(data) ? [dataset(data, ["kpis", index, "data"])] : []));
    const free = held.filter((one) => training.every((train) => !isSame(one, train)));
    const results: (RuleFinding | CouldNotCheck)[] = [];
    for (const judged of [...held, ...measured]) {
      const train = training.find((one) => isSame(one, judged));
      if (train !== undefined) {
        const fixes = judged.at[0] === "kpis" ? free.map(({ path }) => setFix(`Measure on ${path}`, judged.at, path)) : [];
        results.push({ message: message(judged, train), at: judged.at, fixes });
      }
    }
    // Files of other names may still be the same file, which only their hashes tell.
    const unread = results.length > 0 || training.length === 0 ? undefined : [...held, ...measured, ...training].find(isUnread(facts));
    if (unread !== undefined && held.length + measured.length > 0) {
      const fact = facts.path(unread.path);
      results.push(couldNotCheck(`whether ${unread.path} is the same file under another name`, fact.known ? "it is not there" : fact.why));
    }
    return results;
  },
};

function isSame(left: Dataset, right: Dataset): boolean {
  return pathsOverlap(left.path, right.path) || (left.sha256 !== null && left.sha256 === right.sha256);
}

function message(judged: Dataset, train: Dataset): string {
  if (judged.path === train.path) {
    return `Scores are measured on training data: ${train.path} is both.`;
  }
  return pathsOverlap(judged.path, train.path)
    ? `Scores are measured on training data: ${judged.path} and ${train.path} share files.`
    : `Scores are measured on training data: ${judged.path} holds the same bytes as ${train.path}.`;
}

function hashOf(facts: LintFacts, path: string): string | null {
  const fact = facts.path(path);
  return fact.known ? (fact.value.sha256?.toLowerCase() ?? null) : null;
}

function isUnread(facts: LintFacts): (dataset: Dataset) => boolean {
  return ({ path, sha256 }) => sha256 === null && !facts.path(path).known;
}
