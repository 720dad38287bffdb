import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { appendChainedLine } from "../../../src/adapters/node/chainedLog";
import { deployPlanHash } from "../../../src/core/deployment/deployPlanHash";
import { seal, SEAL_PLACE } from "../../../src/core/governance/report/reportSeal";
import { type CliResult, mlops } from "../../builders/memoryHost";
import { PRODUCT, SignOffRepository } from "../../builders/signOffRepository";

const never = new AbortController().signal;
const FILE = ".mlops/signoffs/2026-11-20-launch-mia.yaml";
const LOG = ".mlops/gate-log.jsonl";
const REPORT = ".mlops/reports/2026-11-20.md";
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
let repository: SignOffRepository;

async function append(decision: string): Promise<void> {
  await appendChainedLine(join(repository.path, LOG), { decision }, LOG, never);
}

function read(path: string): string {
  return readFileSync(join(repository.path, path), "utf8");
}

async function verify(...args: readonly string[]): Promise<CliResult> {
  return mlops(["verify", ...args], { cwd: repository.path, now: Date.parse("2026-11-24T12:00:00Z"), env: {} });
}

interface Found {
  readonly result: string;
  readonly faults: readonly { readonly kind: string; readonly file: string; readonly line: number | null; readonly message: string }[];
  readonly unknown: readonly string[];
  readonly notes: readonly string[];
}

async function found(code: number): Promise<Found> {
  const { stdout, code: exit } = await verify("--json");
  expect(exit).toBe(code);
  return JSON.parse(stdout) as Found;
}

beforeEach(async () => {
  repository = new SignOffRepository();
  repository.write("mlops.yaml", PRODUCT);
  repository.write("reports/eval.json", '{"f1": 0.9}\n');
  repository.commitAs("ana@example.org", { day: "2026-11-10" });
  const evidence = `evidence: [{path: reports/eval.json, sha256: ${sha256('{"f1": 0.9}\n')}}]\n`;
  repository.write(FILE, repository.signOff(PRODUCT, { more: evidence }));
  repository.commitAs("mia@example.org");
  await append("block");
  await append("pass");
  repository.write(REPORT, seal(`# Report\n${SEAL_PLACE}\n`, sha256));
  repository.commitAs("ana@example.org");
  await append("warn");
});
afterEach(() => repository.dispose());

