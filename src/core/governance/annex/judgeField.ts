import { type ConfigPath, pathText } from "../../config/configPath";
import { isDate, sayDate } from "../../config/dates";
import { lacks, valueAt } from "../../lint/lacks";
import type { LintContext } from "../../lint/lintRule";
import { isHeld, isReachable } from "../../lint/person";
import type { DocumentFacts } from "./documentFact";
import type { FieldRequirement } from "./documentationItems";
import { documentPart } from "./documentPart";
import type { ItemPlace, ItemStatus } from "./judgedItem";

/** One field, judged. */
export interface JudgedField {
  readonly status: ItemStatus;
  /** One sentence; null where it is documented. */
  readonly why: string | null;
  readonly places: readonly ItemPlace[];
}

export interface FieldContext extends DocumentFacts, Pick<LintContext, "config" | "product" | "stage"> {
  /** The product's file, from the root of the workspace. */
  readonly path: string;
  readonly lineOf: (offset: number) => number;
}

/** Answers that say that there is none yet. */
const UNDECIDED = /^(?:unsure|not sure|undecided|unknown|pending|not decided(?: yet)?|open)$/i;

/** What a field says of an item. @param number as the law counts the item. @param signedOn day on which somebody decided on it since, YYYY-MM-DD; null for none. */
export function judgeField(
  requirement: FieldRequirement,
  path: ConfigPath,
  { number, signedOn }: { readonly number: string; readonly signedOn: string | null },
  context: FieldContext,
): JudgedField {
  const field = pathText(path);
  const value = valueAt(context.product, path);
  const at = (status: ItemStatus): ItemPlace => ({
    file: context.path,
    line: context.lineOf(context.config.source.nearestRange(path).start),
    field,
    status,
  });
  /** A document comes before the field that names it. */
  const say = (status: ItemStatus, why: string | null, document: readonly ItemPlace[] = []): JudgedField => ({
    status,
    why,
    places: [...document, at(status)],
  });
  if (typeof value === "string" && UNDECIDED.test(value.trim())) {
    return say("needs_person", `${field} is "${value.trim()}": a person has to decide.`);
  }
  const { as, emptyIsAnswer } = requirement;
  if (lacks(context, path, { sentence: as === "sentence", emptyIsAnswer })) {
    return say("missing", `Nothing is written at ${field}.`);
  }
  switch (as) {
    case "role":
      return isHeld(value as Parameters<typeof isHeld>[0])
        ? say("documented", null)
        : say("missing", `${field} names nobody who can be reached.`);
    case "person":
      return isReachable(value as string | undefined) ? say("documented", null) : say("missing", `${field} is nobody's address.`);
    case "date":
      return typeof value === "string" && isDate(value) ? say("documented", null) : say("missing", `${field} is no day.`);
    case "file":
      return judgeFile(String(value), requirement, { number, signedOn }, context, say);
    default:
      return say("documented", null);
  }
}

function judgeFile(
  written: string,
  { field, heading, followsData }: FieldRequirement,
  { number, signedOn }: { readonly number: string; readonly signedOn: string | null },
  { documents, dataChangedOn }: FieldContext,
  say: (status: ItemStatus, why: string | null, document?: readonly ItemPlace[]) => JudgedField,
): JudgedField {
  const fact = documents.get(written);
  if (fact === undefined || fact.kind === "unknown") {
    return say("needs_person", `Whether ${written} is there could not be looked up: ${fact?.why ?? "nobody looked"}.`);
  }
  if (fact.path === null || fact.kind === "outside") {
    return say("needs_person", `${written} (${field}) lies outside of this workspace, so a person has to look whether it is there.`);
  }
  const { path } = fact;
  const place = (status: ItemStatus): ItemPlace => ({ file: path, line: null, field: null, status });
  if (fact.kind === "missing") {
    return say("missing", `The file ${written} (${field}) does not exist.`);
  }
  const part = fact.text === null ? "filled" : documentPart(fact.text, heading, number);
  if (part === "unfilled") {
    const where = heading === null ? "" : ` below "${heading}"`;
    return say("missing", `${written} still holds only the place for an answer${where}.`, [place("missing")]);
  }
  if (part === "no_heading") {
    const why = `${written} has no heading "${heading ?? ""}" or ${number}, so a person has to look whether it says it.`;
    return say("needs_person", why, [place("needs_person")]);
  }
  const isOlder = followsData && dataChangedOn !== null && fact.changedOn !== null && fact.changedOn < dataChangedOn;
  // Whoever decided since has looked at it again.
  if (isOlder && (signedOn === null || signedOn < dataChangedOn)) {
    const why = `${written} was last changed on ${sayDate(fact.changedOn)}, before the training data changed on ${sayDate(dataChangedOn)}.`;
    return say("expired", why, [place("expired")]);
  }
  return say("documented", null, [place("documented")]);
}
