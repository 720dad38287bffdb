import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isInside } from "../../adapters/node/isInside";
import { AppError } from "../../core/base/appError";
import { printable } from "../printable";

/** What is to be linted of one workspace. */
export interface LintScope {
  /** Absolute: the folder from which facts, policies and included files are looked up, as by an editor that opens it. */
  readonly root: string;
  /** From the root, with forward slashes, "" for the root itself. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * Parts what the user named by workspace: the git repository that holds it, or, where there is none, the folder that was named, or the
 * one of the file.
 * @throws AppError `usage` for a path where there is nothing.
 */
export async function readScopes(paths: readonly string[], cwd: string): Promise<readonly LintScope[]> {
  const named = await Promise.all((paths.length === 0 ? ["."] : paths).map((path) => look(path, cwd)));
  const scopes = new Map<string, { readonly folders: Set<string>; readonly files: Set<string> }>();
  // Folders above come first, so that what lies in them belongs to their workspace also where there is no repository.
  for (const { place, kind, folder } of named.sort((a, b) => a.folder.length - b.folder.length)) {
    const root = (await repositoryOf(folder)) ?? [...scopes.keys()].find((known) => isInside(known, folder)) ?? aboveSettings(folder);
    const scope = scopes.get(root) ?? { folders: new Set(), files: new Set() };
    scopes.set(root, scope);
    scope[kind === "folder" ? "folders" : "files"].add(relative(root, place).split(sep).join("/"));
  }
  return [...scopes].map(([root, { folders, files }]) => ({ root, folders: [...folders], files: [...files] }));
}

interface NamedPlace {
  readonly place: string;
  readonly kind: "file" | "folder";
  /** The place itself, or the folder of a file. */
  readonly folder: string;
}

async function look(path: string, cwd: string): Promise<NamedPlace> {
  const shown = `"${printable(path.slice(0, 300))}"`;
  const place = resolve(cwd, path);
  try {
    const about = await stat(place);
    if (about.isDirectory()) {
      const folder = await realpath(place);
      return { place: folder, folder, kind: "folder" };
    }
    if (about.isFile()) {
      // The file's own name counts, also where it is a link; the folder is the real one, because git knows only that.
      const folder = await realpath(dirname(place));
      return { place: join(folder, basename(place)), folder, kind: "file" };
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const isGone = code === "ENOENT" || code === "ENOTDIR";
    throw new AppError("usage", isGone ? `There is no file or folder ${shown}.` : `${shown} cannot be read: the system answers ${code}.`, {
      remedy: `Relative paths start at ${printable(cwd)}.`,
      cause: error,
    });
  }
  throw new AppError("usage", `${shown} is neither a file nor a folder.`, { remedy: "Name a file or a folder." });
}

/** A policy belongs to the folder that holds `.mlops`. */
function aboveSettings(folder: string): string {
  const parts = folder.split(sep);
  const settings = parts.indexOf(".mlops");
  return settings < 1 ? folder : parts.slice(0, settings).join(sep) || sep;
}

/** The nearest folder above that holds `.git`: a folder, or a file in a worktree or a submodule. */
async function repositoryOf(folder: string): Promise<string | null> {
  for (let place = folder; ; place = dirname(place)) {
    const about = await stat(join(place, ".git")).catch(() => null);
    if (about !== null) {
      return place;
    }
    if (dirname(place) === place) {
      return null;
    }
  }
}
