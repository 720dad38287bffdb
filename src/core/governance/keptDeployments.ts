import { deployPlanHash } from "../deployment/deployPlanHash";
import type { DeployPlan } from "../deployment/deployPlan";
import type { DeploymentEntry } from "../deployment/deployment";

/** What a line of the log of deployments says of the folder that was kept of it. */
type Told = Pick<DeploymentEntry, "deployment" | "plan" | "state" | "version" | "previous" | "target" | "serves" | "who">;

/** What both the log and a deployment's own file say. */
const SAME = ["state", "version", "previous", "target", "serves", "who"] as const;

/** A line of the log as far as it can be read as one; null for any other. */
export function toldOf(entry: unknown): Told | null {
  return isRecord(entry) &&
    typeof entry["deployment"] === "string" &&
    /^[\w.-]{1,200}$/.test(entry["deployment"]) &&
    typeof entry["plan"] === "string"
    ? (entry as unknown as Told)
    : null;
}

/** Why a kept plan is not the one that was carried out, as the end of a sentence; null where it is. @param sha256 of a text, hex. */
export function keptPlanFault(text: string, { plan }: Told, sha256: (text: string) => string): string | null {
  const kept = parse(text);
  if (kept === null) {
    return "is no plan any more";
  }
  const { hash, ...content } = kept;
  if (hash !== plan) {
    return "is not the one that the log names";
  }
  // Only its hash is worked out of it, whatever it holds.
  return deployPlanHash(content as unknown as Omit<DeployPlan, "hash">, sha256) === plan ? null : "was changed after it was confirmed";
}

/** Why a kept deployment is not what the log tells, as the end of a sentence; null where it is. One whose end its own file does not tell yet is no fault. */
export function keptDeploymentFault(text: string, told: Told): string | null {
  const kept = parse(text);
  if (kept === null) {
    return "is no deployment any more";
  }
  const isOpen = kept["state"] === "running";
  const other = SAME.find((key) => !(isOpen && (key === "state" || key === "serves")) && (kept[key] ?? null) !== (told[key] ?? null));
  if (other !== undefined) {
    return `says another ${other} than the log`;
  }
  return kept["planHash"] === told.plan ? null : "names another plan than the log";
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
