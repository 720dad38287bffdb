import type { Dimension, DimensionValue } from "../../../webview-ui/compare/charts/dimensions";

export function dimension(id: string, values: readonly DimensionValue[], kind: Dimension["kind"] = "number"): Dimension {
  return { id, section: "params", key: id, kind, values, varies: true };
}
