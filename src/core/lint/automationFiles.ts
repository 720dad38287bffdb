import type { TextEdit } from "../base/textEdit";
import { applyEdits } from "../base/textEdit";
import { FREE_SHAPE } from "../config/edit/shape";
import { toTextEdits } from "../config/edit/toTextEdits";
import { YamlText } from "../config/edit/yamlText";

/** Where the files stand that run the lint without a person, from the root of the repository. */
export const LINT_WORKFLOW = ".github/workflows/mlops-lint.yml";
export const PRE_COMMIT_CONFIG = ".pre-commit-config.yaml";
/** A copy of the command line within the repository. The ending keeps Node from taking it for a module, whatever the repository's package says. */
export const COPIED_CLI = ".mlops/mlops.cjs";

/** Where a machine without the editor has the command line from. */
export type CliSource =
  /** Nothing has to be published or downloaded, and the version is that of the copy. */
  | { readonly kind: "copy" }
  /** The version is pinned, so that a new rule cannot break an old branch. */
  | { readonly kind: "npm"; readonly version: string };

function commandOf(source: CliSource): string {
  return source.kind === "copy" ? `node ${COPIED_CLI} lint` : `npx --yes --package mlops-workbench@${source.version} mlops lint`;
}

/** A GitHub Actions workflow that checks each change; findings stand at their lines in the pull request. */
export function lintWorkflow(source: CliSource): string {
  return `# Checks mlops.yaml and other pipeline files: owners, monitoring, cost limits, compliance facts.
name: mlops lint
on:
  push:
    branches: [main, master]
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
      - run: ${commandOf(source)} --format github
`;
}

const HOOK_ID = "mlops-lint";

function preCommitHook(source: CliSource): Readonly<Record<string, string | boolean>> {
  return {
    id: HOOK_ID,
    name: "mlops lint",
    entry: commandOf(source),
    language: "system",
    files: "(^|/)(mlops|[^/]+\\.mlops)\\.ya?ml$|(^|/)\\.mlops/policy\\.yaml$",
    pass_filenames: false,
  };
}

export type HookChange =
  | { readonly kind: "present" }
  | { readonly kind: "change"; readonly edits: readonly TextEdit[] }
  /** A person has to write it. */
  | { readonly kind: "refused"; readonly why: string };

/** Adds the hook to a file of https://pre-commit.com, and keeps its comments and layout. */
export function addPreCommitHook(text: string, source: CliSource): HookChange {
  if (hasHook(text)) {
    return { kind: "present" };
  }
  const change = { kind: "append", path: ["repos"], value: { repo: "local", hooks: [preCommitHook(source)] } } as const;
  const result = toTextEdits(text, [change], FREE_SHAPE);
  return result.ok ? { kind: "change", edits: result.edits } : { kind: "refused", why: result.why };
}

/** The whole file for a repository that has none. */
export function preCommitConfig(source: CliSource): string {
  const start = "repos:\n";
  const result = addPreCommitHook(start, source);
  return result.kind === "change" ? applyEdits(start, result.edits) : start;
}

function hasHook(text: string): boolean {
  return holdsId(new YamlText(text).data);
}

/** The hook's id anywhere in the file: somebody may have put it into a repository's own list. */
function holdsId(data: unknown): boolean {
  if (data instanceof Map) {
    return data.get("id") === HOOK_ID || [...data.values()].some(holdsId);
  }
  return Array.isArray(data) && data.some(holdsId);
}
