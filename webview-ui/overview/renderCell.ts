import { html, nothing, type TemplateResult } from "lit";

import type { OverviewChallenge, OverviewLight, OverviewPlace, OverviewRow, OverviewState } from "../../src/protocol/overview";
import { formatDateTime, formatNumber } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { sparkline } from "../shared/sparkline";
import { CHALLENGES, DRIFT_WORDS, LIGHTS, STAGES } from "./lights";
import { isWaitingForMe, stateOf, worstOf } from "./overviewLines";
import { dayText, deletedText, kpiText, monthText, sumText, unpricedText, versionAge } from "./overviewText";

/** Runs what one of a product's buttons stands for. */
export type Act = (row: OverviewRow, place: OverviewPlace) => void;

/** What stands in a cell. Lit writes every text as text, so that a name with markup stays a name. */
export function renderOverviewCell(row: OverviewRow, column: string, now: number, act: Act): TemplateResult | typeof nothing {
  switch (column) {
    case "name":
      return html`<span class="text name">${row.name}</span>${
          isWaitingForMe(row)
            ? html`<span class="mine" role="img" aria-label=${t("waits for you")} title=${t("waits for you")}>${icon("clock")}</span>`
            : nothing
        }`;
    case "next":
      return nextCell(row, act);
    case "stage":
      return text(t(STAGES[row.stage]));
    case "owner":
      return row.owner === null ? missing(t("no owner")) : text(row.owner);
    case "version":
      return versionCell(row, now);
    case "kpi":
      return kpiCell(row);
    case "drift":
      return row.drift === null
        ? missing(t("never checked"))
        : renderLight(DRIFT_WORDS[row.drift.status].light, DRIFT_WORDS[row.drift.status].label);
    case "approvals":
      return row.openApprovals === 0 ? missing(t("none open")) : text(String(row.openApprovals));
    case "cost-month":
      return row.cost === null ? missing(t("not known")) : text(sumText(row.cost));
    case "duty":
      return row.nextDuty === null ? missing(t("none known")) : text(`${dayText(row.nextDuty.date)} · ${row.nextDuty.what}`);
    default: {
      const state = stateOf(row, column as OverviewChallenge);
      return state === undefined ? missing(t("not known")) : challengeCell(row, state, act);
    }
  }
}

/** Icon, colour and word of a light. */
export function renderLight(light: OverviewLight, label = LIGHTS[light].label): TemplateResult {
  return html`<span class="light ${light}">${icon(LIGHTS[light].icon)}<span>${t(label)}</span></span>`;
}

/** A cell in words, for its tooltip. */
export function overviewTitle(row: OverviewRow, column: string): string {
  switch (column) {
    case "name":
      return [row.name, row.config ?? t("No file describes it"), row.team ?? ""].filter(Boolean).join("\n");
    case "next": {
      const state = worstOf(row);
      return state === undefined ? "" : `${t(CHALLENGES[state.challenge])}: ${state.reason}`;
    }
    case "version":
      return row.version === null
        ? ""
        : [
            t("Version {0} on {1}", row.version.version, row.version.place),
            row.version.since === null ? t("nobody keeps since when") : t("since {0}", formatDateTime(row.version.since)),
            row.version.made === null ? "" : t("registered {0}", formatDateTime(row.version.made)),
          ]
            .filter(Boolean)
            .join("\n");
    case "kpi":
      return row.kpi === null ? "" : kpiText(row.kpi);
    case "drift":
      return row.drift === null ? "" : t("Checked on {0}", formatDateTime(row.drift.checkedAt));
    case "approvals":
      return row.areReviewsKnown === false
        ? t("Whether deployments wait for a review on GitHub was not asked yet. The view Deployments asks.")
        : "";
    case "cost-month":
      return row.cost === null
        ? ""
        : [sumText(row.cost), monthText(row.cost), deletedText(row.cost), unpricedText(row.cost)].filter(Boolean).join("\n");
    case "owner":
      return row.owner ?? "";
    case "duty":
      return row.nextDuty === null ? "" : `${dayText(row.nextDuty.date)}\n${row.nextDuty.what}`;
    default:
      return stateOf(row, column as OverviewChallenge)?.reason ?? "";
  }
}

