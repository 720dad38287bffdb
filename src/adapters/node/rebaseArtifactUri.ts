import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { isInside } from "./isInside";

/** Where an `mlflow-artifacts:` path may lie below a store's folder; `mlflow server` uses `mlartifacts` unless told otherwise. */
const PROXIED_FOLDERS = ["mlartifacts", "mlruns", "artifacts", "."];

type RecordedPlace =
  | {
      readonly kind: "local";
      readonly path: string;
      readonly segments: readonly string[];
    }
  | { readonly kind: "proxied"; readonly segments: readonly string[] };

/**
 * Finds the real folder of a recorded artifact address. MLflow records absolute addresses, but stores get moved, copied and
 * mounted, so the folder is looked for by the longest tail of the recorded path that exists below the store's folders,
 * e.g. `mlruns/<experiment>/<run>/artifacts`. The answer never lies outside of these folders.
 * The folder may not exist where a run has logged no file yet: its place is then known from a folder above it.
 * @param recorded a path, a `file:` URI (POSIX or Windows) or `mlflow-artifacts:/…`, as stored.
 * @param roots absolute folders that the store may read, the nearest first: the folder that holds the database, or the
 *   `mlruns` folder and its parent.
 * @returns an absolute real path where the folder exists.
 * @throws AppError `store/unsupported` for a remote address, `artifact/outside-root` for one that is not below the roots.
 */
export async function rebaseArtifactUri(recorded: string, roots: readonly string[]): Promise<string> {
  const place = parseArtifactUri(recorded);
  const bounds = await realPaths(roots);
  if (place.kind === "proxied") {
    return rebaseProxied(place.segments, recorded, roots, bounds);
  }
  const direct = isAbsolute(place.path) ? resolve(place.path) : undefined;
  if (direct !== undefined) {
    const real = await existing(direct);
    if (real !== null && isInsideAny(bounds, real)) {
      return real;
    }
  }
  const tail = await longestTail(place.segments, roots, bounds);
  if (tail !== null) {
    return tail;
  }
  if (direct !== undefined && isInsideAny(roots, direct) && (await existing(direct)) === null) {
    return direct;
  }
  // A run without files has no folder yet: two levels up (`<experiment>` of `<experiment>/<run>/artifacts`) is proof enough.
  for (const dropped of [1, 2]) {
    const above = await longestTail(place.segments.slice(0, -dropped), roots, bounds);
    if (above !== null) {
      const missing = join(above, ...place.segments.slice(-dropped));
      if ((await existing(missing)) === null) {
        return missing;
      }
    }
  }
  // An experiment without any file has no folder either. `mlruns` beside a database is MLflow's own default for its files.
  const [above = "", ...missing] = place.segments.slice(-4);
  if (above === "mlruns" && missing.length === 3 && (direct === undefined || (await existing(direct)) === null)) {
    for (const root of roots) {
      const real = await existing(join(root, above));
      if (real !== null && isInsideAny(bounds, real) && (await existing(join(real, ...missing))) === null) {
        return join(real, ...missing);
      }
    }
  }
  throw outsideRoot(recorded, roots);
}

/**
 * Reads a recorded artifact address without touching the disk.
 * @throws AppError `store/unsupported` for an address on a remote storage.
 */
function parseArtifactUri(recorded: string): RecordedPlace {
  const text = recorded.trim();
  // A scheme has at least two letters; one letter is a Windows drive.
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return local(text);
  }
  const rest = text.slice(scheme.length + 1);
  if (scheme === "file") {
    const authority = /^\/\/([^/\\]*)(.*)$/s.exec(rest);
    const host = authority?.[1] ?? "";
    const path = decode(authority === null ? rest : (authority[2] ?? ""));
    const withDrive = path.replace(/^[\\/]+(?=[A-Za-z]:[\\/])/, "");
    return local(host === "" || host.toLowerCase() === "localhost" ? withDrive : `//${host}${withDrive}`);
  }
  if (scheme === "mlflow-artifacts") {
    return {
      kind: "proxied",
      segments: segmentsOf(decode(rest.replace(/^\/\/[^/]*/, ""))),
    };
  }
  throw new AppError("store/unsupported", `The files are on a remote storage, "${oneLine(recorded, 300)}", which is not read from here.`, {
    remedy: "Open the MLflow server that serves these files, or copy them next to the store.",
  });
}

function local(path: string): RecordedPlace {
  return { kind: "local", path, segments: segmentsOf(path) };
}

/** The names of a path from its root, `.` and `..` resolved by name. Both slashes part names: a Windows path may be read on Linux. */
function segmentsOf(path: string): readonly string[] {
  const isWindowsPath = /^[A-Za-z]:[\\/]|^\\\\/.test(path);
  const segments: string[] = [];
  for (const segment of path.split(isWindowsPath || process.platform === "win32" ? /[\\/]/ : "/")) {
    if (segment === "..") {
      segments.pop();
    } else if (segment !== "" && segment !== "." && !segment.includes("\0") && !/^[A-Za-z]:$/.test(segment)) {
      segments.push(segment);
    }
  }
  return segments;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The longest tail of the names that exists below a root. A tail of one name, such as `artifacts`, proves nothing,
 * unless the name before it is the root's own.
 */
async function longestTail(segments: readonly string[], roots: readonly string[], bounds: readonly string[]): Promise<string | null> {
  for (let start = 0; start < segments.length; start++) {
    const tail = segments.slice(start);
    for (const root of roots) {
      const isTelling = tail.length > 1 || segments[start - 1] === basename(root);
      const real = isTelling ? await existing(join(root, ...tail)) : null;
      if (real !== null && isInsideAny(bounds, real)) {
        return real;
      }
    }
  }
  return null;
}

async function rebaseProxied(
  segments: readonly string[],
  recorded: string,
  roots: readonly string[],
  bounds: readonly string[],
): Promise<string> {
  for (const folder of PROXIED_FOLDERS) {
    for (const root of roots) {
      const real = await existing(join(root, folder, ...segments));
      if (real !== null && isInsideAny(bounds, real)) {
        return real;
      }
    }
  }
  for (const root of roots) {
    const served = join(root, "mlartifacts");
    const real = await existing(served);
    if (real !== null && isInsideAny(bounds, real) && (await existing(join(real, ...segments))) === null) {
      return join(real, ...segments);
    }
  }
  const where = roots.at(-1) ?? "";
  throw new AppError("artifact/not-found", `The files, recorded as "${oneLine(recorded, 300)}", are not in "${oneLine(where, 300)}".`, {
    remedy: "Open the MLflow server that keeps them, or copy its mlartifacts folder next to the store.",
  });
}

async function realPaths(folders: readonly string[]): Promise<readonly string[]> {
  return Promise.all(folders.map(async (folder) => (await existing(folder)) ?? resolve(folder)));
}

/** The real path, or null where there is nothing or where its folder cannot be looked at. A model may be a single file. */
async function existing(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    return null;
  }
}

function isInsideAny(roots: readonly string[], target: string): boolean {
  // A store at the top of a disk would otherwise open the whole disk.
  return roots.some((root) => dirname(root) !== root && isInside(root, target));
}

function outsideRoot(recorded: string, roots: readonly string[]): AppError {
  const where = roots.at(-1) ?? "";
  return new AppError(
    "artifact/outside-root",
    `The files were recorded at "${oneLine(recorded, 300)}", which is not inside the store's folder "${oneLine(where, 300)}".`,
    {
      remedy: "Copy them below the store's folder to see them here.",
    },
  );
}
