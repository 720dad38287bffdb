import { isAppError } from "../base/appError";
import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import { forEachAtOnce } from "../base/forEachAtOnce";
import type { Deployment, DeploymentEntry, TargetStatus } from "./deployment";
import type { TargetFacts, TargetHealth } from "./deployTarget";
import type { DeployWorld } from "./deployWorld";
import { logFaultText } from "./logFaultText";
import { type DeployProduct, readDeployProduct, readTarget } from "./readDeployProduct";
import { releasesTo } from "./releasesTo";
import { settleInterrupted } from "./settleInterrupted";
import type { TargetSpec } from "./targetSpec";
import { versionByLog } from "./versionBefore";

/** A target that says nothing for so long is told as such: the others are not kept waiting. */
const LOOK_MS = 30_000;
/** Of many products, each reads files and asks servers. */
const PRODUCTS_AT_ONCE = 8;
const UNKNOWN = "Which version is there is not known: the target does not tell, and the last deployment ended without knowing.";

/** Of each target of these products, what is there now. Deployments that were interrupted are looked after first, where anything may run. */
export async function statusOfTargets(
  configs: readonly string[],
  world: DeployWorld,
  signal: CancelSignal,
): Promise<readonly TargetStatus[]> {
  const found = new Map<string, readonly TargetStatus[]>();
  await forEachAtOnce(configs, PRODUCTS_AT_ONCE, async (config) => {
    found.set(config, await statusOfProduct(config, world, signal));
  });
  return configs.flatMap((config) => found.get(config) ?? []);
}

/** What the journal knows of a product. */
interface Known {
  readonly entries: readonly DeploymentEntry[];
  readonly problem: string | null;
}

async function statusOfProduct(config: string, world: DeployWorld, signal: CancelSignal): Promise<readonly TargetStatus[]> {
  let product: DeployProduct;
  try {
    product = await readDeployProduct(config, world, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw error;
    }
    return []; // The lint of that file says why it cannot be read.
  }
  const names = Object.keys(product.value.deploy?.targets ?? {});
  if (names.length === 0) {
    return [];
  }
  const known = await readKnown(config, world, signal);
  return Promise.all(names.map((name) => statusOf(product, name, known, world, signal)));
}

async function readKnown(config: string, world: DeployWorld, signal: CancelSignal): Promise<Known> {
  const problems: string[] = [];
  if (world.isTrusted()) {
    await attempt(settleInterrupted(config, world, signal), (why) => problems.push(why), signal);
  }
  const read = await attempt(world.journal.history(config, signal), (why) => (problems.push(why), null), signal);
  if (read !== null && read.fault !== null) {
    problems.push(logFaultText(read.fault));
  }
  return { entries: read?.lines.map(({ entry }) => entry) ?? [], problem: problems[0] ?? null };
}

async function statusOf(
  product: DeployProduct,
  name: string,
  { entries: all, problem: logProblem }: Known,
  world: DeployWorld,
  signal: CancelSignal,
): Promise<TargetStatus> {
  const { config } = product;
  const model = product.value.model?.name ?? "";
  const entries = releasesTo(all, { product: product.name, target: name, model });
  const last = entries.at(-1) ?? null;
  const [reading, running] = await Promise.all([readTarget(product, name, world, signal), runningAt(config, name, world, signal)]);
  const { spec, faults } = reading;
  const found = await ask(spec, faults[0]?.message ?? null, world, signal);
  const version = found.facts === null ? null : found.facts.canTell ? found.facts.version : versionByLog(entries);
  const isUnknown = found.facts?.canTell === false && version === null && last !== null && running === null;
  const release = entries.findLast((entry) => entry.state === "succeeded" && entry.version === version);
  return {
    product: product.name,
    config,
    target: name,
    type: spec?.type ?? product.value.deploy?.targets?.[name]?.type ?? "command",
    model,
    version,
    problem: found.problem ?? logProblem ?? (isUnknown ? UNKNOWN : null),
    isMovedElsewhere:
      running === null && found.facts?.canTell === true && found.facts.isDown !== true && isElsewhere(last, found.facts.version),
    since: version === null ? null : (found.facts?.since ?? (release === undefined ? null : Date.parse(release.at))),
    by: release?.who ?? null,
    health: found.health,
    last,
    running,
  };
}

/** Lines that do not know what was there at their end say nothing. */
function isElsewhere(last: DeploymentEntry | null, version: string | null): boolean {
  const left = last?.serves ?? (last?.state === "succeeded" ? last.version : null);
  return left !== null && left !== version;
}

async function runningAt(config: string, target: string, { journal }: DeployWorld, signal: CancelSignal): Promise<Deployment | null> {
  const id = await journal.holder({ config, target }, signal);
  return id === null ? null : attempt(journal.read({ id, config }, signal), () => null, signal);
}

interface Found {
  readonly facts: TargetFacts | null;
  readonly health: TargetHealth | null;
  readonly problem: string | null;
}

async function ask(spec: TargetSpec | null, fault: string | null, world: DeployWorld, signal: CancelSignal): Promise<Found> {
  const nothing = (problem: string): Found => ({ facts: null, health: null, problem });
  if (!world.isTrusted()) {
    return nothing("The target is not asked: the folder is not trusted.");
  }
  if (spec === null || fault !== null) {
    return nothing(fault ?? "There is no such target.");
  }
  const target = await world.targets.get(spec.type);
  if (target === undefined) {
    return nothing(`Targets of the kind ${spec.type} are not to be had here.`);
  }
  const limit = <T>(work: (limited: CancelSignal) => Promise<T>): Promise<T> =>
    world.within(LOOK_MS, `The target ${spec.name}`, signal, work);
  const problems: string[] = [];
  const note = (why: string): null => (problems.push(why), null);
  const [facts, health] = await Promise.all([
    attempt(
      limit((limited) => target.inspect(spec, limited)),
      note,
      signal,
    ),
    attempt(
      limit((limited) => target.health(spec, limited)),
      note,
      signal,
    ),
  ]);
  const unfit = facts === null || facts.health.ok ? null : facts.health.message;
  return { facts, health, problem: problems[0] ?? unfit };
}
