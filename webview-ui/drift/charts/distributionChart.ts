import type { DriftColumnDetail } from "../../../src/protocol/drift";
import { t } from "../../shared/l10n";
import { boxChart } from "./boxChart";
import { binShares, canBeLogarithmic } from "./binShares";
import { categoryChart } from "./categoryChart";
import type { DriftChart } from "./chartSpec";
import { cumulativeChart, rangeChart } from "./rangeChart";

export interface DistributionLook {
  readonly kind: "shares" | "cumulative" | "box";
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Both sides of a column, in the way that was chosen where the column allows it. */
export function distributionChart({ name, bins, sides }: DriftColumnDetail, look: DistributionLook): DriftChart {
  if (look.kind === "box" && sides.some(({ numbers }) => numbers !== null)) {
    return boxChart(name, sides);
  }
  const rows = bins === null ? null : binShares(bins).rows;
  if (bins === null || rows === null || rows.reference + rows.current === 0) {
    const hasValues = bins === null && sides.some((side) => side.rows > side.missing);
    return {
      heading: t("Distribution of {0}", name),
      empty: hasValues ? t("The values of this column cannot be put into bins.") : t("Neither side has a value that could be drawn."),
    };
  }
  const { edges } = bins;
  // Edges of no width have no place on an axis: such bins are drawn as categories.
  if (edges?.length !== bins.labels.length + 1 || (edges[0] ?? 0) >= (edges.at(-1) ?? 0)) {
    return categoryChart(name, bins);
  }
  const logX = look.logX && canBeLogarithmic(bins);
  return look.kind === "cumulative" ? cumulativeChart(name, bins, edges, logX) : rangeChart(name, bins, edges, { logX, logY: look.logY });
}
