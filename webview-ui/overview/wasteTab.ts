import { html, nothing, type TemplateResult } from "lit";

import type { OverviewCosts, OverviewRun, OverviewWaste } from "../../src/protocol/overview";
import { formatInteger } from "../shared/format";
import { t } from "../shared/l10n";
import { moneyText } from "../shared/moneyText";
import { figure } from "../shared/planning/figure";
import { wordTable } from "../shared/wordTable";
import { hoursText, named, percentText, runsText, sumText, unpricedText } from "./overviewText";

export type OpenRun = (run: OverviewRun) => void;

const KINDS: Readonly<Record<OverviewWaste["kind"], string>> = {
  redundant: "Made again what was there",
  long_failure: "Failed after a long time",
  no_result: "Left no model and no metric",
  dead: "Says it runs, but died",
};

/** What nobody needed: runs that repeated others, failed late or died, and GPUs that waited. */
export function renderWaste({ waste, idle, currency, folder }: OverviewCosts, openRun: OpenRun): TemplateResult {
  const { groups, total, cannotTell, moreGroups } = waste;
  return html`<dl class="figures">
      ${figure(t("Wasted"), sumText(total))} ${figure(t("Runs"), formatInteger(total.runs))} ${figure(t("Hours"), hoursText(total.hours))}
      ${figure(t("GPU time idle"), idle.share === null ? t("not measured") : percentText(idle.share))}
    </dl>
    ${unpricedText(total) === "" ? nothing : html`<p class="hint">${unpricedText(total)}</p>`}
    ${groups.length === 0 ? html`<p class="hint">${t("No run is known to be waste.")}</p>` : groups.map((group) => renderGroup(group, openRun))}
    ${moreGroups === 0 ? nothing : html`<p class="hint">${t("and {0} more groups, which cost less", formatInteger(moreGroups))}</p>`}
    ${
      cannotTell.length === 0
        ? nothing
        : html`<h2>${t("Cannot tell")}</h2>
            ${wordTable(
              named(t("Runs of which nobody can tell whether they repeated another"), folder),
              [t("Why"), t("Runs")],
              cannotTell.map(({ why, runs }) => [why, formatInteger(runs)]),
            )}`
    }
    <h2>${t("Idle GPUs")}</h2>
    ${renderIdle({ idle, currency, folder }, openRun)}`;
}

function renderGroup({ kind, reason, remedy, runs, moreRuns, waste }: OverviewWaste, openRun: OpenRun): TemplateResult {
  return html`<div class="waste" role="group" aria-label=${reason}>
    <p><b>${t(KINDS[kind])}</b> · ${[runsText(waste.runs), t("{0} h", hoursText(waste.hours)), sumText(waste)].join(", ")}</p>
    <p>${reason}</p>
    <p>${remedy}</p>
    <ul class="runs" aria-label=${t("Runs")}>
      ${runs.map((run, index) => html`<li>${runLink(run, openRun)}${kind === "redundant" && index === 0 ? html` ${t("(the first)")}` : nothing}</li>`)}
      ${moreRuns === 0 ? nothing : html`<li class="muted">${t("and {0} more", formatInteger(moreRuns))}</li>`}
    </ul>
  </div>`;
}

function renderIdle({ idle, currency, folder }: Pick<OverviewCosts, "idle" | "currency" | "folder">, openRun: OpenRun): TemplateResult {
  const unknown = [
    idle.unmeasuredRuns === 0
      ? ""
      : t("Nothing was logged of GPUs: {0}. That is not idle, it is not known.", runsText(idle.unmeasuredRuns)),
    idle.unknownGpus === 0
      ? ""
      : t("GPUs of which only the memory was logged, so that their use is not known: {0}.", formatInteger(idle.unknownGpus)),
    idle.unpricedHours === 0 ? "" : t("No price is known for {0} idle hours.", hoursText(idle.unpricedHours)),
  ].filter(Boolean);
  return html`${
    idle.share === null
      ? html`<p class="hint">${t("No run logged how its GPUs were used. MLflow does with mlflow.enable_system_metrics_logging().")}</p>`
      : html`<p>
          ${t(
            "{0} of {1} measured GPU hours were idle ({2}), {3} of them with memory held. They cost {4}.",
            hoursText(idle.idleHours),
            hoursText(idle.hours),
            percentText(idle.share),
            hoursText(idle.parkedHours),
            idle.unpricedHours > 0 && idle.amount === 0 ? t("nobody knows how much") : moneyText(idle.amount, currency),
          )}
        </p>`
  }
  ${unknown.map((words) => html`<p class="hint">${words}</p>`)}
  ${
    idle.runs.length === 0
      ? nothing
      : wordTable(
          named(t("Runs with idle GPUs"), folder),
          [t("Run"), t("Idle"), t("Idle hours"), t("Memory held"), t("Cost")],
          idle.runs.map((run) => [
            runLink(run, openRun),
            percentText(run.share),
            hoursText(run.idleHours),
            hoursText(run.parkedHours),
            run.amount === null ? t("no price known") : moneyText(run.amount, currency),
          ]),
        )
  }
  ${idle.moreRuns === 0 ? nothing : html`<p class="hint">${t("and {0} more", formatInteger(idle.moreRuns))}</p>`}`;
}

function runLink(run: OverviewRun, openRun: OpenRun): TemplateResult {
  return html`<button class="link" @click=${() => openRun(run)}>${run.name === "" ? run.runId.slice(0, 8) : run.name}</button>`;
}
