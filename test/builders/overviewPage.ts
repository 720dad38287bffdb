import type { OverviewCosts, OverviewPageData, OverviewRow, OverviewState, OverviewSum, OverviewView } from "../../src/protocol/overview";

/** Monday 16 November 2026, noon. */
const OVERVIEW_NOW = Date.UTC(2026, 10, 16, 12);
const DAY_MS = 86_400_000;

const CHALLENGES = ["effort", "cost", "knowledge", "responsibility", "compliance"] as const;

/** A product that is well; a test says what of it is not. */
export function overviewRow(change: Partial<OverviewRow> & { readonly name: string }): OverviewRow {
  return {
    id: `id-${change.name}`,
    config: `${change.name}/mlops.yaml`,
    team: "growth",
    stage: "run",
    owner: "mia@example.org",
    version: { version: "4", since: OVERVIEW_NOW - 40 * DAY_MS, made: OVERVIEW_NOW - 41 * DAY_MS, place: "production" },
    challenges: CHALLENGES.map((challenge): OverviewState => ({
      challenge,
      light: "good",
      reason: `Nothing is wrong with ${challenge}.`,
      action: null,
    })),
    kpi: { name: "auc", values: [0.81, 0.82, 0.84], status: "ok" },
    drift: { status: "ok", checkedAt: OVERVIEW_NOW - DAY_MS },
    openApprovals: 0,
    areReviewsKnown: null,
    cost: { ...overviewSum(120), month: "2026-11", budget: 400, forecast: 240 },
    nextDuty: { date: "2027-12-02", what: "Technical documentation (Annex IV)" },
    waits: [],
    effort: {
      manual: 3,
      automated: 9,
      untold: 0,
      hours: 1,
      minutesPerAction: 20,
      before: { manual: 6, automated: 4, hours: 2 },
      busFactor: 3,
    },
    tools: [
      { kind: "Python", value: "3.11" },
      { kind: "Registry", value: "mlflow" },
    ],
    events: [{ at: OVERVIEW_NOW - 2 * DAY_MS, text: "version 4 was deployed to production by Ana Ruiz" }],
    ...change,
  };
}

/** The challenges of `overviewRow`, some of which are not good. */
export function overviewStates(...changes: readonly OverviewState[]): readonly OverviewState[] {
  return CHALLENGES.map(
    (challenge) =>
      changes.find((change) => change.challenge === challenge) ?? {
        ...{ challenge, light: "good", reason: `Nothing is wrong with ${challenge}.`, action: null },
      },
  );
}

export function overviewSum(amount: number, change: Partial<OverviewSum> = {}): OverviewSum {
  const nothing = { unpricedRuns: 0, unpricedHours: 0, deletedRuns: 0, deletedHours: 0, deletedAmount: 0 };
  return { amount, currency: "EUR", runs: 8, hours: amount / 1.3, ...nothing, ...change };
}

