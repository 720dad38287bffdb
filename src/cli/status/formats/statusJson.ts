import type { ProductHealth } from "../../../core/health/productHealth";
import type { StatusReport } from "../statusReport";

/** The report as JSON. Names are a promise to scripts; there may be more of them later. */
export function statusJson({ at, since, products, stack, problems }: StatusReport): string {
  return `${JSON.stringify({ schema: 1, at, since, products: products.map((product) => toJson(product, since)), stack, problems })}\n`;
}

function toJson(product: ProductHealth, since: number | null): object {
  const {
    name,
    config,
    storeId,
    model,
    team,
    stage,
    owner,
    version,
    challenges,
    kpi,
    drift,
    cost,
    nextDuty,
    waits,
    effort,
    tools,
    events,
  } = product;
  return {
    ...{ name, config, store: storeId, model, team, stage, owner },
    version,
    challenges: Object.fromEntries(challenges.map(({ challenge, light, reason, action }) => [challenge, { light, reason, action }])),
    kpi,
    drift: drift === null ? null : { status: drift.status, checked_at: drift.checkedAt },
    open_approvals: product.openApprovals,
    cost:
      cost === null
        ? null
        : {
            ...{ month: cost.month, amount: cost.amount, currency: cost.currency, runs: cost.runs, hours: cost.hours },
            ...{ deleted_runs: cost.deletedRuns, deleted_amount: cost.deletedAmount, deleted_hours: cost.deletedHours },
            ...{ unpriced_runs: cost.unpricedRuns, unpriced_hours: cost.unpricedHours, budget: cost.budget, forecast: cost.forecast },
          },
    next_duty: nextDuty,
    waits,
    effort:
      effort === null
        ? null
        : {
            ...{ manual: effort.manual, automated: effort.automated, untold: effort.untold, hours: effort.hours },
            ...{ minutes_per_action: effort.minutesPerAction, before: effort.before, bus_factor: effort.busFactor },
          },
    tools,
    ...(since === null ? {} : { events: events.filter((event) => event.at >= since) }),
  };
}