describe("mlops verify", () => {
  it("finds nothing where all is as it was written", async () => {
    const { code, stdout } = await verify();
    expect(stdout).toBe("All is as it was written: 1 product, 1 sign-off, 1 log of 3 lines, 1 report.\n");
    expect(code).toBe(0);
  });

  it("finds a changed plan or end of a deployment that this machine kept, and asks for none that it did not keep", async () => {
    const content = { schema: 1, deploymentId: "churn-1", version: "14", createdAt: 1 };
    const plan = deployPlanHash(content as unknown as Parameters<typeof deployPlanHash>[0], sha256);
    const told = { version: "14", previous: null, target: "production", state: "succeeded", serves: "14", who: "Ana" };
    const log = ".mlops/deployments.jsonl";
    for (const deployment of ["churn-1", "churn-2"]) {
      await appendChainedLine(join(repository.path, log), { ...told, deployment, plan }, log, never);
    }
    const [planFile, endFile] = ["plan.json", "deployment.json"].map((name) => `.mlops/deployments/churn-1/${name}`) as [string, string];
    const end = { ...told, id: "churn-1", planHash: plan };
    repository.write(planFile, JSON.stringify({ ...content, hash: plan }));
    repository.write(endFile, JSON.stringify(end));
    expect((await found(0)).faults).toEqual([]);
    // Whoever wrote it was stopped before the end was in its own file.
    repository.write(endFile, JSON.stringify({ ...end, state: "running", serves: null }));
    expect((await found(0)).faults).toEqual([]);
    for (const [file, text, why] of [
      [planFile, JSON.stringify({ ...content, version: "15", hash: plan }), "was changed after it was confirmed"],
      [planFile, JSON.stringify({ ...content, hash: plan.replace(/^./, "x") }), "is not the one that the log names"],
      [planFile, "{", "is no plan any more"],
      [endFile, JSON.stringify({ ...end, serves: "13" }), "says another serves than the log"],
      [endFile, JSON.stringify({ ...end, planHash: "x" }), "names another plan than the log"],
      [endFile, "[]", "is no deployment any more"],
    ] as const) {
      const before = read(file);
      repository.write(file, text);
      expect((await found(1)).faults).toMatchObject([{ kind: "deployment", file, message: `The file ${file} ${why}.` }]);
      repository.write(file, before);
    }
  });

  it.each<readonly [string, string, string, (text: string) => string, number | null]>([
    ["a sign-off", "sign_off", FILE, (text) => text.replace("hold", "hole"), null],
    ["the evidence of a sign-off", "evidence", "reports/eval.json", (text) => text.replace("0.9", "0.8"), null],
    ["the first line of a log", "log", LOG, (text) => text.replace("block", "blocc"), 1],
    ["the last line of a log", "log", LOG, (text) => text.replace("warn", "wars"), 3],
    ["a report", "report", REPORT, (text) => text.replace("Report", "Resort"), null],
  ])("finds one flipped byte in %s", async (_, kind, file, flip, line) => {
    const before = read(file);
    expect(flip(before)).not.toBe(before);
    repository.write(file, flip(before));
    const { result, faults } = await found(1);
    expect([result, faults.map((fault) => [fault.kind, fault.file, fault.line])]).toEqual(["broken", [[kind, file, line]]]);
    const { stdout } = await verify();
    expect(stdout).toMatch(/^broken {3}.+\n {9}.+\n\n1 record is not as written: /);
  });

  it("finds a line that was taken out of the middle, and an end that was cut off", async () => {
    const [first = "", second = "", third = ""] = read(LOG).split("\n");
    repository.write(LOG, `${first}\n${third}\n`);
    expect((await found(1)).faults).toMatchObject([
      { kind: "log", line: 2, message: expect.stringContaining("does not follow") as unknown },
    ]);
    repository.write(LOG, `${first}\n`);
    expect((await found(1)).faults).toMatchObject([
      { kind: "log", line: 2, message: expect.stringContaining("was cut off here, which is not committed") as unknown },
    ]);
    repository.write(LOG, `${first}\n${second}\n`);
    expect((await found(0)).faults).toEqual([]);
  });

  it("finds an end that was cut off and committed like that, by whom", async () => {
    repository.commitAs("ana@example.org");
    repository.write(LOG, `${read(LOG).split("\n")[0] ?? ""}\n`);
    repository.commitAs("eve@example.org");
    const { faults } = await found(1);
    expect(faults).toMatchObject([{ kind: "log", file: LOG, line: 2, message: expect.stringContaining("by eve@example.org") as unknown }]);
    repository.git("rm", "-q", LOG);
    repository.commitAs("eve@example.org");
    expect((await found(1)).faults).toHaveLength(1);
  });

  it("finds a decision that was taken away, and lets drafts come and go", async () => {
    repository.write(".mlops/signoffs/draft.yaml", "subject: launch\ndecision:\n");
    repository.commitAs("ana@example.org");
    repository.git("rm", "-q", ".mlops/signoffs/draft.yaml");
    repository.commitAs("ana@example.org");
    expect((await found(0)).faults).toEqual([]);
    repository.git("rm", "-q", "--cached", FILE);
    repository.git("reset", "-q");
    repository.git("rm", "-q", FILE);
    expect((await found(1)).faults).toMatchObject([{ file: FILE, message: `The sign-off ${FILE} is in git and not here.` }]);
    repository.commitAs("eve@example.org");
    expect((await found(1)).faults).toMatchObject([
      { file: FILE, message: expect.stringContaining("was taken away by eve@example.org") as unknown },
    ]);
  });

  it("leaves an unfinished last line and a waiting decision as notes", async () => {
    repository.write(LOG, `${read(LOG)}{"decision":"pa`);
    repository.write(".mlops/signoffs/2026-11-23-risk-mia.yaml", repository.signOff(PRODUCT, { subject: "risk" }));
    const { notes } = await found(0);
    expect(notes).toHaveLength(2);
  });

  it("could not judge what git cannot tell", async () => {
    const clone = new SignOffRepository();
    clone.git("pull", "-q", "--depth", "1", `file://${repository.path}`, "main");
    const { stdout, code } = await mlops(["verify"], { cwd: clone.path, now: Date.parse("2026-11-24T12:00:00Z"), env: {} });
    expect(code).toBe(3);
    expect(stdout).toContain("unknown  Who committed the sign-off");
    clone.dispose();
  });

  it("refuses a folder without a product", async () => {
    repository.write("empty/note.txt", "x");
    const { code, stderr } = await verify("empty");
    expect(code).toBe(2);
    expect(stderr).toContain("There is no mlops.yaml here");
  });
});
