import type { DriftStatus } from "../../core/drift/driftReport";
import type { MonitoringKpi } from "../../core/monitoring/monitoringResult";
import { worstStatus } from "../../core/monitoring/statusOrder";
import type { Watched } from "./monitoringBoard";
import { configPath } from "./watchedProduct";

/** A line of the overview. */
export type MonitoringNode = ProductNode | PartNode;

export interface ProductNode {
  readonly kind: "monitored";
  /** Absolute path of its mlops.yaml. */
  readonly config: string;
  readonly entry: Watched;
}

/** A KPI, a column, all columns together, or what kept the check from judging. */
export interface PartNode {
  readonly kind: "monitoredPart";
  readonly config: string;
  readonly parent: ProductNode;
  readonly part: "kpi" | "column" | "dataset" | "problem";
  /** What the panel is opened at; null for what is no column and no KPI. */
  readonly name: string | null;
  readonly label: string;
  readonly description: string;
  readonly status: DriftStatus;
}

export interface MonitoringFilter {
  /** Part of a name or a verdict. */
  readonly text: string;
  /** Null: any. "never" are those without a check. */
  readonly states: readonly (DriftStatus | "never")[] | null;
}

export const NO_FILTER: MonitoringFilter = { text: "", states: null };

const MOST_COLUMNS = 50;

/** What menus know lines of the overview by. */
export const MONITORING_CONTEXT: Readonly<Record<MonitoringNode["kind"], string>> = {
  monitored: "mlops.monitored",
  monitoredPart: "mlops.monitoredPart",
};

export function isMonitoringNode(value: unknown): value is MonitoringNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "monitored" || value.kind === "monitoredPart") &&
    "config" in value
  );
}

/** Products with the worst state first, then by name; those that were never checked come before those that are well. */
export function productNodes(entries: readonly Watched[], filter: MonitoringFilter): readonly ProductNode[] {
  const text = filter.text.trim().toLowerCase();
  return entries
    .filter((entry) => filter.states === null || filter.states.includes(stateOf(entry)))
    .filter(
      ({ watched, latest }) =>
        text === "" || [watched.name, watched.config, latest?.verdict ?? ""].some((one) => one.toLowerCase().includes(text)),
    )
    .map((entry): ProductNode => ({ kind: "monitored", config: configPath(entry.watched), entry }))
    .sort(
      (a, b) => rank(a.entry) - rank(b.entry) || a.entry.watched.name.localeCompare(b.entry.watched.name, undefined, { numeric: true }),
    );
}

/** What a check found: KPIs, all columns together, then the columns that warn or fail, the worst first. */
export function partNodes(parent: ProductNode): readonly PartNode[] {
  const result = parent.entry.latest;
  if (result === null) {
    return [];
  }
  const base = { kind: "monitoredPart", config: parent.config, parent } as const;
  const { drift } = result;
  const moved = [...(drift?.columns ?? [])]
    .filter(({ status }) => status === "fail" || status === "warn")
    .sort((a, b) => order(a.status) - order(b.status));
  return [
    ...[...result.problems, ...parent.entry.problems].map((text): PartNode => ({
      ...base,
      part: "problem",
      name: null,
      label: text,
      description: "",
      status: "unjudged",
    })),
    ...[...result.kpis]
      .sort((a, b) => order(a.status) - order(b.status))
      .map((kpi): PartNode => ({
        ...base,
        part: "kpi",
        name: kpi.name,
        label: kpiLabel(kpi),
        description: withoutName(kpi.verdict, kpi.name),
        status: kpi.status,
      })),
    ...(drift === null
      ? []
      : [
          {
            ...base,
            part: "dataset",
            name: null,
            label: `${String(drift.drifted_columns)} of ${String(drift.tested_columns)} columns drifted`,
            description: "",
            status: drift.status,
          } satisfies PartNode,
        ]),
    ...moved.slice(0, MOST_COLUMNS).map((column): PartNode => ({
      ...base,
      part: "column",
      name: column.name,
      label: column.name,
      description: withoutName(column.verdict, column.name),
      status: column.status,
    })),
  ];
}

/** A sentence without the name that it begins with, because the label says it already. */
function withoutName(verdict: string, name: string): string {
  const start = [`\`${name}\``, `"${name}"`, name].find((one) => verdict.startsWith(one));
  return start === undefined ? verdict : verdict.slice(start.length).replace(/^[:\s]+/, "");
}

function kpiLabel({ name, group, by, kind }: MonitoringKpi): string {
  const of = group === null ? "" : ` (${by === null ? "" : `${by} `}${group})`;
  return kind === "estimated" ? `${name}${of}, estimated` : `${name}${of}`;
}

export function stateOf({ latest }: Watched): DriftStatus | "never" {
  return latest?.status ?? "never";
}

/** How many products warn or fail. */
export function troubled(entries: readonly Watched[]): number {
  return entries.filter(({ latest }) => latest?.status === "warn" || latest?.status === "fail").length;
}

/** The worst of all products; null where none was checked. */
export function worstOf(entries: readonly Watched[]): DriftStatus | null {
  return worstStatus(entries.flatMap(({ latest }) => latest?.status ?? []));
}

function order(status: DriftStatus): number {
  return ["fail", "unjudged", "warn", "ok"].indexOf(status);
}

function rank(entry: Watched): number {
  return ["fail", "unjudged", "warn", "never", "ok"].indexOf(stateOf(entry));
}
