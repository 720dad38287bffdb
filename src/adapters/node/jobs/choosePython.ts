import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { isInside } from "../isInside";
import { findProgram } from "./findProgram";

const run = promisify(execFile);

export interface ChosenPython {
  /** Absolute. */
  readonly path: string;
  readonly version: string | null;
  /** Where it comes from, for people. */
  readonly from: string;
  /** Folder of an environment's programs, which go first on PATH; null for a Python of the system. */
  readonly bin: string | null;
}

export interface PythonWish {
  readonly folder: string;
  readonly root: string;
  /** `train.python` of the product's file, relative to its folder. */
  readonly configured: string | null;
  /** The interpreter that is chosen in the editor. */
  readonly hint: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const VENVS = [".venv", "venv", "env"];
const versions = new Map<string, Promise<string | null>>();
/** Files of packages that were found, by Python and name. */
const packages = new Map<string, string>();

/** The Python that runs a training: the file's own, the editor's, an environment beside the code, or the system's. Null where there is none. */
export async function choosePython(wish: PythonWish): Promise<ChosenPython | null> {
  const found = findPython(wish);
  return found === null ? null : { ...found, version: await versionOf(found.path), bin: environmentBin(found.path) };
}

/** The same without asking it for its version, for which it would be started. */
export function findPython({ folder, root, configured, hint, env }: PythonWish): Pick<ChosenPython, "path" | "from"> | null {
  if (configured !== null) {
    const path = /[/\\]/.test(configured) ? programIn(resolve(folder, configured)) : findProgram(configured, folder, env);
    return path === null ? null : { path, from: "train.python of mlops.yaml" };
  }
  if (hint !== null && existsSync(hint)) {
    return { path: hint, from: "the interpreter chosen in the editor" };
  }
  for (const place of isInside(root, folder) && folder !== root ? [folder, root] : [folder]) {
    for (const name of VENVS) {
      const path = programIn(join(place, name));
      if (path !== null) {
        return { path, from: `the environment ${name} ${place === folder ? "beside mlops.yaml" : "of the workspace"}` };
      }
    }
  }
  const path = findProgram("python3", folder, env) ?? findProgram("python", folder, env);
  return path === null ? null : { path, from: "PATH" };
}

/** A program, or the one of an environment's folder. */
function programIn(place: string): string | null {
  const inside = process.platform === "win32" ? join(place, "Scripts", "python.exe") : join(place, "bin", "python");
  return existsSync(inside) ? inside : findProgram(place, "/", {});
}

/** Folder of the programs of the environment that a Python belongs to; null for a Python of the system. */
export function environmentBin(path: string): string | null {
  const bin = dirname(path);
  return existsSync(join(bin, "..", "pyvenv.cfg")) || existsSync(join(bin, "..", "conda-meta")) ? bin : null;
}

/** Asked once for each Python. */
function versionOf(path: string): Promise<string | null> {
  const known = versions.get(path);
  const asked =
    known ??
    run(path, ["--version"], { timeout: 10_000, windowsHide: true }).then(
      ({ stdout, stderr }) => /Python (\S+)/.exec(stdout + stderr)?.[1] ?? null,
      () => null,
    );
  versions.set(path, asked);
  return asked;
}

/**
 * Whether a package is there, without importing it, which takes MLflow two seconds. Null where nobody can tell. A Python that has it is asked
 * again only once the package's file is gone: a status that is looked at would start it twice a minute.
 */
export async function hasPackage(python: string, name: string): Promise<boolean | null> {
  const key = [python, name].join("\0");
  const known = packages.get(key);
  if (known !== undefined && existsSync(python) && existsSync(known)) {
    return true;
  }
  packages.delete(key);
  try {
    const find = `import importlib.util, json; spec = importlib.util.find_spec(${JSON.stringify(name)})`;
    const code = `${find}; print(spec is not None, json.dumps(spec and spec.origin))`;
    const { stdout } = await run(python, ["-c", code], { timeout: 10_000, windowsHide: true });
    const [, isThere, file = "null"] = /^(True|False)(?: (.*))?$/.exec(stdout.trim()) ?? [];
    const origin: unknown = JSON.parse(file);
    if (isThere === "True" && typeof origin === "string") {
      packages.set(key, origin);
    }
    return isThere === "True";
  } catch {
    return null;
  }
}
