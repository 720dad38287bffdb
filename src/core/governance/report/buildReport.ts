import type { ComplianceReport, ReportBlock, ReportSection } from "./complianceReport";
import { NOTICE } from "./complianceReport";
import { countItems } from "../annex/judgedItem";
import { gapsOf } from "./gaps";
import type { ReportFacts } from "./reportFacts";
import { NOT_WRITTEN, ReportWriter } from "./reportWriter";
import { cover, summary } from "./sections/coverSections";
import { drift } from "./sections/driftSection";
import { afterRelease, dataProtection, oversight, risks, robustness } from "./sections/dutySections";
import { dataSheets, figures, model } from "./sections/modelSections";
import { people, purpose } from "./sections/purposeSections";
import { appendix, changes, crossReference, register } from "./sections/recordSections";

type Section = readonly [id: string, title: string, blocks: (writer: ReportWriter) => readonly ReportBlock[]];

const SECTIONS: readonly Section[] = [
  ["cover", "What this is about", ({ facts }) => cover(facts)],
  ["summary", "Summary", ({ facts }) => summary(facts)],
  ["people", "Roles and contacts", people],
  ["purpose", "Purpose, limits and risk class", purpose],
  ["data", "Data sheets", dataSheets],
  ["model", "Model, training, pipeline and environment", model],
  ["figures", "Figures against targets that were set beforehand", figures],
  ["drift", "Drift and figures over time", ({ facts }) => drift(facts)],
  ["risks", "Risk register", risks],
  ["oversight", "Human oversight, transparency and instructions", oversight],
  ["robustness", "Robustness and security", robustness],
  ["data-protection", "Data protection (GDPR)", dataProtection],
  ["cross-reference", "Where each item is written", ({ facts }) => crossReference(facts)],
  ["after-release", "Monitoring and incidents", afterRelease],
  ["register", "Sign-offs, reviews, exceptions and decisions", register],
  ["changes", "What changed", ({ facts }) => changes(facts)],
  ["appendix", "Rules and files", appendix],
];

/** A report on one version of a model, for readers inside. Pure: the same facts give the same report. */
export function buildReport(facts: ReportFacts, itemsCheckedOn: string): ComplianceReport {
  const writer = new ReportWriter(facts);
  const { product, path, configSha256, version, digest, commit, tool, calendar, today, groups, register: signed, lint } = facts;
  const owner = product.roles?.owner;
  return {
    kind: "compliance-report",
    schema: 1,
    audience: "internal",
    product: product.name ?? path,
    config: path,
    config_sha256: configSha256,
    ...{ version, digest, tool },
    commit: commit?.commit ?? null,
    dirty: commit?.dirty ?? null,
    stage: product.stage ?? NOT_WRITTEN,
    risk: product.risk ?? NOT_WRITTEN,
    owner: owner?.name ?? owner?.email ?? NOT_WRITTEN,
    calendar_checked_on: calendar.checkedOn,
    items_checked_on: itemsCheckedOn,
    notice: NOTICE,
    summary: countItems(groups),
    gaps: gapsOf(facts),
    items: groups.flatMap(({ items }) => items),
    sign_offs: signed.all.map(({ file, subject, state, who, when, expires, sha256 }) => ({
      ...{ file, subject, state, when, expires, sha256 },
      who: who.email ?? who.name ?? "",
    })),
    findings: lint.findings.map(({ code, rule, severity, message, range }) => ({
      code,
      rule,
      severity,
      message,
      line: writer.line(range.start),
    })),
    sections: SECTIONS.map(([id, title, blocks], index): ReportSection => ({ number: index + 1, id, title, blocks: blocks(writer) })),
    made: { on: today },
  };
}
