import type { ProductEvidence } from "./evidence";
import type { ProductEvent } from "./productHealth";

/** A month, and the days by which a digest may come late. */
const KEPT_MS = 35 * 86_400_000;
const MOST = 100;

/** What happened to a product in the last 35 days: trainings, deployments, checks that say otherwise than before, and decisions of people. The newest first. */
export function productEvents(evidence: ProductEvidence): readonly ProductEvent[] {
  const { now } = evidence;
  return [...trainings(evidence), ...deployments(evidence), ...changedChecks(evidence), ...decisions(evidence)]
    .filter(({ at }) => now - at <= KEPT_MS)
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
}

function trainings({ runs, jobs }: ProductEvidence): readonly ProductEvent[] {
  const ofRuns = (runs.known ? runs.value : []).flatMap(({ run }): readonly ProductEvent[] => {
    const { parentRunId, startedAt, endedAt, status, name } = run;
    const at = endedAt ?? startedAt;
    if (parentRunId !== null || at === null || (status !== "FINISHED" && status !== "FAILED")) {
      return [];
    }
    return [
      {
        at,
        kind: status === "FAILED" ? "training_failed" : "trained",
        text: `the run ${name} ${status === "FAILED" ? "failed" : "finished"}`,
      },
    ];
  });
  const withRuns = new Set((runs.known ? runs.value : []).flatMap(({ run }) => run.job ?? []));
  // A training that failed before it made a run.
  const ofJobs = jobs
    .filter(({ id, status }) => !withRuns.has(id) && (status.state === "failed" || status.state === "succeeded"))
    .map(({ id, status, createdAt }): ProductEvent => {
      const hasFailed = status.state === "failed";
      const kind = hasFailed ? "training_failed" : "trained";
      return { at: status.endedAt ?? createdAt, kind, text: `the training ${id} ${hasFailed ? "failed" : "finished"}` };
    });
  return [...ofRuns, ...ofJobs];
}

function deployments({ deployments: entries, name }: ProductEvidence): readonly ProductEvent[] {
  return entries
    .filter(({ product }) => product === name)
    .flatMap(({ at, state, version, target, who, intent }): readonly ProductEvent[] => {
      const time = Date.parse(at);
      if (Number.isNaN(time)) {
        return [];
      }
      const by = who === null ? "" : ` by ${who}`;
      return state === "succeeded"
        ? [
            {
              at: time,
              kind: "deployed",
              text: `version ${version} was ${intent === "rollback" ? "taken back" : "deployed"} to ${target}${by}`,
            },
          ]
        : [
            {
              at: time,
              kind: "deployment_failed",
              text: `the deployment of version ${version} to ${target}${by} did not succeed (${state.replaceAll("_", " ")})`,
            },
          ];
    });
}

function changedChecks({ checks: { results } }: ProductEvidence): readonly ProductEvent[] {
  return results.flatMap((result, index): readonly ProductEvent[] => {
    const before = results[index + 1];
    return before === undefined || before.status === result.status
      ? []
      : [
          {
            at: result.checked_at,
            kind: "check_changed",
            text: `the check says ${result.status} after ${before.status}: ${result.verdict}`,
          },
        ];
  });
}

function decisions({ standings }: ProductEvidence): readonly ProductEvent[] {
  return standings.flatMap(({ when, decidedIn, subject, decision, who }): readonly ProductEvent[] => {
    const at = Date.parse(when ?? "");
    const word = decision === "reject" ? "rejected" : decision === "approve" ? "approved" : "approved with conditions";
    return Number.isNaN(at) || decidedIn === null || decision === null
      ? []
      : [{ at, kind: "decided", text: `the ${subject} was ${word} by ${who.name ?? who.email ?? "somebody"}` }];
  });
}
