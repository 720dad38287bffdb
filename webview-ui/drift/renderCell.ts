import { html, nothing, type TemplateResult } from "lit";

import type { DriftColumnRow, DriftState, DriftToolRow } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { GridRow } from "../shared/virtualTable/gridTypes";
import { miniBars, scoreBar, trendLine } from "./cellPictures";
import { DIRECTIONS, DRIFT_STATES, ROLES, TYPES } from "./driftStates";
import { namedText, plainText } from "./namedText";
import { countText, NONE, numberText, percentText } from "./numberText";
import type { TableLine } from "./tableLines";

/** What stands in a cell. Lit writes every text as text, so that a name with markup stays a name. */
export function renderColumnCell(row: DriftColumnRow, column: string): TemplateResult | typeof nothing {
  switch (column) {
    case "name":
      return html`<span class="text name">${row.name}</span>${
          row.role === "feature" ? nothing : html`<span class="badge">${t(ROLES[row.role])}</span>`
        }`;
    case "state":
      return renderState(row.state);
    case "shape":
      return row.mini === null ? none(t("no values")) : miniBars(row.mini);
    case "score":
      return row.result?.score == null
        ? html`<span class="muted text">${row.reason ?? row.result?.reason ?? t("no score")}</span>`
        : html`${scoreBar(row.result, row.state)}<span class="text score">${scoreText(row.result)}</span>`;
    case "direction":
      return row.direction === null
        ? none(t("no direction"))
        : html`<span aria-hidden="true" class="arrow">${DIRECTIONS[row.direction].arrow}</span
            ><span class="text">${t(DIRECTIONS[row.direction].label)}</span>`;
    case "trend":
      return row.trend.every((score) => score === null)
        ? none(t("no window has a score"))
        : html`${trendLine(row.trend, row.result?.threshold ?? null)}<span class="hidden-text">${trendText(row)}</span>`;
    case "missing":
      return missingCell(row.missing);
    case "categories":
      return categoriesCell(row);
    case "verdict":
      return html`<span class="text">${namedText(row.verdict)}</span>`;
    default:
      return nothing;
  }
}

/** Icon, colour and word of a state. */
export function renderState(state: DriftState, label = DRIFT_STATES[state].label): TemplateResult {
  return html`<span class="state ${state}">${icon(DRIFT_STATES[state].icon)}<span>${t(label)}</span></span>`;
}

/** "0.19 ≥ 0.1", "p 0.003 < 0.05"; what cannot be computed says so. The limit is the strictest one that was passed. */
export function scoreText({ kind, score, threshold, failThreshold, drifted }: DriftToolRow["score"]): string {
  if (score === null) {
    return t("not computable");
  }
  if (threshold === null) {
    return t("{0}, no limit", numberText(score));
  }
  if (kind === "p-value") {
    // A p-value that rounds to nothing is still not zero.
    return score < 1e-4 ? "p < 0.0001" : `p ${numberText(score)} ${(drifted ?? score <= threshold) ? "≤" : ">"} ${numberText(threshold)}`;
  }
  const limit = failThreshold !== null && score >= failThreshold ? failThreshold : threshold;
  return `${numberText(score)} ${(drifted ?? score >= threshold) ? "≥" : "<"} ${numberText(limit)}`;
}

/** The heading of a group of columns, across the whole table. */
function renderGroup({ group, count }: Extract<TableLine, { readonly kind: "group" }>): TemplateResult {
  return html`<span class="text group">${group === "outcome" ? t("Target and prediction") : t("Features")}</span
    ><span class="count">${countText(count)}</span>`;
}

/** A cell in words, for its tooltip. */
export function cellTitle(row: DriftColumnRow, column: string): string {
  switch (column) {
    case "name":
      return `${row.name}\n${t(ROLES[row.role])}, ${t(TYPES[row.type])}`;
    case "score": {
      const { result } = row;
      return result === null
        ? (row.reason ?? "")
        : [
            `${result.label}: ${scoreText(result)}`,
            t("limit {0}", numberText(result.threshold)),
            result.failThreshold === null ? "" : t("fails from {0}", numberText(result.failThreshold)),
            result.effect === null ? "" : `${result.effect.label}: ${numberText(result.effect.score)}`,
            result.reason ?? "",
          ]
            .filter((part) => part !== "")
            .join("\n");
    }
    case "state":
      return [t(DRIFT_STATES[row.state].label), row.reason ?? ""].filter((part) => part !== "").join("\n");
    case "trend":
      return trendText(row);
    case "missing":
      return t("{0} missing before, {1} now", percentText(row.missing.reference), percentText(row.missing.current));
    case "direction":
      return row.outOfRange === null ? "" : t("{0} of the values lie outside of the reference's range", percentText(row.outOfRange));
    default:
      return plainText(row.verdict);
  }
}

/** A row as a line for a spreadsheet. */
export function rowText(row: DriftColumnRow): string {
  return [
    row.name,
    t(DRIFT_STATES[row.state].label),
    row.result?.label ?? "",
    row.result === null ? "" : scoreText(row.result),
    row.direction === null ? "" : t(DIRECTIONS[row.direction].label),
    percentText(row.missing.reference),
    percentText(row.missing.current),
    String(row.newCategories),
    String(row.lostCategories),
    plainText(row.verdict),
  ]
    .map((text) => text.replace(/[\t\r\n]+/g, " "))
    .join("\t");
}

function missingCell({ reference, current }: DriftColumnRow["missing"]): TemplateResult {
  return reference === 0 && current === 0
    ? none(t("none missing"))
    : html`<span class="text">${percentText(reference, 2)} <span aria-hidden="true">→</span> ${percentText(current, 2)}</span>${
          current > reference ? html`<span class="rise" role="img" aria-label=${t("more than before")}>▲</span>` : nothing
        }`;
}

function categoriesCell({ type, newCategories, lostCategories }: DriftColumnRow): TemplateResult | typeof nothing {
  if (type === "num" && newCategories === 0 && lostCategories === 0) {
    return nothing;
  }
  const parts = [
    ...(newCategories > 0 ? [t("{0} new", countText(newCategories))] : []),
    ...(lostCategories > 0 ? [t("{0} lost", countText(lostCategories))] : []),
  ];
  return parts.length === 0 ? none(t("the same categories")) : html`<span class="text">${parts.join(", ")}</span>`;
}

function trendText({ trend, result }: DriftColumnRow): string {
  const scores = trend.filter((score) => score !== null);
  return scores.length === 0
    ? t("no window has a score")
    : t(
        "{0} of {1} windows have a score, last {2}, limit {3}",
        scores.length,
        trend.length,
        numberText(scores.at(-1)),
        numberText(result?.threshold),
      );
}

function none(label: string): TemplateResult {
  return html`<span class="muted" role="img" aria-label=${label}>${NONE}</span>`;
}

/** A line as the grid has it. */
export function toGridRow(line: TableLine): GridRow {
  return {
    selected: false,
    depth: 0,
    expanded: null,
    span: line.kind === "group" ? () => renderGroup(line) : null,
    note: line.kind === "column" && line.row.state === "unjudged" ? (line.row.reason ?? t("Not judged")) : null,
  };
}
