import { findFigures } from "../../deployment/gate/evaluationFigures";
import { judgeKpi } from "../../kpi/judgeKpi";
import { indexed } from "../../lint/indexed";
import type { ReportFacts } from "./reportFacts";

/** A KPI of the file, of all rows or of one group, with what the evaluation measured. */
export interface KpiFigure {
  /** In the file's list. */
  readonly index: number;
  readonly name: string;
  /** "sex = f"; null for all rows. */
  readonly slice: string | null;
  readonly value: number | null;
  readonly target: string | null;
  readonly warn: string | null;
  /** Path of the data, as written. */
  readonly data: string | null;
  readonly why: string | null;
  /** One sentence. */
  readonly verdict: string;
}

/** The KPIs of the file with the figures of its evaluation, found as the gate finds them; one without a figure is there all the same. */
export function kpiFigures({ product, evaluation }: Pick<ReportFacts, "product" | "evaluation">): readonly KpiFigure[] {
  const kpis = indexed(product.kpis);
  return kpis.flatMap(([index, { name = "without a name", by = null, target = null, warn = null, data = null, why = null }]) => {
    const same = kpis.filter(([, other]) => other.name === name && (other.by ?? null) === by);
    const needsData = new Set(same.map(([, other]) => other.data ?? "")).size > 1;
    const found = findFigures(evaluation.figures, { name, by, data, needsData });
    const figure = (group: string | null, value: number | null, verdict: string): KpiFigure => ({
      ...{ index, name, value, target, warn, data, why, verdict },
      slice: group === null ? null : `${by ?? "group"} = ${group}`,
    });
    if (typeof found === "string" || found.length === 0) {
      return [figure(null, null, typeof found === "string" ? `Cannot tell: ${found}.` : "Not measured.")];
    }
    return found.map(({ group, value }) => figure(group, value, judgeKpi(value, { target, warn }).sentence));
  });
}
