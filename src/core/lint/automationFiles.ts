/** Where the files stand that run the lint without a person, from the root of the repository. */
export const LINT_WORKFLOW = ".github/workflows/mlops-lint.yml";
export const PRE_COMMIT_CONFIG = ".pre-commit-config.yaml";

/** How a machine without the editor runs the command line: the version is pinned, so that a new rule cannot break an old branch. */
function commandOf(version: string): string {
  return `npx --yes --package mlops-workbench@${version} mlops lint`;
}

/** A GitHub Actions workflow that checks each change; findings stand at their lines in the pull request. */
export function lintWorkflow(version: string): string {
  return `# Checks mlops.yaml and other pipeline files: owners, monitoring, cost limits, compliance facts.
name: mlops lint
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    # A duty can begin and a review fall due although nobody changed a file.
    - cron: "17 5 * * 1"
permissions:
  contents: read
concurrency:
  group: mlops-lint-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  lint:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
        with:
          # The whole history tells who works on a model.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${commandOf(version)} --format github
`;
}

/** A hook for https://pre-commit.com as data, to be put among the file's `repos`. */
export function preCommitHook(version: string): {
  readonly repo: "local";
  readonly hooks: readonly { readonly [key: string]: string | boolean }[];
} {
  return {
    repo: "local",
    hooks: [
      {
        id: "mlops-lint",
        name: "mlops lint",
        entry: commandOf(version),
        language: "system",
        files: "(^|/)(mlops|[^/]+\\.mlops)\\.ya?ml$|(^|/)\\.mlops/policy\\.yaml$",
        pass_filenames: false,
      },
    ],
  };
}
