import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../figures";
import { driftThreads } from "./driftThreads";

/** How one program compared two tables. */
interface Comparison {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly megabytes: number;
  readonly scores: Readonly<Record<string, number>>;
}

type Preset = "default" | "psi";

/** As the fixtures have it: scores of sane implementations agree so far. */
const TOLERANCE = 1e-9;

/** Evidently's default report and its PSI report against `mlops drift`, on the same two tables as Parquet and as CSV. */
export async function driftBench(project: string, folder: string, rows: number): Promise<readonly Figure[]> {
  const python = pythonWithEvidently(project);
  writeTables(project, python, folder, rows);
  const figures: Figure[] = [{ name: "rows a side, 20 columns", value: rows, unit: "" }];
  for (const [preset, factor] of [
    ["default", 8],
    ["psi", 5],
  ] as const) {
    for (const format of ["parquet", "csv"] as const) {
      const files = [join(folder, `reference.${format}`), join(folder, `current.${format}`)] as const;
      const evidently = compareWithEvidently(project, python, files, preset);
      const ours = compareWithCli(project, folder, files, preset);
      assertSameScores(evidently.scores, ours.scores);
      const what = `${preset} report, ${format}`;
      figures.push(
        { name: `${what}: Evidently`, value: evidently.seconds, unit: "s" },
        { name: `${what}: ours`, value: ours.seconds, unit: "s" },
        { name: `${what}: times faster`, value: evidently.seconds / ours.seconds, unit: "×", target: { atLeast: factor } },
        { name: `${what}: memory, Evidently`, value: evidently.megabytes, unit: "MB" },
        { name: `${what}: memory, ours`, value: ours.megabytes, unit: "MB", target: { below: evidently.megabytes / 2 } },
      );
    }
  }
  return [...figures, ...(await driftThreads(project, folder))];
}

/** What our default report costs as the tables grow. */
export function driftGrowth(project: string, folder: string, sizes: readonly number[]): readonly Figure[] {
  const python = pythonWithEvidently(project);
  return sizes.flatMap((rows) => {
    writeTables(project, python, folder, rows);
    return (["parquet", "csv"] as const).flatMap((format): readonly Figure[] => {
      const files = [join(folder, `reference.${format}`), join(folder, `current.${format}`)] as const;
      const { seconds, megabytes } = compareWithCli(project, folder, files, "default");
      return [
        { name: `${rows} rows a side, ${format}: total`, value: seconds, unit: "s" },
        { name: `${rows} rows a side, ${format}: memory`, value: megabytes, unit: "MB" },
      ];
    });
  });
}

/** @throws Error with a sentence where there is no such environment. */
function pythonWithEvidently(project: string): string {
  const venv = process.env["MLOPS_VENV_DRIFT"] ?? join(project, ".venvs", "drift");
  const python = join(venv, "bin", "python");
  if (!existsSync(python)) {
    throw new Error(`There is no Python in ${venv}. \`npm run test:live\` makes one with Evidently; or name one in MLOPS_VENV_DRIFT.`);
  }
  return python;
}

function writeTables(project: string, python: string, folder: string, rows: number): void {
  run(python, [join(project, "bench", "drift", "driftData.py"), folder, String(rows), "both"], folder, 0);
}

function compareWithEvidently(project: string, python: string, files: readonly [string, string], preset: Preset): Comparison {
  const script = join(project, "bench", "drift", "evidentlyReport.py");
  const { stdout, seconds } = run(python, ["-W", "ignore", script, ...files, preset], project, 0);
  const { megabytes, scores } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Omit<Comparison, "seconds">;
  return { seconds, megabytes, scores };
}

function compareWithCli(project: string, folder: string, files: readonly [string, string], preset: Preset): Comparison {
  const usage = join(folder, "usage.json");
  const preload = join(folder, "usage.cjs");
  const write = `require("node:fs").writeFileSync(${JSON.stringify(usage)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(preload, `if (require("node:worker_threads").isMainThread) process.once("exit", () => ${write});`);
  const method = preset === "psi" ? ["--method", "psi"] : [];
  const args = ["--reference", files[0], "--current", files[1], "--mode", "evidently", ...method, "--json"];
  const { stdout, seconds } = run(process.execPath, ["--require", preload, join(project, "dist", "cli.js"), "drift", ...args], folder, 1);
  const { columns } = JSON.parse(stdout) as { readonly columns: Readonly<Record<string, { readonly score: number }>> };
  const scores = Object.fromEntries(Object.entries(columns).map(([name, { score }]) => [name, score]));
  return { seconds, megabytes: Number(readFileSync(usage, "utf8")) / 1024, scores };
}

/** @param highest the highest exit code that is no failure. */
function run(
  program: string,
  args: readonly string[],
  cwd: string,
  highest: number,
): { readonly stdout: string; readonly seconds: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status === null || status > highest) {
    throw new Error(`${[program, ...args].join(" ")} ended with ${String(status)}: ${stderr.slice(-500)}`);
  }
  return { stdout, seconds: (performance.now() - start) / 1000 };
}

/** @throws Error unless both judge the same columns alike: a time for a wrong answer is worth nothing. */
function assertSameScores(theirs: Comparison["scores"], ours: Comparison["scores"]): void {
  for (const [name, score] of Object.entries(theirs)) {
    const own = ours[name];
    if (own === undefined || Math.abs(own - score) > TOLERANCE * Math.max(Math.abs(score), 1e-3)) {
      throw new Error(`Evidently and mlops drift differ in ${name}: ${score} and ${String(own)}.`);
    }
  }
}
