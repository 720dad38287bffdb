import { AppError } from "../base/appError";

/** Where a store is. Paths are absolute; a URL has no trailing slash and no credentials. */
export type StoreLocation =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "rest"; readonly url: string };

/** Stable over sessions and equal for equal places, so that it can be persisted. */
export type StoreId = string;

export function storeIdOf(location: StoreLocation): StoreId {
  return location.kind === "rest" ? location.url : `${location.kind}:${location.path}`;
}

/** The inverse of `storeIdOf`. */
export function storeLocationOf(id: StoreId): StoreLocation {
  if (id.startsWith("sqlite:")) {
    return { kind: "sqlite", path: id.slice("sqlite:".length) };
  }
  if (id.startsWith("file:")) {
    return { kind: "file", path: id.slice("file:".length) };
  }
  return { kind: "rest", url: id };
}

/**
 * Reads a store URI as MLflow writes it: a path to a database or an `mlruns` folder, `sqlite:///relative.db`,
 * `sqlite:////absolute.db`, `file:///folder`, or `http(s)://host:port`.
 * @param toAbsolute resolves a path against the caller's base folder.
 * @throws AppError `usage` for anything else, naming what is allowed.
 */
export function parseStoreUri(uri: string, toAbsolute: (path: string) => string): StoreLocation {
  const text = uri.trim();
  if (/^https?:\/\//i.test(text)) {
    return {
      kind: "rest",
      url: text
        .replace(/^(https?:\/\/)[^/@]*@/i, "$1")
        .replace(/[?#].*$/, "")
        .replace(/\/+$/, ""),
    };
  }
  const sqlite = /^sqlite(?:\+\w+)?:\/\/\/(.+)$/i.exec(text);
  if (sqlite?.[1] !== undefined) {
    return { kind: "sqlite", path: toAbsolute((sqlite[1].split("?")[0] ?? "").replace(/^\/([A-Za-z]:[\\/])/, "$1")) };
  }
  const file = /^file:(?:\/\/(?:localhost)?(?=\/))?(.+)$/i.exec(text);
  if (file?.[1] !== undefined) {
    return { kind: "file", path: toAbsolute(decode(file[1]).replace(/^\/([A-Za-z]:[\\/])/, "$1")) };
  }
  if (text === "" || /^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new AppError("usage", `"${text.slice(0, 200)}" is not a store that can be read.`, {
      remedy: "Give a path to mlflow.db or to an mlruns folder, sqlite:///path, or http(s)://host:port.",
    });
  }
  return /\.(db|sqlite|sqlite3)$/i.test(text) ? { kind: "sqlite", path: toAbsolute(text) } : { kind: "file", path: toAbsolute(text) };
}

/** A path with a bare "%" is no encoded one; it is then taken as it is. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
