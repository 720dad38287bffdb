import { sayDate } from "../config/dates";
import type { Product } from "../config/product";
import type { SignOffFact } from "./lintFacts";
import { sameAddress } from "./person";

export function isApproval({ decision }: SignOffFact): boolean {
  return decision === "approve" || decision === "approve_with_conditions";
}

/** An approval that nobody committed: whoever has the folder may have written it, so that it counts for nothing. */
export function isUncommitted(signOff: SignOffFact): boolean {
  return isApproval(signOff) && signOff.commitAuthor.known && signOff.commitAuthor.value === null;
}

/** The newest sign-off of a subject that the filter lets through; one without a time counts as the oldest. */
export function newestSignOff(
  signOffs: readonly SignOffFact[],
  subject: string,
  filter: (signOff: SignOffFact) => boolean = () => true,
): SignOffFact | undefined {
  const time = ({ when }: SignOffFact): number => {
    const parsed = Date.parse(when ?? "");
    return Number.isNaN(parsed) ? 0 : parsed;
  };
  return signOffs
    .filter((signOff) => signOff.subject === subject && filter(signOff))
    .reduce<SignOffFact | undefined>((newest, next) => (newest === undefined || time(next) > time(newest) ? next : newest), undefined);
}

/** The day on which a sign-off ends; null where it does not say. */
export function expiryDay({ expires }: SignOffFact): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(expires ?? "")?.[0] ?? null;
}

/** Why a sign-off does not count, in one sentence; null where it does. */
export function signOffFault(signOff: SignOffFact, product: Product, today: string): string | null {
  const { file, subject, whoEmail, decision, commitAuthor, isBot, modelVersion } = signOff;
  const who = whoEmail ?? "nobody in particular";
  if (isBot) {
    return `The sign-off ${file} was made by a bot; only a person can sign.`;
  }
  if (decision === "reject") {
    return `The ${subject} was rejected by ${who} (${file}).`;
  }
  if (!isApproval(signOff)) {
    return `The sign-off ${file} is a draft; nobody has decided yet.`;
  }
  if (whoEmail === null) {
    return `The sign-off ${file} does not say who signed.`;
  }
  if (isUncommitted(signOff)) {
    return `The sign-off ${file} by ${whoEmail} is not committed; it counts once that person has committed it.`;
  }
  const author = commitAuthor.known ? commitAuthor.value : null;
  if (author !== null && !sameAddress(author, whoEmail)) {
    return `The sign-off ${file} names ${whoEmail}, but ${author} committed it.`;
  }
  const version = product.model?.version;
  if (modelVersion !== null && version !== undefined && modelVersion !== version && (subject === "launch" || subject === "risk")) {
    return `The approval is for model ${modelVersion}; this is ${version}.`;
  }
  const end = expiryDay(signOff);
  return end !== null && end < today ? `The sign-off ${file} by ${whoEmail} expired on ${sayDate(end)}.` : null;
}
