import type { ConfigPath } from "../config/configPath";
import { isPlaceholder } from "../config/placeholder";

export interface SecretFound {
  readonly path: ConfigPath;
  /** As a sentence says it, e.g. "an AWS access key". The secret itself is never part of a message. */
  readonly what: string;
}

/** Shapes that their makers gave to keys, so that they can be found. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}\b/],
  ["a Databricks token", /\bdapi[a-f0-9]{32}\b/],
  ["a Slack token", /\bxox[abeprs]-[A-Za-z0-9-]{10,}/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}\b/],
  ["an API key", /\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{32,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{20,}/],
  ["an Azure storage key", /AccountKey=[A-Za-z0-9+/]{40,}={0,2}/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ["a password in an address", /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,100}:(?!\*+@|\$|<|\{)[^\s/@]{3,200}@/i],
];

/** Of the shapes above, the shortest: a password of three signs in the shortest address. Most values are shorter, and need not be searched. */
const SHORTEST_SHAPE = "a://:abc@".length;

/** Names of keys whose values are secrets, with `_`, `-` and capitals taken away. */
const SECRET_KEY =
  /(?:password|passwd|passphrase|secret|secretkey|apikey|accesskey|accesstoken|authtoken|bearertoken|privatekey|clientsecret)$/;

/** Values that only say where a secret is: a variable, a file, a vault. */
const REFERENCE = /^(?:\$|%[A-Z_]+%$|env[:.]|file:|vault:|arn:|secretref:|secrets?[./]|\{\{)/i;

/** Parameters of an argument list that are followed by a secret. */
const SECRET_OPTION = /^--?(?:password|passwd|token|api[-_]key|secret)(?:=(.*))?$/i;

/** Shorter values are words. */
const MIN_LENGTH = 6;
const MAX_DEPTH = 30;
/** Longer texts are searched at their start only. */
const MAX_TEXT = 10_000;

/** Values that look like secrets, in the order of the file. @param root the file as plain data */
export function findSecrets(root: unknown): readonly SecretFound[] {
  const found: SecretFound[] = [];
  walk(root, [], found);
  return found;
}

function walk(value: unknown, path: ConfigPath, found: SecretFound[]): void {
  if (typeof value === "string") {
    const what = secretShape(value) ?? (isSecretKey(path) && isLiteral(value) ? `a value of "${String(path.at(-1))}"` : undefined);
    if (what !== undefined) {
      found.push({ path, what });
    }
  } else if (path.length > MAX_DEPTH) {
    return;
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      const option = SECRET_OPTION.exec(typeof item === "string" ? item : "");
      const before: unknown = value[index - 1];
      const follows = typeof before === "string" && SECRET_OPTION.exec(before)?.[0] === before && !before.includes("=");
      if ((option?.[1] !== undefined && isLiteral(option[1])) || (follows && typeof item === "string" && isLiteral(item))) {
        found.push({ path: [...path, index], what: "a secret in an argument" });
      } else {
        walk(item, [...path, index], found);
      }
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      walk(part, [...path, key], found);
    }
  }
}

function secretShape(text: string): string | undefined {
  if (text.length < SHORTEST_SHAPE) {
    return undefined;
  }
  const start = text.slice(0, MAX_TEXT);
  return SHAPES.find(([, shape]) => shape.test(start))?.[0];
}

function isSecretKey(path: ConfigPath): boolean {
  const key = path.at(-1);
  return typeof key === "string" && SECRET_KEY.test(key.toLowerCase().replaceAll(/[_-]/g, ""));
}

function isLiteral(value: string): boolean {
  const text = value.trim();
  return (
    text.length >= MIN_LENGTH &&
    !/\s/.test(text) &&
    !isPlaceholder(text) &&
    !REFERENCE.test(text) &&
    !/^\*+$/.test(text) &&
    !/^\{[\w.]+\}$/.test(text)
  );
}
