import type { OverviewCostGroup, OverviewCosts, OverviewCostSide } from "../../../protocol/overview";
import type { CostReport } from "../../cost/costReport";

/** A page of more lines than these helps nobody; sums count all. */
const MOST_GROUPS = 500;
const MOST_WASTE = 200;
const MOST_RUNS = 20;

/** Costs as the overview shows them, cut to what a person can read. @param folder its name; null where only one is open. */
export function toOverviewCosts({ currency, timeZone, all, by, waste, idle, problems }: CostReport, folder: string | null): OverviewCosts {
  const eachSide = <T>(make: (groups: readonly OverviewCostGroup[]) => T): Readonly<Record<OverviewCostSide, T>> => ({
    product: make(by.product),
    model: make(by.model),
    experiment: make(by.experiment),
    person: make(by.person),
  });
  return {
    ...{ folder, currency, timeZone, all, problems },
    by: eachSide((groups) => groups.slice(0, MOST_GROUPS)),
    more: eachSide((groups) => Math.max(0, groups.length - MOST_GROUPS)),
    waste: {
      groups: waste.groups.slice(0, MOST_WASTE).map((group) => ({
        ...group,
        runs: group.runs.slice(0, MOST_RUNS).map(({ storeId, runId, name }) => ({ storeId, runId, name })),
        moreRuns: group.moreRuns + Math.max(0, group.runs.length - MOST_RUNS),
      })),
      moreGroups: waste.moreGroups + Math.max(0, waste.groups.length - MOST_WASTE),
      total: waste.total,
      cannotTell: waste.cannotTell,
    },
    idle: {
      ...idle,
      runs: idle.runs.map(({ storeId, runId, name, hours, idleHours, parkedHours, share, amount }) => ({
        ...{ storeId, runId, name, hours, idleHours, parkedHours, share, amount },
      })),
    },
  };
}
