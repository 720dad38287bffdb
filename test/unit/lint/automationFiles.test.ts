import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { applyEdits } from "../../../src/core/base/textEdit";
import { addPreCommitHook, lintWorkflow, preCommitConfig } from "../../../src/core/lint/automationFiles";

const COPY = { kind: "copy" } as const;
const NPM = { kind: "npm", version: "0.1.0" } as const;

interface PreCommit {
  readonly repos: readonly { readonly repo: string; readonly hooks: readonly Readonly<Record<string, unknown>>[] }[];
}
interface Workflow {
  readonly on: object;
  readonly jobs: { readonly lint: { readonly steps: readonly { readonly run?: string; readonly with?: object }[] } };
}

/** The text with the hook in it. */
function withHook(text: string): string {
  const change = addPreCommitHook(text, COPY);
  if (change.kind !== "change") {
    throw new Error(`No change: ${JSON.stringify(change)}`);
  }
  return applyEdits(text, change.edits);
}

describe("lintWorkflow", () => {
  it("runs a copy in the repository, or a pinned package, with findings at their lines", () => {
    const run = (text: string): unknown => (parse(text) as Workflow).jobs.lint.steps.at(-1)?.run;
    expect(run(lintWorkflow(COPY))).toBe("node .mlops/mlops.cjs lint --format github");
    expect(run(lintWorkflow(NPM))).toBe("npx --yes --package mlops-workbench@0.1.0 mlops lint --format github");
  });

  it("fetches the whole history and runs each week too, because days pass without a change", () => {
    const workflow = parse(lintWorkflow(COPY)) as Workflow;
    expect(workflow.jobs.lint.steps[0]?.with).toEqual({ "fetch-depth": 0 });
    expect(Object.keys(workflow.on)).toEqual(["push", "pull_request", "schedule"]);
  });
});

describe("addPreCommitHook", () => {
  it("keeps comments, quotes and layout", () => {
    const before =
      "# our hooks\nrepos:\n  - repo: https://github.com/psf/black # formatter\n    rev: '24.1.0'\n    hooks:\n      - id: black\n\ndefault_stages: [pre-commit]\n";
    const after = withHook(before);
    for (const line of before.split("\n").filter((one) => one !== "")) {
      expect(after).toContain(line);
    }
    const { repos } = parse(after) as PreCommit;
    expect(repos.map(({ repo }) => repo)).toEqual(["https://github.com/psf/black", "local"]);
    expect(repos[1]?.hooks[0]).toMatchObject({ id: "mlops-lint", entry: "node .mlops/mlops.cjs lint", pass_filenames: false });
  });

  it.each(["repos: []\n", "repos:\n", "default_stages: [pre-commit]\n", "repos: [{repo: meta, hooks: [{id: identity}]}]\n"])(
    "finds a place in %j",
    (text) => {
      expect((parse(withHook(text)) as PreCommit).repos.at(-1)?.hooks[0]?.["id"]).toBe("mlops-lint");
    },
  );

  it("says that it is there already, wherever that is", () => {
    expect(addPreCommitHook(withHook("repos: []\n"), COPY)).toEqual({ kind: "present" });
    expect(addPreCommitHook("repos: [{repo: local, hooks: [{id: black}, {id: mlops-lint}]}]", COPY)).toEqual({ kind: "present" });
  });

  it("leaves a file to the person that it cannot change", () => {
    expect(addPreCommitHook("repos: [", COPY)).toMatchObject({ kind: "refused", why: expect.stringMatching(/\.$/) as string });
  });

  it("is found by every name of a configuration, and by no other", () => {
    const [hook] = (parse(preCommitConfig(NPM)) as PreCommit).repos[0]?.hooks ?? [];
    const files = new RegExp(String(hook?.["files"]));
    expect(["mlops.yaml", "a/mlops.yml", "churn.mlops.yaml", ".mlops/policy.yaml"].filter((path) => !files.test(path))).toEqual([]);
    expect(["xmlops.yaml", "mlops.yaml.bak", "policy.yaml", "a/.mlops/cache.yaml"].filter((path) => files.test(path))).toEqual([]);
  });
});
