import { cycloneDx } from "../exports/cycloneDx";
import { modelCard } from "../exports/modelCard";
import { buildReport } from "./buildReport";
import type { ComplianceReport, ReportAudience } from "./complianceReport";
import { redactReport } from "./redactReport";
import type { ReportFacts } from "./reportFacts";
import { reportHtml } from "./reportHtml";
import { reportJson } from "./reportJson";
import { reportMarkdown } from "./reportMarkdown";
import { seal } from "./reportSeal";

/** What a report can be written as. */
export type ReportFormat = "markdown" | "html" | "json" | "modelcard" | "cyclonedx";

export interface WriteReport {
  readonly format: ReportFormat;
  readonly audience: ReportAudience;
  /** Day of the list of items. */
  readonly itemsCheckedOn: string;
  /** Of a text, hex. */
  readonly sha256: (text: string) => string;
}

/** The sealed text of a report on one version of a model. Pure: the same facts give the same bytes. */
export function writeReport(facts: ReportFacts, { format, audience, itemsCheckedOn, sha256 }: WriteReport): string {
  switch (format) {
    case "modelcard":
      return seal(modelCard(facts, audience), sha256);
    case "cyclonedx":
      return seal(cycloneDx(facts, audience, sha256), sha256);
    default:
      return seal(render(reportFor(facts, audience, itemsCheckedOn), format), sha256);
  }
}

/** The report as readers of that kind may see it. */
export function reportFor(facts: ReportFacts, audience: ReportAudience, itemsCheckedOn: string): ComplianceReport {
  const report = buildReport(facts, itemsCheckedOn);
  return audience === "external" ? redactReport(report, [...facts.documents.documents.keys()]) : report;
}

function render(report: ComplianceReport, format: "markdown" | "html" | "json"): string {
  switch (format) {
    case "markdown":
      return reportMarkdown(report);
    case "html":
      return reportHtml(report);
    case "json":
      return reportJson(report);
  }
}
