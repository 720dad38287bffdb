import { describe, expect, it } from "vitest";

import type { DeploymentEntry } from "../../../../src/core/deployment/deployment";
import type { GateResult } from "../../../../src/core/deployment/gate/gate";
import { letsThrough } from "../../../../src/core/deployment/gate/checks/exceptionCheck";
import type { SignOffStanding } from "../../../../src/core/governance/signOffStanding";
import { COMPLETE, DIGEST, gateFacts, judged, needed, register, standing } from "../../../builders/gateFacts";

const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });
const lost = { known: false, why: "the test lost it" } as const;
const OTHER = `sha256:${"b".repeat(64)}`;
const MODEL = { name: "applicant-ranking", version: "13", digest: DIGEST };
const MINIMAL = COMPLETE.replace("risk: high", "risk: minimal");
const wish = { ...gateFacts().wish, version: "13", isRollback: true };

/** A decision on version 13; by now the file describes 14. */
function on13(email: string, changes: Partial<SignOffStanding> = {}): SignOffStanding {
  return standing("launch", email, {
    ...{ state: "stale", cause: "other_version", model: MODEL, when: "2026-10-01T10:00:00Z" },
    file: `.mlops/signoffs/${changes.when?.slice(0, 10) ?? "2026-10-01"}-${changes.subject ?? "launch"}-${email.split("@")[0] ?? ""}.yaml`,
    ...changes,
  });
}
const mia = on13("mia@example.org");
const ines = on13("ines@example.org");

const released: DeploymentEntry = {
  ...{ at: "2026-10-02T00:00:00.000Z", deployment: "d1", intent: "deploy", product: "applicant-ranking", target: "production" },
  ...{ type: "mlflow_alias", model: "applicant-ranking", version: "13", previous: null, digest: DIGEST, commit: null, plan: "p" },
  ...{ gate: { decision: "pass", hash: "h" }, state: "succeeded", serves: "13", who: "ana", reason: null, message: null },
};

interface Setting {
  readonly all?: readonly SignOffStanding[];
  readonly log?: readonly DeploymentEntry[];
  readonly text?: string;
  readonly digest?: ReturnType<typeof gateFacts>["digest"];
}

function back({ all = [], log = [], text = COMPLETE, digest = known(DIGEST) }: Setting): GateResult {
  const people = text === COMPLETE ? register().needed : [needed("launch", null, null, { ask: ["mia@example.org"] })];
  const newestFirst = [...all].sort((a, b) => ((a.when ?? "") < (b.when ?? "") ? 1 : -1));
  return judged({ wish, digest, deployments: known(log), signOffs: known(register(people, newestFirst)) }, text);
}

const isOpen = (setting: Setting): boolean => {
  const { is_rollback: isRollback, decision, checks } = back(setting);
  if (isRollback) {
    expect([decision, checks.map(({ id }) => id)]).toEqual(["pass", ["rollback"]]);
  }
  return isRollback;
};

