import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startDriftThread } from "../../src/adapters/drift/startDriftThread";
import { WorkerDriftService } from "../../src/adapters/drift/workerDriftService";
import { isCancelled } from "../../src/core/base/cancel";
import { defaultDriftSettings } from "../../src/core/drift/driftSettings";
import type { Figure } from "../figures";

const CANCEL_AFTER_MS = 1000;
const BLOCK = 8 * 1024 * 1024;

/**
 * A CSV file of so many bytes as both sides, stopped after a second: in the threads of the editor, and the command line by the signal that
 * Ctrl+C sends. It asserts that reading was under way and that it ended as cancelled.
 */
export async function hugeCancel(project: string, folder: string, bytes: number): Promise<readonly Figure[]> {
  const path = join(folder, "huge.csv");
  writeHuge(path, bytes);
  try {
    const threads = await cancelThreads(project, path);
    const program = await interruptProgram(project, folder, path);
    return [
      { name: "size of the CSV file", value: bytes / 1e6, unit: "MB" },
      { name: "threads: from the cancel to its end", value: threads.seconds, unit: "s", target: { below: 0.5 } },
      { name: "threads: read until then", value: threads.read / 1e6, unit: "MB" },
      { name: "threads: longest block of the caller's loop", value: threads.longestBlock, unit: "ms", target: { below: 50 } },
      { name: "mlops drift: from the signal to its end", value: program.seconds, unit: "s", target: { below: 0.5 } },
      { name: "mlops drift: memory", value: program.megabytes, unit: "MB", target: { below: 1500 } },
    ];
  } finally {
    rmSync(path, { force: true });
  }
}

/** One block of rows, again and again. */
function writeHuge(path: string, bytes: number): void {
  let rows = "";
  for (let row = 0; rows.length < BLOCK; row++) {
    rows += `${row % 9973},${((row * 37) % 1000) / 10},"city ${row % 200}",${row % 3 === 0 ? "" : "yes"}\n`;
  }
  const block = Buffer.from(rows);
  const file = openSync(path, "w");
  try {
    let written = writeSync(file, "id,amount,city,answer\n");
    while (written < bytes) {
      written += writeSync(file, block);
    }
  } finally {
    closeSync(file);
  }
}

async function cancelThreads(
  project: string,
  path: string,
): Promise<{ readonly seconds: number; readonly read: number; readonly longestBlock: number }> {
  const service = new WorkerDriftService(() => startDriftThread(join(project, "dist", "driftWorker.js")));
  const abort = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let aborted = Infinity;
  let read = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    await service.open(
      {
        reference: { paths: [path] },
        current: { paths: [path] },
        labels: { reference: "reference", current: "current" },
        read: { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 42 },
        hash: true,
        early: defaultDriftSettings("own"),
      },
      {
        onProgress: ({ done }) => {
          read = Math.max(read, done);
          // Threads take their time to start where the machine does other work.
          timer ??= setTimeout(() => {
            aborted = performance.now();
            abort.abort();
          }, CANCEL_AFTER_MS);
        },
      },
      abort.signal,
    );
  } catch (error) {
    if (!isCancelled(error) || read === 0) {
      throw error;
    }
    delay.disable();
    return { seconds: (performance.now() - aborted) / 1000, read, longestBlock: delay.max / 1e6 };
  } finally {
    service.dispose();
  }
  throw new Error("The comparison ended before it was cancelled.");
}

async function interruptProgram(
  project: string,
  folder: string,
  path: string,
): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const child = spawn(process.execPath, [join(project, "dist", "cli.js"), "drift", "--reference", path, "--current", path, "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, complaint] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, CANCEL_AFTER_MS));
  if (child.exitCode !== null) {
    throw new Error(`The program ended before it was stopped: ${complaint.slice(-500)}`);
  }
  const megabytes = residentMegabytes(child.pid ?? 0);
  const start = performance.now();
  child.kill("SIGINT");
  await ended;
  if (output !== "") {
    throw new Error("The program wrote a result of what it had not read.");
  }
  return { seconds: (performance.now() - start) / 1000, megabytes };
}

/** The most that a process has held so far; 0 where the system does not tell. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
