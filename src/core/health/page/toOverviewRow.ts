import type { OverviewRow } from "../../../protocol/overview";
import type { ProductHealth, WaitItem } from "../productHealth";

/** Where a product was found, and who looks at it. */
export interface RowPlace {
  /** What the page asks for it by. */
  readonly id: string;
  /** Name of its folder of the workspace; null where only one is open. */
  readonly folder: string | null;
  /** Whether it waits for whoever works here. */
  readonly isMine: (wait: WaitItem) => boolean;
  /** Whether reviews on GitHub are known; null where none can wait for it. */
  readonly areReviewsKnown: boolean | null;
}

/** What happened before that is in the views of trainings and deployments. */
const MOST_EVENTS = 8;

/** A product as the overview shows it: actions become their labels, because the host alone knows what they do. */
export function toOverviewRow(product: ProductHealth, { id, folder, isMine, areReviewsKnown }: RowPlace): OverviewRow {
  const { name, config, team, stage, owner, version, kpi, drift, openApprovals, cost, nextDuty, effort } = product;
  return {
    ...{ id, name, team, stage, owner, version, drift, openApprovals, areReviewsKnown, cost, nextDuty, effort },
    tools: product.tools.map(({ kind, value }) => ({ kind, value })),
    events: product.events.slice(0, MOST_EVENTS).map(({ at, text }) => ({ at, text })),
    config: config === null || folder === null ? config : `${folder}/${config}`,
    // A curve can be drawn of numbers only.
    kpi: kpi === null ? null : { ...kpi, values: kpi.values.filter((value) => Number.isFinite(value)) },
    challenges: product.challenges.map(({ challenge, light, reason, action }) => ({
      ...{ challenge, light, reason },
      action: action?.label ?? null,
    })),
    waits: product.waits.map((wait) => ({
      what: wait.what,
      who: wait.who,
      due: wait.due,
      action: wait.action.label,
      isMine: isMine(wait),
    })),
  };
}
