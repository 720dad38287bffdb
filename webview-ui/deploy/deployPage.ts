import { html, LitElement, nothing, type TemplateResult } from "lit";

import type { DeployForm, DeployPlanView, DeployView } from "../../src/protocol/deploy";
import { errorText } from "../shared/errorText";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { DeployCalls } from "./deployCalls";
import { renderDeployForm } from "./deployForm";
import { deployStyles } from "./deployStyles";
import { renderDeployment } from "./deploymentView";
import { renderDeployPlan } from "./planView";

/** Somebody who types has not finished; a plan a letter would only cost. */
const PAUSE_MS = 500;
const TICK_MS = 1000;
const EMPTY_FORM: DeployForm = { target: null, version: null, reason: null };

/** A deployment: its plan with the gate and all evidence, and after the start how it goes. */
export class DeployPageElement extends LitElement {
  static override styles = [themeStyles, buttonStyles, ...deployStyles];
  static override properties = {
    view: { attribute: false },
    form: { state: true },
    confirmation: { state: true },
    isTyping: { state: true },
    failure: { state: true },
    now: { state: true },
  };

  host!: DeployCalls;
  view: DeployView | undefined;
  private form: DeployForm = EMPTY_FORM;
  private confirmation = "";
  /** Something was changed that the host does not know yet. */
  private isTyping = false;
  private failure: string | null = null;
  private now = Date.now();
  private pause: ReturnType<typeof setTimeout> | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;

  /** Takes what was chosen before a reload, and what another command chose. Whoever types is not disturbed. */
  useTarget(target: unknown): void {
    const form = typeof target === "object" && target !== null && "form" in target ? target.form : null;
    if (!this.isTyping) {
      this.form = typeof form === "object" && form !== null ? { ...EMPTY_FORM, ...(form as Partial<DeployForm>) } : EMPTY_FORM;
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tick = setInterval(() => {
      if (this.view?.isRunning === true) {
        this.now = Date.now();
      }
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.tick);
    clearTimeout(this.pause);
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
      <div class="body" aria-busy=${String(view.step !== null || this.isTyping)}>${this.renderBody(view)}</div>
    </main>`;
  }

  private renderSummary({ plan, deployment, step, intent }: DeployView): TemplateResult {
    if (deployment !== null) {
      return html`<p class="muted">
        ${deployment.facts
          .slice(0, 2)
          .map(({ value }) => value)
          .join(" · ")}
      </p>`;
    }
    if (step !== null || this.isTyping) {
      return html`<p class="summary">${icon("loading")}<span>${step ?? t("Planning…")}</span></p>`;
    }
    if (plan === null) {
      return html`<p class="muted">${t("Choose a target and a version. Nothing is changed before you say so.")}</p>`;
    }
    const [first, ...others] = plan.blocked;
    if (first !== undefined) {
      const more =
        others.length === 0 ? "" : ` ${others.length === 1 ? t("And one more reason.") : t("And {0} more reasons.", others.length)}`;
      return html`<p class="summary block" id="why-not">
        ${icon("circle-slash")}<span
          >${intent === "rollback" ? t("Cannot go back: {0}", first) : t("Cannot deploy: {0}", first)}${more}</span
        >
      </p>`;
    }
    const isWarned = plan.gate.onlyWarns || plan.gate.result === "warn" || plan.gate.exception !== null;
    const words = plan.gate.onlyWarns
      ? t("The gate would stop it, and mlops.yaml says that it only warns. {0}", plan.gate.verdict)
      : plan.gate.verdict;
    return html`<p class="summary ${isWarned ? "warn" : "pass"}" id="why-not">
      ${icon(isWarned ? "warning" : "pass-filled")}<span>${isWarned ? words : t("Ready. Nothing is changed before you say so.")}</span>
    </p>`;
  }

  private planButtons({ plan, step, isRunning, intent }: DeployView): TemplateResult {
    if (plan === null) {
      return step === null
        ? html`<button class="action second" @click=${() => this.call(this.host.replan())}>${t("Plan again")}</button>`
        : html`<button class="action second" @click=${() => this.call(this.host.cancelPlanning())}>${t("Cancel")}</button>`;
    }
    const isBusy = step !== null || this.isTyping;
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
      <button
        class="tool"
        ?disabled=${isBusy}
        title=${t("Save the plan as Markdown")}
        @click=${() => this.call(this.host.exportPlan({ hash, to: "file" }))}
      >
        ${icon("save")}<span>${t("Save as…")}</span>
      </button>
      <button
        class="tool"
        ?disabled=${isBusy}
        title=${t("Copy the plan as Markdown")}
        @click=${() => this.call(this.host.exportPlan({ hash, to: "clipboard" }))}
      >
        ${icon("copy")}<span>${t("Copy")}</span>
      </button>
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

  private renderNotices({ failure, notice }: DeployView): TemplateResult {
    return html`<div class="notices">
      ${
        failure === null
          ? nothing
          : html`<div class="notice error" role="alert">
              ${icon("error")}<span class="words"><b>${failure.message}</b> ${failure.remedy ?? ""}</span>
            </div>`
      }
      ${notice === null ? nothing : html`<div class="notice" role="alert">${icon("warning")}<span class="words">${notice}</span></div>`}
      ${
        this.failure === null
          ? nothing
          : html`<div class="notice error" role="alert">
              ${icon("error")}<span class="words">${this.failure}</span>
              <button class="tool" aria-label=${t("Dismiss")} title=${t("Dismiss")} @click=${() => (this.failure = null)}>
                ${icon("close")}
              </button>
            </div>`
      }
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
      <div class=${step !== null || this.isTyping ? "stale" : ""}>
        ${
          plan === null
            ? step === null
              ? html``
              : waiting(step)
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
  private spoken({ plan, deployment, step }: DeployView): string {
    if (deployment !== null) {
      const running = deployment.steps.find(({ state }) => state === "running");
      return [t(deployment.label), running?.text ?? deployment.message ?? ""].filter(Boolean).join(". ");
    }
    if (step !== null || this.isTyping) {
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

  private change(form: DeployForm): void {
    this.form = form;
    this.isTyping = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.call(this.host.setForm({ form: this.form }).then(() => (this.isTyping = false)));
    }, PAUSE_MS);
  }

  private call(work: Promise<unknown>): void {
    this.failure = null;
    work.catch((error: unknown) => {
      this.isTyping = false;
      this.failure = errorText(error);
    });
  }
}

function titleOf({ intent, product, deployment }: DeployView): string {
  if (intent === "rollback") {
    return deployment === null ? t("Roll back {0}", product) : t("Way back of {0}", product);
  }
  return deployment === null ? t("Deploy {0}", product) : t("Deployment of {0}", product);
}

function waiting(step: string): TemplateResult {
  return html`<div class="empty">
    ${icon("loading")}
    <p role="status">${step}</p>
  </div>`;
}

customElements.define("mlops-deploy", DeployPageElement);
