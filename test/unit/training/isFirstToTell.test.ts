import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { jobFolder } from "../../../src/adapters/node/jobs/jobPlaces";
import { isFirstToTell } from "../../../src/adapters/node/jobs/isFirstToTell";

const JOB = { config: "product/mlops.yaml", id: "churn-20261130-120000-a1b2c3" };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-told-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

it("lets one of many at once tell of a job, and nobody later", async () => {
  mkdirSync(jobFolder(root, JOB.config, JOB.id), { recursive: true });
  const answers = await Promise.all(Array.from({ length: 20 }, () => isFirstToTell(root, JOB)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await isFirstToTell(root, JOB)).toBe(false);
});

it("tells of each job by itself", async () => {
  const other = { ...JOB, id: "churn-20261130-120001-a1b2c3" };
  for (const job of [JOB, other]) {
    mkdirSync(jobFolder(root, job.config, job.id), { recursive: true });
    expect(await isFirstToTell(root, job)).toBe(true);
  }
});

it("lets everybody tell where nothing can be written", async () => {
  const folder = jobFolder(root, JOB.config, JOB.id);
  mkdirSync(dirname(folder), { recursive: true });
  writeFileSync(folder, "a file stands where the folder should be");
  expect(await isFirstToTell(root, JOB)).toBe(true);
  expect(await isFirstToTell(root, JOB)).toBe(true);
});

it("writes nothing for what is no id of a job", async () => {
  await expect(isFirstToTell(root, { ...JOB, id: "../../out" })).rejects.toThrow("no id of a training");
  expect(existsSync(join(root, "product"))).toBe(false);
});
