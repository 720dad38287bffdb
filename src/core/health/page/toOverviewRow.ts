import type { OverviewRow } from "../../../protocol/overview";
import type { ProductHealth } from "../productHealth";

/** Where a product was found, and who looks at it. */
export interface RowPlace {
  /** What the page asks for it by. */
  readonly id: string;
  /** Name of its folder of the workspace; null where only one is open. */
  readonly folder: string | null;
  /** Whether an address belongs to whoever works here. */
  readonly isMe: (email: string) => boolean;
}

/** A product as the overview shows it: actions become their labels, because the host alone knows what they do. */
export function toOverviewRow(product: ProductHealth, { id, folder, isMe }: RowPlace): OverviewRow {
  const { name, config, team, stage, owner, version, kpi, drift, openApprovals, cost, nextDuty, effort } = product;
  return {
    ...{ id, name, team, stage, owner, version, drift, openApprovals, cost, nextDuty, effort },
    config: config === null || folder === null ? config : `${folder}/${config}`,
    // A curve can be drawn of numbers only.
    kpi: kpi === null ? null : { ...kpi, values: kpi.values.filter((value) => Number.isFinite(value)) },
    challenges: product.challenges.map(({ challenge, light, reason, action }) => ({
      ...{ challenge, light, reason },
      action: action?.label ?? null,
    })),
    waits: product.waits.map(({ what, who, due, action }) => ({ what, who, due, action: action.label, isMine: who.some(isMe) })),
  };
}
