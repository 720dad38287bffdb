import type { DeploymentEntry } from "../deployment/deployment";
import { releasesTo } from "../deployment/releasesTo";
import { versionByLog } from "../deployment/versionBefore";
import type { ProductEvidence } from "./evidence";
import type { ProductStage, VersionAtWork } from "./productHealth";

/** What people call the version that is at work. */
const AT_WORK = /^(?:champion|production|prod|live)$/i;

/** The alias under which a version is at work; undefined where none is. */
export function aliasAtWork(aliases: ReadonlyMap<string, string>): readonly [alias: string, version: string] | undefined {
  return [...aliases].find(([name]) => AT_WORK.test(name));
}

/**
 * The version that is at work: where the product's targets say, the one for production first; else by the alias or the stage that people use for it; else the
 * one that the file itself names for a product in production. Targets themselves are not asked.
 */
export function versionAtWork(evidence: ProductEvidence): VersionAtWork | null {
  const { product, aliases } = evidence;
  const released = Object.keys(product.deploy?.targets ?? {}).flatMap((target) => atTarget(target, evidence) ?? []);
  const best = released.find(({ place }) => /^target prod/i.test(place)) ?? released.at(-1);
  if (best !== undefined) {
    return best;
  }
  const unreleased = (version: string, place: string): VersionAtWork => ({ version, since: null, place, made: madeAt(version, evidence) });
  const alias = aliasAtWork(aliases ?? new Map());
  const staged = stagedVersion(evidence);
  const written = product.stage === "production" ? product.model?.version : undefined;
  if (alias !== undefined) {
    return unreleased(alias[1], `alias ${alias[0]}`);
  }
  return staged !== null ? unreleased(staged, "stage Production") : written === undefined ? null : unreleased(written, "as its file says");
}

/** How far a product has come. Where nobody can look for runs and nothing else tells, that is said. */
export function stageOfProduct(
  { product, runs, jobs, checks, deployments, name, aliases }: ProductEvidence,
  version: VersionAtWork | null,
): ProductStage {
  if (product.stage === "retired") {
    return "retired";
  }
  if (version !== null) {
    return "run";
  }
  const isBuilt =
    jobs.length > 0 ||
    checks.starts.length > 0 ||
    aliases !== null ||
    deployments.some((entry) => entry.product === name) ||
    (runs.known && runs.value.length > 0);
  return isBuilt ? "build" : runs.known ? "design" : "unknown";
}

function atTarget(target: string, evidence: ProductEvidence): VersionAtWork | null {
  const { product, name, deployments, aliases } = evidence;
  const spec = product.deploy?.targets?.[target];
  const entries = releasesTo(deployments, { product: name, target, model: product.model?.name ?? "" });
  const logged = versionByLog(entries);
  // Who moves an alias elsewhere leaves no line in the log; the registry knows.
  const isRegistered = spec?.type === "mlflow_alias" && spec.alias !== undefined && aliases !== null;
  const version = isRegistered ? (aliases.get(spec.alias ?? "") ?? null) : logged;
  const since = version !== null && version === logged ? releasedAt(entries, version) : null;
  return version === null ? null : { version, since, place: `target ${target}`, made: madeAt(version, evidence) };
}

function releasedAt(entries: readonly DeploymentEntry[], version: string): number | null {
  const release = entries.findLast((entry) => entry.state === "succeeded" && entry.version === version);
  return timeOf(release?.at);
}

function madeAt(version: string, { facts: { registryVersions } }: ProductEvidence): number | null {
  return timeOf(registryVersions.known ? registryVersions.value.find((one) => one.version === version)?.createdAt : null);
}

/** In MLflow 2 a stage says what an alias says in MLflow 3. */
function stagedVersion({ facts: { registryVersions } }: ProductEvidence): string | null {
  return registryVersions.known ? (registryVersions.value.find(({ stage }) => stage === "Production")?.version ?? null) : null;
}

function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : time;
}
