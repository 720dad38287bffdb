import { quoteForShell } from "../base/quoteWords";
import type { CliSource } from "../lint/automationFiles";
import { cliProgram } from "../lint/generatedFacts";

/** Where the file stands that tells people once a week how all models are, from the root of the repository. */
export const DIGEST_WORKFLOW = ".github/workflows/mlops-digest.yml";

/**
 * A GitHub Actions workflow that writes the digest of the week into its summary and, where a webhook is set, posts it to a chat. It may read the repository and
 * nothing else.
 */
export function digestWorkflow(source: CliSource): string {
  const command = [...cliProgram(source, "status"), "--all", "--since", "7d", "--markdown"].map(quoteForShell).join(" ");
  return `# Tells once a week how all models are: what is in trouble, what waits for whom, what happened, what it cost.
# The digest stands in the summary of each run. Set the secret MLOPS_WEBHOOK_URL to have it posted to a chat as well.
name: mlops digest
on:
  schedule:
    - cron: "43 6 * * 1"
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: mlops-digest
  cancel-in-progress: false
jobs:
  digest:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    env:
      # The tracker, where it is a server; a login goes only to the server that is named here.
      MLFLOW_TRACKING_URI: \${{ vars.MLFLOW_TRACKING_URI }}
      MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          # The whole history tells who works on a model, and who signed.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Fetch results of checks
        uses: actions/cache/restore@v4
        with:
          path: "**/.mlops/monitoring"
          key: mlops-monitoring-none
          restore-keys: mlops-monitoring-
      - name: Tell
        env:
          # Optional: an incoming webhook of Slack or of anything that reads its messages.
          MLOPS_WEBHOOK_URL: \${{ secrets.MLOPS_WEBHOOK_URL }}
        run: ${command} >> "$GITHUB_STEP_SUMMARY"
`;
}
