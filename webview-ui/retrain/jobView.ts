import { html, nothing, type TemplateResult } from "lit";

import type { JobPage, RetrainJobState, RetrainKpi, RetrainLog, RetrainRunRef } from "../../src/protocol/retrain";
import { formatDateTime } from "../shared/format";
import type { IconName } from "../shared/icons";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { moneyText } from "../shared/moneyText";
import { logBlock } from "../shared/planning/codeBlock";
import { factList } from "../shared/planning/factList";
import { figure, tookFigure } from "../shared/planning/figure";
import { verdict, warning } from "../shared/planning/verdict";
import { wordTable } from "../shared/wordTable";

export interface JobProps {
  readonly job: JobPage;
  readonly log: RetrainLog;
  readonly now: number;
  readonly openRun: (run: RetrainRunRef) => void;
  readonly openLog: () => void;
  readonly openWeb: () => void;
}

const JOB_ICONS: Readonly<Record<RetrainJobState, IconName>> = {
  claimed: "clock",
  queued: "clock",
  running: "sync",
  succeeded: "pass-filled",
  failed: "error",
  cancelled: "circle-slash",
  unknown: "question",
  refused: "error",
};

/** How a training goes, and what came of it. */
export function renderJob(props: JobProps): TemplateResult {
  const { job, now } = props;
  const took = job.startedAt === null ? null : Math.max(0, (job.endedAt ?? now) - job.startedAt);
  const cost = job.price === null || took === null || job.outcome !== null ? null : (took / 3_600_000) * job.price.perHour;
  return html`<div class="job">
    <section class="state ${job.state}" aria-labelledby="state-title">
      <h2 id="state-title">${icon(JOB_ICONS[job.state])} ${job.isCancelling ? t("Being cancelled") : t(job.label)}</h2>
      ${job.message === null ? nothing : html`<p>${job.message}</p>`} ${job.problem === null ? nothing : warning(job.problem)}
      ${
        job.isOver
          ? nothing
          : job.progress === null
            ? html`<progress aria-label=${t("Progress")}></progress>`
            : html`<progress max="1" .value=${job.progress} aria-label=${t("Progress")}></progress>
                <span class="percent">${t("{0} %", Math.round(job.progress * 100))}</span>`
      }
      <dl class="figures">
        ${figure(t("Asked for"), formatDateTime(job.createdAt))} ${took === null ? nothing : tookFigure(took, job.isOver)}
        ${cost === null || job.price === null ? nothing : figure(job.isOver ? t("Cost") : t("Cost so far"), t("about {0}", moneyText(cost, job.price.currency)))}
      </dl>
      ${
        job.tasks.length === 0
          ? nothing
          : html`<ul class="tasks" aria-label=${t("Tasks")}>
              ${job.tasks.map(({ name, state, label }) => html`<li class=${state}>${icon(JOB_ICONS[state])}<span>${name}</span> <span class="muted">${t(label)}</span></li>`)}
            </ul>`
      }
    </section>
    ${renderOutcome(props)}
    <section aria-labelledby="log-title">
      <div class="section-head">
        <h2 id="log-title">${t("Log")}</h2>
        <button class="link" @click=${props.openLog}>${t("Open log")}</button>
      </div>
      ${renderLog(props)}
    </section>
    <section aria-labelledby="about-title">
      <h2 id="about-title">${t("About this training")}</h2>
      ${factList(job.facts)}
      ${job.webUrl === null ? nothing : html`<button class="link" @click=${props.openWeb}>${icon("link-external")} ${t("Open in the browser")}</button>`}
    </section>
  </div>`;
}

function renderLog({ log, job }: JobProps): TemplateResult {
  return html`${log.problem === null ? nothing : warning(log.problem)}
  ${log.isCut ? html`<p class="muted">${t("Only the last lines are shown here.")}</p>` : nothing}
  ${
    log.text === ""
      ? html`<p class="muted">${job.isOver ? t("Nothing was written.") : t("Nothing was written yet.")}</p>`
      : logBlock(log.text)
  }`;
}

const KPI_ICONS: Readonly<Record<RetrainKpi["status"], IconName>> = {
  pass: "pass-filled",
  warn: "warning",
  fail: "error",
  unknown: "question",
};

function renderOutcome({ job, openRun }: JobProps): TemplateResult {
  const { outcome } = job;
  if (outcome === null) {
    return job.isOver && job.state !== "refused" && job.problem === null
      ? html`<p class="muted">${icon("loading")} ${t("Looking for its runs and KPIs")}</p>`
      : html``;
  }
  return html`<section aria-labelledby="outcome-title" class="outcome">
    <h2 id="outcome-title">${t("What came of it")}</h2>
    ${outcome.kpis.length === 0 ? nothing : verdict(outcome.result === "fail" ? "block" : outcome.result, KPI_ICONS[outcome.result], outcome.verdict)}
    ${
      outcome.kpis.length === 0
        ? nothing
        : wordTable(
            t("Table: {0}", t("KPIs")),
            [t("KPI"), t("Value"), t("Target"), t("Verdict"), ...(outcome.hasChampion ? [t("Champion"), t("Compared")] : [])],
            outcome.kpis.map(({ name, value, target, status, label, champion, comparison }) => [
              name,
              value === "" ? t("none") : value,
              target === "" ? t("none") : target,
              html`<span class="state ${status}">${icon(KPI_ICONS[status])} ${t(label)}</span>`,
              ...(outcome.hasChampion ? [champion === "" ? t("none") : champion, comparison === "" ? "" : t(comparison)] : []),
            ]),
          )
    }
    ${
      outcome.runs.length === 0
        ? nothing
        : html`<h3>${outcome.runs.length === 1 ? t("Run") : t("Runs")}</h3>
            <ul class="runs">
              ${outcome.runs.map((run) => html`<li><button class="link" @click=${() => openRun(run)}>${run.name}</button> <span class="muted">${run.status}</span></li>`)}
            </ul>`
    }
    ${outcome.facts.length === 0 ? nothing : factList(outcome.facts)} ${outcome.notes.map((note) => verdict("none", "info", note))}
  </section>`;
}
