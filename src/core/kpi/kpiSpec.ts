import { closestWord } from "../base/closestWord";
import type { ColumnKind } from "../tabular/column";

export type MeasureId =
  | "accuracy"
  | "precision"
  | "recall"
  | "specificity"
  | "f1"
  | "macro_f1"
  | "roc_auc"
  | "log_loss"
  | "mae"
  | "mse"
  | "rmse"
  | "r2"
  | "selection_rate"
  | "selection_rate_ratio";

/** What a KPI is computed from, and how. */
export type KpiSpec =
  | {
      readonly kind: "measure";
      readonly id: MeasureId;
      readonly label: string;
      readonly better: "up" | "down" | null;
      readonly needs: readonly KpiRole[];
    }
  /** A figure of one column, such as clicks, engagement or incidents. */
  | {
      readonly kind: "column";
      readonly of: "mean" | "sum" | "rate";
      readonly column: string;
      /** For a rate: the value that counts; null for true, 1 and yes. */
      readonly equals: string | null;
      readonly label: string;
      readonly better: null;
    };

/** What a column of a scored table is for. */
export type KpiRole = "label" | "prediction" | "score";

interface MeasureInfo {
  readonly label: string;
  readonly better: "up" | "down" | null;
  readonly needs: readonly KpiRole[];
  /** Other names that people write, in lower case with underscores. */
  readonly aliases: readonly string[];
}

const CLASSES = ["label", "prediction"] as const;

const MEASURES: Readonly<Record<MeasureId, MeasureInfo>> = {
  accuracy: { label: "Accuracy", better: "up", needs: CLASSES, aliases: ["acc", "accuracy_score"] },
  precision: { label: "Precision", better: "up", needs: CLASSES, aliases: ["precision_score", "ppv", "positive_predictive_value"] },
  recall: { label: "Recall", better: "up", needs: CLASSES, aliases: ["recall_score", "sensitivity", "tpr", "true_positive_rate"] },
  specificity: { label: "Specificity", better: "up", needs: CLASSES, aliases: ["tnr", "true_negative_rate", "selectivity"] },
  f1: { label: "F1", better: "up", needs: CLASSES, aliases: ["f1_score", "f1score", "f_1", "f_measure", "f1_measure"] },
  macro_f1: { label: "Macro F1", better: "up", needs: CLASSES, aliases: ["f1_macro", "macro_f1_score", "f1_score_macro"] },
  roc_auc: {
    label: "ROC AUC",
    better: "up",
    needs: ["label", "score"],
    aliases: ["auc", "auroc", "auc_roc", "rocauc", "roc_auc_score", "area_under_roc"],
  },
  log_loss: {
    label: "Log loss",
    better: "down",
    needs: ["label", "score"],
    aliases: ["logloss", "cross_entropy", "binary_crossentropy", "binary_cross_entropy"],
  },
  mae: { label: "Mean absolute error", better: "down", needs: CLASSES, aliases: ["mean_absolute_error"] },
  mse: { label: "Mean squared error", better: "down", needs: CLASSES, aliases: ["mean_squared_error"] },
  rmse: { label: "Root mean squared error", better: "down", needs: CLASSES, aliases: ["root_mean_squared_error"] },
  r2: { label: "R²", better: "up", needs: CLASSES, aliases: ["r2_score", "r_squared", "rsquared", "r²", "coefficient_of_determination"] },
  selection_rate: {
    label: "Share of positive predictions",
    better: null,
    needs: ["prediction"],
    aliases: ["positive_rate", "acceptance_rate"],
  },
  selection_rate_ratio: {
    label: "Lowest to highest share of positive predictions",
    better: "up",
    needs: ["prediction"],
    aliases: ["disparate_impact", "disparate_impact_ratio", "demographic_parity_ratio"],
  },
};

const BY_NAME = new Map(
  (Object.entries(MEASURES) as [MeasureId, MeasureInfo][]).flatMap(([id, { aliases }]) =>
    [id, ...aliases].map((name) => [name, id] as const),
  ),
);

const FUNCTIONS: Readonly<Record<string, "mean" | "sum" | "rate">> = {
  mean: "mean",
  average: "mean",
  avg: "mean",
  sum: "sum",
  total: "sum",
  rate: "rate",
  share: "rate",
};

/**
 * What a KPI's name means: a measure of predictions ("F1-score", "auc", "sensitivity"), or a figure of a column: "mean(clicks)", "sum of incidents",
 * "rate(status = failed)". A name that is a column's stands for its mean, or its rate if it holds true and false.
 * @param columns Of the table, where there is one.
 * @returns Null for a name that is not known here: a metric of runs or of a metrics file may have it.
 */
export function resolveKpi(name: string, columns: readonly { readonly name: string; readonly kind: ColumnKind }[] = []): KpiSpec | null {
  const id = BY_NAME.get(simplified(name));
  if (id !== undefined) {
    const { label, better, needs } = MEASURES[id];
    return { kind: "measure", id, label, better, needs };
  }
  const call = /^ {0,9}([a-z]{1,9}) {0,9}(?:\((.{1,500})\)|of (.{1,500}))$/i.exec(name.trim());
  const of = FUNCTIONS[call?.[1]?.toLowerCase() ?? ""];
  const inner = (call?.[2] ?? call?.[3])?.trim();
  if (of !== undefined && inner !== undefined && inner !== "") {
    return columnSpec(of, inner, columns);
  }
  const column = columns.find((each) => each.name === name.trim());
  if (column === undefined || column.kind === "text" || column.kind === "time") {
    return null;
  }
  return columnSpec(column.kind === "boolean" ? "rate" : "mean", column.name, columns);
}

function columnSpec(of: "mean" | "sum" | "rate", inner: string, columns: readonly { readonly name: string }[]): KpiSpec {
  // A column may have "=" in its name; its name as a whole goes first.
  const equal = columns.some((column) => column.name === inner) ? -1 : inner.indexOf("=");
  if (of === "rate" && equal > 0) {
    const column = inner.slice(0, equal).trim();
    const equals = inner
      .slice(equal)
      .replace(/^={1,2}/, "")
      .trim()
      .replace(/^(["'])(.*)\1$/, "$2");
    return { kind: "column", of, column, equals, label: `Rate of ${column} = ${equals}`, better: null };
  }
  return {
    kind: "column",
    of,
    column: inner,
    equals: null,
    label: `${{ mean: "Mean", sum: "Sum", rate: "Rate" }[of]} of ${inner}`,
    better: null,
  };
}

/** A known name that is close to a mistyped one, for "did you mean". */
export function closestKpi(name: string): string | undefined {
  return closestWord(simplified(name), [...BY_NAME.keys()]);
}

function simplified(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s\-.]+/g, "_");
}
