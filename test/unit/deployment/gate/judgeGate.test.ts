import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { GateCheck, GateDecision, GateResult } from "../../../../src/core/deployment/gate/gate";
import type { GateFacts } from "../../../../src/core/deployment/gate/gateFacts";
import { judgeGate } from "../../../../src/core/deployment/gate/judgeGate";
import type { Fact } from "../../../../src/core/lint/lintFacts";
import {
  COMPLETE,
  DIGEST,
  evaluation,
  FIGURES,
  gateFacts,
  judged,
  lintOf,
  needed,
  NOW,
  register,
  sha256,
  standing,
  version,
} from "../../../builders/gateFacts";

const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });
const lost = { known: false, why: "the test lost it" } as const;
const OTHER = `sha256:${"b".repeat(64)}`;
const DAY = 86_400_000;

function check(result: GateResult, id: string): GateCheck {
  const found = result.checks.find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`There is no check ${id}: ${result.checks.map((one) => `${one.id} ${one.result}`).join(", ")}`);
  }
  return found;
}

/** The complete file with a part of its text replaced. */
function edited(part: string, other: string): string {
  if (!COMPLETE.includes(part)) {
    throw new Error(`The complete file has no "${part}".`);
  }
  return COMPLETE.replace(part, other);
}

const mia = standing("launch", "mia@example.org");
const ines = standing("launch", "ines@example.org");
/** What is needed, with one launch in place of that by the requirements role. */
function withLaunch(of: typeof mia | null, changes: Parameters<typeof needed>[3] = {}): Fact<ReturnType<typeof register>> {
  const [, compliance, data, dpia] = register().needed;
  return known(register([needed("launch", "requirements", of, changes), ...[compliance, data, dpia].flatMap((one) => one ?? [])]));
}

const drift = (changes: object): Fact<GateFacts["drift"] extends Fact<infer T> ? T : never> => {
  const base = gateFacts().drift;
  return base.known && base.value !== null ? known({ ...base.value, ...changes }) : lost;
};

it("passes the complete product, and says so byte for byte the same", () => {
  const result = judged();
  expect(result.checks.filter((one) => one.result !== "pass")).toEqual([]);
  expect(result).toMatchObject({
    decision: "pass",
    digest: DIGEST,
    version: "14",
    model: "applicant-ranking",
    exception: null,
    is_rollback: false,
  });
  expect(JSON.stringify(judged())).toBe(JSON.stringify(result));
});

