import * as v from "valibot";

/** What a panel shows: names only, so that it can be restored from them. */
export type ComplianceTarget = v.InferOutput<typeof targetSchema>;

const name = v.pipe(v.string(), v.maxLength(4096));
const targetSchema = v.object({
  /** Absolute. */
  root: name,
  /** Relative to `root`. */
  config: name,
  /** Null for the version that the file names. */
  version: v.nullable(name),
});

/** A target as the page kept it over a reload, or null when it is none. */
export function parseComplianceTarget(value: unknown): ComplianceTarget | null {
  const result = v.safeParse(targetSchema, value);
  return result.success ? result.output : null;
}
