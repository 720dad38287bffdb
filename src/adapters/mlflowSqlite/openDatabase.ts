import { open, stat } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { retryWhileBusy } from "./retryWhileBusy";
import { SQLITE, notADatabase, primaryCode, sqliteCode, toStoreError } from "./sqliteError";
import type { SqliteModule } from "./sqliteModule";

/** The first bytes of every SQLite database; the two bytes at 18 are 2 where it uses a write-ahead log. */
const MAGIC = "SQLite format 3\0";
const HEADER_BYTES = 100;
const WRITE_VERSION_AT = 18;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** True where the file is read as it was when it was opened, because its folder does not let us take part in the locking. */
  readonly isSnapshot: boolean;
  /** Tells whether another file took the place of this one since. */
  readonly identity: string;
}

/**
 * Opens a database read-only. Nothing is written to it and a writer is never locked out for longer than one short statement.
 * (In write-ahead mode SQLite itself keeps its `-shm` file beside the database; readers need it.)
 */
export async function openDatabase(path: string, loadModule: () => SqliteModule, signal: CancelSignal): Promise<OpenedDatabase> {
  const { usesLog, identity } = await inspectFile(path);
  signal.throwIfAborted();
  const { DatabaseSync } = loadModule();
  try {
    return { database: await connect(new DatabaseSync(path, { readOnly: true }), signal), isSnapshot: false, identity };
  } catch (error) {
    if (!usesLog || !isFolderNotWritable(error)) {
      throw toStoreError(error, path);
    }
  }
  try {
    const address = pathToFileURL(path);
    address.searchParams.set("immutable", "1");
    return { database: await connect(new DatabaseSync(address.href, { readOnly: true }), signal), isSnapshot: true, identity };
  } catch (error) {
    throw toStoreError(error, path);
  }
}

/** Changes when the file is replaced; a write into the same file keeps it. */
export async function fileIdentity(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}`;
  } catch (error) {
    throw toFileError(error, path);
  }
}

async function connect(database: DatabaseSync, signal: CancelSignal): Promise<DatabaseSync> {
  try {
    // The cache (64 MB, in KiB) spares reading the same pages for the next list of a large database.
    // The pragma instead of the option `timeout`, which the Node of older editors does not know. It blocks the thread, so it
    // is short; `retryWhileBusy` waits longer without blocking. MLflow itself compares with case-sensitive LIKE.
    await retryWhileBusy(() => {
      database.exec("PRAGMA busy_timeout = 100; PRAGMA cache_size = -65536; PRAGMA query_only = ON; PRAGMA case_sensitive_like = ON");
      // The first read shows whether the file can be read at all.
      database.prepare("SELECT count(*) AS n FROM sqlite_master").get();
    }, signal);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isFolderNotWritable(error: unknown): boolean {
  const code = primaryCode(error);
  // A half-finished write must be rolled back first; reading past it would show a state that never was.
  return (code === SQLITE.readOnly && sqliteCode(error) !== SQLITE.readOnlyRollback) || code === SQLITE.cantOpen;
}

/** Looks at the file before SQLite does, because its own words ("unable to open database file") tell no cause. */
async function inspectFile(path: string): Promise<{ usesLog: boolean; identity: string }> {
  const identity = await fileIdentity(path);
  let header: Buffer;
  try {
    const file = await open(path, "r");
    try {
      if ((await file.stat()).isDirectory()) {
        throw new AppError("store/not-mlflow", `"${oneLine(path, 300)}" is a folder, not a database.`, {
          remedy: "Point to the mlflow.db inside of it, or open the folder as a file store.",
        });
      }
      const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      header = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, path);
  }
  if (header.length === 0) {
    throw new AppError("store/not-mlflow", `The database "${oneLine(path, 300)}" is empty.`, {
      remedy: "Start an MLflow run that writes to it, then refresh.",
    });
  }
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw notADatabase(path);
  }
  return { usesLog: header[WRITE_VERSION_AT] === 2, identity };
}

function toFileError(error: unknown, path: string): Error {
  if (error instanceof AppError) {
    return error;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new AppError("store/not-found", `There is no database at "${oneLine(path, 300)}".`, {
      remedy: "Check the path; it may have been moved or deleted.",
      cause: error,
    });
  }
  const reason = code === "EACCES" || code === "EPERM" ? "you have no permission to read it" : code;
  return new AppError("store/unreadable", `The database "${oneLine(path, 300)}" could not be read: ${reason}.`, {
    remedy: "Check the permissions of the file and its folder, then try again.",
    cause: error,
  });
}
