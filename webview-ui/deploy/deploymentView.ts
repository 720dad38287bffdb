import { html, nothing, type TemplateResult } from "lit";

import type { DeployState, DeploymentStepView, DeploymentView } from "../../src/protocol/deploy";
import { facts } from "../retrain/planView";
import { formatDateTime, formatDuration } from "../shared/format";
import type { IconName } from "../shared/icons";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { RESULTS } from "./planView";

export interface DeploymentProps {
  readonly deployment: DeploymentView;
  readonly log: string;
  readonly now: number;
}

const STATES: Readonly<Record<DeployState, { readonly icon: IconName; readonly style: string }>> = {
  running: { icon: "sync", style: "running" },
  succeeded: { icon: "pass-filled", style: "succeeded" },
  failed: { icon: "error", style: "failed" },
  rolled_back: { icon: "discard", style: "failed" },
  interrupted: { icon: "warning", style: "warn" },
  cancelled: { icon: "circle-slash", style: "" },
};

const STEP_ICONS: Readonly<Record<DeploymentStepView["state"], IconName>> = {
  pending: "clock",
  running: "sync",
  done: "pass-filled",
  failed: "error",
  skipped: "circle-slash",
};
const STEP_STYLES: Readonly<Record<DeploymentStepView["state"], string>> = {
  pending: "",
  running: "running",
  done: "succeeded",
  failed: "failed",
  skipped: "",
};

/** How a deployment goes, step by step, and what came of it. */
export function renderDeployment({ deployment, log, now }: DeploymentProps): TemplateResult {
  const { state, label, message, steps, health, scoring, startedAt, endedAt } = deployment;
  const took = Math.max(0, (endedAt ?? now) - startedAt);
  return html`<div class="job">
    <section class="state ${STATES[state].style}" aria-labelledby="state-title">
      <h2 id="state-title">${icon(STATES[state].icon)} ${t(label)}</h2>
      ${message === null ? nothing : html`<p>${message}</p>`}
      ${deployment.isInterrupted ? html`<p class="verdict warn">${icon("warning")}<span>${t("Whoever carried it out was stopped. Deploy again to finish it, or roll back.")}</span></p>` : nothing}
      <dl class="figures">
        <div>
          <dt>${t("Started")}</dt>
          <dd>${formatDateTime(startedAt)}</dd>
        </div>
        <div>
          <dt>${endedAt === null ? t("Running for") : t("Took")}</dt>
          <dd>${formatDuration(endedAt === null ? Math.floor(took / 1000) * 1000 : took)}</dd>
        </div>
      </dl>
    </section>
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">${t("Step by step")}</h2>
      <ol class="tasks">
        ${steps.map(
          (step) =>
            html`<li class=${STEP_STYLES[step.state]}>
              ${icon(STEP_ICONS[step.state])}
              <div>
                <span>${step.text}</span> <span class="muted">${t(step.label)}${took1(step)}</span>
                ${step.message === null ? nothing : html`<span class="remedy">${step.message}</span>`}
              </div>
            </li>`,
        )}
      </ol>
    </section>
    ${
      health === null && scoring === null
        ? nothing
        : html`<section aria-labelledby="works-title">
            <h2 id="works-title">${t("Does it work?")}</h2>
            ${health === null ? nothing : html`<p class="verdict ${RESULTS[health.result].style}">${icon(RESULTS[health.result].icon)}<span>${health.message}</span></p>`}
            ${scoring === null ? nothing : html`<p class="verdict ${scoring.ok ? "pass" : "block"}">${icon(scoring.ok ? "pass-filled" : "error")}<span>${scoring.message}</span></p>`}
            ${scoring?.answer == null ? nothing : html`<pre class="code" tabindex="0" role="region" aria-label=${t("Answer of the model")}>${scoring.answer}</pre>`}
          </section>`
    }
    ${
      log === ""
        ? nothing
        : html`<section aria-labelledby="log-title">
            <h2 id="log-title">${t("Log")}</h2>
            <pre class="code log" tabindex="0" role="log" aria-live="off" aria-label=${t("Last lines of the log")}>${log}</pre>
          </section>`
    }
    <section aria-labelledby="about-title">
      <h2 id="about-title">${t("About this deployment")}</h2>
      ${facts(deployment.facts)}
    </section>
  </div>`;
}

function took1({ startedAt, endedAt }: DeploymentStepView): string {
  return startedAt === null || endedAt === null ? "" : ` · ${formatDuration(Math.max(0, endedAt - startedAt))}`;
}
