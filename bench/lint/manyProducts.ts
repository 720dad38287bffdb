import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../figures";
import { writeHistory, writeProducts } from "./products";

const PRODUCTS = 1000;
const COMMITS = 10_000;
const ROUNDS = 3;

/** `mlops lint` as users run it, on a thousand products, without a repository and in one of ten thousand commits. */
export function manyProducts(project: string, folder: string): readonly Figure[] {
  writeProducts(folder, PRODUCTS);
  const plain = lintTimes(project, folder);
  writeHistory(folder, COMMITS, PRODUCTS);
  const withGit = lintTimes(project, folder);
  return [
    { name: "products", value: plain.files, unit: "" },
    { name: "no repository: total", value: plain.seconds, unit: "s", target: { below: 3 } },
    { name: "no repository: processor time", value: plain.processorSeconds, unit: "s" },
    { name: "no repository: memory", value: plain.megabytes, unit: "MB" },
    { name: `repository of ${COMMITS} commits: total`, value: withGit.seconds, unit: "s", target: { below: 5 } },
    { name: `repository of ${COMMITS} commits: processor time`, value: withGit.processorSeconds, unit: "s" },
    { name: `repository of ${COMMITS} commits: memory`, value: withGit.megabytes, unit: "MB" },
  ];
}

interface LintTimes {
  readonly seconds: number;
  /** Of all threads, without git's; on a machine that does other work as well it tells working from waiting. */
  readonly processorSeconds: number;
  readonly megabytes: number;
  readonly files: number;
}

/** The fastest of some rounds, start of the process included. */
function lintTimes(project: string, folder: string): LintTimes {
  const usage = join(folder, "..", "usage.json");
  const preload = join(folder, "..", "usage.cjs");
  writeFileSync(
    preload,
    `process.once("exit", () => require("node:fs").writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())));`,
  );
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", preload, join(project, "dist", "cli.js"), "lint", ".", "--format", "json", "--today", "2026-11-24"],
      { cwd: folder, encoding: "utf8", maxBuffer: 1 << 30 },
    );
    const seconds = (performance.now() - start) / 1000;
    if (status !== 1) {
      throw new Error(`mlops lint ended with ${String(status)}: ${stderr.slice(0, 500)}`);
    }
    const { files } = JSON.parse(stdout) as { readonly files: number };
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usage, "utf8")) as NodeJS.ResourceUsage;
    return { seconds, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024, files };
  });
  const fastest = rounds.reduce((best, next) => (next.seconds < best.seconds ? next : best));
  if (fastest.files < PRODUCTS) {
    throw new Error(`Only ${fastest.files} files were linted.`);
  }
  return fastest;
}
