import { AppError } from "../base/appError";
import { oneLine } from "../base/oneLine";

/** Where `monitoring.reference` or `monitoring.live` says that data lie. */
export type DataSource =
  /** Relative to the product's file; a folder or a pattern stands for several files. */
  | { readonly kind: "path"; readonly path: string }
  /** A data set that a run logged, by its name; without a digest the newest one. */
  | { readonly kind: "dataset"; readonly name: string; readonly digest: string | null }
  | { readonly kind: "run"; readonly runId: string; readonly path: string }
  | { readonly kind: "model"; readonly model: string; readonly version: ModelVersionWish; readonly path: string };

export type ModelVersionWish =
  { readonly kind: "version"; readonly version: string } | { readonly kind: "alias"; readonly alias: string } | { readonly kind: "latest" };

/**
 * Reads `data/train.parquet`, `logs/*.csv`, `dataset:NAME`, `dataset:NAME@DIGEST`, `runs:/RUN/path`, `models:/NAME/VERSION/path` and
 * `models:/NAME@ALIAS/path`.
 * @throws AppError `usage` for an address of another kind, and for one of MLflow that lacks a part.
 */
export function parseDataSource(text: string): DataSource {
  const plain = text.trim();
  const scheme = /^([A-Za-z][\w+.-]+):/.exec(plain)?.[1]?.toLowerCase();
  const rest = plain.slice((scheme?.length ?? -1) + 1);
  switch (scheme) {
    case undefined:
      return { kind: "path", path: plain };
    case "dataset":
      return dataset(plain, rest);
    case "runs":
      return run(plain, rest);
    case "models":
      return model(plain, rest);
    default:
      // A colon is a part of a name on most systems; two slashes behind it are an address everywhere.
      if (rest.startsWith("//")) {
        throw new AppError("usage", `The data "${oneLine(plain)}" is at an address, and none is opened.`, {
          remedy: "Name a file of the workspace, dataset:NAME, runs:/RUN/path or models:/NAME/VERSION/path.",
        });
      }
      return { kind: "path", path: plain };
  }
}

function dataset(text: string, rest: string): DataSource {
  const [, name = "", digest = null] = /^(.+?)(?:@([\w.-]+))?$/.exec(rest.trim()) ?? [];
  if (name === "") {
    throw incomplete(text, "dataset:NAME");
  }
  return { kind: "dataset", name, digest };
}

function run(text: string, rest: string): DataSource {
  const [, runId = "", path = ""] = /^\/+([\w-]+)\/(.+)$/.exec(rest) ?? [];
  if (runId === "") {
    throw incomplete(text, "runs:/RUN/path");
  }
  return { kind: "run", runId, path };
}

function model(text: string, rest: string): DataSource {
  const parts = rest.replace(/^\/+/, "").split("/");
  const [first = "", second = ""] = parts;
  const at = first.lastIndexOf("@");
  const path = parts.slice(at > 0 ? 1 : 2).join("/");
  const name = decode(at > 0 ? first.slice(0, at) : first);
  const version: ModelVersionWish | null =
    at > 0
      ? { kind: "alias", alias: first.slice(at + 1) }
      : /^\d+$/.test(second)
        ? { kind: "version", version: second }
        : second === "latest"
          ? { kind: "latest" }
          : null;
  if (name === "" || path === "" || version === null || (version.kind === "alias" && version.alias === "")) {
    throw incomplete(text, "models:/NAME/VERSION/path or models:/NAME@ALIAS/path");
  }
  return { kind: "model", model: name, version, path };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function incomplete(text: string, wanted: string): AppError {
  return new AppError("usage", `"${oneLine(text)}" does not say which data is meant.`, { remedy: `Write ${wanted}.` });
}
