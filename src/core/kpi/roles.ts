import type { ColumnKind } from "../tabular/column";
import type { KpiRole } from "./kpiSpec";

/** Which column plays a role, and whether somebody said so. Shown beside every figure. */
export interface RoleChoice {
  readonly column: string;
  readonly from: "given" | "guessed";
}

export type KpiRoles = Readonly<Record<KpiRole, RoleChoice | null>>;

/** Names that columns usually have, the most telling first. */
const USUAL: Readonly<Record<KpiRole, readonly string[]>> = {
  label: ["label", "target", "y_true", "actual", "outcome", "y", "ground_truth", "truth"],
  prediction: ["prediction", "y_pred", "pred", "predicted", "predictions", "yhat", "y_hat"],
  score: ["y_pred_proba", "y_proba", "probability", "proba", "y_score", "score", "prediction_proba", "prediction_score"],
};

/**
 * Which columns are label, prediction and score.
 * @param given Names from the configuration. A name that the table does not have is kept, so that the caller can say so.
 */
export function chooseRoles(
  columns: readonly { readonly name: string; readonly kind: ColumnKind }[],
  given: Partial<Readonly<Record<KpiRole, string | null>>> = {},
): KpiRoles {
  const taken = new Set(Object.values(given).filter((name) => name != null));
  const choose = (role: KpiRole): RoleChoice | null => {
    const name = given[role];
    if (name != null) {
      return { column: name, from: "given" };
    }
    for (const usual of USUAL[role]) {
      const found = columns.find(
        (column) => column.name.toLowerCase() === usual && !taken.has(column.name) && (role !== "score" || isNumeric(column.kind)),
      );
      if (found !== undefined) {
        return { column: found.name, from: "guessed" };
      }
    }
    return null;
  };
  return { label: choose("label"), prediction: choose("prediction"), score: choose("score") };
}

/** Columns of the roles that a table has, each once. */
export function roleColumns(roles: KpiRoles, columns: readonly { readonly name: string }[]): string[] {
  const names = [roles.label, roles.prediction, roles.score].flatMap((role) => role?.column ?? []);
  return [...new Set(names.filter((name) => columns.some((column) => column.name === name)))];
}

function isNumeric(kind: ColumnKind): boolean {
  return kind === "float" || kind === "integer";
}
