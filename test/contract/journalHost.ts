import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { draftOf, newJob } from "../../src/core/training/newJob";
import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import { localEngine } from "./localProject";

/** A process that starts a training and may be killed at any moment: RUNNER ROOT PLAN (JSON). */
const [, , runner = "", root = "", json = "{}"] = process.argv;
const plan = JSON.parse(json) as RetrainPlan;

async function main(): Promise<void> {
  const journal = openJobFolders(root);
  const job = newJob(plan, Date.now(), null);
  writeFileSync(join(root, `begun-${plan.jobId}`), "");
  const claim = await journal.claim(plan, job, NEVER_CANCELLED);
  if (claim.kind === "claimed") {
    const handle = await localEngine(runner).submit(draftOf(plan), plan.action, NEVER_CANCELLED);
    await journal.update(job, (now) => ({ ...now, phase: "submitted", handle }), NEVER_CANCELLED);
  }
}

void main();