describe("blocks production", () => {
  type Case = readonly [what: string, id: string, result: GateDecision, changes: Partial<GateFacts>, text?: string];
  const cases: readonly Case[] = [
    // An error of lint, of each kind that the paper lists.
    [
      "an error of lint",
      "lint:RESP02",
      "block",
      {},
      edited("  operator:     {team: ml-ops, email: ml-ops@example.org, on_call: docs/on-call.md}\n", ""),
    ],
    ["risk: unsure", "lint:COMP01", "block", {}, edited("risk: high", "risk: unsure")],
    ["an unreadable part of the file", "lint:EFF01", "block", {}, edited("stage: staging", "stage: stagging")],
    ["a rule that lacked a fact", "lint:PERF03", "could_not_judge", { lint: known(lintOf(COMPLETE, "lastTrainingChange")) }],
    // Git.
    ["a dirty tree", "tree", "block", { tree: known({ commit: "a".repeat(40), changed: ["src/train.py"] }) }],
    [
      "a commit that differs from the evaluated one",
      "evaluated-commit",
      "block",
      { since: known({ commit: "3f2c1ab", source: "report", isFound: true, changed: ["src/train.py"], blocks: [] }) },
    ],
    [
      "other parameters than the evaluated ones",
      "evaluated-commit",
      "block",
      { since: known({ commit: "3f2c1ab", source: "report", isFound: true, changed: [], blocks: ["train"] }) },
    ],
    [
      "an evaluated commit that is not there",
      "evaluated-commit",
      "could_not_judge",
      { since: known({ commit: "3f2c1ab", source: "report", isFound: false, changed: [], blocks: [] }) },
    ],
    ["no evaluated commit", "evaluated-commit", "could_not_judge", { since: known(null) }],
    // The model.
    ["a digest that the file does not name", "digest", "block", { digest: known(OTHER) }],
    [
      "a digest that the registry's tag does not name",
      "digest",
      "block",
      { registry: known({ version: version({ tags: new Map([["mlops.digest", OTHER]]) }), aliases: new Map() }) },
    ],
    [
      "another digest than the approved one",
      "approved:2026-11-12-launch-mia.yaml",
      "block",
      { signOffs: withLaunch(standing("launch", "mia@example.org", { model: { name: null, version: "14", digest: OTHER } })) },
    ],
    [
      "an approval that names no digest",
      "approved:2026-11-12-launch-mia.yaml",
      "could_not_judge",
      { signOffs: withLaunch(standing("launch", "mia@example.org", { model: { name: null, version: "14", digest: null } })) },
    ],
    ["a version that is not registered", "version", "block", { registry: known({ version: null, aliases: new Map() }) }],
    [
      "a version that is not ready",
      "version",
      "block",
      { registry: known({ version: version({ status: "PENDING_REGISTRATION" }), aliases: new Map() }) },
    ],
    ["another version than the file describes", "version:file", "block", { wish: { ...gateFacts().wish, version: "15" } }],
    ["a retired model", "stage", "block", {}, edited("stage: staging", "stage: retired")],
    // KPIs.
    ["a KPI below its target", "kpi:ndcg_10", "block", { evaluation: known(evaluation({ ...FIGURES, ndcg_10: 0.6199999 })) }],
    [
      "a KPI of one group below its target",
      "kpi:selection_rate_ratio:sex=f",
      "block",
      { evaluation: known(evaluation({ ...FIGURES, by: { sex: { f: { selection_rate_ratio: 0.7 }, m: { selection_rate_ratio: 1 } } } })) },
    ],
    ["a KPI without a figure", "kpi:ndcg_10", "could_not_judge", { evaluation: known(evaluation({ ...FIGURES, ndcg_10: undefined })) }],
    ["a KPI that is no number", "kpi:ndcg_10", "could_not_judge", { evaluation: known(evaluation({ ...FIGURES, ndcg_10: "NaN" })) }],
    [
      "one group only",
      "kpi:selection_rate_ratio:sex",
      "could_not_judge",
      { evaluation: known(evaluation({ ...FIGURES, by: { sex: { m: { selection_rate_ratio: 1 } } } })) },
    ],
    [
      "an evaluation that names no version",
      "evaluation",
      "could_not_judge",
      { evaluation: known(evaluation(FIGURES, { modelVersion: null })) },
    ],
    [
      "an evaluation that names no version, by another run",
      "evaluation",
      "could_not_judge",
      { evaluation: known(evaluation(FIGURES, { modelVersion: null, runId: "r13" })) },
    ],
    [
      "an evaluation that names no version, of other files",
      "evaluation",
      "block",
      { evaluation: known(evaluation(FIGURES, { modelVersion: null, digest: OTHER })) },
    ],
    ["an evaluation of another version", "evaluation", "block", { evaluation: known(evaluation(FIGURES, { modelVersion: "13" })) }],
    // Drift.
    [
      "drift that fails",
      "drift",
      "block",
      { drift: drift({ status: "fail", verdict: "age has drifted.", withoutScores: { status: "fail", verdict: "age has drifted." } }) },
    ],
    ["a check of a running model that is too old", "drift", "block", { drift: drift({ isOld: true, checkedAt: NOW - 30 * DAY }) }],
    ["a running model that was never checked", "drift", "could_not_judge", { drift: known(null) }],
    ["a check that could not judge", "drift", "could_not_judge", { drift: drift({ status: "unjudged", verdict: "Too few rows." }) }],
    ["a check of the future", "drift", "could_not_judge", { drift: drift({ checkedAt: NOW + 2 * DAY }) }],
    // Sign-offs.
    ["a sign-off that is missing", "sign-off:launch:requirements", "block", { signOffs: withLaunch(null) }],
    ...(["draft", "uncommitted", "stale", "expired", "rejected", "refused", "superseded"] as const).map((state): Case => [
      `a sign-off that is ${state}`,
      "sign-off:launch:requirements",
      "block",
      { signOffs: withLaunch(standing("launch", "mia@example.org", { state, reason: `It is ${state}.` })) },
    ]),
    [
      "a sign-off that cannot be judged",
      "sign-off:launch:requirements",
      "could_not_judge",
      { signOffs: withLaunch(standing("launch", "mia@example.org", { state: "unknown" })) },
    ],
    [
      "a condition that nobody answered",
      "sign-off:launch:requirements",
      "block",
      {
        signOffs: withLaunch(standing("launch", "mia@example.org", { decision: "approve_with_conditions", openConditions: ["Tell HR."] })),
      },
    ],
    ["sign-offs that are not looked for", "sign-off:dpia", "could_not_judge", { signOffs: known(register(register().needed.slice(0, 3))) }],
    [
      "sign-offs of which one cannot be looked up",
      "sign-offs",
      "could_not_judge",
      { signOffs: known({ ...register(), problems: ["A file cannot be read."] }) },
    ],
    // High risk.
    ["one person in both roles", "two-people", "block", { signOffs: withLaunch(ines) }],
    [
      "one person with two addresses in both roles",
      "two-people",
      "block",
      { signOffs: withLaunch(standing("launch", "mia@old.example.org", { person: "ines@example.org" })) },
    ],
    ["a way back that was never tested", "rollback-tested", "block", {}, edited(", tested: 2026-10-01", "")],
    ["a way back that was tested too long ago", "rollback-tested", "block", {}, edited("tested: 2026-10-01", "tested: 2025-10-01")],
    ["a way back that is to be tested", "rollback-tested", "block", {}, edited("tested: 2026-10-01", "tested: 2027-01-01")],
    [
      "overseers without a dated training",
      "oversight-trained",
      "block",
      { oversightTraining: known({ file: "docs/oversight-training.md", text: "# To be held in 2027-01-01" }) },
    ],
    ["overseers without a training", "oversight-trained", "block", { oversightTraining: known(null) }],
    // The file.
    ["a target that is not there", "target", "block", { wish: { ...gateFacts().wish, target: "elsewhere" } }],
    ["a file that cannot be read", "config", "could_not_judge", { file: lost }],
    [
      "a product without a KPI",
      "kpi",
      "could_not_judge",
      {},
      edited(
        'kpis:\n  - {name: ndcg_10, target: ">= 0.62", warn: ">= 0.65", data: data/test.parquet, why: recruiters read the first ten}\n  - {name: selection_rate_ratio, target: ">= 0.80", by: sex, data: data/test.parquet}\n',
        "",
      ),
    ],
  ];

  it.each(cases.map((one) => ({ what: one[0], one })))("$what", ({ one: [, id, result, changes, text] }) => {
    const found = judged(changes, text);
    expect(check(found, id).result).toBe(result);
    expect(check(found, id).message).not.toMatch(/undefined|NaN|Infinity|null/);
    expect(check(found, id).evidence.length).toBeGreaterThan(0);
    expect(check(found, id).remedy).not.toBeNull();
    expect(["block", "could_not_judge"]).toContain(found.decision);
    // Mended, the same check does not stop it.
    expect(judged().checks.filter((one) => one.id === id && one.result !== "pass")).toEqual([]);
  });
});

