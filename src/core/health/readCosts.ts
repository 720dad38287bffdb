import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import { toCostedJob, type CostedJob } from "../cost/attributeRuns";
import { toCostedProduct } from "../cost/costedProduct";
import type { CostedRun } from "../cost/costedRun";
import type { CostReader } from "../cost/costReader";
import type { CostReport } from "../cost/costReport";
import { readCostedRuns } from "../cost/readCostedRuns";
import { findPolicy } from "../lint/workspace/findPolicy";
import { storeIdOf, type StoreLocation } from "../tracking/storeLocation";
import type { OverviewWorld } from "./overviewWorld";
import { placeProducts, storeIdOfProduct, wantedStores, type PlacedProduct } from "./placedProduct";

/** A server that is away is not waited for longer than this. */
const SERVER_MS = 30_000;
/** Runs of older trainings say by themselves on which machine they ran, or nobody knows. */
const MOST_JOBS = 2000;

/**
 * What all runs cost of the stores that a folder's products name or that lie in it. @returns null where there is no such store.
 * @throws only when cancelled, or when the folder itself cannot be listed; a store that fails is among the report's problems.
 */
export async function readCosts(world: OverviewWorld, reader: CostReader, signal: CancelSignal): Promise<CostReport | null> {
  const placed = await placeProducts(world, signal);
  const named = [...wantedStores(placed).values()].map(({ location }) => location);
  const stores = new Map([...named, ...(await world.knownStores(signal))].map((location) => [storeIdOf(location), location]));
  if (stores.size === 0) {
    return null;
  }
  const problems: string[] = [];
  const [{ prices, idle }, jobs] = await Promise.all([findPolicy("", world.files, signal), readJobs(placed, world, problems, signal)]);
  const { gpuBelow } = idle;
  const local = [...stores.values()].filter(({ kind }) => kind !== "rest");
  const servers = [...stores.values()].filter(({ kind }) => kind === "rest");
  const others = await Promise.all(servers.map((location) => readServer(location, gpuBelow, { world, problems }, signal)));
  return reader.report(
    {
      ...{ stores: local, others: others.flat(), jobs, prices, gpuBelow, problems, now: world.now(), timeZone: world.timeZone },
      products: placed.map((one) => toCostedProduct(one.product, one.config, storeIdOfProduct(one))),
    },
    signal,
  );
}

async function readServer(
  location: StoreLocation,
  gpuBelow: number,
  { world, problems }: { readonly world: OverviewWorld; readonly problems: string[] },
  signal: CancelSignal,
): Promise<readonly CostedRun[]> {
  const reading = world.within(SERVER_MS, `Reading runs of ${world.storeLabel(location)}`, signal, async (limited) =>
    readCostedRuns(await world.stores.open(location, limited), { storeId: storeIdOf(location), gpuBelow, measured: new Map() }, limited),
  );
  const read = await attempt(reading, (why) => (problems.push(why), null), signal);
  problems.push(...(read?.problems ?? []));
  return read?.runs ?? [];
}

async function readJobs(
  placed: readonly PlacedProduct[],
  { jobs, pacer }: OverviewWorld,
  problems: string[],
  signal: CancelSignal,
): Promise<readonly CostedJob[]> {
  const listing = jobs.list(
    placed.map(({ config }) => config),
    MOST_JOBS,
    signal,
  );
  const listed = await attempt(listing, (why) => (problems.push(why), null), signal);
  const costed: CostedJob[] = [];
  for (const job of listed?.jobs ?? []) {
    costed.push(toCostedJob(job, await attempt(jobs.plan(job, signal), () => null, signal)));
    await pacer();
  }
  return costed;
}
