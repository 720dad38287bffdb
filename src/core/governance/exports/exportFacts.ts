import { isGiven } from "../../lint/isGiven";
import { indexed } from "../../lint/indexed";
import type { ReportAudience } from "../report/complianceReport";
import { redactText } from "../report/redactReport";
import type { ReportFacts } from "../report/reportFacts";

/** A figure that was measured. */
export interface ExportedFigure {
  readonly name: string;
  /** Group of the column that `by` names; null for all rows. */
  readonly slice: string | null;
  readonly value: number;
  readonly target: string | null;
  /** Path of the data it was measured on, as written. */
  readonly data: string | null;
}

/** Figures of the KPIs from the evaluation's file, and of their groups where it has them as `name.group`. */
export function exportedFigures({ product, evaluation }: Pick<ReportFacts, "product" | "evaluation">): readonly ExportedFigure[] {
  return indexed(product.kpis).flatMap(([, { name, target = null, by, data = null }]): readonly ExportedFigure[] => {
    if (!isGiven(name)) {
      return [];
    }
    const lower = name.toLowerCase();
    return [...evaluation.metrics].flatMap(([key, value]): readonly ExportedFigure[] => {
      const isWhole = key.toLowerCase() === lower;
      const isGroup = by !== undefined && key.toLowerCase().startsWith(`${lower}.`);
      return isWhole || isGroup
        ? [{ name, target, data, value, slice: isWhole ? null : `${by ?? ""} = ${key.slice(name.length + 1)}` }]
        : [];
    });
  });
}

/** Takes out addresses and internal paths for readers outside; leaves all for those inside. */
export function redactor(facts: ReportFacts, audience: ReportAudience): (text: string) => string {
  const paths = [facts.path, ...facts.documents.documents.keys()].filter((path) => /[./]/.test(path)).sort((a, b) => b.length - a.length);
  return audience === "external" ? (text) => redactText(text, paths) : (text) => text;
}

/** The answers of a list that are given. */
export function givenOf(list: readonly (string | undefined)[] | undefined): readonly string[] {
  return (list ?? []).filter((text): text is string => isGiven(text));
}
