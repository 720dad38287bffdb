import { html, nothing, type TemplateResult } from "lit";

import type { DeployResult, DeployState, DeploymentStepView, DeploymentView } from "../../src/protocol/deploy";
import { formatDateTime, formatDuration } from "../shared/format";
import type { IconName } from "../shared/icons";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { CHECK_LOOKS } from "../shared/planning/checkList";
import { codeBlock, logBlock } from "../shared/planning/codeBlock";
import { factList } from "../shared/planning/factList";
import { figure, tookFigure } from "../shared/planning/figure";
import { verdict, warning } from "../shared/planning/verdict";

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

const STEPS: Readonly<Record<DeploymentStepView["state"], { readonly icon: IconName; readonly style: string }>> = {
  pending: { icon: "clock", style: "" },
  running: { icon: "sync", style: "running" },
  done: { icon: "pass-filled", style: "succeeded" },
  failed: { icon: "error", style: "failed" },
  skipped: { icon: "circle-slash", style: "" },
};

/** How a deployment goes, step by step, and what came of it. */
export function renderDeployment({ deployment, log, now }: DeploymentProps): TemplateResult {
  const { state, label, message, steps, health, scoring, startedAt, endedAt } = deployment;
  const took = Math.max(0, (endedAt ?? now) - startedAt);
  return html`<div class="job">
    <section class="state ${STATES[state].style}" aria-labelledby="state-title">
      <h2 id="state-title">${icon(STATES[state].icon)} ${t(label)}</h2>
      ${message === null ? nothing : html`<p>${message}</p>`}
      ${deployment.isInterrupted ? warning(t("Whoever carried it out was stopped. Deploy again to finish it, or roll back.")) : nothing}
      <dl class="figures">${figure(t("Started"), formatDateTime(startedAt))} ${tookFigure(took, endedAt !== null)}</dl>
    </section>
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">${t("Step by step")}</h2>
      <ol class="tasks">
        ${steps.map(
          (step) =>
            html`<li class=${STEPS[step.state].style}>
              ${icon(STEPS[step.state].icon)}
              <div>
                <span>${step.text}</span> <span class="muted">${t(step.label)}${stepTook(step)}</span>
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
            ${health === null ? nothing : judged(health.result, health.message)}
            ${scoring === null ? nothing : judged(scoring.ok ? "pass" : "block", scoring.message)}
            ${scoring?.answer == null ? nothing : codeBlock(t("Answer of the model"), scoring.answer)}
          </section>`
    }
    ${
      log === ""
        ? nothing
        : html`<section aria-labelledby="log-title">
            <h2 id="log-title">${t("Log")}</h2>
            ${logBlock(log)}
          </section>`
    }
    <section aria-labelledby="about-title">
      <h2 id="about-title">${t("About this deployment")}</h2>
      ${factList(deployment.facts)}
    </section>
  </div>`;
}

function judged(result: DeployResult, words: string): TemplateResult {
  const { icon: name, style } = CHECK_LOOKS[result];
  return verdict(style, name, words);
}

function stepTook({ startedAt, endedAt }: DeploymentStepView): string {
  return startedAt === null || endedAt === null ? "" : ` · ${formatDuration(Math.max(0, endedAt - startedAt))}`;
}
