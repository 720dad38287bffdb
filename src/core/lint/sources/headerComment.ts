import type { TextEdit } from "../../base/textEdit";
import { fieldName } from "./fieldName";
import type { PipelineField, PipelineFields } from "./pipelineSource";

/** A line of the comment at the top of a file. */
export interface HeaderLine {
  /** Where the line starts in the text. */
  readonly start: number;
  /** Without its line end. */
  readonly text: string;
}

/** What has to stay first: `#!`, the encoding of Python, and the line that tells an editor the schema. */
const FIRST = /^#!|^#.*coding[:=]|^# yaml-language-server:|^%/;
const ENTRY = /^#+[ \t]*(mlops[-_.])?([A-Za-z][\w-]{0,60})[ \t]*:[ \t]*([^]*)$/i;
/** More lines are no header but a text of somebody. */
const MOST_LINES = 200;
/** Longer lines are no words that a person wrote. */
const LONGEST = 2000;

/** The comment lines before the first line of content. All formats that are read here begin a comment with `#`. */
export function headerLines(text: string): readonly HeaderLine[] {
  const lines: HeaderLine[] = [];
  let start = text.startsWith("\ufeff") ? 1 : 0;
  for (let count = 0; start < text.length && count < MOST_LINES; count++) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, "");
    if (!/^[ \t]*(?:#|$)|^---[ \t]*(?:#|$)|^%/.test(line)) {
      break;
    }
    if (/^#|^%/.test(line) && line.length <= LONGEST) {
      lines.push({ start, text: line });
    }
    start = end === -1 ? text.length : end + 1;
  }
  return lines;
}

/** The fields in the comment at the top: `# mlops-owner: ana@example.org`. An owner counts without the prefix too, as many write it so. */
export function headerFields(text: string): PipelineFields {
  const fields = new Map<string, PipelineField>();
  for (const line of headerLines(text)) {
    const [, prefix, key = "", rest = ""] = ENTRY.exec(line.text) ?? [];
    const field = fieldName(key);
    if (key === "" || field === "ignore" || (prefix === undefined && field !== "owner")) {
      continue;
    }
    const value = rest.replace(/\s+#[^]*$/, "").trimEnd();
    const start = line.start + line.text.length - rest.length;
    if (!fields.has(field)) {
      fields.set(field, { text: value, range: { start, end: start + value.length }, isComputed: false });
    }
  }
  return fields;
}

/** Writes a field into the comment at the top, in place of what stands there. */
export function writeHeader(text: string, field: string, value: string): readonly TextEdit[] {
  const plain = value.replace(/\s+/g, " ").trim();
  const written = headerFields(text).get(field);
  if (written !== undefined) {
    const before = text[written.range.start - 1];
    return [{ range: written.range, text: before === " " || before === "\t" ? plain : ` ${plain}` }];
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const at = insertionPoint(text);
  const line = `# mlops-${field.replaceAll("_", "-")}: ${plain}`;
  const isAfterText = at > 0 && !/[\n\ufeff]/.test(text[at - 1] ?? "\n");
  return [{ range: { start: at, end: at }, text: isAfterText ? `${eol}${line}` : `${line}${eol}` }];
}

/** Behind what has to stay first and the other fields. */
function insertionPoint(text: string): number {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (const [index, line] of headerLines(text).entries()) {
    if ((index < 3 && FIRST.test(line.text)) || /^#+[ \t]*mlops[-_.]/i.test(line.text)) {
      const end = text.indexOf("\n", line.start);
      at = end === -1 ? text.length : end + 1;
    }
  }
  return at;
}