describe("warns", () => {
  type Case = readonly [what: string, id: string, changes: Partial<GateFacts>, text?: string];
  const cases: readonly Case[] = [
    ["of a KPI between warn and target", "kpi:ndcg_10", { evaluation: known(evaluation({ ...FIGURES, ndcg_10: 0.63 })) }],
    ["of drift that warns", "drift", { drift: drift({ status: "warn", verdict: "age moves." }) }],
    ["of a review that is due", "lint:RESP09", {}, edited("next: 2027-05-10", "next: 2026-12-10")],
    ["of cost", "lint:COST05", {}, edited(", artifact_retention: 1 year", "")],
    [
      "of a suppression that ends",
      "suppression:COST03:2026-12-01",
      {},
      edited("lint: {ignore: []}", "lint: {ignore: [{rule: COST03, why: data comes later, until: 2026-12-01, by: ana@example.org}]}"),
    ],
    ["of a commit that is not signed", "sign-off:launch:requirements", { signOffs: withLaunch({ ...mia, signature: "unsigned" }) }],
    [
      "of a sign-off that ends",
      "sign-off:launch:requirements",
      { signOffs: withLaunch({ ...mia, state: "expiring", expires: "2026-12-01" }) },
    ],
    [
      "of a duty beside that is due",
      "sign-off:review:requirements",
      { signOffs: known(register([...register().needed, needed("review", "requirements", null, { blocks: false })])) },
    ],
  ];

  it.each(cases.map((one) => ({ what: one[0], one })))("$what", ({ one: [, id, changes, text] }) => {
    const found = judged(changes, text);
    expect(check(found, id).result).toBe("warn");
    expect(found.decision).toBe("warn");
  });

  it("of law that begins within 180 days", () => {
    const facts = gateFacts({ today: "2027-07-01" });
    const found = judgeGate(facts, sha256);
    expect(check(found, "law:2027-12-02")).toMatchObject({ result: "warn", message: expect.stringContaining("2 Dec 2027") as unknown });
    expect(judged().checks.some(({ id }) => id.startsWith("law:"))).toBe(false);
  });
});

