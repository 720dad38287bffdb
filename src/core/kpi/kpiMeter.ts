import type { Column } from "../tabular/column";
import { classMeter } from "./classMeter";
import { columnMeter } from "./columnMeter";
import type { KpiRole, KpiSpec } from "./kpiSpec";
import type { KpiMeter, RoleColumns } from "./meter";
import { numberMeter } from "./numberMeter";
import type { KpiRoles } from "./roles";
import { scoreMeter } from "./scoreMeter";

/**
 * Prepares a KPI for a table.
 * @param columns Those of the roles, and the one that the spec names; all of the same rows.
 * @param positive The class that counts as positive, as text; guessed where it is not given.
 * @returns A sentence where the table does not have what the KPI needs.
 */
export function kpiMeter(spec: KpiSpec, columns: readonly Column[], roles: KpiRoles, positive: string | null = null): KpiMeter | string {
  const named = (name: string): Column | null => columns.find((column) => column.name === name) ?? null;
  if (spec.kind === "column") {
    const column = named(spec.column);
    return column === null ? `There is no column "${spec.column}".` : columnMeter(spec, column);
  }
  const byRole = (role: KpiRole): Column | null => (roles[role] === null ? null : named(roles[role].column));
  const found: RoleColumns = { label: byRole("label"), prediction: byRole("prediction"), score: byRole("score") };
  const lacking = missingRole(spec.needs, found, roles);
  if (lacking !== null) {
    return lacking;
  }
  switch (spec.id) {
    case "accuracy":
    case "precision":
    case "recall":
    case "specificity":
    case "f1":
    case "macro_f1":
    case "selection_rate":
      return classMeter(spec.id, found, positive);
    case "selection_rate_ratio":
      return "It compares groups: say with `by` which column has them.";
    case "roc_auc":
    case "log_loss":
      return scoreMeter(spec.id, found, positive);
    case "mae":
    case "mse":
    case "rmse":
    case "r2":
      return numberMeter(spec.id, found);
  }
}

/** Columns to read for a KPI. */
export function kpiColumns(spec: KpiSpec, roles: KpiRoles): string[] {
  const names = spec.kind === "column" ? [spec.column] : [roles.label, roles.prediction, roles.score].map((role) => role?.column ?? "");
  return [...new Set(names.filter((name) => name !== ""))];
}

function missingRole(needs: readonly KpiRole[], found: RoleColumns, roles: KpiRoles): string | null {
  for (const role of needs) {
    // A score stands in for a prediction and the other way round, with a note.
    const other = role === "score" ? found.prediction : role === "prediction" ? found.score : null;
    if (found[role] === null && other === null) {
      const wanted = roles[role];
      return wanted === null
        ? `No column holds the ${role}; say which one does.`
        : `There is no column "${wanted.column}" for the ${role}.`;
    }
  }
  return null;
}
