import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import type { DeploymentEntry } from "../deployment/deployment";
import { logFaultText } from "../deployment/logFaultText";
import { resultFolder } from "../monitoring/monitoredProduct";
import { timeOfResultName } from "../monitoring/resultName";
import { ResultStore } from "../monitoring/resultStore";
import { type CostedJob, toCostedJob } from "../cost/attributeRuns";
import type { TrainingJob } from "../training/trainingJob";
import type { CheckEvidence } from "./evidence";
import type { OverviewWorld } from "./overviewWorld";

/** What lies beside a product's file: results of checks, trainings and the log of deployments. */
export interface ProductJournals {
  readonly checks: CheckEvidence;
  /** The newest first. */
  readonly jobs: readonly TrainingJob[];
  readonly costedJobs: readonly CostedJob[];
  readonly deployments: readonly DeploymentEntry[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}

/** Checks whose figures a sparkline shows. */
const MOST_RESULTS = 12;
const MOST_JOBS = 100;
/** Plans of older trainings say nothing about this month. */
const PLANS_MS = 35 * 86_400_000;

type Ports = Pick<OverviewWorld, "results" | "jobs" | "deployments" | "now">;

/** Reads them. @throws only when cancelled. */
export async function readJournals(
  product: { readonly name: string; readonly config: string },
  world: Ports,
  signal: CancelSignal,
): Promise<ProductJournals> {
  const problems: string[] = [];
  const note = (why: string): null => (problems.push(`${product.name}: ${why}`), null);
  const [checks, jobs, log] = await Promise.all([
    attempt(readChecks(product, world, problems, signal), note, signal),
    attempt(world.jobs.list([product.config], MOST_JOBS, signal), note, signal),
    attempt(world.deployments.history(product.config, signal), note, signal),
  ]);
  if (log !== null && log.fault !== null) {
    problems.push(logFaultText(log.fault, product.name));
  }
  problems.push(...(jobs?.problems ?? []));
  // Products of one folder share it.
  const own = (jobs?.jobs ?? []).filter((job) => job.product === product.name);
  return {
    checks: checks ?? { results: [], starts: [] },
    jobs: own,
    costedJobs: await Promise.all(own.map((job) => costedJob(job, world, signal))),
    deployments: (log?.lines ?? []).map(({ entry }) => entry),
    problems,
  };
}

async function readChecks(
  product: { readonly name: string; readonly config: string },
  { results: files }: Ports,
  problems: string[],
  signal: CancelSignal,
): Promise<CheckEvidence> {
  const names = await files.names(resultFolder(product), signal);
  const times = names.flatMap((name) => timeOfResultName(name) ?? []);
  if (times.length === 0) {
    return { results: [], starts: [] };
  }
  const store = new ResultStore({ ...files, names: () => Promise.resolve(names), create: () => Promise.resolve(false) });
  const history = await store.history(product, MOST_RESULTS, signal);
  problems.push(...history.problems);
  const told = new Map(
    history.results.map(({ path, result }) => [timeOfResultName(path.slice(path.lastIndexOf("/") + 1)), result.started_by ?? null]),
  );
  return {
    results: history.results.map(({ result }) => result),
    starts: times.map((at) => ({ at, by: told.get(at) ?? null })),
  };
}

async function costedJob(job: TrainingJob, { jobs, now }: Ports, signal: CancelSignal): Promise<CostedJob> {
  const isRecent = now() - job.createdAt < PLANS_MS;
  return toCostedJob(job, isRecent ? await attempt(jobs.plan(job, signal), () => null, signal) : null);
}
