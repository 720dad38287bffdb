import type { Product } from "../../core/config/product";
import { parseTarget } from "../../core/config/target";
import { indexed } from "../../core/lint/indexed";
import type { KpiOverTime, KpisOverTimeWish } from "../../core/monitoring/kpisOverTime";
import { labelDelay } from "../../core/monitoring/labelDelay";
import { liveColumns } from "../../core/monitoring/liveColumns";
import type { KpiSeriesView } from "../../protocol/drift";
import type { ProductData } from "./productData";
import type { KpiCut } from "./driftSubject";

/** Which figures of which data are wanted for each window. */
export function kpiWish(product: Product, data: ProductData, { columns, time, by }: KpiCut, asOf: number): KpisOverTimeWish {
  return {
    live: { ...data.current, kinds: { [time]: "time" } },
    reference: data.reference,
    ...{ columns, time, by, asOf },
    given: liveColumns(product, columns).given,
    labelDelay: labelDelay(product),
    minRows: data.windowMinRows,
    kpis: indexed(product.kpis).flatMap(([, { name, target = null, warn = null, by: groups }]) =>
      name === undefined || groups !== undefined ? [] : [{ name, target, warn }],
    ),
  };
}

/** Figures computed from the rows of each window, with what checks have kept where rows cannot tell: estimates, groups, other sources. */
export function withComputed(
  checked: readonly KpiSeriesView[],
  computed: readonly KpiOverTime[],
  { kpis, monitoring }: Product,
): readonly KpiSeriesView[] {
  const names = new Set(computed.map(({ name }) => name));
  const own = computed.map(({ name, series }): KpiSeriesView => {
    const [, kpi] = indexed(kpis).find(([, one]) => one.name === name) ?? [];
    const target = kpi?.target === undefined ? undefined : parseTarget(kpi.target);
    const warn = kpi?.warn === undefined ? undefined : parseTarget(kpi.warn);
    return {
      name,
      group: null,
      target:
        target === undefined || kpi?.target === undefined
          ? null
          : { text: kpi.target, value: target.value, better: target.operator.startsWith("<") ? "down" : "up" },
      warn: warn?.value ?? null,
      band: series.band,
      points: series.points.map(({ status, sentence, ...point }) => ({
        ...point,
        state: status,
        reason: status === "ok" ? null : sentence,
      })),
      estimate: checked.find((one) => one.name === name && one.group === null)?.estimate ?? null,
      source: monitoring?.live ?? "",
    };
  });
  return [...own, ...checked.filter(({ name, group }) => group !== null || !names.has(name))];
}
