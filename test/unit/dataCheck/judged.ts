import { basename } from "node:path";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { checkTable } from "../../../src/core/dataCheck/checkTable";
import type { DataFinding } from "../../../src/core/dataCheck/dataCheckReport";
import { type DataEntry, expectationsOf } from "../../../src/core/dataCheck/expectations";
import type { TableOutcome, TableWish } from "../../../src/core/dataCheck/tableWish";

/** Noon of 30 November 2026. */
export const NOW = Date.UTC(2026, 10, 30, 12);

/** Judges a real file by what an entry of `data` expects. */
export function judge(path: string, expect: DataEntry["expect"], more: Partial<TableWish> = {}, mostRows?: number): Promise<TableOutcome> {
  const wish: TableWish = {
    path: basename(path),
    use: null,
    source: { paths: [path] },
    bytes: 0,
    names: { [path]: basename(path) },
    expectations: expectationsOf({ expect }, "mlops.yaml"),
    personal: [],
    now: NOW,
    ...more,
  };
  return checkTable(createTableReader(), wish, () => undefined, NEVER_CANCELLED, mostRows);
}

/** What does not hold: rule, column and result. */
export function broken({ findings }: TableOutcome): readonly string[] {
  return findings.filter(({ result }) => result !== "pass").map(({ rule, column, result }) => `${rule} ${column ?? "-"} ${result}`);
}

/** The only finding about a rule. */
export function findingOf({ findings }: TableOutcome, rule: string, column?: string): DataFinding {
  const found = findings.filter((one) => one.rule === rule && (column === undefined || one.column === column));
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} findings are about ${rule}: ${JSON.stringify(findings)}`);
  }
  return first;
}
