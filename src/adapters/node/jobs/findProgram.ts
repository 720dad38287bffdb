import { accessSync, constants, statSync } from "node:fs";
import { delimiter, extname, isAbsolute, join, resolve } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** Absolute path of a program as the system would find it; null where there is none. @param pathFirst is looked through first. */
export function findProgram(name: string, cwd: string, env: Env, pathFirst: string | null = null): string | null {
  const key = Object.keys(env).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  const folders = /[/\\]/.test(name) || isAbsolute(name) ? [""] : [pathFirst ?? "", ...(env[key] ?? "").split(delimiter)].filter(Boolean);
  const endings = process.platform === "win32" && extname(name) === "" ? (env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").split(";") : [""];
  for (const folder of folders) {
    for (const ending of endings) {
      const path = resolve(cwd, join(folder, name) + ending);
      if (isProgram(path)) {
        return path;
      }
    }
  }
  return null;
}

/** Batch files are read by a shell, in which no argument is safe. */
export function isBatchFile(path: string): boolean {
  return /\.(?:bat|cmd)$/i.test(path);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, process.platform === "win32" ? constants.F_OK : constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
