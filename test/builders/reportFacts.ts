import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";
import { lineCounter } from "../../src/core/config/yaml/lineCounter";
import type { DocumentFact, DocumentFacts } from "../../src/core/governance/annex/documentFact";
import { readDocumentationItems } from "../../src/core/governance/annex/documentationItems";
import { judgeItems } from "../../src/core/governance/annex/judgeItems";
import type { JudgedGroup, JudgedItem } from "../../src/core/governance/annex/judgedItem";
import type { ReportFacts } from "../../src/core/governance/report/reportFacts";
import type { SignOffRegister } from "../../src/core/governance/signOffStanding";
import type { Finding } from "../../src/core/lint/finding";
import { productPaths } from "../../src/core/lint/workspace/productPaths";
import { lintContext } from "./lintContext";

export const ITEMS = readDocumentationItems(JSON.parse(readFileSync(join(root, "schemas/documentation-items.json"), "utf8")) as unknown);

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Says something below every heading that items look for. */
const FILLED = ITEMS.groups
  .flatMap(({ headings }) => headings.flatMap(({ items }) => items.flatMap(({ any }) => any.flat())))
  .flatMap(({ heading }) => (heading === null ? [] : [`## ${heading}\n\nWords.\n`]))
  .join("\n");

export const NOBODY_SIGNED: SignOffRegister = { product: "p", config: "mlops.yaml", needed: [], all: [], problems: [], binding: null };

export interface FactsWish {
  /** By the path that the file writes; a file that is not named is there, with words in it. */
  readonly documents?: Readonly<Record<string, Partial<DocumentFact>>>;
  readonly dataChangedOn?: string | null;
  readonly today?: string;
  readonly stage?: "development" | "staging" | "production";
  readonly findings?: readonly Finding[];
  readonly register?: SignOffRegister;
}

/** Every document of a text is there and filled in, unless the test says otherwise. */
function documentsOf(text: string, { documents = {}, dataChangedOn = null }: FactsWish): DocumentFacts {
  const written = [...productPaths(lintContext(text).product)];
  return {
    dataChangedOn,
    documents: new Map(
      written.map((path) => {
        const fact: DocumentFact = {
          path,
          kind: "file",
          why: null,
          sha256: sha256(path),
          text: path.endsWith(".md") ? FILLED : null,
          changedOn: "2026-11-01",
        };
        return [path, { ...fact, ...documents[path] }];
      }),
    ),
  };
}

/** The items of the law as judged for a text. */
export function judged(text: string, wish: FactsWish = {}): readonly JudgedGroup[] {
  const { today = "2026-11-30", stage = "staging", findings = [], register = NOBODY_SIGNED } = wish;
  const { config, product, calendar } = lintContext(text, { stage });
  const path = "mlops.yaml";
  return judgeItems(ITEMS, {
    ...{ config, product, stage, path, calendar, today, findings, register },
    ...documentsOf(text, wish),
    lineOf: lineCounter(text),
  });
}

/** One of them, such as "annex-iv/1(a)". */
export function judgedItem(id: string, text: string, wish: FactsWish = {}): JudgedItem {
  const found = judged(text, wish)
    .flatMap(({ items }) => items)
    .find((item) => item.id === id);
  if (found === undefined) {
    throw new Error(`There is no item ${id}.`);
  }
  return found;
}

/** What a report rests on, with nothing but a text. */
export function reportFacts(text: string, more: Partial<ReportFacts> = {}, wish: FactsWish = {}): ReportFacts {
  const { today = "2026-11-30", stage = "staging", register = NOBODY_SIGNED } = wish;
  const { config, product, calendar } = lintContext(text, { stage });
  return {
    ...{ tool: "mlops 1.2.3", today, calendar, text, config, product, stage, register },
    path: "mlops.yaml",
    configSha256: sha256(text),
    version: product.model?.version ?? null,
    digest: product.model?.digest ?? null,
    registered: { known: true, value: [] },
    commit: { commit: "a".repeat(40), dirty: false },
    lint: { findings: [], suppressed: [], unchecked: [] },
    documents: documentsOf(text, wish),
    groups: judged(text, wish),
    evaluation: { file: null, figures: [], problem: null },
    monitoring: [],
    gateLog: { lines: [], fault: null, unfinished: null },
    deployments: { lines: [], fault: null, unfinished: null },
    approved: null,
    earlier: null,
    problems: [],
    ...more,
  };
}
