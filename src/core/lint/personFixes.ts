import type { ConfigPath } from "../config/configPath";
import type { Fix } from "./fix";
import type { LintContext } from "./lintRule";
import type { OwnerCandidate } from "./lintFacts";
import { sameAddress } from "./person";
import { setFix, TODO } from "./setFix";

/** More choices would not be read. */
const MOST = 5;

export interface PersonWanted {
  /** The block of the role, e.g. `["roles", "owner"]`. */
  readonly role: ConfigPath;
  /** As a title says it, e.g. "owner". */
  readonly words: string;
  /** Addresses that must not be offered, because the rule is about them. */
  readonly except?: readonly string[];
  /** People whom the policy names for the role; they come first. */
  readonly named?: readonly string[];
}

/**
 * Who may take a role: each candidate is a fix of its own that a person has to choose, because who answers for something is never guessed.
 * Where nobody is known, a place to fill in, which is still a finding.
 */
export function personFixes({ config, facts }: LintContext, { role, words, except = [], named = [] }: PersonWanted): readonly Fix[] {
  const isFree = (address: string | null): boolean => !except.some((one) => sameAddress(one, address));
  const policy = named.filter(isFree).map((email) => setFix(`Set the ${words} to ${email} (policy)`, [...role, "email"], email));
  const candidates = (facts.owners.known ? facts.owners.value : []).filter(
    ({ email, handle }) => isFree(email ?? handle) && !named.some((one) => sameAddress(one, email)),
  );
  const fixes = [...policy, ...candidates.flatMap((candidate) => candidateFix(config.source.raw(role), role, words, candidate))];
  if (fixes.length > 0) {
    return fixes.slice(0, MOST);
  }
  const place = [...role, "email"];
  return config.source.has(place) ? [] : [setFix(`Add a place to name the ${words}`, place, TODO)];
}

function candidateFix(written: unknown, role: ConfigPath, words: string, { email, handle, source }: OwnerCandidate): readonly Fix[] {
  const from = source === "codeowners" ? "CODEOWNERS" : "active in git";
  if (email !== null) {
    return [setFix(`Set the ${words} to ${email} (${from})`, [...role, "email"], email)];
  }
  if (handle === null) {
    return [];
  }
  const title = `Set the ${words} to ${handle} (${from})`;
  // A team of CODEOWNERS has no address, so it stands in the role's `team`, and a placeholder in `email` has to go.
  if (typeof written !== "object" || written === null) {
    return [setFix(title, role, { team: handle })];
  }
  const remove = "email" in written ? [{ kind: "remove" as const, path: [...role, "email"] }] : [];
  return [{ title, safe: false, changes: [{ kind: "set", path: [...role, "team"], value: handle }, ...remove] }];
}
