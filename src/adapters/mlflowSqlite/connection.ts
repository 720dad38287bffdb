import { setImmediate as nextTurn } from "node:timers/promises";
import type { DatabaseSync, StatementSync } from "node:sqlite";

import { AppError } from "../../core/base/appError";
import { type CancelSignal, NEVER_CANCELLED, unlessCancelled } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { type OpenedDatabase, fileIdentity, openDatabase } from "./openDatabase";
import { retryWhileBusy } from "./retryWhileBusy";
import { MlflowSchema } from "./schema";
import { isOfAnotherFile, toStoreError } from "./sqliteError";
import type { SqliteModule } from "./sqliteModule";
import { numberOf, type SqlValue } from "./values";

export type SqlRow = Readonly<Record<string, SqlValue>>;
/** The values of a row in the order of its columns. */
export type SqlTuple = readonly SqlValue[];
export type SqlParameter = string | number | null;

const MAX_CACHED_STATEMENTS = 200;

/** A statement on a Node that is older than 22.16 (VS Code 1.101) knows objects only. */
interface MaybeReturnsArrays {
  readonly setReturnArrays?: (enabled: boolean) => void;
}

/** One read-only connection with its schema. Statements are short, so that a writer can always commit in between. */
export class Connection implements Disposable {
  private statements = new Map<string, StatementSync>();
  private disposed = false;
  /** What was read last cannot be what the file holds, so that it is opened anew before the next reading. */
  private isSuspect = false;
  private healing: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    private readonly loadModule: () => SqliteModule,
    private opened: OpenedDatabase,
    private currentSchema: MlflowSchema,
  ) {}

  static async open(path: string, loadModule: () => SqliteModule, workspace: string, signal: CancelSignal): Promise<Connection> {
    const opened = await openDatabase(path, loadModule, signal);
    try {
      return new Connection(path, loadModule, opened, await probe(opened.database, path, workspace, signal));
    } catch (error) {
      opened.database.close();
      throw toStoreError(error, path);
    }
  }

  get schema(): MlflowSchema {
    return this.currentSchema;
  }

  get isSnapshot(): boolean {
    return this.opened.isSnapshot;
  }

  /** All rows of a statement; for results that are known to be small, else ask in chunks. */
  async all(sql: string, parameters: readonly SqlParameter[], signal: CancelSignal): Promise<SqlRow[]> {
    return this.run(sql, "object", (statement) => statement.all(...parameters), signal);
  }

  /** The same as tuples, which takes half of the time where there are thousands of rows. Each column needs a name of its own. */
  async tuples(sql: string, parameters: readonly SqlParameter[], signal: CancelSignal): Promise<SqlTuple[]> {
    return this.run(sql, "tuple", (statement) => statement.all(...parameters).map(toTuple), signal);
  }

  async get(sql: string, parameters: readonly SqlParameter[], signal: CancelSignal): Promise<SqlRow | undefined> {
    return this.run(sql, "object", (statement) => statement.get(...parameters), signal);
  }

  /** Hands each row to `visit` while the statement runs, for results that would fill the memory. `visit` must be quick. */
  async each(sql: string, parameters: readonly SqlParameter[], visit: (row: SqlTuple) => void, signal: CancelSignal): Promise<void> {
    // Busy can only come with the first row; afterwards the read lock is held, so no row is visited twice.
    await this.run(
      sql,
      "tuple",
      (statement) => {
        for (const row of statement.iterate(...parameters)) {
          visit(toTuple(row));
        }
      },
      signal,
    );
  }

  /** Lets other work of this thread run, such as the message that cancels this one. */
  async breathe(signal: CancelSignal): Promise<void> {
    await nextTurn();
    signal.throwIfAborted();
  }

  /** A number that changes with each commit of another program. */
  async dataVersion(signal: CancelSignal): Promise<number> {
    return numberOf((await this.get("PRAGMA data_version", [], signal))?.["data_version"]);
  }

  /** Opens the file again where another one took its place or its tables changed, e.g. by `mlflow db upgrade`. */
  async reopenIfReplaced(signal: CancelSignal): Promise<boolean> {
    if ((await fileIdentity(this.path)) === this.opened.identity) {
      return false;
    }
    await this.reopen(signal);
    return true;
  }

  async reopen(signal: CancelSignal): Promise<void> {
    const opened = await openDatabase(this.path, this.loadModule, signal);
    let schema: MlflowSchema;
    try {
      schema = await probe(opened.database, this.path, this.currentSchema.workspace, signal);
    } catch (error) {
      opened.database.close();
      throw toStoreError(error, this.path);
    }
    this.statements.clear();
    this.opened.database.close();
    this.opened = opened;
    this.currentSchema = schema;
    this.isSuspect = false;
    if (this.disposed) {
      opened.database.close();
    }
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      this.statements.clear();
      this.opened.database.close();
    }
  }

  private async run<T>(sql: string, rowsAre: "object" | "tuple", read: (statement: StatementSync) => T, signal: CancelSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.isSuspect && !this.disposed) {
      // Once for all who ask meanwhile; whoever gives up must not end it for the others.
      this.healing ??= this.reopen(NEVER_CANCELLED).finally(() => (this.healing = undefined));
      await unlessCancelled(this.healing, signal);
    }
    try {
      return await retryWhileBusy(() => {
        if (this.disposed) {
          throw new AppError("store/unreadable", "The store was closed.", { remedy: "Refresh the view." });
        }
        const statement = this.statement(sql);
        (statement as MaybeReturnsArrays).setReturnArrays?.(rowsAre === "tuple");
        return read(statement);
      }, signal);
    } catch (error) {
      this.isSuspect ||= isOfAnotherFile(error);
      throw toStoreError(error, this.path);
    }
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    if (this.statements.size >= MAX_CACHED_STATEMENTS) {
      this.statements.clear();
    }
    const statement = this.opened.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function toTuple(row: SqlRow | SqlTuple): SqlTuple {
  return Array.isArray(row) ? (row as SqlTuple) : Object.values(row as SqlRow);
}

async function probe(database: DatabaseSync, path: string, workspace: string, signal: CancelSignal): Promise<MlflowSchema> {
  return retryWhileBusy(() => MlflowSchema.probe(database, path, workspace), signal);
}
