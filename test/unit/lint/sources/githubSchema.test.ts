import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMarkedText } from "../../../builders/markedText";
import { loadWorkflowParser } from "../../../builders/workflowParser";

const FOLDER = join(import.meta.dirname, "../../../fixtures/pipelines/githubActions");

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();

/** What GitHub's own parser says of a workflow, which checks it against the published schema. */
async function problemsOf(text: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "train.yml", content: text }, new NoOperationTraceWriter());
  if (value !== undefined) {
    await convertWorkflowTemplate(context, value);
  }
  return context.errors.getErrors().map(({ message }) => message);
}

describe("workflows of GitHub Actions", () => {
  it.each(readdirSync(FOLDER))("%s is accepted by GitHub's parser", async (name) => {
    expect(await problemsOf(readMarkedText(readFileSync(join(FOLDER, name), "utf8")).text)).toEqual([]);
  });

  it("would not be with an owner as a key, so that the fix writes a comment", async () => {
    const { text } = readMarkedText(readFileSync(join(FOLDER, "fixed.yml"), "utf8"));
    expect(await problemsOf(`owner: ana@example.org\n${text}`)).not.toEqual([]);
  });
});
