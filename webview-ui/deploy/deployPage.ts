import { html, nothing, type TemplateResult } from "lit";

import type { DeployForm, DeployPlanView, DeployView } from "../../src/protocol/deploy";
import { t } from "../shared/l10n";
import { failureNotice, notice } from "../shared/notice";
import { PlanningPage } from "../shared/planning/planningPage";
import { buttonStyles, themeStyles } from "../shared/theme";
import { waiting } from "../shared/waiting";
import type { DeployCalls } from "./deployCalls";
import { renderDeployForm } from "./deployForm";
import { deployStyles } from "./deployStyles";
import { renderDeployment } from "./deploymentView";
import { renderDeployPlan } from "./planView";

const EMPTY_FORM: DeployForm = { target: null, version: null, reason: null };

/** A deployment: its plan with the gate and all evidence, and after the start how it goes. */
export class DeployPageElement extends PlanningPage<DeployForm> {
  static override styles = [themeStyles, buttonStyles, ...deployStyles];
  static override properties = {
    view: { attribute: false },
    confirmation: { state: true },
  };

  override host!: DeployCalls;
  view: DeployView | undefined;
  protected override form: DeployForm = EMPTY_FORM;
  private confirmation = "";

  /** Takes what was chosen before a reload, and what another command chose. Whoever types is not disturbed. */
  useTarget(target: unknown): void {
    const form = typeof target === "object" && target !== null && "form" in target ? target.form : null;
    if (!this.isTyping) {
      this.form = typeof form === "object" && form !== null ? { ...EMPTY_FORM, ...(form as Partial<DeployForm>) } : EMPTY_FORM;
    }
  }

  protected override isUnderWay(): boolean {
    return this.view?.isRunning === true;
  }

  override render(): TemplateResult {
    const { view } = this;
    if (view === undefined) {
      return html`<main>${waiting(t("Opening"))}</main>`;
    }
    return html`<main>
      <header class="top">
        <div class="titles">
          <h1>${titleOf(view)}</h1>
          ${this.renderSummary(view)}
        </div>
        <div class="buttons">${view.deployment === null ? this.planButtons(view) : this.deploymentButtons(view)}</div>
      </header>
      <p class="hidden-text" role="status">${this.spoken(view)}</p>
      ${this.renderNotices(view)}
      <div class="body" aria-busy=${String(this.isStale(view))}>${this.renderBody(view)}</div>
    </main>`;
  }

  private renderSummary(view: DeployView): TemplateResult {
    const { plan, deployment, intent } = view;
    if (deployment !== null) {
      return html`<p class="muted">
        ${deployment.facts
          .slice(0, 2)
          .map(({ value }) => value)
          .join(" · ")}
      </p>`;
    }
    if (this.isStale(view)) {
      return this.renderStep(view);
    }
    if (plan === null) {
      return html`<p class="muted">${t("Choose a target and a version. Nothing is changed before you say so.")}</p>`;
    }
    const [first, ...others] = plan.blocked;
    if (first !== undefined) {
      return this.renderBlocked(intent === "rollback" ? t("Cannot go back: {0}", first) : t("Cannot deploy: {0}", first), others.length);
    }
    const isWarned = plan.gate.onlyWarns || plan.gate.result === "warn" || plan.gate.exception !== null;
    if (!isWarned) {
      return this.renderReadiness("pass", "pass-filled", t("Ready. Nothing is changed before you say so."));
    }
    const words = plan.gate.onlyWarns
      ? t("The gate would stop it, and mlops.yaml says that it only warns. {0}", plan.gate.verdict)
      : plan.gate.verdict;
    return this.renderReadiness("warn", "warning", words);
  }

