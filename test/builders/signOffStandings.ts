import type { JudgedSignOffs, SignOffStanding } from "../../src/core/governance/signOffStanding";

/** A sign-off of Mia's that holds, but for what is said. */
export function signOffStanding(said: Partial<SignOffStanding> = {}): SignOffStanding {
  const email = said.who === undefined ? "mia@example.org" : said.who.email;
  return {
    file: ".mlops/signoffs/2026-11-01-launch-mia.yaml",
    subject: "launch",
    state: "given",
    cause: null,
    reason: "It holds.",
    remedy: null,
    who: { name: null, email, role: null },
    person: email?.toLowerCase() ?? null,
    asked: { role: null, people: [] },
    decision: "approve",
    openConditions: [],
    evidence: [],
    statement: "I read the report on all groups and the targets hold.",
    when: "2026-11-01T09:00:00Z",
    expires: "2027-11-01",
    until: null,
    supersedes: null,
    commit: "3f2c1ab",
    decidedIn: "3f2c1abd",
    historyUnknown: null,
    model: { name: "churn-model", version: "14", digest: null },
    signature: "unsigned",
    sha256: null,
    ...said,
  };
}

/** Sign-offs as lint and gate are given them. */
export function judgedSignOffs(standings: readonly Partial<SignOffStanding>[]): JudgedSignOffs {
  return { standings: standings.map(signOffStanding), aliases: new Map(), binding: null };
}
