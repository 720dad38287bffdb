import type { TextFormat } from "./schema/field";

interface FormatRule {
  /** A regular expression (with flag u) for the whole text: the parser and the JSON schema share it, so that they never differ. */
  readonly pattern: string;
  /** With its article, e.g. "a day". */
  readonly name: string;
  /** In YAML. */
  readonly example: string;
}

/** The word in any case, because a JSON schema's patterns have no flag for it. */
function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`).replace(/[/.]/g, "\\$&");
}

const UNITS = ["s", "sec", "second", "m", "min", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year"];
/** "ss" and the like are no units. */
const unitPattern = UNITS.map((unit) => `${anyCase(unit)}${unit.length > 1 ? "[sS]?" : ""}`).join("|");

const PLACEHOLDERS = [
  "[^\\p{L}\\p{N}]*",
  `(?:${["to-?do", "tbd", "tba", "tbc", "fixme", "n/a", "xxxx*"].map(anyCase).join("|")})(?:[\\s:.,!?(][\\s\\S]*)?`,
  "<[^<>]*>",
  "\\{\\{[^{}]*\\}\\}",
  "\\[[^\\[\\]]*\\]",
  "\\$\\{[^{}]*\\}",
  ...["change me", "changeme", "placeholder", "to be decided", "to be defined", "to be done", "your name", "your email"].map(anyCase),
];
/** What only holds the place of an answer is left to the rules, which call it missing: one mistake, one message. */
const PLACEHOLDER = `\\s*(?:${PLACEHOLDERS.join("|")})\\s*`;

const YEAR_WITH_29_FEBRUARY = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const DAY_OF_YEAR = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))";

const FORMATS: Readonly<Record<Exclude<TextFormat, "sentence">, FormatRule>> = {
  email: {
    pattern: '[^\\s@<>()\\[\\],;:"\\\\]+@[^\\s@<>()\\[\\],;:"\\\\]+',
    name: "an e-mail address",
    example: "ana@example.org",
  },
  date: {
    pattern: `(?:\\d{4}-${DAY_OF_YEAR}|${YEAR_WITH_29_FEBRUARY}-02-29)`,
    name: "a day of the calendar as year-month-day",
    example: "2026-09-01",
  },
  duration: {
    pattern: `(?=[\\s\\S]{0,100}$)(?:\\d{1,6} ?(?:${unitPattern}) ?)+`,
    name: "a length of time",
    example: "6 months",
  },
  path: {
    pattern: "(?![/~]|[A-Za-z]:(?:/|$))[^\\\\\\u0000-\\u001f]+",
    name: "a path relative to this file, with forward slashes",
    example: "docs/stop.md",
  },
  url: { pattern: "[A-Za-z][A-Za-z0-9+.\\-]*:\\S+", name: "an address", example: '"http://127.0.0.1:8080"' },
  target: {
    pattern: "\\s*(?:>=|≥|>|<=|≤|<|==|=) {0,8}[+\\-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:[eE][+\\-]?\\d{1,2})? ?%?\\s*",
    name: "a comparison with a number, in quotes",
    example: '">= 0.80"',
  },
  digest: {
    pattern: "(?:[A-Za-z][A-Za-z0-9\\-]*:)?[0-9A-Fa-f]{8,128}",
    name: "a hash in hexadecimal digits",
    example: '"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  },
  character: { pattern: '(?:[tT][aA][bB]|[^"\\r\\n])', name: "one character, or the word tab", example: '";"' },
};

/** What a text of that format is called and looks like; undefined for prose, which may be anything. */
export function formatRule(format: TextFormat | null): FormatRule | undefined {
  return format === null || format === "sentence" ? undefined : FORMATS[format];
}

/** For a JSON schema; undefined where any text is good. */
export function formatPattern(format: TextFormat | null): string | undefined {
  const rule = formatRule(format);
  return rule === undefined ? undefined : `^(?:${rule.pattern}|${PLACEHOLDER})$`;
}

const compiled = new Map<TextFormat, RegExp>();

/** Whether a text has the format, or only holds the place of one. */
export function hasFormat(text: string, format: TextFormat | null): boolean {
  const pattern = formatPattern(format);
  if (format === null || pattern === undefined) {
    return true;
  }
  const expression = compiled.get(format) ?? new RegExp(pattern, "u");
  compiled.set(format, expression);
  return expression.test(text);
}

/** Whether a number without quotes may stand for a text of that format: a folder may be called 2026, an e-mail address may not. */
export function mayBeNumber(format: TextFormat | null): boolean {
  return format === null || format === "sentence" || format === "path";
}
