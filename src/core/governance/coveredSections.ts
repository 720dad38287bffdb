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

/** Hashes of what is covered, by the reading of a file that it is of: each of its sign-offs asks for them again. */
const known = new WeakMap<Product, Map<SignOffSubject, string>>();
/** Blocks as text; most subjects share them. */
const texts = new WeakMap<object, string>();

/** What a sign-off covers, as canonical JSON with short forms written out. */
function coveredText(subject: SignOffSubject, product: Product): string {
  const blocks = COVERED[subject];
  const parts = Object.entries(product)
    .filter(
      ([key, value]) => value !== undefined && (blocks === null ? !NEVER_COVERED.has(key) : (blocks as readonly string[]).includes(key)),
    )
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`);
  return `{${parts.join(",")}}`;
}

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    return canonicalJson(value);
  }
  const text = texts.get(value) ?? canonicalJson(value);
  texts.set(value, text);
  return text;
}

/**
 * The hash that a sign-off names as `config_sha256`: SHA-256 of the canonical JSON of what it covers. Comments, layout, order of keys and short forms change
 * nothing, any value does.
 * @param sha256 of a text, hex.
 */
export function coveredHash(subject: SignOffSubject, product: Product, sha256: (text: string) => string): string {
  const hashes = known.get(product) ?? new Map<SignOffSubject, string>();
  known.set(product, hashes);
  const hash = hashes.get(subject) ?? sha256(coveredText(subject, product));
  hashes.set(subject, hash);
  return hash;
}

/** What a sign-off covers, in words. */
export function sayCovered(subject: SignOffSubject): string {
  const blocks = COVERED[subject];
  return blocks === null ? `all of the file but ${[...NEVER_COVERED].join(", ")}` : blocks.join(", ");
}
