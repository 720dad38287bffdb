import { html, nothing, type TemplateResult } from "lit";

import type { DeployCheckView, DeployPlanView, DeployResult, DeployStepView } from "../../src/protocol/deploy";
import type { IconName } from "../shared/icons";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { facts, table } from "../retrain/planView";

export interface DeployPlanProps {
  readonly plan: DeployPlanView;
  readonly openEvidence: (file: string, line: number | null) => void;
  readonly requestSignOff: () => void;
  readonly openCompliance: () => void;
}

export const RESULTS: Readonly<Record<DeployResult, { readonly icon: IconName; readonly word: string; readonly style: string }>> = {
  block: { icon: "error", word: "Blocks", style: "block" },
  could_not_judge: { icon: "question", word: "Could not judge", style: "block" },
  warn: { icon: "warning", word: "Warning", style: "warn" },
  pass: { icon: "pass-filled", word: "Fine", style: "pass" },
};

/** What has to be mended first stands first. */
const ORDER: readonly DeployResult[] = ["block", "could_not_judge", "warn", "pass"];

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
              <pre class="code" tabindex="0" role="region" aria-label=${t("The request that is scored")}>${plan.scoring}</pre>
            </details>`
      }
    </section>
    <section aria-labelledby="back-title">
      <h2 id="back-title">${t("If something fails")}</h2>
      ${
        plan.wayBack.length === 0
          ? html`<p class="verdict warn">
              ${icon("warning")}<span>${t("There is nothing to go back to: what was done stays, and you are told.")}</span>
            </p>`
          : html`<p>${t("It goes back by itself:")}</p>
              ${steps(plan.wayBack)}`
      }
    </section>
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">${t("Model, place and commit")}</h2>
      ${facts(plan.facts)}
    </section>
  </div>`;
}

function renderGate({ plan, openEvidence, requestSignOff, openCompliance }: DeployPlanProps): TemplateResult {
  const { gate, checks } = plan;
  const all = [...gate.checks, ...checks];
  const open = all.filter(({ result }) => result !== "pass").sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  const fine = all.filter(({ result }) => result === "pass");
  const { icon: name, style } = RESULTS[gate.result];
  return html`<section class="gate ${style}" aria-labelledby="gate-title">
    <h2 id="gate-title">${t("Gate")}</h2>
    <p class="verdict ${style}">
      ${icon(name)}<span>${gate.verdict}${gate.onlyWarns ? ` ${t("The file says that the gate only warns.")}` : ""}</span>
    </p>
    ${gate.exception === null ? nothing : html`<p class="verdict block exception">${icon("error")}<span>${gate.exception}</span></p>`}
    ${checkList(open, openEvidence)}
    <div class="row">
      ${open.some(({ title }) => title.startsWith("sign-off:")) ? html`<button class="action second" @click=${requestSignOff}>${t("Request sign-off…")}</button>` : nothing}
      <button class="link" @click=${openCompliance}>${t("Open compliance page")}</button>
    </div>
    ${
      fine.length === 0
        ? nothing
        : html`<details ?open=${open.length === 0}>
            <summary>${fine.length === 1 ? t("1 check is fine") : t("{0} checks are fine", fine.length)}</summary>
            ${checkList(fine, openEvidence)}
          </details>`
    }
  </section>`;
}

function checkList(checks: readonly DeployCheckView[], openEvidence: DeployPlanProps["openEvidence"]): TemplateResult {
  return html`<ul class="checks">
    ${checks.map(({ result, title, message, remedy, evidence }) => {
      const { icon: name, word, style } = RESULTS[result];
      return html`<li class=${style}>
        ${icon(name)}
        <div>
          <span class="hidden-text">${t(word)}:</span> ${message} <code class="check-id">${title}</code>
          ${remedy === null ? nothing : html`<span class="remedy">${remedy}</span>`}
          ${
            evidence.length === 0
              ? nothing
              : html`<span class="evidence"
                  >${evidence.map(({ text, file, line }) => (file === null ? html`<span>${text}</span>` : html`<button class="link" @click=${() => openEvidence(file, line)}>${text}</button>`))}</span
                >`
          }
        </div>
      </li>`;
    })}
  </ul>`;
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
        : table(
            t("Differences"),
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
          ${action === "" ? nothing : html`<pre class="code" tabindex="0" role="region" aria-label=${t("Exactly: {0}", text)}>${action}</pre>`}
        </li>`,
    )}
  </ol>`;
}
