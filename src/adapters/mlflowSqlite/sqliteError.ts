import { AppError, isAppError } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";

/** Result codes of SQLite that are told apart; the low byte of an extended code is its primary code. */
export const SQLITE = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  cantOpen: 14,
  notADatabase: 26,
  readOnlyRollback: 776,
} as const;

/** The extended result code of an error that Node's SQLite threw, or null for any other error. */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
}

export function primaryCode(error: unknown): number | null {
  const code = sqliteCode(error);
  return code === null ? null : code & 0xff;
}

export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE.busy || code === SQLITE.locked;
}

/**
 * Whether the file was another one when it was read than the one whose tables are known: it was written over in place. A connection that saw it
 * empty for a moment, as `cp` leaves it first, finds no table in it any more, whatever is written there later.
 */
export function isOfAnotherFile(error: unknown): boolean {
  const code = primaryCode(error);
  return (
    code === SQLITE.corrupt ||
    code === SQLITE.notADatabase ||
    (code === SQLITE.error && error instanceof Error && /^no such (?:table|column)/.test(error.message))
  );
}

/** Tells an error of SQLite as a sentence; errors that are already told pass unchanged. */
export function toStoreError(error: unknown, path: string): Error {
  if (isAppError(error) || isCancelled(error)) {
    return error as Error;
  }
  const where = `The database "${oneLine(path, 300)}"`;
  if (sqliteCode(error) === SQLITE.readOnlyRollback) {
    return new AppError(
      "store/unreadable",
      `${where} was left in the middle of a write, and only a program that may write can repair it.`,
      {
        remedy: "Open it once with MLflow, then try again.",
        cause: error,
      },
    );
  }
  switch (primaryCode(error)) {
    case SQLITE.busy:
    case SQLITE.locked:
      return new AppError("store/locked", `${where} is locked by another program that is writing to it.`, {
        remedy: "Try again when it has finished.",
        cause: error,
      });
    case SQLITE.corrupt:
      return new AppError("store/unreadable", `${where} is damaged: it was cut short or overwritten.`, {
        remedy: "Restore a copy, or rescue what is left with `sqlite3 mlflow.db .recover`.",
        cause: error,
      });
    case SQLITE.notADatabase:
      return notADatabase(path, error);
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      return new AppError("store/unreadable", `${where} could not be read: ${oneLine(reason, 300)}.`, {
        remedy: "Check the file and its permissions, then try again.",
        cause: error,
      });
    }
  }
}

export function notADatabase(path: string, cause?: unknown): AppError {
  return new AppError("store/not-mlflow", `"${oneLine(path, 300)}" is not an SQLite database, or it is encrypted.`, {
    remedy: "Point to the mlflow.db that MLflow writes.",
    cause,
  });
}