describe("what is not known", () => {
  const NAMES = [
    "file",
    "lint",
    "registry",
    "digest",
    "evaluation",
    "run",
    "tree",
    "since",
    "drift",
    "signOffs",
    "deployments",
    "oversightTraining",
  ] as const;

  function without(names: readonly (typeof NAMES)[number][], base: GateFacts): GateFacts {
    return names.reduce<GateFacts>((facts, name) => ({ ...facts, [name]: lost }), base);
  }

  it("never passes, whatever lacks beside it", () => {
    // The report has all figures, so that nobody asks the run.
    const asked = NAMES.filter((name) => name !== "run");
    const base = gateFacts();
    for (let bits = 1; bits < 2 ** NAMES.length; bits++) {
      const names = NAMES.filter((_, index) => (bits & (2 ** index)) !== 0);
      const found = judgeGate(without(names, base), sha256);
      const isAsked = names.some((name) => (asked as readonly string[]).includes(name));
      if (isAsked ? ["pass", "warn"].includes(found.decision) : found.decision !== "pass") {
        throw new Error(`Without ${names.join(", ")} it is ${found.decision}.`);
      }
    }
  });

  it("never passes where the figures are those of the run", () => {
    const run = known({
      ...RUN,
      metrics: new Map(
        Object.entries({ ndcg_10: 0.7, "selection_rate_ratio/sex/f": 0.9, "selection_rate_ratio/sex/m": 1 }).map(([key, value]) => [
          key,
          { value, timestamp: 0, step: 0 },
        ]),
      ),
    });
    const base = gateFacts({ evaluation: known(null), run });
    expect(judgeGate(base, sha256).decision).toBe("pass");
    expect(check(judgeGate(base, sha256), "kpi:ndcg_10")).toMatchObject({
      message: expect.stringContaining("by the run good-run") as unknown,
      evidence: expect.arrayContaining([expect.objectContaining({ run: "r14" })]) as unknown,
    });
    fc.assert(
      fc.property(fc.subarray([...NAMES], { minLength: 1 }), (names) => {
        expect(["block", "could_not_judge"]).toContain(judgeGate(without(names, base), sha256).decision);
      }),
    );
  });

  it("never becomes a pass by an exception where the exception rests on it", () => {
    const all = ["ana@example.org", "ines@example.org"].map((email) =>
      standing("exception", email, { state: "expiring", when: "2026-11-24T09:00:00Z", until: "2026-11-26T09:00:00.000Z" }),
    );
    for (const name of ["file", "lint", "registry", "digest", "signOffs"] as const) {
      const base = gateFacts({ signOffs: known(register(undefined, all)) });
      expect(judgeGate(without([name], base), sha256)).toMatchObject({ decision: "could_not_judge", exception: null });
    }
  });
});

const RUN = {
  ...{ runId: "r14", experimentId: "1", name: "good-run", status: "FINISHED" as const, lifecycleStage: "active" as const },
  ...{
    startTime: 1,
    endTime: 2,
    userId: "ana",
    artifactUri: "",
    parentRunId: null,
    params: new Map(),
    tags: new Map(),
    inputs: [],
    outputs: [],
  },
};

describe("a milder target", () => {
  const STAGING = edited(
    "targets: {production: {type: mlflow_alias, alias: champion}}",
    "targets: {staging: {type: mlflow_alias, alias: challenger}, dev: {type: mlflow_alias, alias: trial}, fake: {type: mlflow_alias, alias: serving}, qa: {type: mlflow_alias, alias: champion}}",
  );
  const to = (target: string): Partial<GateFacts> => ({ wish: { ...gateFacts().wish, target } });

  it("is warned of what only production needs", () => {
    expect(judged({ ...to("staging"), signOffs: withLaunch(null) }, STAGING).decision).toBe("warn");
    expect(judged({ ...to("staging"), signOffs: lost }, STAGING).decision).toBe("warn");
    expect(judged({ ...to("staging"), tree: known({ commit: "a", changed: ["x.py"] }) }, STAGING).decision).toBe("block");
    expect(judged({ ...to("dev"), tree: known({ commit: "a", changed: ["x.py"] }) }, STAGING).decision).toBe("warn");
    expect(judged({ ...to("dev"), digest: known(OTHER) }, STAGING).decision).toBe("block");
  });

  it("has to be called so, and must not move the alias of the model in use", () => {
    expect(judged({ ...to("fake"), signOffs: withLaunch(null) }, STAGING).decision).toBe("block");
    expect(judged({ ...to("qa"), signOffs: withLaunch(null) }, STAGING).decision).toBe("block");
  });
});

