import { html, nothing, type TemplateResult } from "lit";

import type { DeployCheckView, DeployPlanView, DeployStepView } from "../../src/protocol/deploy";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { CHECK_LOOKS, checkList, worstFirst } from "../shared/planning/checkList";
import { codeBlock } from "../shared/planning/codeBlock";
import { factList } from "../shared/planning/factList";
import { verdict, warning } from "../shared/planning/verdict";
import { wordTable } from "../shared/wordTable";

export interface DeployPlanProps {
  readonly plan: DeployPlanView;
  readonly openEvidence: (file: string, line: number | null) => void;
  readonly requestSignOff: () => void;
  readonly openCompliance: () => void;
}

/** The whole plan in the order in which people ask: may it go, what changes, what is done, and how it goes back. */
export function renderDeployPlan(props: DeployPlanProps): TemplateResult {
  const { plan } = props;
  return html`<div class="plan">
    ${renderGate(props)} ${renderDifferences(plan)}
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">${t("What is done")}</h2>
      ${steps(plan.steps)}
      <p class="muted">
        ${
          plan.scoring === null
            ? t("Afterwards the health is asked and the target is looked at again.")
            : t(
                "Afterwards the health is asked, one real request with the model's input example is scored, and the target is looked at again.",
              )
        }
      </p>
      ${
        plan.scoring === null
          ? nothing
          : html`<details>
              <summary>${t("The request that is scored")}</summary>
              ${codeBlock(t("The request that is scored"), plan.scoring)}
            </details>`
      }
    </section>
    <section aria-labelledby="back-title">
      <h2 id="back-title">${t("If something fails")}</h2>
      ${
        plan.wayBack.length === 0
          ? warning(t("There is nothing to go back to: what was done stays, and you are told."))
          : html`<p>${t("It goes back by itself:")}</p>
              ${steps(plan.wayBack)}`
      }
    </section>
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">${t("Model, place and commit")}</h2>
      ${factList(plan.facts)}
    </section>
  </div>`;
}

function renderGate({ plan, openEvidence, requestSignOff, openCompliance }: DeployPlanProps): TemplateResult {
  const { gate, checks } = plan;
  const all = [...gate.checks, ...checks];
  const open = worstFirst(all.filter(({ result }) => result !== "pass"));
  const fine = all.filter(({ result }) => result === "pass");
  const { icon: name, style } = CHECK_LOOKS[gate.result];
  return html`<section class="gate ${style}" aria-labelledby="gate-title">
    <h2 id="gate-title">${t("Gate")}</h2>
    ${verdict(style, name, `${gate.verdict}${gate.onlyWarns ? ` ${t("The file says that the gate only warns.")}` : ""}`)}
    ${gate.exception === null ? nothing : html`<p class="verdict block exception">${icon("error")}<span>${gate.exception}</span></p>`}
    ${gateChecks(open, openEvidence)}
    <div class="row">
      ${open.some(({ title }) => title.startsWith("sign-off:")) ? html`<button class="action second" @click=${requestSignOff}>${t("Request sign-off…")}</button>` : nothing}
      <button class="link" @click=${openCompliance}>${t("Open compliance page")}</button>
    </div>
    ${
      fine.length === 0
        ? nothing
        : html`<details ?open=${open.length === 0}>
            <summary>${fine.length === 1 ? t("1 check is fine") : t("{0} checks are fine", fine.length)}</summary>
            ${gateChecks(fine, openEvidence)}
          </details>`
    }
  </section>`;
}

function gateChecks(checks: readonly DeployCheckView[], openEvidence: DeployPlanProps["openEvidence"]): TemplateResult {
  return checkList(
    checks,
    ({ message, title }) => html`${message} <code class="check-id">${title}</code>`,
    ({ evidence }) =>
      evidence.length === 0
        ? nothing
        : html`<span class="evidence"
            >${evidence.map(({ text, file, line }) => (file === null ? html`<span>${text}</span>` : html`<button class="link" @click=${() => openEvidence(file, line)}>${text}</button>`))}</span
          >`,
  );
}

function renderDifferences({ differences, previous, version }: DeployPlanView): TemplateResult {
  if (previous === null) {
    return html``;
  }
  return html`<section aria-labelledby="differences-title">
    <h2 id="differences-title">${t("Version {0} beside version {1}", version, previous)}</h2>
    ${
      differences.length === 0
        ? html`<p class="muted">${t("Nothing is known that differs.")}</p>`
        : wordTable(
            t("Table: {0}", t("Differences")),
            [t("What"), t("Name"), t("Version {0}", previous), t("Version {0}", version), t("Verdict")],
            differences.map(({ group, name, before, after, verdict }) => [
              t(group),
              name,
              before === "" ? t("none") : before,
              after === "" ? t("none") : after,
              verdict === ""
                ? ""
                : html`<span class="state ${verdict === "better" ? "pass" : "fail"}"
                    >${icon(verdict === "better" ? "arrow-up" : "arrow-down")} ${t(verdict)}</span
                  >`,
            ]),
          )
    }
  </section>`;
}

function steps(list: readonly DeployStepView[]): TemplateResult {
  return html`<ol class="steps">
    ${list.map(
      ({ text, risk, action }) =>
        html`<li>
          ${text}${risk === null ? nothing : html`<span class="risk">${icon("warning")}<span>${risk}</span></span>`}
          ${action === "" ? nothing : codeBlock(t("Exactly: {0}", text), action)}
        </li>`,
    )}
  </ol>`;
}
