import { listText } from "../listText";
import type { ParamField } from "../paramField";

/** What may be typed into a field, in words: "whole number from 1 to 400". */
export function paramHint({ kind, min, max, required, description }: ParamField): string {
  const words: Readonly<Record<ParamField["kind"], string>> = {
    text: "",
    number: "number",
    integer: "whole number",
    boolean: "",
    choice: "",
    list: "list as JSON",
  };
  const range =
    min !== null && max !== null
      ? ` from ${String(min)} to ${String(max)}`
      : min !== null
        ? ` from ${String(min)} on`
        : max !== null
          ? ` up to ${String(max)}`
          : "";
  const what = `${words[kind]}${range}`.trim();
  return [description ?? "", what === "" ? "" : `${what[0]?.toUpperCase() ?? ""}${what.slice(1)}${required ? ", needed" : ""}.`]
    .filter(Boolean)
    .join(" ");
}

/** Why a text is no value of a field, one sentence; null where it is one. An empty text stands for the field's own value. */
export function paramFault(field: ParamField, typed: string | undefined): string | null {
  if (typed === undefined || (typed === "" && field.value !== null)) {
    return field.required && field.value === null ? "A value is needed." : null;
  }
  if (field.kind === "text" || (field.kind === "choice" && field.options.length === 0)) {
    return null; // Also of spaces alone, which are handed over as they are.
  }
  const text = typed.trim();
  if (text === "") {
    return field.required ? "A value is needed." : null;
  }
  switch (field.kind) {
    case "number":
    case "integer":
      return numberFault(field, text);
    case "list":
      return listText(text) === null ? 'This is a list written as JSON, such as [1, "two"].' : null;
    case "boolean":
      return /^(?:true|false|yes|no)$/i.test(text) ? null : "This is yes or no: true or false.";
    case "choice":
      return field.options.map(String).includes(text) ? null : `This is one of ${field.options.join(", ")}.`;
  }
}

function numberFault({ kind, min, max }: ParamField, text: string): string | null {
  const value = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    return kind === "integer" ? "This is a whole number." : "This is a number.";
  }
  if (kind === "integer" && !Number.isInteger(value)) {
    return "This is a whole number, without a fraction.";
  }
  if (min !== null && value < min) {
    return `The least is ${String(min)}.`;
  }
  return max !== null && value > max ? `The most is ${String(max)}.` : null;
}
