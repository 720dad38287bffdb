import { AppError } from "../../core/base/appError";

export type SqliteModule = typeof import("node:sqlite");

/**
 * Loads Node's own SQLite, only when a database is opened: an editor older than VS Code 1.101 runs a Node without it, and
 * there the other stores must still work.
 * @throws AppError `store/module-missing`.
 */
export function loadSqliteModule(): SqliteModule {
  // An old Node has no getBuiltinModule either, whatever its types say.
  const { getBuiltinModule: load } = process as { readonly getBuiltinModule?: (id: string) => SqliteModule | undefined };
  const found = load?.("node:sqlite");
  if (found === undefined) {
    throw new AppError("store/module-missing", `This program runs on Node ${process.version}, which has no SQLite reader.`, {
      remedy: "Update the editor (VS Code 1.101 or newer), or start `mlflow server` on the database and connect to its address.",
    });
  }
  return found;
}
