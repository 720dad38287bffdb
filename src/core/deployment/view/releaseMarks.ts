import type { DriftMark } from "../../../protocol/drift";
import type { DeploymentEntry } from "../deployment";

/** A moment of the repository; of a tag also the commit that it is at. */
export interface RepositoryMoment extends DriftMark {
  readonly commit?: string | undefined;
}

const DAY = 86_400_000;

/**
 * Releases of a product as moments in charts over time: what the deployment log says, with version and target, then what the repository says. A tag that tells of
 * a release in the log stands behind the release's name, and not a second time: within a day of it, at its commit or with its version as its name's end.
 * @param entries of a log, in any order; those of other products, and those that changed nothing, are left out.
 */
export function releaseMarks(
  entries: readonly DeploymentEntry[],
  repository: readonly RepositoryMoment[],
  product: { readonly name: string; readonly model: string },
): readonly DriftMark[] {
  const releases = entries.flatMap((entry): readonly Release[] => {
    const label = entry.product === product.name && entry.model === product.model ? labelOf(entry) : null;
    const time = Date.parse(entry.at);
    return label === null || Number.isNaN(time) ? [] : [{ time, label, entry, tags: [] }];
  });
  const others = repository.filter((moment) => {
    const [release] =
      moment.kind === "release"
        ? releases.filter((one) => isSame(one, moment)).sort((a, b) => distance(a, moment) - distance(b, moment))
        : [];
    release?.tags.push(moment.label);
    return release === undefined;
  });
  return [
    ...releases.map(({ time, label, tags }): DriftMark => ({
      time,
      kind: "release",
      label: tags.length === 0 ? label : `${label} (${tags.length === 1 ? "tag" : "tags"} ${tags.join(", ")})`,
    })),
    ...others.map(({ time, kind, label }): DriftMark => ({ time, kind, label })),
  ];
}

interface Release {
  readonly time: number;
  readonly label: string;
  readonly entry: DeploymentEntry;
  readonly tags: string[];
}

/** What a line says happened at the target; null where nothing changed there. */
function labelOf({ intent, state, version, target, serves, previous }: DeploymentEntry): string | null {
  const name = versionName(version);
  switch (state) {
    case "succeeded":
      return intent === "rollback" ? `back to ${name} at ${target}` : `${name} to ${target}`;
    case "rolled_back":
      return `${name} to ${target}, taken back`;
    default:
      return serves === version && previous !== version ? `${name} to ${target}, not finished` : null;
  }
}

function versionName(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}

function isSame({ time, entry }: Release, tag: RepositoryMoment): boolean {
  return (
    Math.abs(time - tag.time) <= DAY &&
    ((tag.commit !== undefined && tag.commit === entry.commit) || endsWithVersion(tag.label, entry.version))
  );
}

/** "v14", "churn/14" and "release-14" are of version 14; "v1.14" and "114" are not. */
function endsWithVersion(tag: string, version: string): boolean {
  const before = tag.toLowerCase().endsWith(version.toLowerCase()) ? tag.slice(0, tag.length - version.length) : null;
  return version !== "" && before !== null && (before === "" || /(?:^|[-/_@ ])v?$/i.test(before));
}

function distance({ time }: Release, moment: RepositoryMoment): number {
  return Math.abs(time - moment.time);
}