describe("an evaluation that names no version", () => {
  const unnamed = (changes: object = {}): Partial<GateFacts> => ({
    evaluation: known(evaluation(FIGURES, { modelVersion: null, ...changes })),
  });
  const STAGING = edited("targets: {production:", "targets: {staging: {type: mlflow_alias, alias: challenger}, production:");

  it("is told by the digest of the files, or by the run that made the version", () => {
    expect(judged(unnamed({ digest: DIGEST }))).toMatchObject({ decision: "pass" });
    expect(judged(unnamed({ digest: DIGEST.replace("sha256:", "").toUpperCase() }))).toMatchObject({ decision: "pass" });
    expect(judged(unnamed({ runId: "r14" }))).toMatchObject({ decision: "pass" });
    expect(check(judged({ ...unnamed({ runId: "r14" }), registry: lost }), "evaluation").result).toBe("could_not_judge");
    expect(check(judged({ ...unnamed({ digest: DIGEST }), digest: lost }), "evaluation").result).toBe("could_not_judge");
    // Files say more than a run, which may have made several models.
    expect(check(judged(unnamed({ digest: OTHER, runId: "r14" })), "evaluation").result).toBe("block");
  });

  it("is only warned of at a milder target", () => {
    const found = judged({ ...unnamed(), wish: { ...gateFacts().wish, target: "staging" } }, STAGING);
    expect(check(found, "evaluation").result).toBe("warn");
    expect(found.decision).toBe("warn");
  });
});

describe("a model that is not at work yet", () => {
  const NEW: Partial<GateFacts> = { registry: known({ version: version(), aliases: new Map() }) };

  it("needs no check of live data", () => {
    expect(check(judged({ ...NEW, drift: known(null) }), "drift").result).toBe("pass");
    expect(check(judged({ ...NEW, drift: drift({ isOld: true }) }), "drift").result).toBe("pass");
    expect(check(judged({ ...NEW, drift: drift({ status: "unjudged" }) }), "drift").result).toBe("warn");
  });

  it("is at work once the log says so", () => {
    const entry = {
      ...{
        at: "2026-11-01T00:00:00.000Z",
        deployment: "d1",
        intent: "deploy" as const,
        product: "applicant-ranking",
        target: "production",
      },
      ...{
        type: "mlflow_alias" as const,
        model: "applicant-ranking",
        version: "13",
        previous: null,
        digest: OTHER,
        commit: null,
        plan: "p",
      },
      ...{ gate: { decision: "pass", hash: "h" }, state: "succeeded" as const, serves: "13", who: "ana", reason: null, message: null },
    };
    expect(check(judged({ ...NEW, drift: known(null), deployments: known([entry]) }), "drift").result).toBe("could_not_judge");
    expect(check(judged({ ...NEW, drift: known(null), deployments: known([{ ...entry, product: "other" }]) }), "drift").result).toBe(
      "pass",
    );
  });
});

it("names what blocks first, then by id, and hashes the answer", () => {
  const found = judged({
    tree: known({ commit: "a".repeat(40), changed: ["b.py"] }),
    drift: lost,
    evaluation: known(evaluation({ ...FIGURES, ndcg_10: 0.63 })),
  });
  const order: readonly string[] = ["block", "could_not_judge", "warn", "pass"];
  const keys = found.checks.map(({ result, id }) => `${order.indexOf(result)} ${id}`);
  expect(keys).toEqual([...keys].sort());
  expect(found.decision).toBe("block");
  const { hash, ...rest } = found;
  expect(hash).not.toBe(judgeGate(gateFacts(), sha256).hash);
  expect(hash).toBe(
    judgeGate(
      gateFacts({
        tree: known({ commit: "a".repeat(40), changed: ["b.py"] }),
        drift: lost,
        evaluation: known(evaluation({ ...FIGURES, ndcg_10: 0.63 })),
      }),
      sha256,
    ).hash,
  );
  expect(Object.keys(rest)).toEqual([
    "schema",
    "decision",
    "mode",
    "product",
    "config",
    "config_sha256",
    "target",
    "model",
    "version",
    "digest",
    "commit",
    "today",
    "is_rollback",
    "exception",
    "checks",
  ]);
});
