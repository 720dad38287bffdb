import { execFile, execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process as one start of it on one machine: its number alone is given to others later. */
export interface ProcessMark {
  readonly pid: number;
  /** When the system started it, as the system tells; null where that cannot be asked. */
  readonly start: string | null;
  readonly machine: MachineMark;
}

export interface MachineMark {
  readonly host: string;
  /** Changes with every start of the machine; null where the system has none. */
  readonly boot: string | null;
  /** Numbers of processes mean something within one container only. */
  readonly space: string | null;
}

/** `here`: alive on this machine. `gone`: it ended. `elsewhere`: another machine or container knows. */
export type Liveness = "here" | "gone" | "elsewhere";

let machine: MachineMark | undefined;

export function thisMachine(): MachineMark {
  machine ??= {
    host: hostname(),
    boot: attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    space: attempt(() => readlinkSync("/proc/self/ns/pid")),
  };
  return machine;
}

export async function markOf(pid: number): Promise<ProcessMark> {
  return { pid, start: await startOf(pid), machine: thisMachine() };
}

/** For a short-lived purpose: where asking is slow, the number has to do. */
export function quickMark(pid: number): ProcessMark {
  return { pid, start: linuxStart(pid), machine: thisMachine() };
}

export async function livenessOf(mark: ProcessMark): Promise<Liveness> {
  const quick = quickLiveness(mark);
  if (quick !== "here" || mark.start === null || process.platform === "linux") {
    return quick;
  }
  const start = await startOf(mark.pid);
  return start === null || start === mark.start ? "here" : "gone";
}

export function quickLiveness({ pid, start, machine: theirs }: ProcessMark): Liveness {
  const ours = thisMachine();
  if (theirs.host !== ours.host) {
    return "elsewhere";
  }
  if (theirs.boot !== ours.boot) {
    return "gone";
  }
  if (theirs.space !== ours.space) {
    return "elsewhere";
  }
  if (!isRunning(pid)) {
    return "gone";
  }
  return process.platform !== "linux" || start === null || linuxStart(pid) === start ? "here" : "gone";
}

/** Whether any process of the group is left. */
export function isGroupRunning(pid: number): boolean {
  return isRunning(process.platform === "win32" ? pid : -pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function startOf(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    return linuxStart(pid);
  }
  try {
    const { stdout } =
      process.platform === "win32"
        ? await run("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`], {
            timeout: 10_000,
            windowsHide: true,
          })
        : await run("ps", ["-o", "lstart=", "-p", String(pid)], { timeout: 5000, env: { ...process.env, LC_ALL: "C" } });
    return stdout.trim() === "" ? null : stdout.trim();
  } catch {
    return null;
  }
}

/**
 * Field 22 of /proc/PID/stat: ticks since the machine started. The name before it may hold anything, so that fields are counted from its end.
 * A process that is dead and only not yet asked for its exit code counts as gone.
 */
function linuxStart(pid: number): string | null {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields === undefined || fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
}

/** Ends a process and all that it started. On Windows there is no asking first for a program without a window. */
export function endGroup(pid: number, force: boolean): void {
  try {
    if (process.platform === "win32") {
      execFileSync("taskkill", ["/PID", String(pid), "/T", ...(force ? ["/F"] : [])], {
        stdio: "ignore",
        windowsHide: true,
        timeout: 10_000,
      });
    } else {
      process.kill(-pid, force ? "SIGKILL" : "SIGTERM");
    }
  } catch {
    // It is over already, or refuses to be asked; whoever calls looks again.
  }
}

function attempt(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
