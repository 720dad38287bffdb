import type { Product } from "../config/product";
import type { ColumnRole } from "../drift/driftReport";
import { chooseRoles } from "../kpi/roles";
import { indexed } from "../lint/indexed";
import type { ColumnKind } from "../tabular/column";
import type { GivenRoles } from "./scoredFigures";

/** What columns of live data are, as far as `monitoring.columns` says or their names tell. */
export interface LiveColumns {
  readonly label: string | null;
  readonly prediction: string | null;
  readonly score: string | null;
  readonly id: readonly string[];
  /** What of it somebody wrote. */
  readonly given: GivenRoles;
}

/** @param columns with their kinds where these are known: only numbers are taken for a score. */
export function liveColumns(
  { monitoring }: Product,
  columns: readonly (string | { readonly name: string; readonly kind: ColumnKind })[],
): LiveColumns {
  const { label = null, prediction = null, score = null, positive = null, time, id } = monitoring?.columns ?? {};
  const given = { label, prediction, score, positive };
  const roles = chooseRoles(
    columns
      .map((column) => (typeof column === "string" ? { name: column, kind: "float" as const } : column))
      .filter(({ name }) => name !== time),
    { label, prediction, score },
  );
  return {
    label: roles.label?.column ?? null,
    prediction: roles.prediction?.column ?? null,
    score: roles.score?.column ?? null,
    id: indexed(id).map(([, name]) => name),
    given,
  };
}

/** Roles by column, for the report. */
export function columnRoles({ label, prediction, score }: LiveColumns): Readonly<Record<string, ColumnRole>> {
  const roles: (readonly [string | null, ColumnRole])[] = [
    [label, "target"],
    [prediction, "prediction"],
    [score, "score"],
  ];
  return Object.fromEntries(roles.flatMap(([name, role]) => (name === null ? [] : [[name, role] as const])));
}

/**
 * Columns that are no input and are not to be judged: the time, ids, and outcomes or results that one side lacks, because they come later or
 * training had none. Outcomes that are still to come would look like missing values.
 */
export function ignoredColumns(
  columns: LiveColumns,
  time: string | null,
  reference: readonly string[],
  live: readonly string[],
  labelsAreDue = true,
): readonly string[] {
  const results = [columns.label, columns.prediction, columns.score].filter((name) => name !== null);
  const oneSided = results.filter((name) => !reference.includes(name) || !live.includes(name));
  const open = labelsAreDue || columns.label === null ? [] : [columns.label];
  return [...new Set([...(time === null ? [] : [time]), ...columns.id, ...open, ...oneSided])];
}
