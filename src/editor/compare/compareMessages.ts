import * as v from "valibot";

import type { CompareHost } from "../../protocol/compare";
import { compareOptionsSchema } from "./compareTarget";

type ParamsOf<K extends keyof CompareHost> = Parameters<CompareHost[K]>[0];

// The page is ours, but a message decides what the host reads, copies, opens and writes, so that its shape is checked all the same.
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(100_000));
/** A chart as SVG or PNG; more would not be a picture for people. */
const picture = v.pipe(v.string(), v.maxLength(50_000_000));
const twoRuns = v.tuple([count, count]);
const schemas = {
  setOptions: v.object({ revision: count, options: compareOptionsSchema }),
  run: v.object({ revision: count, run: count }),
  moveRun: v.object({ revision: count, run: count, before: v.nullable(count) }),
  diffValues: v.object({ revision: count, row: count, runs: twoRuns }),
  diffCommits: v.object({ revision: count, runs: twoRuns }),
  artifacts: v.object({ revision: count, path: text }),
  diffArtifacts: v.object({ revision: count, path: text, runs: twoRuns }),
  openArtifact: v.object({ revision: count, path: text, run: count }),
  curves: v.object({ revision: count, key: text, maxPoints: v.pipe(count, v.minValue(2)), runs: v.optional(v.array(count)) }),
  importance: v.object({ revision: count, metric: text }),
  exportTable: v.object({
    revision: count,
    format: v.picklist(["csv", "json", "markdown", "html"]),
    rows: v.array(count),
    to: v.picklist(["file", "clipboard"]),
    charts: v.pipe(v.array(picture), v.maxLength(100)),
  }),
  savePicture: v.object({ name: text, format: v.picklist(["svg", "png"]), data: picture }),
  copyText: v.object({ text: v.pipe(v.string(), v.maxLength(10_000_000)) }),
  reload: v.object({ storeId: v.nullable(text) }),
};

export const parseSetOptions = (value: unknown): ParamsOf<"setOptions"> => v.parse(schemas.setOptions, value);
export const parseRun = (value: unknown): ParamsOf<"openRun"> => v.parse(schemas.run, value);
export const parseMoveRun = (value: unknown): ParamsOf<"moveRun"> => v.parse(schemas.moveRun, value);
export const parseDiffValues = (value: unknown): ParamsOf<"diffValues"> => v.parse(schemas.diffValues, value);
export const parseDiffCommits = (value: unknown): ParamsOf<"diffCommits"> => v.parse(schemas.diffCommits, value);
export const parseArtifacts = (value: unknown): ParamsOf<"artifacts"> => v.parse(schemas.artifacts, value);
export const parseDiffArtifacts = (value: unknown): ParamsOf<"diffArtifacts"> => v.parse(schemas.diffArtifacts, value);
export const parseOpenArtifact = (value: unknown): ParamsOf<"openArtifact"> => v.parse(schemas.openArtifact, value);
export const parseCurves = (value: unknown): ParamsOf<"curves"> => v.parse(schemas.curves, value);
export const parseImportance = (value: unknown): ParamsOf<"importance"> => v.parse(schemas.importance, value);
export const parseExport = (value: unknown): ParamsOf<"exportTable"> => v.parse(schemas.exportTable, value);
export const parsePicture = (value: unknown): ParamsOf<"savePicture"> => v.parse(schemas.savePicture, value);
export const parseCopyText = (value: unknown): ParamsOf<"copyText"> => v.parse(schemas.copyText, value);
export const parseReload = (value: unknown): ParamsOf<"reload"> => v.parse(schemas.reload, value);
