import { isCollection, isNode, isScalar, visit } from "yaml";
import type { Document } from "yaml";

import type { TextRange } from "../../base/textEdit";
import type { ConfigProblem } from "../configFile";
import { composeYaml } from "./composeYaml";
import { takeOutConflicts } from "./conflictMarks";
import { explainYamlErrors } from "./explainYamlError";
import { YAML_LIMITS } from "./limits";
import { lineCounter } from "./lineCounter";
import { NodeReader } from "./nodeReader";
import type { Include, ReadBudget, ReadYaml } from "./nodeReader";

export interface YamlOptions {
  /** Reads a file that `$include` names, or says why not; undefined where no file can be read. */
  readonly include?: Include | undefined;
}

/** Reads YAML 1.2. Never throws; every range lies in the text. */
export function readYaml(text: string, options: YamlOptions = {}): ReadYaml {
  return readPart(text, { nodes: 0, lexemes: 0, files: 0, include: options.include, chain: [] });
}

function readPart(text: string, budget: ReadBudget): ReadYaml {
  if (text.length > YAML_LIMITS.length) {
    return refused(text, "This file is larger than 1 MB, so it is not read.", "Only the author can know which part is not needed.");
  }
  const conflicts = takeOutConflicts(text);
  const problems: ConfigProblem[] = conflicts.problems.slice(0, YAML_LIMITS.problems);
  const repaired = new Map<number, string>();
  let masked = conflicts.text;
  // A text that lacks quotes would make all lines behind it unreadable, so each round reads again with such texts made harmless, as long
  // as that leaves enough for what is included.
  for (let round = 0; ; round++) {
    const composed = composeYaml(masked, YAML_LIMITS.lexemes - budget.lexemes);
    budget.lexemes += composed.lexemes;
    if (composed.refused !== null) {
      return refused(text, composed.refused, "Only the author can know which part is not needed.");
    }
    const { document, secondDocument, lexemes } = composed;
    const errors = firstOfEachLine(
      [...document.errors, ...document.warnings].filter(({ code }) => code !== "BAD_ALIAS"),
      masked,
    ).slice(0, YAML_LIMITS.problems);
    const found = explainYamlErrors(errors, masked, (end) => openingOf(document, end));
    const repairs = found.flatMap(({ fixes }) => (fixes[0]?.title === "Put the text in quotes" ? fixes[0].edits : []));
    const unseen = repairs.filter(({ range }) => !repaired.has(range.start));
    if (unseen.length > 0 && round < 5 && budget.lexemes + lexemes <= YAML_LIMITS.lexemes / 2) {
      problems.push(...found.filter(({ fixes }) => unseen.some((edit) => fixes[0]?.edits.includes(edit))));
      for (const { range } of unseen) {
        repaired.set(range.start, text.slice(range.start, range.end));
        masked = masked.slice(0, range.start) + "x".repeat(range.end - range.start) + masked.slice(range.end);
      }
      continue;
    }
    problems.push(...found);
    if (secondDocument !== null) {
      problems.push(secondDocumentProblem(text, secondDocument));
    }
    const reader = new NodeReader(text, budget, repaired, (part, inner) => readPart(part, inner));
    const root = reader.readRoot(document.contents);
    problems.push(...reader.problems);
    return { root, problems: sortProblems(problems) };
  }
}

function refused(text: string, message: string, noFix: string): ReadYaml {
  const line = text.slice(0, 200).search(/[\r\n]/);
  const range: TextRange = { start: 0, end: line === -1 ? Math.min(text.length, 200) : line };
  return { root: null, problems: [{ range, message, fixes: [], noFix }] };
}

function secondDocumentProblem(text: string, start: number): ConfigProblem {
  const line = text.slice(start, start + 200).search(/[\r\n]/);
  return {
    range: { start, end: line === -1 ? Math.min(text.length, start + 200) : start + line },
    message: 'A second document starts here (after "---"). One file describes one product, so only the first is read.',
    fixes: [],
    noFix: "Move the second document to a file of its own.",
  };
}

/** The outermost quoted text or bracket that breaks off at the offset. */
function openingOf(document: Document.Parsed, end: number): number | undefined {
  let opening: number | undefined;
  visit(document, (_, node) => {
    if (
      isNode(node) &&
      node.range?.[1] === end &&
      ((isScalar(node) && node.type?.startsWith("QUOTE_")) || (isCollection(node) && node.flow))
    ) {
      opening = node.range[0];
      return visit.BREAK;
    }
    return undefined;
  });
  return opening;
}

/** One mistake often gives several errors in its line, of which the first tells most. */
function firstOfEachLine<T extends { readonly pos: [number, number] }>(errors: readonly T[], text: string): readonly T[] {
  if (errors.length < 2) {
    return errors;
  }
  const lines = new Set<number>();
  const lineOf = lineCounter(text);
  return errors.filter(({ pos }) => {
    const line = lineOf(pos[0]);
    const isNew = !lines.has(line);
    lines.add(line);
    return isNew;
  });
}

export function sortProblems(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...problems].sort((left, right) => left.range.start - right.range.start || left.range.end - right.range.end);
}
