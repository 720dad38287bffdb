import type { ColumnId, TableColumn } from "../../protocol/runsTable";

export type ColumnFamily = TableColumn["family"];

export const ATTRIBUTE = {
  name: "attribute:name",
  status: "attribute:status",
  start: "attribute:start",
  end: "attribute:end",
  duration: "attribute:duration",
  experiment: "attribute:experiment",
  store: "attribute:store",
  user: "attribute:user",
  source: "attribute:source",
  commit: "attribute:commit",
  dataset: "attribute:dataset",
  runId: "attribute:runId",
} as const;

const FAMILIES: readonly ColumnFamily[] = ["attribute", "param", "metric", "tag"];

/** Which family a column belongs to and its key there, or null for text that names no column. */
export function parseColumnId(id: ColumnId): { readonly family: ColumnFamily; readonly key: string } | null {
  const colon = id.indexOf(":");
  const family = FAMILIES.find((candidate) => candidate === id.slice(0, colon));
  return family === undefined ? null : { family, key: id.slice(colon + 1) };
}
