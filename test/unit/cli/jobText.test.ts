import { expect, it } from "vitest";

import { progressText } from "../../../src/cli/retrain/jobText";
import { newJob } from "../../../src/core/training/newJob";
import { retrainPlan } from "../../builders/retrainPlan";

const JOB = newJob(retrainPlan(), 0, null);

it.each([
  ["queued", "is waiting"],
  ["running", "is running"],
  ["succeeded", "has succeeded"],
  ["failed", "has failed"],
  ["cancelled", "was cancelled"],
  ["unknown", "is in a state that nobody can tell"],
] as const)("says in a sentence that a training is %s", (state, words) => {
  const job = { ...JOB, phase: "submitted", status: { ...JOB.status, state, progress: 0.5, message: null } } as const;
  expect(progressText(job)).toBe(`${JOB.id} ${words}, 50 %`);
});

it("says what an engine says, and that a training is being handed over", () => {
  const job = { ...JOB, phase: "claimed", status: { ...JOB.status, progress: null, message: "Waiting for a node" } } as const;
  expect(progressText(job)).toBe(`${JOB.id} is being handed over: Waiting for a node`);
});
