import { isGiven } from "../../lint/isGiven";
import type { ReportAudience } from "../report/complianceReport";
import { redactText } from "../report/redactReport";
import { type KpiFigure, kpiFigures } from "../report/kpiFigures";
import type { ReportFacts } from "../report/reportFacts";

/** Takes out addresses and internal paths for readers outside; leaves all for those inside. */
export function redactor(facts: ReportFacts, audience: ReportAudience): (text: string) => string {
  const paths = [facts.path, ...facts.documents.documents.keys()].filter((path) => /[./]/.test(path)).sort((a, b) => b.length - a.length);
  return audience === "external" ? (text) => redactText(text, paths) : (text) => text;
}

/** The answers of a list that are given. */
export function givenOf(list: readonly (string | undefined)[] | undefined): readonly string[] {
  return (list ?? []).filter((text): text is string => isGiven(text));
}

/** The KPIs that were measured. */
export function measuredFigures(facts: ReportFacts): readonly (KpiFigure & { readonly value: number })[] {
  return kpiFigures(facts).flatMap((figure) => (figure.value === null ? [] : [{ ...figure, value: figure.value }]));
}
