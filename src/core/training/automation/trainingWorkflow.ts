import { quoteForShell, quoteForYaml } from "../../base/quoteWords";
import { cliProgram } from "../../lint/generatedFacts";
import type { TrainingAutomation } from "./trainingAutomation";

/** Where the workflow stands, from the root of the repository. */
export function trainingWorkflowPath({ slug }: Pick<TrainingAutomation, "slug">): string {
  return `.github/workflows/mlops-train-${slug}.yml`;
}

/** Words of the command that trains when that is needed. */
export function trainingCommand({ source, config }: Pick<TrainingAutomation, "source" | "config">): readonly string[] {
  return [...cliProgram(source, "retrain"), "--if-needed", "--yes", "--", config];
}

/**
 * A GitHub Actions workflow that looks whether a training is needed, and trains. It may read the repository; where the training itself is a
 * workflow, it may start that one too. Jobs and results of checks come from its cache, so that it knows what it did before.
 */
export function trainingWorkflow(automation: TrainingAutomation): string {
  const { slug, engine, timeoutMinutes } = automation;
  const isWorkflow = engine === "github_actions";
  return `${headOf(automation)}name: ${quoteForYaml(`mlops train ${automation.name.replaceAll("${{", "$ {{")}`)}
on:
  schedule:
    - cron: ${quoteForYaml(automation.cron)}
  workflow_dispatch:
permissions:
  contents: read${isWorkflow ? "\n  actions: write" : ""}
concurrency:
  group: mlops-train-${slug}
  cancel-in-progress: false
jobs:
  train:
    runs-on: ${automation.needsGpu && !isRemote(automation) ? "[self-hosted, gpu]" : "ubuntu-latest"}
    timeout-minutes: ${automation.needsGpu && !isRemote(automation) ? timeoutMinutes : Math.min(timeoutMinutes, 360)}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${pythonSteps(automation)}${dataHint(automation)}      # Without these it knows neither its last training nor the last check of live data.
      - name: Fetch earlier jobs
        uses: actions/cache/restore@v4
        with:
          path: "**/.mlops/jobs"
          key: mlops-jobs-${slug}-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: mlops-jobs-${slug}-
      - name: Fetch results of checks
        uses: actions/cache/restore@v4
        with:
          path: "**/.mlops/monitoring"
          key: mlops-monitoring-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: mlops-monitoring-
      - name: Train if needed
        env:
${
  isWorkflow
    ? "          GITHUB_TOKEN: ${{ github.token }}\n"
    : "          # Set to the server that keeps the runs, where mlops.yaml does not name it.\n          MLFLOW_TRACKING_URI: ${{ vars.MLFLOW_TRACKING_URI }}\n"
}          # Logins of servers belong into secrets: MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
        run: ${quoteForYaml(trainingCommand(automation).map(quoteForShell).join(" "))}
      # The cache's own last step would keep nothing of a training that failed, which is the one to be remembered.
      - name: Keep jobs for the next time
        if: always()
        uses: actions/cache/save@v4
        with:
          path: "**/.mlops/jobs"
          key: mlops-jobs-${slug}-\${{ github.run_id }}-\${{ github.run_attempt }}
      - name: Keep plans and logs for people
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: mlops-train-${slug}
          path: "**/.mlops/jobs/**"
          include-hidden-files: true
          if-no-files-found: ignore
`;
}

/** The comment at the top, with the facts that lint looks for where a file has no field of its own. */
function headOf({ name, owner, purpose, personalData, causes, config }: TrainingAutomation): string {
  return [
    ...(owner === null ? [] : [`# mlops-owner: ${owner}`]),
    `# mlops-purpose: ${purpose}`,
    ...(personalData === null ? [] : [`# mlops-personal-data: ${personalData}`]),
    `# Trains ${name} ${causes.join(", or ")}. Made by MLOps Workbench from ${config}; change train.trigger there and make it anew.`,
    "",
  ]
    .map((line) => line.replace(/[\r\n]+/g, " "))
    .join("\n");
}

/** Whether the training itself runs on another machine than the job. */
function isRemote({ engine }: TrainingAutomation): boolean {
  return engine === "ray" || engine === "airflow" || engine === "github_actions";
}

function pythonSteps(automation: TrainingAutomation): string {
  if (isRemote(automation)) {
    return "";
  }
  const { requirements } = automation;
  const setUp = `      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
`;
  return requirements === null
    ? `${setUp}      # Install here what the training needs, for example: - run: python -m pip install -r requirements.txt\n`
    : `${setUp}      - run: ${quoteForYaml(`python -m pip install -r ${quoteForShell(requirements)}`)}\n`;
}

function dataHint({ usesDvc }: TrainingAutomation): string {
  return usesDvc
    ? `      # Fetch the data here, with the remote's login in secrets: - run: python -m pip install "dvc[s3]" && dvc pull
      # Results stay on this machine unless a last step pushes them: - run: dvc push\n`
    : "      # Fetch the data here where it is not in the repository.\n";
}
