import { html, nothing, type TemplateResult } from "lit";

import type { OverviewPlace, OverviewRow } from "../../src/protocol/overview";
import { formatDateTime } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { factList } from "../shared/planning/factList";
import { CHALLENGES, DRIFT_WORDS, STAGES } from "./lights";
import { dayText, kpiText, monthText, sumText, unpricedText, versionAge } from "./overviewText";
import { renderLight } from "./renderCell";

export interface DetailActions {
  readonly act: (row: OverviewRow, place: OverviewPlace) => void;
  readonly openFile: (row: OverviewRow) => void;
  readonly close: () => void;
}

/** All of one product: its lights with their reasons, what waits for whom, and what is known of it. */
export function renderDetail(row: OverviewRow, now: number, { act, openFile, close }: DetailActions): TemplateResult {
  return html`<aside class="beside" aria-label=${t("Details of {0}", row.name)}>
    <header>
      <h2 tabindex="-1">${row.name}</h2>
      ${
        row.config === null
          ? nothing
          : html`<button class="tool" title=${t("Open {0}", row.config)} @click=${() => openFile(row)}>
              ${icon("go-to-file")}<span>${t("Open file")}</span>
            </button>`
      }
      <button class="tool" aria-label=${t("Close the details")} title=${t("Close the details")} @click=${close}>${icon("close")}</button>
    </header>
    <ul class="states">
      ${row.challenges.map(
        ({ challenge, light, reason, action }) =>
          html`<li>
            <div class="head"><b>${t(CHALLENGES[challenge])}</b>${renderLight(light)}</div>
            <p>${reason}</p>
            ${
              action === null
                ? nothing
                : html`<button class="action second" @click=${() => act(row, { kind: "challenge", challenge })}>${t(action)}</button>`
            }
          </li>`,
      )}
    </ul>
    ${row.waits.length === 0 ? nothing : renderWaits(row, act)}
    <h3>${t("Known facts")}</h3>
    ${factList(factsOf(row, now))} ${row.events.length === 0 ? nothing : renderEvents(row)}
  </aside>`;
}

function renderWaits(row: OverviewRow, act: DetailActions["act"]): TemplateResult {
  return html`<h3>${t("Waits for somebody")}</h3>
    <ul class="states">
      ${row.waits.map(
        ({ what, who, due, action, isMine }, index) =>
          html`<li>
            <div class="head"><b>${what}</b><span class="muted">${due === null ? "" : t("until {0}", dayText(due))}</span></div>
            <p>${isMine ? t("You are asked.") : who.length === 0 ? t("Nobody is named who could do it.") : who.join(", ")}</p>
            <button class="action second" @click=${() => act(row, { kind: "wait", index })}>${t(action)}</button>
          </li>`,
      )}
    </ul>`;
}

function renderEvents({ events }: OverviewRow): TemplateResult {
  return html`<h3>${t("What happened lately")}</h3>
    <ul class="states">
      ${events.map(({ at, text }) => html`<li><span class="muted">${formatDateTime(at)}</span><br />${text}</li>`)}
    </ul>`;
}

function factsOf(row: OverviewRow, now: number): readonly { readonly label: string; readonly value: string }[] {
  const { version, kpi, drift, cost, nextDuty } = row;
  return [
    { label: "File", value: row.config ?? t("none; only the registry knows this model") },
    { label: "Team", value: row.team ?? t("none named") },
    { label: "Stage", value: t(STAGES[row.stage]) },
    { label: "Owner", value: row.owner ?? t("no owner") },
    {
      label: "At work",
      value:
        version === null
          ? t("nothing")
          : [t("version {0} on {1}", version.version, version.place), versionAge(version, now)].filter(Boolean).join(", "),
    },
    { label: "KPI", value: kpi === null ? t("none yet") : kpiText(kpi) },
    {
      label: "Drift",
      value:
        drift === null ? t("never checked") : t("{0}, checked on {1}", t(DRIFT_WORDS[drift.status].label), formatDateTime(drift.checkedAt)),
    },
    {
      label: "Cost this month",
      value: cost === null ? t("not known") : [sumText(cost), monthText(cost), unpricedText(cost)].filter(Boolean).join("; "),
    },
    { label: "Next duty", value: nextDuty === null ? t("none known") : `${dayText(nextDuty.date)}: ${nextDuty.what}` },
  ];
}
