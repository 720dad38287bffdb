import * as v from "valibot";

import { PERIODS } from "../../core/drift/chunks/periods";
import { DETECTORS } from "../../core/drift/detectors";
import type { DriftOptions } from "../../protocol/drift";

/** What a drift panel shows: paths and choices only, so that it can be restored from them. */
export type DriftTarget = v.InferOutput<typeof targetSchema>;

/** Two files that somebody compared, or a product whose mlops.yaml says what is compared. Paths are absolute. */
export type DriftSubjectId = DriftTarget["subject"];

/** Choices of a person; what nobody has chosen is left to the product's file. */
export type DriftChoices = DriftTarget["choices"];

const text = v.pipe(v.string(), v.maxLength(4096));
const time = v.pipe(v.number(), v.finite());
const mode = v.picklist(["own", "evidently"]);
const window = v.union([v.picklist(PERIODS), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9))]);
const segment = v.object({ column: text, value: v.nullable(text) });
const names = v.pipe(v.array(text), v.maxLength(10_000));
const side = v.object({
  separator: v.nullable(v.pipe(v.string(), v.maxLength(2), v.regex(/^[^"\r\n]$/u))),
  encoding: v.nullable(v.pipe(v.string(), v.maxLength(60))),
  missing: v.pipe(v.array(text), v.maxLength(100)),
});
const reading = v.object({ reference: side, current: side });
const detectors = v.pipe(v.array(v.picklist(DETECTORS.map(({ id }) => id))), v.maxLength(DETECTORS.length));
const types = v.pipe(v.array(v.tuple([text, v.picklist(["num", "cat", "text"])])), v.maxLength(10_000));

const targetSchema = v.object({
  subject: v.variant("kind", [
    v.object({ kind: v.literal("files"), reference: text, current: text }),
    v.object({ kind: v.literal("product"), config: text }),
  ]),
  choices: v.object({
    mode: v.optional(mode),
    method: v.optional(v.nullable(text)),
    window: v.optional(v.nullable(window)),
    timeColumn: v.optional(v.nullable(text)),
    /** A window by its time, because its place in the list moves while data come in. */
    shown: v.optional(v.nullable(v.object({ from: time, to: time }))),
    segment: v.optional(v.nullable(segment)),
    types: v.optional(types),
    reading: v.optional(reading),
    ignore: v.optional(names),
    detectors: v.optional(detectors),
  }),
  /** The column or KPI that the page is opened at. */
  focus: v.optional(
    v.nullable(
      v.object({
        kind: v.picklist(["column", "kpi"]),
        name: text,
        /** Counts up, so that asking once more for the same is another wish. */
        asked: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      }),
    ),
  ),
});

export const driftOptionsSchema: v.GenericSchema<unknown, DriftOptions> = v.object({
  mode,
  method: v.nullable(text),
  window: v.nullable(window),
  timeColumn: v.nullable(text),
  shownWindow: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  segment: v.nullable(segment),
  types,
  reading,
  ignore: names,
  detectors,
});

/** A target as the page kept it over a reload, or null when it is none. */
export function parseDriftTarget(value: unknown): DriftTarget | null {
  const result = v.safeParse(targetSchema, value);
  return result.success ? result.output : null;
}

export function toDriftTarget(subject: DriftSubjectId, focus: DriftTarget["focus"] = null): DriftTarget {
  return { subject, choices: {}, focus };
}

/** Whether two targets are about the same data, whatever is chosen. */
export function isSameSubject(one: DriftSubjectId, other: DriftSubjectId): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
