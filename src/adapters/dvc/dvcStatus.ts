import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { type DvcPlace, findDvc, readDvc } from "./dvcCommand";

export type DvcStatus =
  | { readonly kind: "up_to_date" }
  /** A sentence part for each: `train: data/x.csv modified`. */
  | { readonly kind: "changed"; readonly changes: readonly string[] }
  /** One sentence. */
  | { readonly kind: "unknown"; readonly message: string };

/** Whether a pipeline would do anything, as `dvc status --json` tells. Changes nothing. @param targets stages; empty for the folder's dvc.yaml. */
export async function dvcStatus(place: DvcPlace, targets: readonly string[], signal: CancelSignal): Promise<DvcStatus> {
  signal.throwIfAborted();
  const dvc = await findDvc(place);
  if (dvc === null) {
    return { kind: "unknown", message: "DVC was not found, so that nobody can tell whether its pipeline has changed." };
  }
  try {
    return readDvcStatus(await readDvc(dvc, ["status", "--json", ...targets], place.folder, place.env, signal));
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unknown", message: `DVC cannot tell whether its pipeline has changed: ${reasonOf(error)}` };
  }
}

/** @param json `{}` for nothing; else by stage a list of `{"changed deps": {"data.csv": "modified"}}` and words such as `changed command`. */
function readDvcStatus(json: string): DvcStatus {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { kind: "unknown", message: "DVC cannot tell whether its pipeline has changed: its answer cannot be read." };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { kind: "unknown", message: "DVC cannot tell whether its pipeline has changed: its answer cannot be read." };
  }
  const changes = Object.entries(value).flatMap(([stage, parts]) => partsOf(parts).map((part) => `${stage}: ${part}`));
  return changes.length > 0 || Object.keys(value).length > 0 ? { kind: "changed", changes } : { kind: "up_to_date" };
}

function partsOf(parts: unknown): readonly string[] {
  if (typeof parts === "string") {
    return [parts];
  }
  if (Array.isArray(parts)) {
    return parts.flatMap(partsOf);
  }
  return typeof parts === "object" && parts !== null
    ? Object.entries(parts).flatMap(([name, what]) =>
        typeof what === "string"
          ? [`${name} ${what}`]
          : partsOf(what).map((part) => `${name.startsWith("changed") ? "" : `${name} `}${part}`),
      )
    : [];
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error && "stderr" in error && typeof error.stderr === "string" ? error.stderr : String(error);
  const line = text.split(/\r?\n/).find((each) => each.startsWith("ERROR:")) ?? text;
  return `${oneLine(line.replace(/^ERROR:\s*/, ""), 300).replace(/\.$/, "")}.`;
}
