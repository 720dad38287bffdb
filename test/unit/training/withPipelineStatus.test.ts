import { describe, expect, it } from "vitest";

import type { FingerprintPart, PastTraining, Redundancy } from "../../../src/core/training/fingerprint";
import type { PipelineChange, PipelineStatus } from "../../../src/core/training/pipelineStatus";
import { type PipelineFacts, withPipelineStatus } from "../../../src/core/training/withPipelineStatus";
import { pastTraining } from "../../builders/plannerWorld";

const past: PastTraining = pastTraining();
const first: Redundancy = { kind: "first" };
const redundant: Redundancy = { kind: "redundant", past, because: "All is the same." };
const changed: Redundancy = {
  kind: "changed",
  past,
  changes: [{ kind: "environment", name: "lock", change: "changed", text: "lock: new" }],
};
const unknown: Redundancy = { kind: "cannot_tell", why: "A file is away.", past };

const part = (kind: FingerprintPart["kind"], name: string, size: number | null = 1): FingerprintPart => ({
  ...{ kind, name, size, hash: "sha256:1", from: "read" },
});
const PARTS = [part("data", "data.csv"), part("data", "shared/images"), part("code", "dvc.yaml"), part("param", "lr", null)];

const change = (kind: PipelineChange["kind"], name: string): PipelineChange => ({
  ...{ stage: "train", kind, name, change: "changed", text: `train: ${name} modified` },
});
const since = (...changes: readonly PipelineChange[]): PipelineStatus => ({ kind: "changed", changes, hasRun: true });

function judge(own: Redundancy, status: PipelineStatus, over: Partial<PipelineFacts> = {}): Redundancy {
  const facts = { tool: "DVC", status, config: "churn/mlops.yaml", parts: PARTS, overrides: {}, written: new Map([["lr", 0.1]]), ...over };
  return withPipelineStatus(own, facts);
}

const textsOf = (found: Redundancy): readonly string[] => (found.kind === "changed" ? found.changes.map(({ text }) => text) : []);

describe("a pipeline that its tool says is up to date", () => {
  const now: PipelineStatus = { kind: "up_to_date" };

  it.each([first, redundant, changed, unknown])("is redundant where the fingerprint says $kind", (own) => {
    expect(judge(own, now)).toMatchObject({ kind: "redundant", because: expect.stringContaining("would compute nothing") as string });
  });

  it("names what differs from a known run all the same", () => {
    expect(judge(changed, now)).toMatchObject({ past, because: expect.stringContaining("lock: new") as string });
  });

  it("is changed by a parameter that is set and differs from its file", () => {
    expect(textsOf(judge(first, now, { overrides: { lr: 0.2 } }))).toEqual(["lr: 0.1 → 0.2"]);
    expect(textsOf(judge(unknown, now, { overrides: { depth: 3 } }))).toEqual(["depth was added: 3"]);
    expect(judge(redundant, now, { overrides: { lr: 0.2 } })).toBe(redundant);
    expect(judge(first, now, { overrides: { lr: 0.1 } }).kind).toBe("redundant");
  });
});

describe("a pipeline that its tool says has changed", () => {
  it("stays a repetition of an earlier run where the fingerprint holds all that changed", () => {
    const seen = since(
      change("file", "data.csv"),
      change("file", "../shared/images/1.png"),
      change("param", "lr"),
      change("output", "model"),
    );
    expect(judge(redundant, seen)).toMatchObject({ kind: "redundant", past, because: expect.stringContaining("train: lr") as string });
  });

  it.each([change("file", "raw.csv"), change("file", "../../outside.csv"), change("param", "depth")])(
    "is changed by what only the tool knows of: $name",
    (one) => {
      expect(textsOf(judge(redundant, since(one, change("param", "lr"))))).toEqual([`DVC says ${one.text}`]);
    },
  );

  it("adds only what the fingerprint does not say", () => {
    expect(textsOf(judge(changed, since(change("param", "lr"), change("file", "raw.csv"))))).toEqual([
      "lock: new",
      "DVC says train: raw.csv modified",
    ]);
  });

  it("is changed where no run is known, or the fingerprint cannot tell, and first where it never ran", () => {
    const status = since(change("file", "train.py"), change("file", "raw.csv"), change("output", "model"));
    for (const own of [first, unknown]) {
      const found = judge(own, status);
      expect(found.kind === "changed" ? found.changes.map(({ kind }) => kind) : []).toEqual(["code", "data", "output"]);
    }
    expect(judge(first, { ...since(change("file", "raw.csv")), hasRun: false } as PipelineStatus)).toBe(first);
  });
});

it("is nobody's to tell where neither runs nor the tool do", () => {
  const away: PipelineStatus = { kind: "unknown", message: "DVC cannot tell." };
  expect(judge(first, away)).toMatchObject({ kind: "cannot_tell", why: expect.stringContaining("DVC cannot tell.") as string });
  for (const own of [redundant, changed, unknown]) {
    expect(judge(own, away)).toBe(own);
  }
});
