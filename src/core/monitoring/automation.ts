import { quoteForCrontab, quoteForPython, quoteForShell, quoteForYaml } from "../base/quoteWords";
import type { Product } from "../config/product";
import type { CliSource } from "../lint/automationFiles";
import { cliProgram, type GeneratedFacts } from "../lint/generatedFacts";
import { cronForPace, readPace } from "../lint/schedule";
import { checkEvery } from "./checkSchedule";

/** Where the generated files stand, from the root of the repository. */
export const MONITORING_WORKFLOW = ".github/workflows/mlops-monitoring.yml";
export const MONITORING_DAG = "dags/mlops_monitoring.py";

export interface MonitoringAutomation extends Partial<GeneratedFacts> {
  readonly source: CliSource;
  /** Files of the products, from the root of the repository; null for all that are monitored. */
  readonly products: readonly string[] | null;
  /** Five fields, as `monitoringCron` makes them. */
  readonly cron: string;
}

const DAY_MS = 86_400_000;
/** Every day at a minute at which not everybody's jobs begin. */
const DAILY = "23 4 * * *";

/** When to check: as often as the product that wants it most. An unusual pace becomes the next shorter one; `--due` then passes over those whose time has not come. */
export function monitoringCron(products: readonly Product[]): string {
  const shortest = Math.min(...products.flatMap((product) => checkEvery(product) ?? []));
  if (!Number.isFinite(shortest)) {
    return DAILY;
  }
  const days = shortest / DAY_MS;
  const usual = [365.25, 365.25 / 4, 365.25 / 12, 7, 1, 1 / 24].find((pace) => pace <= days * 1.08) ?? 1 / 24;
  const cron = cronForPace({ days: usual, words: "" }) ?? DAILY;
  return cron.replace(/^0 /, "23 ");
}

/** A pace in words, for the comments of the files. */
function sayCron(cron: string): string {
  return readPace(cron)?.words ?? "by schedule";
}

function argumentsOf({ products }: MonitoringAutomation): readonly string[] {
  return products === null ? ["--all", "--due"] : ["--due", "--", ...products];
}

/**
 * A GitHub Actions workflow. It may read the repository and nothing else; earlier results come from its cache, so that people are told of
 * a change and not of each run.
 */
export function monitoringWorkflow(automation: MonitoringAutomation): string {
  const command = [...cliProgram(automation.source, "monitor"), "--format", "markdown", ...argumentsOf(automation)]
    .map(quoteForShell)
    .join(" ");
  return `# Checks models at work: drift of live data, missing values, KPIs. Runs ${sayCron(automation.cron)}, or by hand.
# The data must be there: put a step before the check that fetches them, such as dvc pull, where they are not in the repository.
name: mlops monitoring
on:
  schedule:
    - cron: "${automation.cron}"
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: mlops-monitoring
  cancel-in-progress: false
jobs:
  monitor:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Fetch earlier results
        uses: actions/cache/restore@v4
        with:
          path: "**/.mlops/monitoring"
          key: mlops-monitoring-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: mlops-monitoring-
      - name: Check
        env:
          # Optional: an incoming webhook of Slack or of anything that reads its messages.
          MLOPS_WEBHOOK_URL: \${{ secrets.MLOPS_WEBHOOK_URL }}
        run: ${quoteForYaml(`${command} >> "$GITHUB_STEP_SUMMARY"`)}
      # The cache's own last step would keep nothing of a check that failed, which is the one to be remembered.
      - name: Keep results for the next check
        if: always()
        uses: actions/cache/save@v4
        with:
          path: "**/.mlops/monitoring"
          key: mlops-monitoring-\${{ github.run_id }}-\${{ github.run_attempt }}
      - name: Keep results for people
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: mlops-monitoring
          path: "**/.mlops/monitoring/**/*.json"
          include-hidden-files: true
          if-no-files-found: ignore
`;
}

/** An Airflow 3 DAG: one task that runs the command without a shell. */
export function monitoringDag(automation: MonitoringAutomation): string {
  const command = [...cliProgram(automation.source, "monitor"), ...argumentsOf(automation)];
  const { owner, personalData } = automation;
  const tags = ["mlops", "monitoring", ...(personalData == null ? [] : [`personal_data:${personalData}`])];
  return `"""Checks models at work: drift of live data, missing values, KPIs. Made by MLOps Workbench; runs ${sayCron(automation.cron)}.

The machine that runs the task needs Node 22.13 or newer, the repository and the data. MLOPS_REPOSITORY names the repository where this
file does not lie in its folder "dags". MLOPS_WEBHOOK_URL, where it is set, is told of what becomes worse.
"""

import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

COMMAND = [
${command.map((word) => `    ${quoteForPython(word)},`).join("\n")}
]
WORDS = {1: "drift or a KPI failed", 2: "wrong use, or a file that cannot be read", 3: "something could not be judged"}


@dag(
    dag_id="mlops_monitoring",
    schedule=${quoteForPython(automation.cron)},
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=[${tags.map(quoteForPython).join(", ")}],${owner == null ? "" : `\n    default_args={"owner": ${quoteForPython(owner)}},`}
    description="Drift of live data, missing values and KPIs",
)
def mlops_monitoring():
    @task(execution_timeout=timedelta(hours=1), retries=0)
    def check():
        repository = os.environ.get("MLOPS_REPOSITORY", str(Path(__file__).resolve().parents[1]))
        done = subprocess.run(COMMAND, cwd=repository, check=False)
        if done.returncode != 0:
            raise AirflowFailException(f"mlops monitor ended with {done.returncode}: {WORDS.get(done.returncode, 'see the log')}.")

    check()


mlops_monitoring()
`;
}

/**
 * A line for crontab.
 * @param folder absolute path of the repository.
 */
export function crontabLine(automation: MonitoringAutomation, folder: string): string {
  const command = [...cliProgram(automation.source, "monitor"), "--quiet", ...argumentsOf(automation)].map(quoteForShell).join(" ");
  const line = `cd ${quoteForShell(folder)} && mkdir -p .mlops && ${command} >> .mlops/monitoring.log 2>&1`;
  return `${automation.cron} ${quoteForCrontab(line)}`;
}
