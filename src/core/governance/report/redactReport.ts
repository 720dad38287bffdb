import type { ComplianceReport } from "./complianceReport";

const PATH = "[internal path]";
const MAIL = "[address]";
const URL = "[internal address]";

/** Keys that hold a place in the repository. */
const PLACES: ReadonlySet<string> = new Set(["file", "config"]);

/**
 * The same report for readers outside: without e-mail addresses, addresses of servers, accounts, and paths of files. Names of people and roles stay, because the law asks who
 * answers for what.
 * @param paths that the product's file writes, so that they are found in sentences too.
 */
export function redactReport(report: ComplianceReport, paths: readonly string[]): ComplianceReport {
  const found = new Set([...paths, report.config]);
  collectPlaces(report, found);
  const redacted = redact(report, pathsToRedact(found)) as ComplianceReport;
  return { ...redacted, audience: "external" };
}

/** The longest first, so that no part of one is left over. A word without a dot or a slash could be any word. */
export function pathsToRedact(paths: Iterable<string>): readonly string[] {
  return [...new Set(paths)].filter((path) => /[./]/.test(path)).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

function collectPlaces(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach((item: unknown) => collectPlaces(item, into));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (PLACES.has(key) && typeof part === "string") {
        into.add(part);
      }
      collectPlaces(part, into);
    }
  }
}

function redact(value: unknown, known: readonly string[]): unknown {
  if (typeof value === "string") {
    return redactText(value, known);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => redact(item, known));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const isPlace = "file" in value && "line" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      PLACES.has(key) && typeof part === "string" ? PATH : isPlace && key === "line" ? null : redact(part, known),
    ]),
  );
}

/** @param known as `pathsToRedact` gives them. */
export function redactText(text: string, known: readonly string[]): string {
  const withoutKnown = known.reduce((rest, path) => (rest.includes(path) ? rest.split(path).join(PATH) : rest), text);
  return (
    withoutKnown
      .replace(/\b[a-z][a-z0-9+.-]{1,20}:\/{2,3}[^\s"'<>)\]]+/gi, URL)
      .replace(/[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]*[\p{L}\p{N}]/gu, MAIL)
      .replace(/(^|[\s(,;])@[\w.-]+(?:\/[\w.-]+)*/g, `$1${MAIL}`)
      // Absolute paths, those of Windows, and whatever ends in a file's name.
      .replace(/(^|[\s("'=,;])(?:~?\/|[A-Za-z]:[\\/])[^\s"'<>),;]+/g, `$1${PATH}`)
      .replace(/(?:[\w.-]+\/)+[\w.-]*\.[A-Za-z]\w{0,9}\b/g, PATH)
  );
}
