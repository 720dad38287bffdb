import { quoteForShell } from "../../base/quoteWords";
import type { CliSource } from "../../lint/automationFiles";
import { cliProgram } from "../../lint/generatedFacts";

/** Where the file stands that judges releases without a person, from the root of the repository. */
export const GATE_WORKFLOW = ".github/workflows/mlops-gate.yml";

/**
 * A GitHub Actions workflow that judges one release: started by hand, or called by the workflow that releases. It may read the repository and nothing else. What is
 * given comes through the environment, so that no text becomes a part of a command.
 */
export function gateWorkflow(source: CliSource): string {
  const command = cliProgram(source, "gate").map(quoteForShell).join(" ");
  return `# Judges whether a version of a model may be released: sign-offs, evaluation, drift, registry and git state.
# A workflow that releases calls it first, and goes on only where it passes:
#
#   jobs:
#     gate:
#       uses: ./${GATE_WORKFLOW}
#       with: { product: churn-model, target: production }
#     release:
#       needs: gate
name: mlops gate
on:
  workflow_dispatch:
    inputs:
      product: { description: "Name of the product, or its mlops.yaml", type: string, required: true }
      target: { description: "Key below deploy.targets", type: string, required: true }
      version: { description: "Version of the model; empty for model.version of the file", type: string, required: false, default: "" }
  workflow_call:
    inputs:
      product: { type: string, required: true }
      target: { type: string, required: true }
      version: { type: string, required: false, default: "" }
    secrets:
      MLFLOW_TRACKING_TOKEN: { required: false }
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    env:
      PRODUCT: \${{ inputs.product }}
      TARGET: \${{ inputs.target }}
      VERSION: \${{ inputs.version }}
      # The registry, where it is a server; a login goes only to the server that is named here.
      MLFLOW_TRACKING_URI: \${{ vars.MLFLOW_TRACKING_URI }}
      MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          # The whole history tells who signed, and what changed since the evaluation.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Put a step here that fetches the data, such as dvc pull, where it is not in the repository.
      - name: Judge
        run: ${command} "$PRODUCT" --target "$TARGET" \${VERSION:+--version "$VERSION"} --format markdown >> "$GITHUB_STEP_SUMMARY"
      - name: Keep the decision
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: mlops-gate-log
          path: "**/.mlops/gate-log.jsonl"
          include-hidden-files: true
          if-no-files-found: ignore
`;
}
