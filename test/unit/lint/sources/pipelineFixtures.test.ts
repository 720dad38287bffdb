import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyFix } from "../../../../src/core/lint/applyFix";
import type { Finding } from "../../../../src/core/lint/finding";
import { ALL_SOURCES, sourceOf } from "../../../../src/core/lint/sources/allSources";
import { lintPipeline, type PipelineCase, readPipelineCase } from "../../../builders/pipelineCase";
import { type Marker, markerOf } from "../../../builders/markedText";

const FIXTURES = join(import.meta.dirname, "../../../fixtures/pipelines");
const TOOLS = readdirSync(FIXTURES).filter((name) => !name.includes("."));

function casesOf(tool: string, prefix: string): readonly PipelineCase[] {
  return readdirSync(join(FIXTURES, tool))
    .filter((name) => name.startsWith(prefix))
    .map((name) => readPipelineCase(tool, join(FIXTURES, tool, name)));
}

function fixedOf(bad: PipelineCase, tool: string): PipelineCase {
  return readPipelineCase(tool, bad.file.replace(/bad([^/]*)$/, "fixed$1"));
}

function findingsOf({ path, text }: PipelineCase): readonly Finding[] {
  return lintPipeline(path, text).findings;
}

function markersOf(lintedCase: PipelineCase): readonly Marker[] {
  return findingsOf(lintedCase).map(({ range, rule, message }) => markerOf(lintedCase.text, range, rule, message));
}

function expectMarkers(lintedCase: PipelineCase): void {
  const found = markersOf(lintedCase);
  // What a marker leaves out of the message is filled in, so that a difference shows both whole.
  const wanted = lintedCase.markers.map(
    (marker) =>
      found.find(
        ({ line, start, end, rule, message }) =>
          line === marker.line && start === marker.start && end === marker.end && rule === marker.rule && message.includes(marker.message),
      ) ?? marker,
  );
  expect(new Set(found), lintedCase.file).toEqual(new Set(wanted));
}

function apply(text: string, fix: Finding["fixes"][number]): string {
  const result = applyFix(text, fix);
  if (!result.ok) {
    throw new Error(result.why);
  }
  return result.text;
}

/** Applies the first fix of the first finding whose fix changes something, until there is none. */
function fixOneByOne(bad: PipelineCase): string {
  let { text } = bad;
  for (let count = 0; count < 20; count++) {
    const changed = findingsOf({ ...bad, text })
      .flatMap(({ fixes }) => fixes.slice(0, 1))
      .map((fix) => apply(text, fix))
      .find((after) => after !== text);
    if (changed === undefined) {
      return text;
    }
    text = changed;
  }
  throw new Error(`${bad.file} has still fixes.`);
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)#.*$/gm)].map(([comment]) => comment.trim());
}

it("every format has fixtures", () => {
  expect(TOOLS).toHaveLength(ALL_SOURCES.length);
});

describe.each(TOOLS)("%s", (tool) => {
  it("is told by name and content", () => {
    for (const one of [...casesOf(tool, "bad"), ...casesOf(tool, "good"), ...casesOf(tool, "fixed")]) {
      const label = ALL_SOURCES.find((source) => source.detect(one.path, one.text) && source.matches(one.path))?.label;
      expect(sourceOf(one.path, one.text)?.label, one.file).toBe(label);
      expect(label, one.file).toBeDefined();
    }
  });

  it("has what is marked in its bad fixtures", () => {
    const cases = casesOf(tool, "bad");
    expect(cases).not.toEqual([]);
    for (const bad of cases) {
      expect(bad.markers, bad.file).not.toEqual([]);
      expectMarkers(bad);
    }
  });

  it("has nothing to find in its good fixtures", () => {
    const cases = casesOf(tool, "good");
    expect(cases).not.toEqual([]);
    for (const good of cases) {
      expect(markersOf(good), good.file).toEqual([]);
    }
  });

  it("is mended as its fixed fixtures show, with all comments kept", () => {
    for (const bad of casesOf(tool, "bad")) {
      const fixed = fixedOf(bad, tool);
      const text = fixOneByOne(bad);
      expect(text).toBe(fixed.text);
      expectMarkers({ ...fixed, text });
      expect(commentsOf(text)).toEqual(expect.arrayContaining([...commentsOf(bad.text)]));
    }
  });

  it("has fixes that each end their finding or leave a placeholder, name no one by themselves, and keep line ends", () => {
    for (const bad of casesOf(tool, "bad")) {
      const windows = findingsOf({ ...bad, text: bad.text.replaceAll("\n", "\r\n") });
      for (const [index, finding] of findingsOf(bad).entries()) {
        expect(finding.fixes.length > 0 ? finding.noFix === null : (finding.noFix ?? "").length > 0).toBe(true);
        for (const [place, fix] of finding.fixes.entries()) {
          expect(fix.safe).toBe(false);
          const once = apply(bad.text, fix);
          expect(once, fix.title).not.toBe(bad.text);
          const same = findingsOf({ ...bad, text: once }).find(({ message, rule }) => message === finding.message && rule === finding.rule);
          expect(same === undefined || once.includes("TODO"), fix.title).toBe(true);
          const twin = windows[index]?.fixes[place];
          expect(twin === undefined ? null : apply(bad.text.replaceAll("\n", "\r\n"), twin)).toBe(once.replaceAll("\n", "\r\n"));
        }
      }
    }
  });
});