  private planButtons(view: DeployView): TemplateResult {
    const { plan, step, isRunning, intent } = view;
    if (plan === null) {
      return step === null
        ? html`<button class="action second" @click=${() => this.call(this.host.replan())}>${t("Plan again")}</button>`
        : html`<button class="action second" @click=${() => this.call(this.host.cancelPlanning())}>${t("Cancel")}</button>`;
    }
    const isBusy = this.isStale(view);
    const canStart = !isBusy && plan.blocked.length === 0 && this.isConfirmed(plan);
    const { hash } = plan;
    const label = intent === "rollback" ? t("Roll back to version {0}", plan.version) : t("Deploy version {0}", plan.version);
    return html`
      ${
        plan.confirmBy === null || plan.blocked.length > 0
          ? nothing
          : html`<label class="confirm"
              ><span>${t("Type {0} to confirm", plan.confirmBy)}</span
              ><input
                type="text"
                autocomplete="off"
                spellcheck="false"
                .value=${this.confirmation}
                ?readonly=${isRunning}
                @input=${(event: Event) => (this.confirmation = (event.target as HTMLInputElement).value)}
                @keydown=${(event: KeyboardEvent) => event.key === "Enter" && canStart && this.start(hash)}
            /></label>`
      }
      <button
        class="action"
        aria-disabled=${String(!canStart)}
        aria-describedby="why-not"
        title=${plan.blocked.join("\n")}
        @click=${() => canStart && this.start(hash)}
      >
        ${label}
      </button>
      ${
        isBusy
          ? html`<button class="action second" @click=${() => this.call(this.host.cancelPlanning())}>${t("Cancel")}</button>`
          : html`<button class="action second" @click=${() => this.call(this.host.replan())}>${t("Plan again")}</button>`
      }
      ${this.renderExports(hash, isBusy)}
    `;
  }

  private deploymentButtons({ deployment, isRunning }: DeployView): TemplateResult {
    if (deployment === null) {
      return html``;
    }
    return html`
      ${isRunning ? html`<button class="action second" @click=${() => this.call(this.host.cancel())}>${t("Cancel and go back")}</button>` : nothing}
      ${!isRunning && deployment.canRollBack ? html`<button class="action" @click=${() => this.call(this.host.rollBack())}>${t("Roll back…")}</button>` : nothing}
      ${isRunning ? nothing : html`<button class="action second" @click=${() => this.call(this.host.again())}>${t("Deploy again…")}</button>`}
    `;
  }

  private renderNotices(view: DeployView): TemplateResult {
    return html`<div class="notices">
      ${failureNotice(view.failure)} ${view.notice === null ? nothing : notice({ kind: "warning", words: view.notice, isAlert: true })}
      ${this.renderFailure()}
    </div>`;
  }

  private renderBody(view: DeployView): TemplateResult {
    const openEvidence = (file: string, line: number | null): void => this.call(this.host.openEvidence({ file, line }));
    if (view.deployment !== null) {
      return renderDeployment({ deployment: view.deployment, log: view.log, now: this.now });
    }
    const { choices, plan, step } = view;
    return html`<div class="columns">
      ${renderDeployForm({
        ...{ choices, plan, form: this.form, intent: view.intent, isBusy: view.isRunning },
        change: (form) => this.change(form),
        openConfig: () => this.call(this.host.openConfig()),
      })}
      <div class=${this.isStale(view) ? "stale" : ""}>
        ${
          plan === null
            ? step === null
              ? html``
              : waiting(t(step))
            : renderDeployPlan({
                ...{ plan, openEvidence },
                requestSignOff: () => this.call(this.host.requestSignOff()),
                openCompliance: () => this.call(this.host.openCompliance()),
              })
        }
      </div>
    </div>`;
  }

  /** What a screen reader is told when it changes. */
  private spoken(view: DeployView): string {
    const { plan, deployment } = view;
    if (deployment !== null) {
      const running = deployment.steps.find(({ state }) => state === "running");
      return [t(deployment.label), running?.text ?? deployment.message ?? ""].filter(Boolean).join(". ");
    }
    if (this.isStale(view)) {
      return t("Planning…");
    }
    return plan === null ? "" : plan.blocked.length === 0 ? plan.gate.verdict : t("Cannot deploy: {0}", plan.blocked.join(" "));
  }

  private isConfirmed({ confirmBy }: DeployPlanView): boolean {
    return confirmBy === null || this.confirmation.trim() === confirmBy;
  }

  private start(hash: string): void {
    const confirmation = this.confirmation.trim();
    this.confirmation = "";
    this.call(this.host.start({ hash, confirmation }));
  }
}

function titleOf({ intent, product, deployment }: DeployView): string {
  if (intent === "rollback") {
    return deployment === null ? t("Roll back {0}", product) : t("Way back of {0}", product);
  }
  return deployment === null ? t("Deploy {0}", product) : t("Deployment of {0}", product);
}

customElements.define("mlops-deploy", DeployPageElement);
