import { sayDate } from "./dates";
import type { RegulationCalendar } from "./regulationCalendar";
import type { Field } from "./schema/field";
import { exampleOf } from "./fieldShape";

/** What a field is for, as plain text: one sentence and the law behind it. */
export function describeField({ info }: Field): string {
  return info.article === undefined ? info.about : `${info.about} (${info.article})`;
}

/**
 * What a field is for, as Markdown: one sentence, the law with the day from which it asks, the choices and an example.
 * @param about in place of the schema's sentence.
 */
export function fieldMarkdown(field: Field, calendar: RegulationCalendar, about = field.info.about): string {
  const example = exampleOf(field);
  return [about, lawLine(field, calendar), choiceLines(field), example === undefined ? undefined : `Example: \`${example}\``]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function lawLine({ info }: Field, calendar: RegulationCalendar): string | undefined {
  const duty = calendar.duties.find(({ id }) => id === info.duty);
  const since = duty === undefined ? "" : `${info.article === undefined ? "" : ", "}asked for from ${sayDate(duty.date)}`;
  return info.article === undefined && since === "" ? undefined : `Law: ${info.article ?? ""}${since}.`;
}

/** A list of choices is described by those of its items. */
function choiceLines(field: Field): string | undefined {
  if (field.kind === "list") {
    return choiceLines(field.of);
  }
  return field.kind === "choice"
    ? Object.entries(field.choices)
        .map(([word, meaning]) => `- \`${word}\`: ${meaning}`)
        .join("\n")
    : undefined;
}

/** A few words on the kind of a value, for the line of a suggestion. */
export function kindOf(field: Field): string {
  switch (field.kind) {
    case "text":
      return field.format ?? "text";
    case "yesNo":
      return "yes or no";
    case "object":
    case "map":
      return "block";
    case "scalar":
      return "value";
    case "either":
      return field.options.map(kindOf).join(" or ");
    default:
      return field.kind;
  }
}
