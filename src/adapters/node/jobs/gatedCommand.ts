import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Writable } from "node:stream";

import { findProgram } from "./findProgram";

/** What is started, in which folder and environment, and the descriptor of its log. */
export interface GatedWish {
  readonly argv: readonly string[];
  readonly shell: boolean;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: number;
}

/** A process that is there, with a number and a group of its own, and does nothing yet. */
export interface GatedCommand {
  readonly child: ChildProcess;
  /** The command begins. */
  readonly open: () => void;
  /** It never begins, and the process ends. */
  readonly drop: () => void;
}

/** Descriptor at which a process waits for a line; it ends with whoever holds the other side, and then there is none to come. */
const GATE_FD = 3;
const GATE = `IFS= read -r _ <&${GATE_FD} || exit 125; exec "$@" ${GATE_FD}<&-`;
/** Shells pass on no variable of another name. */
const SHELL_NAME = /^[A-Za-z_]\w*$/;

/**
 * Starts a process that becomes the command once its gate is opened, so that its number can be written down before anything of it runs: whoever
 * starts it and is killed in between leaves nothing behind. On Windows the system itself ends a process whose parent is killed, and there
 * is no gate.
 */
export function spawnGated({ argv, shell, cwd, env, log }: GatedWish): GatedCommand {
  const [program = "", ...args] = argv;
  if (process.platform === "win32") {
    const child = spawn(program, args, { cwd, shell, env, stdio: ["ignore", log, log], windowsHide: true });
    return { child, open: () => undefined, drop: () => child.kill() };
  }
  const words = shell ? ["/bin/sh", "-c", argv.join(" ")] : [...oddVariables(program, env), ...argv];
  // A group of its own, which can be ended as a whole.
  const child = spawn("/bin/sh", ["-c", GATE, "sh", ...words], { cwd, env, stdio: ["ignore", log, log, "pipe"], detached: true });
  const gate = child.stdio[GATE_FD] as Writable | null | undefined;
  // A process that was ended while it waited does not read.
  gate?.on("error", () => undefined);
  return { child, open: () => gate?.end("\n"), drop: () => gate?.destroy() };
}

/** Functions that a shell has exported bear names like `BASH_FUNC_module%%`. */
function oddVariables(program: string, env: NodeJS.ProcessEnv): readonly string[] {
  const odd = Object.entries(env).flatMap(([name, value]) => (SHELL_NAME.test(name) || value === undefined ? [] : [`${name}=${value}`]));
  return odd.length === 0 || program.includes("=") ? [] : ["env", ...odd];
}

/** Why a command cannot be started, as far as the disk tells; null where nothing speaks against it. On Windows only a try tells. */
export function startProblem({ argv: [program = ""], shell, cwd, env }: Pick<GatedWish, "argv" | "shell" | "cwd" | "env">): string | null {
  if (!existsSync(cwd)) {
    return `The folder ${cwd} is not there.`;
  }
  if (shell || process.platform === "win32" || findProgram(program, cwd, env) !== null) {
    return null;
  }
  return program.includes("/") && existsSync(resolve(cwd, program)) ? `"${program}" may not be run.` : `There is no program "${program}".`;
}
