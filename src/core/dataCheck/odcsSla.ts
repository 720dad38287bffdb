import { oneLine } from "../base/oneLine";
import { durationDays, parseDuration } from "../config/dates";
import type { Expectation, Expectations } from "./expectations";
import { asRecords, asText, type Plain } from "./plainFields";

/** How old the newest row may be; the standard prefers the first. */
const FRESHNESS: ReadonlySet<string> = new Set(["latency", "ly", "freshness", "fr"]);
const DAY_MS = 86_400_000;

/** Service levels that a column of times can answer; the others as a note. */
export function slaExpectations(contract: Plain, object: Plain, columns: ReadonlyMap<string, string>, from: string): Expectations {
  const list: Expectation[] = [];
  const notes: string[] = [];
  const others: string[] = [];
  const names = [object["name"], object["physicalName"]].flatMap((name) => asText(name) ?? []);
  for (const level of asRecords(contract["slaProperties"])) {
    const property = oneLine(asText(level["property"]) ?? "one without a name", 60);
    if (!FRESHNESS.has(property.toLowerCase())) {
      others.push(property);
      continue;
    }
    const elements = (asText(level["element"]) ?? asText(contract["slaDefaultElement"]) ?? "")
      .split(",")
      .flatMap((one) => asText(one.trim()) ?? []);
    const within = withinOf(level);
    if (elements.length === 0 || within === null) {
      notes.push(
        `The service level ${property} is not judged: it names ${elements.length === 0 ? "no column of times" : "no length of time"}.`,
      );
      continue;
    }
    for (const element of elements) {
      const column = columnOf(element, names, columns);
      if (column !== null) {
        const withinMs = durationDays(parseDuration(within) ?? { months: 0, days: 0, seconds: 0 }) * DAY_MS;
        list.push(
          { kind: "type", rule: "type", from, column, type: "date" },
          { kind: "newest", rule: "newest", from, column, within, withinMs },
        );
      }
    }
  }
  if (others.length > 0) {
    notes.push(`Service levels that data cannot tell are not judged: ${others.join(", ")}.`);
  }
  return { list, notes };
}

/** Null for a column of another object. */
function columnOf(element: string, names: readonly string[], columns: ReadonlyMap<string, string>): string | null {
  const name = names.find((one) => element.startsWith(`${one}.`));
  const property = name === undefined ? element : element.slice(name.length + 1);
  return columns.get(property) ?? (name === undefined && property.includes(".") ? null : property);
}

/** "4 d"; null where it is no length of time. */
function withinOf({ value, unit }: Plain): string | null {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 999_999) {
    return null;
  }
  const text = `${value} ${(asText(unit) ?? "d").toLowerCase().replace(/^yrs?$/, "y")}`;
  return parseDuration(text) === undefined ? null : text;
}
