import { html, nothing, type TemplateResult } from "lit";

import type { OverviewEffort, OverviewRow } from "../../src/protocol/overview";
import { formatInteger } from "../shared/format";
import { t } from "../shared/l10n";
import { figure } from "../shared/planning/figure";
import { wordTable } from "../shared/wordTable";
import { stateOf } from "./overviewLines";
import { hoursText, percentText } from "./overviewText";
import { renderLight, type Act } from "./renderCell";

/** How much of people's time the products take, and how much of the work goes by itself. */
export function renderEffort(rows: readonly OverviewRow[], act: Act): TemplateResult {
  const known = rows.flatMap(({ effort }) => effort ?? []);
  const sorted = [...rows].sort((a, b) => (b.effort?.hours ?? -1) - (a.effort?.hours ?? -1));
  return html`${known.length === 0 ? nothing : renderSum(known, rows.length)}
    ${wordTable(
      t("Effort by product"),
      [
        t("Product"),
        t("By hand"),
        t("Automated"),
        t("Hours of a person"),
        t("30 days before"),
        t("People who know it"),
        t("State and next step"),
      ],
      sorted.map((row) => effortRow(row, act)),
    )}
    <p class="hint">
      ${t(
        "Counted are trainings, deployments and checks of the last 30 days, from jobs, deployments and results. People who know a product are those who changed its pipeline in 180 days.",
      )}
    </p>`;
}

function renderSum(known: readonly OverviewEffort[], products: number): TemplateResult {
  const sum = (of: (effort: OverviewEffort) => number): number => known.reduce((all, effort) => all + of(effort), 0);
  const [manual, automated, hours, before] = [
    sum((one) => one.manual),
    sum((one) => one.automated),
    sum((one) => one.hours),
    sum((one) => one.before.hours),
  ];
  const minutes = [...new Set(known.map(({ minutesPerAction }) => minutesPerAction))];
  return html`<dl class="figures">
      ${figure(t("Hours in 30 days"), hoursText(hours))} ${figure(t("30 days before"), hoursText(before))}
      ${figure(t("Automated"), manual + automated === 0 ? t("nothing done") : percentText(automated / (manual + automated)))}
      ${figure(t("By hand"), formatInteger(manual))}
    </dl>
    <p class="hint">
      ${t(
        "Hours of people's attention: {0}, for {1}. Actions by hand: {2}, of {3} minutes each, as the policy says.",
        hoursText(hours),
        known.length === 1 ? t("1 product") : t("{0} products", formatInteger(known.length)),
        formatInteger(manual),
        minutes.join(t(" or ")),
      )}
      ${known.length === products ? nothing : t("Nothing tells of {0} more.", formatInteger(products - known.length))}
    </p>`;
}

function effortRow(row: OverviewRow, act: Act): readonly unknown[] {
  const { effort, name } = row;
  const state = stateOf(row, "effort");
  const action = state?.action ?? null;
  const figures =
    effort === null
      ? [0, 1, 2, 3, 4].map(() => unknown())
      : [
          formatInteger(effort.manual),
          [formatInteger(effort.automated), effort.untold === 0 ? "" : t("and {0} of which nobody can tell", formatInteger(effort.untold))]
            .filter(Boolean)
            .join(" "),
          hoursText(effort.hours),
          t("{0} h, {1} by hand", hoursText(effort.before.hours), formatInteger(effort.before.manual)),
          effort.busFactor === null ? unknown() : formatInteger(effort.busFactor),
        ];
  return [
    name,
    ...figures,
    state === undefined
      ? unknown()
      : html`<div class="state">
          <div>
            ${renderLight(state.light)}
            <div class="muted">${state.reason}</div>
          </div>
          ${
            action === null
              ? nothing
              : html`<button
                  class="action second"
                  aria-label=${t("{0}: {1}", name, t(action))}
                  @click=${() => act(row, { kind: "challenge", challenge: "effort" })}
                >
                  ${t(action)}
                </button>`
          }
        </div>`,
  ];
}

/** Quieter than a figure, and read aloud as words. */
function unknown(): TemplateResult {
  return html`<span class="muted" title=${t("not known")}
    ><span class="hidden-text">${t("not known")}</span><span aria-hidden="true">—</span></span
  >`;
}
