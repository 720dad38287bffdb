import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import type { Finding } from "../../../src/core/lint/finding";
import { runLint } from "../../../src/core/lint/runLint";
import { lintContext } from "../../builders/lintContext";

const COMPLETE: unknown = parse(readFileSync(join(import.meta.dirname, "../../fixtures/lint/complete.yaml"), "utf8"));

type Path = readonly (string | number)[];

/** The paths of all values below one, blocks and lists as well. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return [...(path.length > 0 ? [path] : []), ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

/** The complete file, as JSON, which is YAML too, with another value at a path. */
function withValue([key = "", ...rest]: Path, odd: unknown, value: unknown = COMPLETE): unknown {
  const inner = rest.length === 0 ? odd : withValue(rest, odd, (value as Readonly<Record<string, unknown>>)[key]);
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (index === key ? inner : item))
    : { ...(value as object), [key]: inner };
}

const LONG = `<script>\n\u202e${"x".repeat(10_000)}`;

describe.each([
  ["a place to fill in", "TODO"],
  ["an endless text with line breaks", LONG],
  ["a list with a block of odd names", [{ toString: "x", constructor: null }]],
  ["nothing", null],
])("with %s in place of each value", (_, odd) => {
  const findings = new Map<string, readonly Finding[]>(
    pathsOf(COMPLETE).map((path) => {
      const text = JSON.stringify(withValue(path, odd));
      return [path.join("."), runLint(lintContext(text, { stage: "production" }), ALL_RULES).findings];
    }),
  );
  const messages = [...findings].flatMap(([path, found]) =>
    found.filter(({ rule }) => rule !== "config-invalid").map(({ message, rule }) => ({ path, rule, message })),
  );

  it("no rule fails", () => {
    expect(messages.filter(({ message }) => message.includes("because of a defect of its own"))).toEqual([]);
  });

  it("messages are on one line, not endless, and hold nothing of the program", () => {
    expect(messages.length).toBeGreaterThan(500);
    const wrong = messages.filter(
      ({ message }) => message.length > 700 || /[\p{Cc}\u202e]|\bundefined\b|\bNaN\b|\[object| 0 {2}/u.test(message),
    );
    expect(wrong).toEqual([]);
  });
});

describe("lengths of time that end after all calendars", () => {
  it.each(["9999 years", "999999 years", "999999 months 999999 days"])("such as %s are read", (length) => {
    const text = `version: 1\nrisk: high\nreview: {every: ${length}, last: 2026-01-01}\nlogging: {retention: ${length}}\n`;
    const found = runLint(lintContext(text, { stage: "production" }), ALL_RULES).findings;
    expect(found.filter(({ message }) => message.includes("defect") || message.startsWith("Review was due"))).toEqual([]);
  });
});
