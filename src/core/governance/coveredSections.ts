import { canonicalJson } from "../base/canonicalJson";
import type { Product } from "../config/product";
import type { SignOffSubject } from "./signOffStanding";

/** Blocks that change without touching what was decided: what is silent, when somebody looks again, what was measured, and the file's format. */
const NEVER_COVERED: ReadonlySet<string> = new Set(["lint", "review", "evaluation", "version"]);

/** The blocks that a decision covers, by subject; null for all but those that none covers. */
const COVERED: Readonly<Record<SignOffSubject, readonly (keyof Product)[] | null>> = {
  launch: null,
  review: null,
  data: ["data"],
  risk: ["purpose", "not_for", "risk", "ai_act", "risks", "oversight", "personal_data"],
  dpia: ["purpose", "data", "personal_data", "gdpr"],
  fria: ["purpose", "ai_act", "fria", "risks", "oversight"],
  exception: ["model", "deploy"],
  early: ["purpose", "risk", "personal_data"],
};

/** What a sign-off covers, as plain data of the file with short forms written out. */
function coveredData(subject: SignOffSubject, product: Product): Readonly<Record<string, unknown>> {
  const blocks = COVERED[subject];
  return Object.fromEntries(
    Object.entries(product).filter(
      ([key, value]) => value !== undefined && (blocks === null ? !NEVER_COVERED.has(key) : (blocks as readonly string[]).includes(key)),
    ),
  );
}

/**
 * The hash that a sign-off names as `config_sha256`: SHA-256 of the canonical JSON of what it covers. Comments, layout, order of keys and short forms change
 * nothing, any value does.
 * @param sha256 of a text, hex.
 */
export function coveredHash(subject: SignOffSubject, product: Product, sha256: (text: string) => string): string {
  return sha256(canonicalJson(coveredData(subject, product)));
}

/** What a sign-off covers, in words. */
export function sayCovered(subject: SignOffSubject): string {
  const blocks = COVERED[subject];
  return blocks === null ? `all of the file but ${[...NEVER_COVERED].join(", ")}` : blocks.join(", ");
}
