import { addDays } from "../config/dates";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import { nextReview } from "../lint/nextReview";
import { isReachable, sameAddress } from "../lint/person";
import { EXPIRING_DAYS } from "./judgeSignOff";
import { holdsToday, type JudgedSignOffs, type NeededSignOff, type SignOffStanding, type SignOffSubject } from "./signOffStanding";
import { subjectWords } from "./subjectWords";

type RoleName = keyof NonNullable<Product["roles"]>;

interface Need {
  readonly subject: SignOffSubject;
  readonly role: RoleName | null;
  /** Whom to ask where nobody's role it is. */
  readonly else?: readonly RoleName[];
  readonly why: string;
  readonly blocks: boolean;
  readonly isDue: boolean;
  /** A decision of before that day was about something else. */
  readonly notBefore?: string;
}

/** @param today YYYY-MM-DD, or an RFC 3339 time. */
export function neededSignOffs(product: Product, policy: Policy, judged: JudgedSignOffs, today: string): readonly NeededSignOff[] {
  // A file that cannot be read may hold a rejection, of whatever.
  const unreadable = judged.standings.find(({ cause }) => cause === "unreadable");
  const usual = (email: string): string => judged.aliases.get(email.toLowerCase()) ?? email.toLowerCase();
  const deciders = new Map<SignOffSubject, Set<string>>();
  return needs(product, policy, today.slice(0, 10)).map(({ subject, role, why, blocks, isDue, notBefore, else: others = [] }) => {
    const may = role === null ? [] : whoMay(role, product, policy);
    const ask = role === null ? (others.map((one) => whoMay(one, product, policy)).find((people) => people.length > 0) ?? []) : may;
    const isEligible = ({ person, asked, state }: SignOffStanding): boolean =>
      may.length === 0 ||
      (state === "draft" && person === null
        ? asked.role === null || asked.role === role
        : person !== null && may.some((one) => usual(one) === person));
    const candidates = judged.standings.filter(
      (one) =>
        one.subject === subject && isEligible(one) && (notBefore === undefined || one.when === null || one.when.slice(0, 10) >= notBefore),
    );
    // Two decisions on one subject are those of two people.
    const taken = deciders.get(subject) ?? new Set<string>();
    const standing = best(candidates.filter(({ person }) => person === null || !taken.has(person))) ?? best(candidates);
    const isOther = standing?.person === null || standing?.person === undefined || !taken.has(standing.person);
    if (standing?.person !== null && standing?.person !== undefined) {
      deciders.set(subject, taken.add(standing.person));
    }
    const problem = problemOf(standing, subject, role, may, isOther) ?? unreadable?.reason ?? null;
    return { subject, role, ask, deciders: may.map(usual), why, blocks, isDue, standing, isMet: problem === null, problem };
  });
}

/** Why a decision does not serve, in one sentence; null where it does. @param isOther whether it is not by somebody who decided in another role already. */
function problemOf(
  standing: SignOffStanding | null,
  subject: SignOffSubject,
  role: RoleName | null,
  may: readonly string[],
  isOther: boolean,
): string | null {
  if (standing === null) {
    const by = role === null ? "" : ` by the ${role} role${may.length === 0 ? "" : ` (${may.join(", ")})`}`;
    return `The sign-off of the ${subjectWords(subject)}${by} is missing.`;
  }
  if (!holdsToday(standing)) {
    return standing.reason;
  }
  if (!isOther) {
    return `${standing.person ?? ""} already signed the ${subjectWords(subject)} in another role; two different people decide.`;
  }
  return standing.openConditions.length === 0
    ? null
    : `The approval ${nameOf(standing.file)} has conditions that nobody answered: ${standing.openConditions.join("; ")}.`;
}