describe("going back to an approved version", () => {
  it("of high risk needs both roles, by two people", () => {
    expect(isOpen({ all: [mia, ines] })).toBe(true);
    expect(isOpen({ all: [mia] })).toBe(false);
    expect(isOpen({ all: [ines] })).toBe(false);
    expect(isOpen({ all: [mia, { ...ines, person: "mia@example.org" }] })).toBe(false);
    expect(isOpen({ all: [mia, on13("leo@elsewhere.example.org")] })).toBe(false);
  });

  it("knows who may by the address that .mailmap has for them", () => {
    const people = [needed("launch", "requirements", null, { ask: ["mia@home.example"], deciders: ["mia@example.org"] })];
    const decided = judged({ wish, digest: known(DIGEST), deployments: known([]), signOffs: known(register(people, [mia])) }, MINIMAL);
    expect(decided.is_rollback).toBe(true);
    const others = [needed("launch", "requirements", null, { ask: ["mia@home.example"], deciders: ["leo@example.org"] })];
    expect(
      judged({ wish, digest: known(DIGEST), deployments: known([]), signOffs: known(register(others, [mia])) }, MINIMAL).is_rollback,
    ).toBe(false);
  });

  it("of less risk needs one person", () => {
    expect(isOpen({ all: [mia], text: MINIMAL })).toBe(true);
    expect(isOpen({ all: [], text: MINIMAL })).toBe(false);
  });

  it.each(["given", "expiring", "stale", "expired", "superseded"] as const)("counts an approval that is %s by now", (state) => {
    expect(isOpen({ all: [{ ...mia, state }, ines] })).toBe(true);
  });

  it.each(["refused", "uncommitted", "draft", "unknown", "rejected"] as const)("counts none that is %s", (state) => {
    expect(isOpen({ all: [{ ...mia, state }, ines] })).toBe(false);
    expect(isOpen({ all: [{ ...mia, state }], text: MINIMAL })).toBe(false);
  });

  it("counts none of another version, another subject or without a version", () => {
    for (const model of [
      { ...MODEL, version: "12" },
      { ...MODEL, version: null },
    ]) {
      expect(isOpen({ all: [{ ...mia, model }], text: MINIMAL })).toBe(false);
    }
    expect(isOpen({ all: [{ ...mia, subject: "review" }], text: MINIMAL })).toBe(false);
  });

  it("needs answers to conditions", () => {
    const withConditions = { ...mia, decision: "approve_with_conditions" };
    expect(isOpen({ all: [withConditions, ines] })).toBe(true);
    expect(isOpen({ all: [{ ...withConditions, openConditions: ["Tell HR."] }, ines] })).toBe(false);
    // What the same person said before does not help.
    const later = { ...withConditions, openConditions: ["Tell HR."], when: "2026-10-05T10:00:00Z", file: "later.yaml" };
    expect(isOpen({ all: [{ ...mia, state: "superseded" }, later, ines] })).toBe(false);
  });

  it.each(["rejected", "stale", "superseded"] as const)("is not hidden by approvals: a rejection by another person that is %s", (state) => {
    const no = on13("sam@example.org", { decision: "reject", state, when: "2026-09-01T10:00:00Z" });
    expect(isOpen({ all: [no, mia, ines] })).toBe(false);
    expect(isOpen({ all: [no, mia], text: MINIMAL })).toBe(false);
    expect(isOpen({ all: [{ ...no, subject: "risk" }, mia, ines] })).toBe(false);
    // Of another version, about something else, or not really made.
    expect(isOpen({ all: [{ ...no, model: { ...MODEL, version: "12" } }, mia, ines] })).toBe(true);
    expect(isOpen({ all: [{ ...no, subject: "exception" }, mia, ines] })).toBe(true);
    expect(isOpen({ all: [{ ...no, state: "refused" }, mia, ines] })).toBe(true);
    expect(back({ all: [no, mia, ines] }).checks.find(({ id }) => id === "rollback:sign-off")).toMatchObject({
      result: "warn",
      message: expect.stringContaining("sam@example.org rejected it") as unknown,
    });
  });

  it("is open again once whoever rejected the version approved it", () => {
    const no = on13("mia@example.org", { decision: "reject", state: "superseded", when: "2026-09-01T10:00:00Z" });
    expect(isOpen({ all: [no, mia, ines] })).toBe(true);
    // A yes to the next version is none to this one.
    const next = on13("mia@example.org", { model: { ...MODEL, version: "14" }, when: "2026-11-01T10:00:00Z", state: "given" });
    const later = { ...no, when: "2026-10-10T10:00:00Z" };
    expect(isOpen({ all: [{ ...mia, state: "superseded" }, later, next, ines] })).toBe(false);
  });

  it("takes a rejection without a version for one of what the file describes, as long as it stands", () => {
    const no = on13("sam@example.org", { decision: "reject", state: "rejected", model: { ...MODEL, version: null } });
    expect(isOpen({ all: [no, mia, ines] })).toBe(true);
    expect(isOpen({ all: [{ ...no, state: "stale" }, mia, ines] })).toBe(false);
  });

  it("needs the digest that was approved", () => {
    expect(back({ all: [mia, ines], digest: known(OTHER) })).toMatchObject({
      ...{ decision: "block", is_rollback: false },
      checks: [{ id: "rollback:digest", result: "block" }],
    });
    expect(isOpen({ all: [mia, ines], digest: lost })).toBe(false);
    expect(isOpen({ all: [{ ...mia, model: { ...MODEL, digest: null } }, ines] })).toBe(false);
  });

  it("cannot be judged where a file may hold a rejection", () => {
    const unreadable = on13("sam@example.org", { subject: "", state: "unknown", cause: "unreadable", reason: "x.yaml cannot be read." });
    expect(back({ all: [unreadable, mia, ines] }).checks.find(({ id }) => id === "rollback:sign-off")).toMatchObject({
      result: "could_not_judge",
    });
  });
});