export function overviewCosts(change: Partial<OverviewCosts> = {}): OverviewCosts {
  const month = { ...overviewSum(412.5), month: "2026-11", budget: 500, forecast: 820 };
  const before = { ...overviewSum(390), month: "2026-10", budget: 500, forecast: null };
  const total = overviewSum(802.5, { runs: 16, unpricedRuns: 2, unpricedHours: 5.5 });
  const side = (label: string) => [
    { key: label, label, total: overviewSum(600), months: [{ ...overviewSum(300), month: "2026-11", budget: 250, forecast: 600 }] },
    {
      key: null,
      label: `no ${label}`,
      total: overviewSum(202.5),
      months: [{ ...overviewSum(112.5), month: "2026-11", budget: null, forecast: 220 }],
    },
  ];
  return {
    ...{ folder: null, currency: "EUR", timeZone: "Europe/Berlin" },
    all: { key: null, label: "All runs", total, months: [month, before] },
    by: { product: side("churn"), model: side("churn-model"), experiment: side("nightly"), person: side("Mia Berg") },
    more: { product: 0, model: 0, experiment: 3, person: 0 },
    waste: {
      groups: [
        {
          kind: "redundant",
          reason: "Three runs have the same code, data and parameters.",
          remedy: "Retrain through the workbench, which names the run that is there already.",
          runs: ["first-one", "again", "and-again"].map((name, index) => ({ storeId: "s", runId: `r${index}`, name })),
          moreRuns: 0,
          waste: overviewSum(52, { runs: 2 }),
        },
        {
          kind: "dead",
          reason: "The run says that it runs, but has logged nothing for 9 days.",
          remedy: "End it in the tracker, and see whether its machine still runs.",
          runs: [{ storeId: "s", runId: "r9", name: "lost-worker" }],
          moreRuns: 0,
          waste: overviewSum(0, { runs: 1, unpricedRuns: 1, unpricedHours: 210 }),
        },
      ],
      moreGroups: 0,
      total: overviewSum(52, { runs: 3, unpricedRuns: 1, unpricedHours: 210 }),
      cannotTell: [{ why: "They log no commit.", runs: 4 }],
    },
    idle: {
      runs: [{ storeId: "s", runId: "r3", name: "wide-net", hours: 40, idleHours: 30, parkedHours: 22, share: 0.75, amount: 39 }],
      ...{ moreRuns: 0, hours: 60, idleHours: 31, parkedHours: 22, share: 31 / 60, amount: 40.3, unpricedHours: 0 },
      ...{ measuredRuns: 3, unmeasuredRuns: 11, unknownGpus: 1 },
    },
    problems: ["On which kind of machine 2 runs worked is not known. Set train.resources.instance, or the tag mlops.instance."],
    ...change,
  };
}

export function overviewPage(rows: readonly OverviewRow[], change: Partial<OverviewPageData> = {}): OverviewPageData {
  return {
    ...{ isPartial: false, at: OVERVIEW_NOW, rows, costs: [overviewCosts()], problems: [] },
    stack: [
      { kind: "Python", majority: "3.11", odd: [{ product: "legacy", value: "3.8" }] },
      { kind: "Registry", majority: "mlflow", odd: [] },
    ],
    ...change,
  };
}

export function overviewView(page: OverviewPageData | null, work: Partial<OverviewView["work"]> = {}): OverviewView {
  return { page, work: { progress: null, isWorkingOutCosts: false, wasCancelled: false, failure: null, ...work } };
}

/** Products of all kinds, in five teams: every seventh in trouble, every third waiting for somebody. */
export function manyOverviewRows(count: number): readonly OverviewRow[] {
  const stages = ["run", "run", "build", "design", "retired"] as const;
  return Array.from({ length: count }, (_, index) =>
    overviewRow({
      name: `product-${String(index + 1).padStart(3, "0")}`,
      team: index % 11 === 0 ? null : `team ${"abcde".charAt(index % 5)}`,
      stage: stages[index % stages.length] ?? "run",
      owner: index % 13 === 0 ? null : `person${index % 40}@example.org`,
      challenges: overviewStates(
        ...(index % 7 === 0
          ? [
              {
                challenge: "knowledge",
                light: "trouble",
                reason: "auc is 0.58, below its floor of 0.62, since 3 November.",
                action: "Retrain",
              } as const,
            ]
          : []),
        ...(index % 3 === 0
          ? [
              {
                challenge: "responsibility",
                light: "attention",
                reason: "The launch waits for a sign-off.",
                action: "Ask for a sign-off",
              } as const,
            ]
          : []),
        ...(index % 5 === 0
          ? [{ challenge: "cost", light: "unknown", reason: "The policy has no price for gpu-a10.", action: "Set prices" } as const]
          : []),
      ),
      kpi:
        index % 9 === 0
          ? null
          : { name: "auc", values: Array.from({ length: 12 }, (_unused, at) => 0.7 + ((index * at) % 17) / 100), status: "ok" },
      waits:
        index % 3 === 0
          ? [
              {
                what: "Sign-off of the launch",
                who: ["mia@example.org"],
                due: "2026-12-01",
                action: "Ask for a sign-off",
                isMine: index % 6 === 0,
              },
            ]
          : [],
      openApprovals: index % 3 === 0 ? 1 : 0,
      cost:
        index % 5 === 0
          ? null
          : { ...overviewSum(10 + (index % 50) * 7), month: "2026-11", budget: index % 2 === 0 ? 300 : null, forecast: null },
    }),
  );
}