/** The newest decision that counts, else the newest of what does not. */
function best(candidates: readonly SignOffStanding[]): SignOffStanding | null {
  const open = candidates.filter(({ state }) => state !== "superseded");
  return (
    open.find((one) => holdsToday(one) || one.state === "rejected") ??
    open.find(({ state }) => state === "unknown") ??
    open.find(({ state }) => state !== "draft") ??
    open[0] ??
    null
  );
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** Whom the policy lets sign in a role; where it is silent, who holds the role in the file, and the deputy. */
export function whoMay(role: RoleName, { roles }: Product, policy: Policy): readonly string[] {
  const byPolicy = (policy.people.get(role) ?? []).filter(isReachable);
  const { email, deputy } = roles?.[role] ?? {};
  const byFile = [email, deputy].filter(isReachable);
  const isIn = (people: readonly string[], email: string): boolean => people.some((one) => sameAddress(one, email));
  return byPolicy.length === 0 ? byFile : [...byFile.filter((one) => isIn(byPolicy, one)), ...byPolicy.filter((one) => !isIn(byFile, one))];
}

function needs(product: Product, policy: Policy, today: string): readonly Need[] {
  const { stage, risk, gdpr, fria, data, personal_data: personal } = product;
  if (stage === "retired") {
    return [];
  }
  const isShipping = stage === "staging" || stage === "production";
  const isNamed = (role: RoleName): boolean => whoMay(role, product, policy).length > 0;
  const blocking = (subject: SignOffSubject, role: RoleName | null, why: string, isDue = isShipping): Need => {
    return { subject, role, why, blocks: true, isDue, else: ["compliance", "requirements", "owner"] };
  };
  const early = (role: "compliance" | "dpo", why: string): readonly Need[] =>
    stage !== "production" && isNamed(role) ? [{ subject: "early", role, why, blocks: false, isDue: true }] : [];
  const found: Need[] = [];
  if (risk === "high") {
    found.push(
      blocking("launch", "requirements", "Whoever watches the requirements of a high-risk model approves its launch (AI Act Art. 17)."),
      blocking("launch", "compliance", "Compliance approves the launch of a high-risk model too, as a second person (AI Act Art. 17)."),
    );
    if ((data ?? []).some((one) => one?.use === "train")) {
      const why = "Somebody confirms that the training data of a high-risk model is complete and correct (AI Act Art. 10).";
      found.push(blocking("data", "data_steward", why));
    }
  } else {
    const launch = blocking("launch", null, "Somebody else than its author approves a model before it goes to production.");
    found.push({ ...launch, else: ["requirements", "compliance", "owner"] });
  }
  if (gdpr?.dpia?.needed === "yes") {
    const why = "The file says that a data protection impact assessment is needed (GDPR Art. 35).";
    found.push(blocking("dpia", isNamed("dpo") ? "dpo" : null, why, true));
  }
  if (fria?.needed === "yes") {
    const why = "The file says that a fundamental rights impact assessment is needed (AI Act Art. 27).";
    found.push(blocking("fria", isNamed("compliance") ? "compliance" : null, why));
  }
  if (risk === "high" || risk === "unsure") {
    const what = risk === "high" ? "The risk is high" : "Nobody has decided how high the risk is";
    found.push(...early("compliance", `${what}: compliance is asked while the model is designed, when answers are cheap.`));
  }
  if (personal === "yes" || personal === "unsure") {
    const what = personal === "yes" ? "There is personal data" : "Nobody has decided whether there is personal data";
    found.push(...early("dpo", `${what}: data protection is asked while the model is designed (GDPR Art. 38(1)).`));
  }
  return [...found, ...review(product, today)];
}

/** A review that is due within 30 days. */
function review(product: Product, today: string): readonly Need[] {
  const due = nextReview(product)?.date;
  return due === undefined || due > addDays(today, EXPIRING_DAYS)
    ? []
    : [
        {
          ...{ subject: "review", role: "requirements", blocks: false, isDue: true, notBefore: addDays(due, -EXPIRING_DAYS) },
          why: `A review is due on ${due}: somebody makes sure that the requirements still hold (AI Act Art. 72).`,
        },
      ];
}
