import { addDays, sayDate } from "../../config/dates";
import type { ConfigPath } from "../../config/configPath";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import { isGiven } from "../isGiven";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import type { RuleMeta } from "../ruleMeta";
import { isReachable, sameAddress } from "../person";
import { personFixes } from "../personFixes";
import { numberOption } from "../ruleOption";
import { setFix, TODO } from "../setFix";

const WORDS = {
  owner: "owner",
  operator: "operator",
  requirements: "person who watches the requirements",
  data_steward: "data steward",
  compliance: "compliance officer",
  dpo: "data protection officer",
} as const;

const DEFAULT_DAYS = 180;
const TRAINING = ["oversight", "training"] as const;

const meta: RuleMeta = {
  code: "RESP07",
  name: "person-inactive",
  challenge: "responsibility",
  severity: { development: "info", staging: "info", production: "warning" },
  summary: "People in a role are still active or have a deputy, and overseers are trained.",
  why: "People change teams, and their names stay in files. A role whose holder has gone is empty, and an overseer who was never taught cannot tell when to stop the model. The policy sets the days as `inactive_days`.",
  article: "AI Act Art. 4; AI Act Art. 14(4)",
  suppressible: true,
  noFix: "Only you know who has taken over.",
  appliesTo: "product",
};

export const personInactive: LintRule = {
  meta,
  check: (context) => [...inactive(context), ...untrained(context)],
};

function inactive(context: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const { product, policy, today, facts } = context;
  const since = addDays(today, -numberOption(policy, meta, "inactive_days", DEFAULT_DAYS));
  return (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((role): readonly (RuleFinding | CouldNotCheck)[] => {
    const { email, deputy, team } = product.roles?.[role] ?? {};
    // A team is never away as a whole, and a deputy stands in.
    if (!isReachable(email) || team !== undefined || (isReachable(deputy) && !sameAddress(deputy, email))) {
      return [];
    }
    const fact = facts.lastCommitOf(email);
    if (!fact.known) {
      return [couldNotCheck("who is still active", fact.why)];
    }
    const last = latest(fact.value, lastSignOff(context, email));
    // Many who hold a role never commit; only somebody who did and stopped may have left.
    if (last === null || last >= since) {
      return [];
    }
    return [
      {
        message: `${email} has not been active since ${sayDate(last)}; is this person still the ${WORDS[role]}?`,
        at: ["roles", role, "email"],
        fixes: fixes(context, role, email, since),
      },
    ];
  });
}

function lastSignOff({ facts }: LintContext, email: string): string | null {
  const days = facts.signOffs.known
    ? facts.signOffs.value.standings.flatMap(({ who, when }) => (sameAddress(who.email, email) && when !== null ? [when.slice(0, 10)] : []))
    : [];
  return days.reduce<string | null>(latest, null);
}

function latest(left: string | null, right: string | null): string | null {
  return left === null ? right : right === null || right < left ? left : right;
}

/** Those who are active in the same time, then a deputy. */
function fixes(context: LintContext, role: keyof typeof WORDS, email: string, since: string): readonly Fix[] {
  const { facts, config, policy } = context;
  const active = facts.owners.known ? facts.owners.value.filter(({ lastCommit }) => lastCommit === null || lastCommit >= since) : [];
  const owners = { known: true, value: active } as const;
  const people = personFixes(
    { ...context, facts: { ...facts, owners } },
    {
      role: ["roles", role],
      words: WORDS[role],
      except: [email],
      named: policy.people.get(role) ?? [],
    },
  );
  const deputy: ConfigPath = ["roles", role, "deputy"];
  return config.source.has(deputy) ? people : [...people, setFix("Add a place to name a deputy", deputy, TODO)];
}

function untrained({ product, config, facts }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const people = (product.oversight?.people ?? []).filter(isReachable);
  const training = product.oversight?.training;
  if (people.length === 0) {
    return [];
  }
  if (!isGiven(training)) {
    const fixes = config.source.has(TRAINING) ? [] : [setFix("Add a place to link the training", TRAINING, TODO)];
    return [
      {
        message: `Nothing shows that those who oversee the model (${people.slice(0, 3).join(", ")}) were trained for it.`,
        at: TRAINING,
        fixes,
      },
    ];
  }
  const fact = facts.path(training);
  return fact.known && fact.value.kind === "missing"
    ? [{ message: `The training of overseers "${training}" does not exist.`, at: TRAINING, fixes: [] }]
    : [];
}
