import * as v from "valibot";

import type { DriftHost } from "../../protocol/drift";
import { driftOptionsSchema } from "./driftTarget";

type ParamsOf<K extends keyof DriftHost> = Parameters<DriftHost[K]>[0];

// The page is ours, but a message decides what the host reads, copies, opens and writes, so that its shape is checked all the same.
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(100_000));
/** A chart as SVG or PNG; more would not be a picture for people. */
const picture = v.pipe(v.string(), v.maxLength(50_000_000));
const schemas = {
  setOptions: v.object({ revision: count, options: driftOptionsSchema }),
  column: v.object({ revision: count, name: text }),
  segments: v.object({ revision: count, column: text }),
  exportReport: v.object({
    revision: count,
    format: v.picklist(["csv", "json", "html", "markdown"]),
    to: v.picklist(["file", "clipboard"]),
    charts: v.pipe(v.array(picture), v.maxLength(100)),
  }),
  savePicture: v.object({ name: text, format: v.picklist(["svg", "png"]), data: picture }),
  copyText: v.object({ text: v.pipe(v.string(), v.maxLength(10_000_000)) }),
  revision: v.object({ revision: count }),
  openFile: v.object({ path: text }),
  retrain: v.object({ revision: count, columns: v.pipe(v.array(text), v.maxLength(10_000)) }),
};

export const parseSetOptions = (value: unknown): ParamsOf<"setOptions"> => v.parse(schemas.setOptions, value);
export const parseColumn = (value: unknown): ParamsOf<"column"> => v.parse(schemas.column, value);
export const parseSegments = (value: unknown): ParamsOf<"segments"> => v.parse(schemas.segments, value);
export const parseExport = (value: unknown): ParamsOf<"exportReport"> => v.parse(schemas.exportReport, value);
export const parsePicture = (value: unknown): ParamsOf<"savePicture"> => v.parse(schemas.savePicture, value);
export const parseCopyText = (value: unknown): ParamsOf<"copyText"> => v.parse(schemas.copyText, value);
export const parseRevision = (value: unknown): ParamsOf<"writeNote"> => v.parse(schemas.revision, value);
export const parseOpenFile = (value: unknown): ParamsOf<"openFile"> => v.parse(schemas.openFile, value);
export const parseRetrain = (value: unknown): ParamsOf<"retrain"> => v.parse(schemas.retrain, value);