describe("going back to a version that was at work", () => {
  const log = [released];

  it("is open where the gate let it through", () => {
    expect(isOpen({ log })).toBe(true);
    expect(isOpen({ log: [{ ...released, gate: { decision: "warn", hash: "h" } }] })).toBe(true);
  });

  it.each([
    ["over a block", { decision: "block", hash: "h" }],
    ["unjudged", { decision: "could_not_judge", hash: "h" }],
    ["by a lost plan", { decision: "unknown", hash: "" }],
    ["by an exception", { decision: "warn", hash: "h", exception: true }],
  ])("is not where it went there %s, unless it once did not", (_, gate) => {
    expect(isOpen({ log: [{ ...released, gate }] })).toBe(false);
    expect(isOpen({ log: [released, { ...released, gate, at: "2026-10-09T00:00:00.000Z" }] })).toBe(true);
  });

  it.each(["failed", "rolled_back", "cancelled", "interrupted"] as const)("is not where its release %s", (state) => {
    expect(isOpen({ log: [{ ...released, state }] })).toBe(false);
  });

  it("is not once somebody rejected the version later", () => {
    const no = on13("sam@example.org", { decision: "reject", when: "2026-10-20T10:00:00Z" });
    expect(isOpen({ log, all: [no] })).toBe(false);
    expect(isOpen({ log, all: [{ ...no, when: null }] })).toBe(false);
    expect(isOpen({ log, all: [{ ...no, when: "2026-10-01T10:00:00Z" }] })).toBe(true);
    expect(isOpen({ log, all: [no, { ...no, decision: "approve", when: "2026-10-21T10:00:00Z", file: "yes.yaml" }] })).toBe(true);
    expect(isOpen({ log, all: [{ ...no, model: { ...MODEL, version: "14" } }] })).toBe(true);
    expect(isOpen({ log, all: [{ ...no, state: "unknown", cause: "history_unknown" }] })).toBe(false);
  });

  it("cannot be judged where sign-offs, the files or those of then are not known", () => {
    const ids = (setting: Setting): readonly string[] =>
      back(setting)
        .checks.filter(({ result }) => result === "could_not_judge")
        .map(({ id }) => id);
    expect(ids({ log, digest: lost })).toContain("rollback:log");
    expect(ids({ log: [{ ...released, digest: null }] })).toContain("rollback:log");
    expect(judged({ wish, deployments: known(log), signOffs: lost }).is_rollback).toBe(false);
    expect(judged({ wish, deployments: lost }).is_rollback).toBe(false);
  });

  it("is blocked where its files were changed since, which nothing overrides", () => {
    const found = back({ log: [{ ...released, digest: OTHER }], text: COMPLETE.replace("gate: block ", "gate: warn ") });
    expect(found).toMatchObject({ decision: "block", is_rollback: false, mode: "warn", checks: [{ id: "rollback:digest" }] });
    expect(letsThrough(found)).toBe(false);
  });
});
