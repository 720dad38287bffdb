import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { folderOf, resolvePath } from "../lint/workspace/workspacePath";

/**
 * The file of metrics that a KPI's `data` names, from the root of the workspace; null where it names none. A table that the product names as data is what
 * the figure was measured on, and holds none.
 * @param config path of the mlops.yaml, from the root of the workspace.
 */
export function metricsFileOf(
  kpi: { readonly data: string | null; readonly by: string | null },
  product: Product,
  config: string,
): string | null {
  const { data, by } = kpi;
  if (data === null || by !== null || !/\.(?:json|jsonl|ndjson|csv)$/i.test(data)) {
    return null;
  }
  const { data: sets, monitoring } = product;
  const tables = [...indexed(sets).map(([, one]) => one.path), monitoring?.live, monitoring?.reference];
  return /\.csv$/i.test(data) && tables.includes(data) ? null : resolvePath(folderOf(config), data);
}
