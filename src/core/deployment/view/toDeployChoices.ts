import type { DeployChoices } from "../../../protocol/deploy";
import type { ModelVersion } from "../../tracking/registeredModel";
import type { TargetType } from "../targetSpec";
import { TARGET_LABELS } from "./deployWords";

/** A place of `deploy.targets`, as far as a choice needs it. */
export interface ChoosableTarget {
  readonly name: string;
  readonly type: TargetType;
  /** What is there, where it is known. */
  readonly version: string | null;
}

/** Versions that are offered; of more, the oldest are typed by their number on the command line. */
const MOST_VERSIONS = 200;

/** What may be chosen. @param versions newest first. @param problems why something could not be had, a sentence each. */
export function toDeployChoices(
  targets: readonly ChoosableTarget[],
  versions: readonly ModelVersion[],
  problems: readonly string[],
): DeployChoices {
  return {
    targets: targets.map(({ name, type, version }) => ({
      value: name,
      label: [name, TARGET_LABELS[type], version === null ? "" : `now version ${version}`].filter(Boolean).join(" · "),
    })),
    versions: versions.slice(0, MOST_VERSIONS).map(({ version, aliases, stage, status, creationTime }) => ({
      value: version,
      label: [
        `Version ${version}`,
        aliases.map((alias) => `@${alias}`).join(" "),
        stage === "None" ? "" : stage,
        status === "READY" ? "" : status.toLowerCase().replaceAll("_", " "),
        creationTime === null ? "" : new Date(creationTime).toISOString().slice(0, 10),
      ]
        .filter(Boolean)
        .join(" · "),
    })),
    problems,
  };
}
