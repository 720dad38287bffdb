import * as v from "valibot";

import type { DeployForm } from "../../protocol/deploy";

/** What a panel shows: names and choices only, so that it can be restored from them. A deployment is found again by its id alone. */
export type DeploySubject = v.InferOutput<typeof subjectSchema>;

const name = v.pipe(v.string(), v.maxLength(4096));
const text = v.pipe(v.string(), v.maxLength(2000));

export const deployFormSchema: v.GenericSchema<unknown, DeployForm> = v.object({
  target: v.nullable(name),
  version: v.nullable(name),
  reason: v.nullable(text),
});

const place = { /** Absolute. */ root: name, /** Relative to `root`. */ config: name };
const subjectSchema = v.variant("kind", [
  v.object({ kind: v.literal("plan"), ...place, intent: v.picklist(["deploy", "rollback"]), form: deployFormSchema }),
  v.object({ kind: v.literal("deployment"), ...place, id: v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/)) }),
]);

export const EMPTY_DEPLOY_FORM: DeployForm = { target: null, version: null, reason: null };

/** A subject as the page kept it over a reload, or null when it is none. */
export function parseDeploySubject(value: unknown): DeploySubject | null {
  const result = v.safeParse(subjectSchema, value);
  return result.success ? result.output : null;
}
