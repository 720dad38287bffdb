import type { TextRange } from "../../src/core/base/textEdit";

/** A finding that a fixture expects: the line and columns it marks, the rule, and a part of the message. */
export interface Marker {
  /** 0-based, in the text without marker lines. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly message: string;
}

export interface MarkedText {
  /** The text to lint: the fixture without its marker lines. */
  readonly text: string;
  readonly markers: readonly Marker[];
  /** The header's `# key: value` lines, e.g. `stage` and `today`. */
  readonly header: ReadonlyMap<string, string>;
}

const MARKER = /^(\s*#\s*)(\^+)\s+([a-z0-9-]+)(?::\s*(.*?))?\s*$/;

/** Reads a fixture in the form that test/fixtures/lint/README.md describes. */
export function readMarkedText(fixture: string): MarkedText {
  const lines: string[] = [];
  const markers: Marker[] = [];
  const header = new Map<string, string>();
  let isHeader = true;
  for (const line of fixture.split("\n")) {
    const [, lead = "", carets = "", rule = "", message = ""] = MARKER.exec(line) ?? [];
    if (carets === "") {
      const [, key, value = ""] = /^# ([a-z]+): (.*?)\s*$/.exec(line) ?? [];
      isHeader &&= line.startsWith("#");
      if (isHeader && key !== undefined) {
        header.set(key, value);
      }
      lines.push(line);
      continue;
    }
    // `#^^^` marks from the column of the `#`, because a marker could not reach the first columns of a line otherwise.
    const start = lead.endsWith("#") ? lead.length - 1 : lead.length;
    markers.push({ line: lines.length - 1, start, end: lead.length + carets.length, rule, message });
  }
  return { text: lines.join("\n"), markers, header };
}

/** How a marker for the range would be drawn: on the range's first line, at least one column wide. */
export function markerOf(text: string, { start, end }: TextRange, rule: string, message: string): Marker {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", start);
  const shownEnd = Math.min(end, lineEnd === -1 ? text.length : lineEnd);
  const line = text.slice(0, lineStart).split("\n").length - 1;
  return { line, start: start - lineStart, end: Math.max(shownEnd, start + 1) - lineStart, rule, message };
}
