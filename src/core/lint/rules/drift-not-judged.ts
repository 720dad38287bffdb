import { couldNotCheck } from "../couldNotCheck";
import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix } from "../setFix";

const REFERENCE = ["monitoring", "reference"] as const;
const DRIFT = ["monitoring", "drift"] as const;

export const driftNotJudged: LintRule = {
  meta: {
    code: "PERF05",
    name: "drift-not-judged",
    challenge: "performance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Drift has a set of data to compare with and a limit.",
    why: "Drift is a difference to something. Without a reference there is nothing to differ from, and without a limit nobody can say when it is too much.",
    article: null,
    suppressible: true,
    noFix: "Only you know which data the live data has to be compared with.",
    appliesTo: "product",
  },
  check(context) {
    const { alert: _, ...watched } = context.product.monitoring ?? {};
    // With no monitoring at all, monitoring-missing says so.
    return Object.values(watched).some((part) => part !== undefined) ? [...reference(context), ...limits(context)] : [];
  },
};

function reference({ product, facts }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const path = product.monitoring?.reference;
  const fixes = indexed(product.data).flatMap(([, { path: data, use }]) =>
    isGiven(data) && data !== path && (use === "reference" || use === "train") ? [setFix(`Compare with ${data}`, REFERENCE, data)] : [],
  );
  if (!isGiven(path)) {
    return [{ message: "Drift cannot be judged: there is no reference data to compare with.", at: REFERENCE, fixes }];
  }
  const fact = facts.path(path);
  if (!fact.known) {
    return [couldNotCheck(`whether the reference data "${path}" exists`, fact.why)];
  }
  // Data that DVC tracks may not be on this machine.
  const tracked = facts.dvcTracked(path);
  return fact.value.kind === "missing" && !(tracked.known && tracked.value)
    ? [{ message: `Drift cannot be judged: the reference data "${path}" does not exist.`, at: REFERENCE, fixes }]
    : [];
}

function limits({ product }: LintContext): readonly RuleFinding[] {
  const drift = product.monitoring?.drift;
  if (drift === undefined || (drift.method === undefined && drift.psi_fail === undefined && drift.fail === undefined)) {
    const fixes = [
      {
        title: "Add the usual method and limits",
        safe: false,
        changes: [
          { kind: "set", path: [...DRIFT, "method"], value: "auto" },
          { kind: "set", path: [...DRIFT, "psi_warn"], value: 0.1 },
          { kind: "set", path: [...DRIFT, "psi_fail"], value: 0.25 },
        ],
      } as const,
    ];
    return [{ message: "Drift cannot be judged: there is no method and no limit.", at: DRIFT, fixes }];
  }
  const blocks = [
    [DRIFT, drift] as const,
    ...Object.entries(drift.columns ?? {}).map(([name, one]) => [[...DRIFT, "columns", name], one] as const),
  ];
  return blocks.flatMap(([at, block]) => {
    const [warn, fail] = [block?.psi_warn, block?.psi_fail];
    return warn !== undefined && fail !== undefined && warn > fail
      ? [
          {
            message: `Nobody is warned before it fails: the limit for a warning (${warn}) is above that for a failure (${fail}).`,
            at: [...at, "psi_warn"],
            fixes: [
              {
                title: `Warn from ${fail} on, fail from ${warn} on`,
                safe: false,
                changes: [
                  { kind: "set", path: [...at, "psi_warn"], value: fail },
                  { kind: "set", path: [...at, "psi_fail"], value: warn },
                ],
              } as const,
            ],
          },
        ]
      : [];
  });
}
