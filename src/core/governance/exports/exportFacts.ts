import { isGiven } from "../../lint/isGiven";
import type { ReportAudience } from "../report/complianceReport";
import { pathsToRedact, redactText } from "../report/redactReport";
import { type KpiFigure, kpiFigures } from "../report/kpiFigures";
import type { ReportFacts } from "../report/reportFacts";

/** Takes out addresses and internal paths for readers outside; leaves all for those inside. */
export function redactor(facts: ReportFacts, audience: ReportAudience): (text: string) => string {
  const paths = pathsToRedact([facts.path, ...facts.documents.documents.keys()]);
  return audience === "external" ? (text) => redactText(text, paths) : (text) => text;
}

/** Data with each of its texts cleaned. */
export function redactStrings(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") {
    return clean(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => redactStrings(item, clean));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          // An e-mail address has a format of its own that words in its place would break.
          .filter(([key, part]) => key !== "email" || typeof part !== "string" || clean(part) === part)
          .map(([key, part]) => [key, redactStrings(part, clean)]),
      )
    : value;
}

/** The answers of a list that are given. */
export function givenOf(list: readonly (string | undefined)[] | undefined): readonly string[] {
  return (list ?? []).filter((text): text is string => isGiven(text));
}

/** The KPIs that were measured. */
export function measuredFigures(facts: ReportFacts): readonly (KpiFigure & { readonly value: number })[] {
  return kpiFigures(facts).flatMap((figure) => (figure.value === null ? [] : [{ ...figure, value: figure.value }]));
}
