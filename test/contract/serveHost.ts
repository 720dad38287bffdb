import { createMlflowServeTarget } from "../../src/adapters/mlflowServe/mlflowServeTarget";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DeployDraft } from "../../src/core/deployment/deployTarget";

/** A window that releases a version and may be killed at any moment: RUNNER DRAFT (JSON). */
const [, , runner = "", json = "{}"] = process.argv;
const draft = JSON.parse(json) as DeployDraft;

async function main(): Promise<void> {
  const target = createMlflowServeTarget({ runner, execPath: process.execPath, env: process.env, secrets: () => Promise.resolve({}) });
  const facts = await target.inspect(draft.spec, NEVER_CANCELLED);
  for (const step of target.steps(draft, facts)) {
    await target.apply(draft, step, () => undefined, NEVER_CANCELLED);
  }
}

void main();
