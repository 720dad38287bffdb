import { oneLine } from "../base/oneLine";
import type { Fingerprint, FingerprintKind } from "./fingerprint";
import type { TagFacts } from "./retrainPlannerPorts";

/** The tag that every run of a job bears, by MLFLOW_RUN_CONTEXT. */
export const JOB_TAG = "mlops.job";
export const FINGERPRINT_TAG = "mlops.fingerprint";
export const PARTS_TAG = "mlops.parts";
/** Why it was trained: the kind of reason, and a sentence. */
const REASON_TAG = "mlops.reason";
/** Why it was trained although nothing had changed. */
export const AGAIN_TAG = "mlops.again_because";
/** MLflow cuts or refuses longer values; the oldest version that we know takes 5,000 characters. */
const LONGEST = 4000;
const SHORT_HASH = 12;

/** One part of a training as its tag keeps it: kind, name and the first digits of the hash. */
export interface ShortPart {
  readonly kind: FingerprintKind;
  readonly name: string;
  readonly hash: string;
}

/** Tags by which a run is found from its job, and later trainings compared with it. */
export function trainingTags({ jobId, fingerprint, reason, againBecause }: TagFacts): Readonly<Record<string, string>> {
  const parts = JSON.stringify(shortParts(fingerprint).map(({ kind, name, hash }) => [kind, name, hash]));
  return {
    [JOB_TAG]: jobId,
    ...(fingerprint.value === null ? {} : { [FINGERPRINT_TAG]: fingerprint.value }),
    ...(fingerprint.value === null || parts.length > LONGEST ? {} : { [PARTS_TAG]: parts }),
    [REASON_TAG]: oneLine(`${reason.kind}: ${reason.text}`, 500),
    ...(againBecause === null ? {} : { [AGAIN_TAG]: oneLine(againBecause, 500) }),
  };
}

export function shortParts({ parts }: Fingerprint): readonly ShortPart[] {
  return parts.map(({ kind, name, hash }) => ({ kind, name, hash: hash.slice(hash.indexOf(":") + 1).slice(0, SHORT_HASH) }));
}

/** Null for a tag that is not one of ours. */
export function readParts(tag: string | undefined): readonly ShortPart[] | null {
  try {
    const list: unknown = JSON.parse(tag ?? "");
    return Array.isArray(list) && list.every(isPart) ? list.map(([kind, name, hash]) => ({ kind, name, hash })) : null;
  } catch {
    return null; // A tag that somebody else wrote.
  }
}

function isPart(value: unknown): value is [FingerprintKind, string, string] {
  return Array.isArray(value) && value.length === 3 && value.every((item) => typeof item === "string");
}
