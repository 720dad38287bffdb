import type { ConfigPath } from "../config/configPath";
import type { ConfigChange, Fix } from "./fix";
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
  const written = config.source.raw(role);
  const policy = named.filter(isFree).map((email) => addressFix(written, role, email, null, `Set the ${words} to ${email} (policy)`));
  const candidates = (facts.owners.known ? facts.owners.value : []).filter(
    ({ email, handle }) => isFree(email ?? handle) && !named.some((one) => sameAddress(one, email)),
  );
  const fixes = [...policy, ...candidates.flatMap((candidate) => candidateFix(written, role, words, candidate))];
  if (fixes.length > 0) {
    return fixes.slice(0, MOST);
  }
  const place = [...role, "email"];
  return config.source.has(place) ? [] : [setFix(`Add a place to name the ${words}`, place, TODO)];
}

function candidateFix(written: unknown, role: ConfigPath, words: string, candidate: OwnerCandidate): readonly Fix[] {
  const { email, handle, name, source } = candidate;
  const from = source === "codeowners" ? "CODEOWNERS" : "active in git";
  if (email !== null) {
    return [addressFix(written, role, email, name, `Set the ${words} to ${email} (${from})`)];
  }
  if (handle === null) {
    return [];
  }
  const title = `Set the ${words} to ${handle} (${from})`;
  // A team of CODEOWNERS has no address, so it stands in the role's `team`, and what is said of a person has to go.
  const set: ConfigChange = { kind: "set", path: [...role, "team"], value: handle };
  return isBlock(written)
    ? [{ title, safe: false, changes: [set, ...without(written, role, ["email", "name", "trained"])] }]
    : [setFix(title, role, { team: handle })];
}

/** A new address in a block takes the old person's name and training with it. */
function addressFix(written: unknown, role: ConfigPath, email: string, name: string | null, title: string): Fix {
  const set: ConfigChange = { kind: "set", path: [...role, "email"], value: email };
  if (!isBlock(written)) {
    return { title, safe: false, changes: [set] };
  }
  const rename: readonly ConfigChange[] =
    "name" in written && name !== null ? [{ kind: "set", path: [...role, "name"], value: name }] : without(written, role, ["name"]);
  return { title, safe: false, changes: [set, ...rename, ...without(written, role, ["trained", "team"])] };
}

function without(written: object, role: ConfigPath, keys: readonly string[]): readonly ConfigChange[] {
  return keys.filter((key) => Object.hasOwn(written, key)).map((key) => ({ kind: "remove", path: [...role, key] }));
}

function isBlock(written: unknown): written is object {
  return typeof written === "object" && written !== null && !Array.isArray(written);
}