/** A row as a line for a spreadsheet. */
export function rowText(row: OverviewRow): string {
  return [
    row.name,
    ...row.challenges.map(({ challenge, light, reason }) => `${t(CHALLENGES[challenge])}: ${t(LIGHTS[light].label)} (${reason})`),
    t(STAGES[row.stage]),
    row.owner ?? "",
    row.version === null ? "" : `${row.version.version} ${row.version.place}`,
    row.kpi === null ? "" : kpiText(row.kpi),
    row.drift === null ? "" : t(DRIFT_WORDS[row.drift.status].label),
    String(row.openApprovals),
    row.cost === null ? "" : sumText(row.cost),
    row.nextDuty === null ? "" : `${row.nextDuty.date} ${row.nextDuty.what}`,
  ]
    .map((part) => part.replace(/[\t\r\n]+/g, " "))
    .join("\t");
}

/** The heading of a group of products, across the whole table. */
export function renderGroup(groupBy: "team" | "stage", group: string | null, count: number): TemplateResult {
  const stage = groupBy === "stage" ? Object.entries(STAGES).find(([id]) => id === group)?.[1] : undefined;
  return html`<span class="text group">${stage === undefined ? (group ?? t("No team")) : t(stage)}</span>
    <span class="count">${count}</span>`;
}

function nextCell(row: OverviewRow, act: Act): TemplateResult {
  const state = worstOf(row);
  if (state === undefined || state.light === "good") {
    return html`<span class="text muted">${t("Nothing to do")}</span>`;
  }
  return html`<span class="light ${state.light}">${icon(LIGHTS[state.light].icon)}</span>
    <span class="why"><span class="hidden-text">${t(LIGHTS[state.light].label)}: </span>${state.reason}</span>
    ${state.action === null ? nothing : doButton(row, state, t(state.action), false, act)}`;
}

function challengeCell(row: OverviewRow, state: OverviewState, act: Act): TemplateResult {
  return html`${renderLight(state.light)}<span class="hidden-text">, ${state.reason}</span>${
      state.action === null ? nothing : doButton(row, state, t(state.action), true, act)
    }`;
}

/** A button that a click reaches; by keyboard, Enter on its cell does the same. */
function doButton(row: OverviewRow, { challenge }: OverviewState, label: string, isShort: boolean, act: Act): TemplateResult {
  return html`<button
    class=${isShort ? "do short" : "do"}
    tabindex="-1"
    aria-label=${t("{0}: {1}", row.name, label)}
    title=${label}
    @pointerdown=${(event: Event) => event.stopPropagation()}
    @dblclick=${(event: Event) => event.stopPropagation()}
    @click=${(event: Event) => {
      event.stopPropagation();
      act(row, { kind: "challenge", challenge });
    }}
  >
    ${isShort ? icon("chevron-right") : html`<span class="ellipsis">${label}</span>`}
  </button>`;
}

function versionCell({ version }: OverviewRow, now: number): TemplateResult {
  return version === null
    ? missing(t("nothing at work"))
    : text([version.version, versionAge(version, now), version.place].filter(Boolean).join(" · "));
}

function kpiCell({ kpi }: OverviewRow): TemplateResult {
  const last = kpi?.values.at(-1);
  if (kpi === null || last === undefined) {
    return missing(t("no KPI yet"));
  }
  return html`${sparkline(toCurve(kpi.values))}<span class="text" aria-hidden="true">${kpi.name} ${formatNumber(last, 4)}</span
    ><span class="hidden-text">${kpiText(kpi)}</span>`;
}

/** Percent of the curve's own range. */
function toCurve(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (high === low ? 50 : ((value - low) / (high - low)) * 100));
}

function text(value: string): TemplateResult {
  return html`<span class="text">${value}</span>`;
}

function missing(label: string): TemplateResult {
  return html`<span class="muted" role="img" aria-label=${label}>—</span>`;
}
