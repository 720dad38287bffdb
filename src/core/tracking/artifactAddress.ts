import { AppError } from "../base/appError";
import { oneLine } from "../base/oneLine";
import type { ArtifactOwner } from "./artifact";
import type { StoreId } from "./storeLocation";

/** The scheme of the read-only file system that shows artifacts in editors. */
export const ARTIFACT_SCHEME = "mlops-artifact";

/** One artifact, over all stores of the window. */
export interface ArtifactAddress {
  readonly storeId: StoreId;
  readonly owner: ArtifactOwner;
  /** Relative to the owner's artifact root, with `/`; "" is the root. */
  readonly path: string;
}

/** The parts of a URI. The artifact's path stays the path, so that the editor finds language and preview by the file's name. */
export interface ArtifactUriParts {
  readonly scheme: typeof ARTIFACT_SCHEME;
  readonly path: string;
  readonly query: string;
}

/** Parts the fields of the query: the encoding below puts two hex digits after each `~`, so it never makes this by itself. */
const SEPARATOR = "~-";

/** @throws AppError `artifact/outside-root` for a path that leaves the owner's folder. */
export function toArtifactUriParts(address: ArtifactAddress): ArtifactUriParts {
  const { owner } = address;
  const ids = owner.kind === "run" ? [owner.runId] : owner.kind === "loggedModel" ? [owner.modelId] : [owner.modelName, owner.version];
  return {
    scheme: ARTIFACT_SCHEME,
    path: `/${checkedArtifactPath(address.path)}`,
    query: [address.storeId, owner.kind, ...ids].map(encodeToken).join(SEPARATOR),
  };
}

/**
 * The inverse of `toArtifactUriParts`; `path` and `query` as decoded by the editor.
 * @throws AppError `usage` for an address that this window did not make, `artifact/outside-root` for a path with `..`.
 */
export function parseArtifactUriParts(uri: { readonly path: string; readonly query: string }): ArtifactAddress {
  const [storeId, kind, id, second, ...rest] = uri.query.split(SEPARATOR).map(decodeToken);
  const path = checkedArtifactPath(uri.path.replace(/^\//, ""));
  if (storeId === undefined || storeId === "" || id === undefined || id === "" || rest.length > 0) {
    throw badAddress(uri.query);
  }
  if (kind === "run" && second === undefined) {
    return { storeId, owner: { kind, runId: id }, path };
  }
  if (kind === "loggedModel" && second === undefined) {
    return { storeId, owner: { kind, modelId: id }, path };
  }
  if (kind === "modelVersion" && second !== undefined && second !== "") {
    return { storeId, owner: { kind, modelName: id, version: second }, path };
  }
  throw badAddress(uri.query);
}

/**
 * Refuses whatever could leave an artifact folder on any system; the store checks again. A trailing slash and doubled
 * slashes are dropped, because editors add them when they join paths.
 */
function checkedArtifactPath(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (path.includes("\0") || path.split(/[\\/]/).includes("..") || /^[A-Za-z]:[\\/]/.test(path)) {
    throw new AppError("artifact/outside-root", `The artifact path "${oneLine(path)}" leaves the artifact folder and is not followed.`);
  }
  return segments.join("/");
}

/**
 * Only characters that no URI encoder touches: editors and webviews encode and decode a query a varying number of times,
 * and some forget to decode it.
 */
function encodeToken(text: string): string {
  try {
    return encodeURIComponent(text)
      .replace(/[~!*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)
      .replace(/%/g, "~");
  } catch (cause) {
    // Half of a surrogate pair, which no store can have written as UTF-8.
    throw new AppError("usage", `"${oneLine(text)}" is not a valid text and cannot be part of an address.`, { cause });
  }
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token.replace(/~/g, "%"));
  } catch {
    throw badAddress(token);
  }
}

function badAddress(query: string): AppError {
  return new AppError("usage", `"${oneLine(query)}" is not the address of an artifact.`, {
    remedy: "Open the artifact from its run again.",
  });
}
