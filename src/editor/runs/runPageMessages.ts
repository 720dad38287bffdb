import * as v from "valibot";

import type { ArtifactOwnerRef, RunPageIntent, ValueAddress } from "../../protocol/runPage";

// The page is ours, but a message decides what the host reads, copies and opens, so that its shape is checked all the same.
const text = v.pipe(v.string(), v.maxLength(100_000));
const owner = v.variant("kind", [
  v.object({ kind: v.literal("run"), runId: text }),
  v.object({ kind: v.literal("loggedModel"), modelId: text }),
  v.object({ kind: v.literal("modelVersion"), modelName: text, version: text }),
]);
const valueAddress = v.variant("kind", [
  v.object({ kind: v.literal("note") }),
  v.object({ kind: v.picklist(["param", "tag"]), key: text }),
  v.object({
    kind: v.literal("dataset"),
    index: v.pipe(v.number(), v.integer(), v.minValue(0)),
    part: v.picklist(["source", "schema", "profile"]),
  }),
]);
const intent = v.variant("kind", [
  v.object({ kind: v.literal("copyText"), text }),
  v.object({ kind: v.picklist(["copyValue", "showValue"]), value: valueAddress }),
  v.object({ kind: v.picklist(["copyLink", "openInMlflow", "reveal"]) }),
  v.object({ kind: v.literal("openExternal"), url: v.pipe(text, v.regex(/^https?:\/\//i)) }),
  v.object({ kind: v.literal("openRun"), runId: text }),
  v.object({ kind: v.literal("openArtifact"), owner, path: text }),
  v.object({ kind: v.literal("showDiff"), against: v.picklist(["parent", "workingTree"]) }),
]);

export function parseIntent(value: unknown): RunPageIntent {
  return v.parse(intent, value);
}

export function parseValueAddress(value: unknown): ValueAddress {
  return v.parse(valueAddress, value);
}

export function parseCurveKey(value: unknown): string {
  return v.parse(v.object({ key: text }), value).key;
}

export function parsePageToken(value: unknown): string | null {
  return v.parse(v.object({ pageToken: v.nullable(text) }), value).pageToken;
}

export function parseArtifactPath(value: unknown): { readonly owner: ArtifactOwnerRef; readonly path: string } {
  return v.parse(v.object({ owner, path: text }), value);
}

/** What a page kept over a reload of the window, or null where it is not usable. */
export function parseRunPageState(value: unknown): { readonly storeId: string; readonly runId: string } | null {
  const result = v.safeParse(v.object({ storeId: text, runId: text }), value);
  return result.success ? result.output : null;
}
