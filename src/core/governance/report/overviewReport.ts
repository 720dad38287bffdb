import { escapeHtml } from "../../base/escapeText";
import { htmlPage } from "../../base/htmlPage";
import { prose, row } from "../../training/runbook/markdown";
import type { StatusCounts } from "../annex/judgedItem";
import { type ComplianceReport, NOTICE, type ReportAudience, type ReportGap } from "./complianceReport";
import { madeHtml, REPORT_STYLE } from "./reportHtml";
import { withMadeLine } from "./reportJson";
import { madeLine } from "./reportMarkdown";

/** One model as a line of the overview. */
export interface OverviewRow {
  readonly product: string;
  readonly config: string;
  readonly version: string | null;
  readonly stage: string;
  readonly risk: string;
  readonly owner: string;
  readonly summary: StatusCounts;
  readonly findings: { readonly error: number; readonly warning: number };
  /** State of each sign-off that is needed. */
  readonly sign_offs: { readonly needed: number; readonly met: number };
  readonly gap: ReportGap | null;
}

/** All models on one page. Fields are a promise to scripts; they may be added to. */
export interface OverviewReport {
  readonly kind: "compliance-overview";
  readonly schema: 1;
  readonly audience: ReportAudience;
  readonly tool: string;
  readonly notice: string;
  readonly summary: StatusCounts;
  readonly models: readonly OverviewRow[];
  /** Files that could not be read, a sentence each. */
  readonly failures: readonly string[];
  readonly made: { readonly on: string };
}

/** @param needed how many sign-offs each report needs and has, in the same order. */
export function toOverviewRow(report: ComplianceReport, needed: { readonly needed: number; readonly met: number }): OverviewRow {
  const count = (severity: string): number => report.findings.filter((one) => one.severity === severity).length;
  const { product, config, version, stage, risk, owner, summary, gaps } = report;
  return {
    ...{ product, config, version, stage, risk, owner, summary },
    findings: { error: count("error"), warning: count("warning") },
    sign_offs: needed,
    gap: gaps[0] ?? null,
  };
}

export function buildOverview(
  models: readonly OverviewRow[],
  {
    audience,
    tool,
    today,
    failures,
  }: { readonly audience: ReportAudience; readonly tool: string; readonly today: string; readonly failures: readonly string[] },
): OverviewReport {
  const summary = { documented: 0, missing: 0, expired: 0, needs_person: 0 };
  for (const { summary: one } of models) {
    summary.documented += one.documented;
    summary.missing += one.missing;
    summary.expired += one.expired;
    summary.needs_person += one.needs_person;
  }
  return { kind: "compliance-overview", schema: 1, audience, tool, notice: NOTICE, summary, models, failures, made: { on: today } };
}

const HEAD = [
  "model",
  "version",
  "stage",
  "risk",
  "owner",
  "documented",
  "missing",
  "expired",
  "needs a person",
  "sign-offs",
  "errors",
  "first gap",
  "who",
  "due",
];

function cells({ product, version, stage, risk, owner, summary, findings, sign_offs: signed, gap }: OverviewRow): readonly string[] {
  return [
    ...[product, version ?? "", stage, risk, owner],
    ...[summary.documented, summary.missing, summary.expired, summary.needs_person].map(String),
    `${signed.met} of ${signed.needed}`,
    String(findings.error),
    ...(gap === null ? ["none", "", ""] : [gap.what, gap.owner, gap.due]),
  ];
}

function totals({ summary, models }: OverviewReport): string {
  const { documented, missing, expired, needs_person: person } = summary;
  return `${models.length} ${models.length === 1 ? "model" : "models"}: ${documented} items documented, ${missing} missing, ${expired} expired, ${person} need a person.`;
}

/** With its seal still open. */
export function overviewMarkdown(report: OverviewReport): string {
  return [
    "# Compliance overview",
    "",
    prose(NOTICE),
    "",
    prose(totals(report)),
    "",
    row(HEAD),
    row(HEAD.map(() => "---")),
    ...report.models.map((one) => row(cells(one).map((cell) => prose(cell)))),
    "",
    ...report.failures.map((failure) => `- ${prose(failure)}`),
    ...(report.failures.length === 0 ? [] : [""]),
    madeLine(report.made.on),
    "",
  ].join("\n");
}

/** With its seal still open. */
export function overviewHtml(report: OverviewReport): string {
  return htmlPage("Compliance overview", REPORT_STYLE, [
    `<p>${escapeHtml(NOTICE)}</p>`,
    `<p>${escapeHtml(totals(report))}</p>`,
    "<table>",
    `<thead><tr>${HEAD.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...report.models.map(
      (one) =>
        `<tr>${cells(one)
          .map((cell, index) => (index === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`))
          .join("")}</tr>`,
    ),
    "</tbody>",
    "</table>",
    ...report.failures.map((failure) => `<p class="warning">${escapeHtml(failure)}</p>`),
    madeHtml(report.made.on),
  ]);
}

/** With its seal still open. */
export function overviewJson(report: OverviewReport): string {
  return withMadeLine(report, report.made.on);
}
