import { sayWindow } from "../../../monitoring/sayResult";
import type { MonitoringResult } from "../../../monitoring/monitoringResult";
import { indexed } from "../../../lint/indexed";
import { parseTarget } from "../../../config/target";
import type { ReportBlock } from "../complianceReport";
import type { ReportFacts } from "../reportFacts";

const WORDS = { ok: "well", warn: "look", fail: "fails", unjudged: "not judged" } as const;
/** A table of columns is for those that moved most. */
const MOST_COLUMNS = 20;

/** 8: how live data and figures went, check by check. */
export function drift({ monitoring, product }: ReportFacts): readonly ReportBlock[] {
  if (monitoring.length === 0) {
    return [{ kind: "text", text: "No check of the model at work was kept." }];
  }
  const labels = monitoring.map(({ window, checked_at: at }) =>
    window?.from == null ? new Date(at).toISOString().slice(0, 10) : sayWindow(window),
  );
  const newest = monitoring.at(-1);
  return [
    {
      kind: "table",
      caption: "Checks, the oldest first",
      head: ["window", "status", "columns that drifted", "verdict", "commit"],
      rows: monitoring.map(({ status, drift: found, verdict, commit }, index) => [
        labels[index] ?? "",
        WORDS[status],
        found === null ? "" : `${found.drifted_columns} of ${found.tested_columns}`,
        verdict,
        commit?.slice(0, 12) ?? "",
      ]),
    },
    {
      kind: "chart",
      caption: "Share of columns that drifted",
      labels,
      values: monitoring.map(({ drift: found }) => found?.share ?? null),
      limit: newest?.drift == null ? null : { label: "limit", value: newest.drift.threshold },
    },
    ...kpiCharts(monitoring, labels, product.kpis),
    ...columns(newest),
  ];
}

function kpiCharts(
  results: readonly MonitoringResult[],
  labels: readonly string[],
  kpis: ReportFacts["product"]["kpis"],
): readonly ReportBlock[] {
  const keyOf = (kpi: MonitoringResult["kpis"][number]): string =>
    kpi.group === null ? kpi.name : `${kpi.name} (${kpi.by ?? ""} = ${kpi.group})`;
  const names = [...new Set(results.flatMap(({ kpis: found }) => found.map(keyOf)))];
  return names.map((name): ReportBlock => {
    const values = results.map(({ kpis: found }) => found.find((kpi) => keyOf(kpi) === name)?.value ?? null);
    const target = indexed(kpis).find(([, kpi]) => kpi.name !== undefined && (name === kpi.name || name.startsWith(`${kpi.name} (`)))?.[1]
      .target;
    const bound = parseTarget(target ?? "");
    return {
      kind: "chart",
      caption: name,
      labels,
      values,
      limit: bound === undefined || target === undefined ? null : { label: `target ${target}`, value: bound.value },
    };
  });
}

function columns(result: MonitoringResult | undefined): readonly ReportBlock[] {
  const judged = (result?.drift?.columns ?? []).filter(({ status }) => status === "fail" || status === "warn");
  return judged.length === 0
    ? []
    : [
        {
          kind: "table",
          caption: "Columns that moved in the newest check",
          head: ["column", "status", "method", "score", "limit", "what happened"],
          rows: judged
            .slice(0, MOST_COLUMNS)
            .map(({ name, status, method, score, fail_threshold: fail, threshold, verdict }) => [
              name,
              WORDS[status],
              method ?? "",
              score === null ? "" : String(Number(score.toPrecision(4))),
              String(fail ?? threshold ?? ""),
              verdict,
            ]),
        },
      ];
}
