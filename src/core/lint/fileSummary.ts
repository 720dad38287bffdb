import type { TextRange } from "../base/textEdit";
import type { ConfigFile } from "../config/configFile";
import type { ConfigPath } from "../config/configPath";
import { isPlaceholder } from "../config/placeholder";
import type { Product } from "../config/product";
import type { RegulationCalendar } from "../config/regulationCalendar";
import { comingDays, sayComingDay } from "./comingDays";

/** One thing to know about a file at a glance. */
export interface SummaryPart {
  readonly kind: "stage" | "owner" | "findings" | "next" | "unreadable";
  readonly text: string;
  /** What a click does or what more there is to know, as plain text. */
  readonly tooltip: string;
  /** Where it stands in the file; null for what stands nowhere. */
  readonly range: TextRange | null;
}

/** How many findings there are; what is only a hint is not counted. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

export interface FileSummaryInput {
  readonly config: ConfigFile<Product>;
  /** Null as long as nobody has judged the file. */
  readonly findings: FindingCounts | null;
  readonly calendar: RegulationCalendar;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** What stands over a product's file: stage, owner, findings and the next day that matters. */
export function fileSummary(input: FileSummaryInput): readonly SummaryPart[] {
  const { config, findings } = input;
  const judged = findings === null ? [] : [findingsPart(findings)];
  return isUnreadable(config) ? [unreadablePart(config)] : [stagePart(config), ownerPart(config), ...judged, ...nextPart(input)];
}

/** Nothing of it could be read, so that an empty answer would be taken for an empty file. */
export function isUnreadable({ source, problems }: ConfigFile<unknown>): boolean {
  return problems.length > 0 && source.raw([]) === undefined;
}

export function unreadablePart({ problems }: ConfigFile<unknown>): SummaryPart {
  const [first] = problems;
  return {
    kind: "unreadable",
    text: "could not read this file",
    tooltip: first?.message ?? "The text is no YAML with keys.",
    range: first?.range ?? null,
  };
}

export function findingsPart({ errors, warnings }: FindingCounts): SummaryPart {
  const counted = [count(errors, "error"), count(warnings, "warning")].filter((text) => text !== null);
  return {
    kind: "findings",
    text: counted.length === 0 ? "no errors or warnings" : counted.join(", "),
    tooltip: "Show them in the Problems panel.",
    range: null,
  };
}

function count(number: number, word: string): string | null {
  return number === 0 ? null : `${number} ${word}${number === 1 ? "" : "s"}`;
}

function stagePart({ value, source }: ConfigFile<Product>): SummaryPart {
  return {
    kind: "stage",
    text: value.stage ?? "no stage",
    tooltip: value.stage === undefined ? "Rules judge the model as one that is being made." : "How far the model has come.",
    range: rangeOf(source, ["stage"]),
  };
}

function ownerPart({ value, source }: ConfigFile<Product>): SummaryPart {
  const { email, team, name } = value.roles?.owner ?? {};
  const owner = [email, team, name].find((text) => text !== undefined && !isPlaceholder(text));
  return {
    kind: "owner",
    text: owner === undefined ? "no owner" : shorten(owner),
    tooltip: owner === undefined ? "Nobody answers for this model yet." : "Who is responsible for the model.",
    range: rangeOf(source, ["roles", "owner"]),
  };
}

function nextPart({ config: { value, source }, calendar, today }: FileSummaryInput): readonly SummaryPart[] {
  const [first, ...others] = comingDays(value, calendar, today);
  if (first === undefined) {
    return [];
  }
  const tooltip = others.length === 0 ? first.why : [first.why, "Then:", ...others.map((day) => sayComingDay(day, today))].join("\n");
  return [{ kind: "next", text: sayComingDay(first, today, "next: "), tooltip, range: rangeOf(source, first.at) }];
}

function rangeOf(source: ConfigFile<Product>["source"], path: ConfigPath): TextRange | null {
  return source.valueRange(path) ?? source.keyRange(path) ?? null;
}

/** A lens is one line. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
