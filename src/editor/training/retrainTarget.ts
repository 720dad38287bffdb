import * as v from "valibot";

import type { RetrainForm } from "../../protocol/retrain";

/** What a panel shows: names and choices only, so that it can be restored from them. A job is found again by its id alone. */
export type RetrainTarget = v.InferOutput<typeof targetSchema>;

const name = v.pipe(v.string(), v.maxLength(4096));
const text = v.pipe(v.string(), v.maxLength(20_000));

export const retrainFormSchema: v.GenericSchema<unknown, RetrainForm> = v.object({
  engine: v.nullable(name),
  params: v.record(name, text),
  consents: v.pipe(v.array(name), v.maxLength(100)),
  againBecause: v.nullable(text),
});

const place = { /** Absolute. */ root: name, /** Relative to `root`. */ config: name };
const targetSchema = v.variant("kind", [
  v.object({
    kind: v.literal("plan"),
    ...place,
    form: retrainFormSchema,
    reason: v.object({ kind: v.picklist(["manual", "schedule", "drift", "data_change"]), text }),
  }),
  v.object({ kind: v.literal("job"), ...place, id: v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/)) }),
]);

export const EMPTY_FORM: RetrainForm = { engine: null, params: {}, consents: [], againBecause: null };

/** A target as the page kept it over a reload, or null when it is none. */
export function parseRetrainTarget(value: unknown): RetrainTarget | null {
  const result = v.safeParse(targetSchema, value);
  return result.success ? result.output : null;
}
