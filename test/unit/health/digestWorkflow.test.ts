import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { DIGEST_WORKFLOW, digestWorkflow } from "../../../src/core/health/digestWorkflow";
import { loadWorkflowParser } from "../../builders/workflowParser";

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly digest: { readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[] };
  };
}

describe("the workflow of the weekly digest", () => {
  it.each([{ kind: "copy" }, { kind: "npm", version: "1.2.3" }] as const)(
    "is one that GitHub's own parser takes, from a source of the kind $kind",
    async (source) => {
      const content = digestWorkflow(source);
      const { context, value } = parseWorkflow({ name: DIGEST_WORKFLOW, content }, new NoOperationTraceWriter());
      if (value !== undefined) {
        await convertWorkflowTemplate(context, value);
      }
      expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    },
  );

  it("may read the repository and nothing else, and keeps the webhook out of the command", () => {
    const { permissions, jobs } = parse(digestWorkflow({ kind: "copy" })) as Workflow;
    expect(permissions).toEqual({ contents: "read" });
    const last = jobs.digest.steps.at(-1);
    expect(last?.run).toBe('node .mlops/mlops.cjs status --all --since 7d --markdown >> "$GITHUB_STEP_SUMMARY"');
    expect(Object.keys(last?.env ?? {})).toEqual(["MLOPS_WEBHOOK_URL"]);
  });
});
