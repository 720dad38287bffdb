import type { ConfigValue } from "../../lint/fix";
import { type QuoteStyle, scalarText } from "./scalarText";

export interface Layout {
  readonly eol: string;
  readonly step: number;
  readonly listStep: number;
}

/** Longer blocks and lists are written over several lines. */
const MAX_INLINE = 100;

type Block = Readonly<Record<string, ConfigValue>>;

function isBlock(value: ConfigValue): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value on one line, as in `{every: 6 months}` and `[a, b]`. */
export function flowText(value: ConfigValue, style: QuoteStyle = "plain"): string {
  if (Array.isArray(value)) {
    return `[${(value as readonly ConfigValue[]).map((item) => flowText(item)).join(", ")}]`;
  }
  if (isBlock(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => flowPair(key, item))
      .join(", ")}}`;
  }
  return scalarText(value as string | number | boolean | null, true, style);
}

export function flowPair(key: string, value: ConfigValue): string {
  return `${scalarText(key, true)}: ${flowText(value)}`;
}

/** The value as it may stand behind its key, or null where it needs lines of its own. */
export function inlineText(value: ConfigValue, style: QuoteStyle = "plain"): string | null {
  if (!Array.isArray(value) && !isBlock(value)) {
    return scalarText(value as string | number | boolean | null, false, style);
  }
  const items: readonly ConfigValue[] = Object.values(value as Block);
  const isFlat = items.every((item) => !isBlock(item) && !Array.isArray(item));
  const text = flowText(value);
  return items.length === 0 || (isFlat && text.length <= MAX_INLINE) ? text : null;
}

/** `key: value` over as many lines as it needs; the first line has no indentation, because the place where it is put has it. */
export function pairText(key: string, value: ConfigValue, indent: number, layout: Layout): string {
  const inline = inlineText(value);
  const name = scalarText(key, false);
  return inline === null ? `${name}:${linesBelow(value, indent, layout)}` : `${name}: ${inline}`;
}

/** The lines of a block or list below its key, each with a line break before it. */
export function linesBelow(value: ConfigValue, indent: number, layout: Layout): string {
  const column = indent + (Array.isArray(value) ? layout.listStep : layout.step);
  const start = `${layout.eol}${" ".repeat(column)}`;
  return Array.isArray(value)
    ? (value as readonly ConfigValue[]).map((item) => `${start}- ${itemText(item, column + 2, layout)}`).join("")
    : Object.entries(value as Block)
        .map(([key, item]) => `${start}${pairText(key, item, column, layout)}`)
        .join("");
}

/** An item behind its dash; `indent` is the column where it starts. */
export function itemText(value: ConfigValue, indent: number, layout: Layout): string {
  const inline = inlineText(value);
  if (inline !== null) {
    return inline;
  }
  return isBlock(value)
    ? Object.entries(value)
        .map(([key, item]) => pairText(key, item, indent, layout))
        .join(`${layout.eol}${" ".repeat(indent)}`)
    : flowText(value);
}
