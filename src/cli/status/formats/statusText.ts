import { stopped } from "../../../core/base/stopped";
import type { ProductHealth } from "../../../core/health/productHealth";
import { printable } from "../../printable";
import { type Column, layOutTable, type TextColor } from "../../textTable";
import { LIGHT_WORDS, sayCost, sayLights, type StatusReport, worstLight } from "../statusReport";

const COLORS: Readonly<Record<string, TextColor>> = { good: "green", look: "yellow", trouble: "red", "not known": "gray" };
const LIGHT: Pick<Column, "color"> = { color: (text) => COLORS[text] };
const COLUMNS: readonly Column[] = [
  { title: "model", shrinkTo: 12 },
  { title: "stage" },
  { title: "version" },
  { title: "effort", ...LIGHT },
  { title: "cost", ...LIGHT },
  { title: "knowledge", ...LIGHT },
  { title: "responsibility", ...LIGHT },
  { title: "compliance", ...LIGHT },
  { title: "owner", shrinkTo: 8, isOptional: true },
  { title: "this month", align: "right", isOptional: true },
];

/** A table of all products for a terminal, and under it what stands behind each that is in trouble. */
export function statusText(
  { products, since }: StatusReport,
  options: { readonly columns: number | undefined; readonly color: boolean },
): string {
  const rows = products.map(cells);
  const { header, line } = layOutTable(COLUMNS, rows, options);
  const reasons = products.filter((product) => worstLight(product) === "trouble").flatMap(troubles);
  const happened = since === null ? [] : products.flatMap((product) => happenedTo(product, since));
  return [
    ...(products.length === 0 ? [] : [header, ...rows.map(line), ""]),
    sayLights(products),
    ...(reasons.length === 0 ? [] : ["", ...reasons]),
    ...(happened.length === 0 ? [] : ["", ...happened]),
    "",
  ].join("\n");
}

function cells(product: ProductHealth): readonly string[] {
  const { name, stage, version, owner, challenges } = product;
  return [name, stage, version?.version ?? "", ...challenges.map(({ light }) => LIGHT_WORDS[light]), owner ?? "", sayCost(product)];
}

function troubles({ name, challenges }: ProductHealth): readonly string[] {
  return challenges
    .filter(({ light }) => light === "trouble")
    .map(({ challenge, reason, action }) =>
      printable(`${name}, ${challenge}: ${reason}${action === null ? "" : ` ${stopped(action.label)}`}`),
    );
}

function happenedTo({ name, events }: ProductHealth, since: number): readonly string[] {
  return events
    .filter(({ at }) => at >= since)
    .map(({ at, text }) => printable(`${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC  ${name}: ${text}`));
}
