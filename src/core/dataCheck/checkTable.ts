import { isAppError, toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { Column, ColumnKind } from "../tabular/column";
import type { ReadOptions, Table, TableReader } from "../tabular/tableReader";
import type { DataFinding } from "./dataCheckReport";
import { columnsOf, type Expectation } from "./expectations";
import { judgeColumn, judgeKey, judgeRows } from "./judgeExpectation";
import { MOST_KEYED_ROWS } from "./repeatedRows";
import type { CheckedFile, CheckProgress, JudgeContext, TableOutcome, TableWish } from "./tableWish";

/** Above it the columns of a text file are read a few at a time. */
const MUCH = 256 * 1024 * 1024;
const FEW_COLUMNS = 4;
const SEED = 7;
/** Of a file that is there and that nobody may or can read now: that says nothing about the data. */
const NOT_THE_DATA: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EMFILE", "EIO"]);

/**
 * Judges a table by what is expected of it. Whatever is wrong with the table is a finding; only cancelling is an error.
 *
 * Memory: the columns that are judged, of text files of more than 256 MB four at a time, at most 16,777,216 rows.
 * @param mostRows of which all are judged; of more rows half as many are, as a sample, which can find what is broken and cannot say that nothing is.
 */
export async function checkTable(
  reader: TableReader,
  wish: TableWish,
  onProgress: CheckProgress,
  signal: CancelSignal,
  mostRows = MOST_KEYED_ROWS,
): Promise<TableOutcome> {
  try {
    return await new TableCheck(reader, wish, onProgress, signal, Math.min(mostRows, MOST_KEYED_ROWS)).run();
  } catch (error) {
    signal.throwIfAborted();
    return { files: [], findings: [unreadable(wish, null, error)] };
  }
}

class TableCheck {
  private readonly isTyped: boolean;

  constructor(
    private readonly reader: TableReader,
    private readonly wish: TableWish,
    private readonly onProgress: CheckProgress,
    private readonly signal: CancelSignal,
    private readonly mostRows: number,
  ) {
    this.isTyped = /\.(?:parquet|pq|jsonl|ndjson)$/i.test(wish.source.paths[0] ?? "");
  }

  async run(): Promise<TableOutcome> {
    const { expectations } = this.wish;
    const all = [...new Set(expectations.flatMap(columnsOf))];
    const batches = this.isTyped || this.wish.bytes <= MUCH || all.length === 0 ? [all] : chunked(all, FEW_COLUMNS);
    const keys = batches.length > 1 ? expectations.filter((one) => one.kind === "unique" && one.columns.length > 1) : [];
    const found = new Map<Expectation, DataFinding>();
    const extra: DataFinding[] = [];
    const passes = batches.length + keys.length;
    let files: readonly CheckedFile[] = [];
    let totalRows = 0;
    for (const [index, columns] of batches.entries()) {
      const table = await this.open(columns, index === 0, index, passes);
      try {
        if (index === 0) {
          ({ totalRows } = table);
          files = this.filesOf(table);
        }
        const wanted = expectations.filter(
          (one) => one.kind !== "rows" && !keys.includes(one) && columns.includes(columnsOf(one)[0] ?? ""),
        );
        await this.judge(table, wanted, found, extra);
      } finally {
        table.dispose();
      }
    }
    for (const [index, key] of keys.entries()) {
      const table = await this.open(columnsOf(key), false, batches.length + index, passes);
      try {
        await this.judge(table, [key], found, extra);
      } finally {
        table.dispose();
      }
    }
    const rows = expectations.filter((one) => one.kind === "rows").map((one) => judgeRows(one, this.wish, totalRows));
    // Who says how few rows there may be knows whether there may be none.
    const isEmpty = totalRows === 0 && rows.every(({ rule }) => rule === "max_rows");
    return {
      files,
      findings: [
        ...(isEmpty ? [noRows(this.wish)] : []),
        ...rows,
        ...extra,
        ...expectations.flatMap((one) => (one.kind === "rows" ? [] : (found.get(one) ?? []))),
      ],
    };
  }

  private filesOf({ files, totalRows }: Table): readonly CheckedFile[] {
    return files.map(({ path, sha256, bytes }) => ({
      path: this.wish.names[path] ?? path,
      sha256,
      rows: files.length === 1 ? totalRows : null,
      bytes,
    }));
  }

  private async judge(
    table: Table,
    expectations: readonly Expectation[],
    found: Map<Expectation, DataFinding>,
    extra: DataFinding[],
  ): Promise<void> {
    const context: JudgeContext = {
      wish: this.wish,
      rows: table.rows,
      totalRows: table.totalRows,
      isSample: table.sample !== null,
      isTyped: this.isTyped,
    };
    const there = new Set(table.columns.map(({ name }) => name));
    const skipped = new Map(table.skipped.map(({ name, reason }) => [name, reason]));
    const names = [...new Set(expectations.flatMap(columnsOf))];
    const columns = new Map<string, Column>();
    const keys = new Set(expectations.flatMap((one) => (one.kind === "unique" ? one.columns : [])));
    for (const name of names) {
      const own = expectations.filter((one) => one.kind !== "unique" && columnsOf(one)[0] === name);
      let column: Column | null = null;
      if (there.has(name)) {
        try {
          column = await table.column(name, this.signal);
        } catch (error) {
          this.signal.throwIfAborted();
          extra.push(unreadable(this.wish, name, error));
        }
      } else if (skipped.has(name)) {
        extra.push({ ...finding(this.wish, name), result: "unknown", message: `${name} cannot be judged. ${skipped.get(name) ?? ""}` });
      }
      const isThere = there.has(name) || skipped.has(name);
      const hint = isThere ? "" : await this.hintOf(table, name);
      for (const one of own) {
        const judged = judgeColumn(one, { name, isThere, column, hint }, context);
        if (judged !== null) {
          found.set(one, judged);
        }
      }
      // One column at a time lies in memory, but for the parts of keys.
      if (column !== null && keys.has(name)) {
        columns.set(name, column);
      }
      this.signal.throwIfAborted();
    }
    for (const one of expectations) {
      if (one.kind === "unique") {
        const parts = one.columns.flatMap((name) => columns.get(name) ?? []);
        const judged = parts.length === one.columns.length ? judgeKey(one, parts, context) : null;
        if (judged !== null) {
          found.set(one, judged);
        }
      }
    }
  }

  /** The table itself knows its other columns best. */
  private async hintOf(table: Table, name: string): Promise<string> {
    try {
      await table.column(name, this.signal);
    } catch (error) {
      this.signal.throwIfAborted();
      return isAppError(error) && error.remedy !== undefined ? ` ${error.remedy}` : "";
    }
    return "";
  }

  /** @param pass which one this is of all that are made, for the progress. */
  private open(columns: readonly string[], hash: boolean, pass: number, passes: number): Promise<Table> {
    const options: ReadOptions = {
      maxRows: this.mostRows,
      sampleRows: Math.ceil(this.mostRows / 2),
      seed: SEED,
      columns,
      hash,
      onProgress: (done, total) => this.onProgress(total * pass + done, total * passes),
    };
    return this.reader.open({ ...this.wish.source, kinds: this.kindsOf(columns) }, options, this.signal);
  }

  /** Delimited text has no kinds: what is judged by its letters is read as it is written. */
  private kindsOf(columns: readonly string[]): Readonly<Record<string, ColumnKind>> {
    if (this.isTyped) {
      return {};
    }
    const { expectations } = this.wish;
    const isNumeric = new Set(
      expectations.flatMap((one) => (one.kind === "type" && (one.type === "number" || one.type === "integer") ? [one.column] : [])),
    );
    const byLetters = expectations.flatMap((one) => {
      switch (one.kind) {
        case "rows":
        case "present":
        case "range":
          return [];
        case "type":
          return isNumeric.has(one.column) ? [] : [one.column];
        case "unique":
          return one.columns.filter((name) => !isNumeric.has(name));
        case "missing":
          return one.markers.length > 0 ? [one.column] : [];
        case "length":
        case "pattern":
        case "in":
        case "newest":
          return [one.column];
      }
    });
    return Object.fromEntries(byLetters.filter((name) => columns.includes(name)).map((name) => [name, "text" as const]));
  }
}

/** The skeleton of a finding about a file or column as such. */
function finding(wish: TableWish, column: string | null): Omit<DataFinding, "result" | "message"> {
  const from = wish.expectations[0]?.from ?? "mlops.yaml";
  return { path: wish.path, use: wish.use, column, rule: "readable", limit: null, found: null, rows: null, from };
}

function noRows(wish: TableWish): DataFinding {
  return { ...finding(wish, null), rule: "min_rows", result: "fail", message: "There are no rows.", limit: "1", found: "0" };
}

function unreadable(wish: TableWish, column: string | null, error: unknown): DataFinding {
  const code = isAppError(error) && error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : "";
  const isKnown = isAppError(error, "file/unreadable") && !NOT_THE_DATA.has(code);
  return {
    ...finding(wish, column),
    result: isKnown ? "fail" : "unknown",
    message: named(isAppError(error) ? toUserText(error) : `It could not be read: ${toUserText(error)}`, wish.names),
  };
}

/** With paths as people know them, and none of this machine. */
function named(text: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((said, [absolute, name]) => said.replaceAll(absolute, name), text);
}

function chunked(names: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / size) }, (_, index) => names.slice(index * size, (index + 1) * size));
}
