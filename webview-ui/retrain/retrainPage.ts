import { html, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { RetrainForm, RetrainLog, RetrainView } from "../../src/protocol/retrain";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { failureNotice, notice } from "../shared/notice";
import { PlanningPage } from "../shared/planning/planningPage";
import { buttonStyles, themeStyles } from "../shared/theme";
import { waiting } from "../shared/waiting";
import { EMPTY_FORM, formOfTarget } from "./formState";
import { renderJob } from "./jobView";
import { renderForm } from "./planForm";
import { renderPlan } from "./planView";
import type { RetrainCalls } from "./retrainCalls";
import { retrainStyles } from "./retrainStyles";

/** A training: its plan with the form that makes it, and after the start how it goes. */
export class RetrainPageElement extends PlanningPage<RetrainForm> {
  static override styles = [themeStyles, buttonStyles, ...retrainStyles];
  static override properties = {
    view: { attribute: false },
    log: { attribute: false },
  };

  override host!: RetrainCalls;
  view: RetrainView | undefined;
  log: RetrainLog = { text: "", isCut: false, problem: null };
  protected override form: RetrainForm = EMPTY_FORM;
  private followsLog = true;

  /** Takes what was chosen before a reload. */
  useTarget(target: unknown): void {
    this.form = formOfTarget(target);
  }

  protected override isUnderWay(): boolean {
    return this.view?.job?.isOver === false;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("view")) {
      this.now = Date.now();
    }
    const log = this.logElement();
    this.followsLog = log === null || log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  }

  override updated(): void {
    const log = this.logElement();
    if (log !== null && this.followsLog) {
      log.scrollTop = log.scrollHeight;
    }
  }

  override render(): TemplateResult {
    const { view } = this;
    if (view === undefined) {
      return html`<main>${waiting(t("Opening"))}</main>`;
    }
    const isJob = view.job !== null;
    return html`<main>
      <header class="top">
        <div class="titles">
          <h1>${isJob ? t("Training of {0}", view.product) : t("Retrain {0}", view.product)}</h1>
          ${this.renderSummary(view)}
        </div>
        <div class="buttons">${isJob ? this.jobButtons(view) : this.planButtons(view)}</div>
      </header>
      <p class="hidden-text" role="status">${this.spoken(view)}</p>
      ${this.renderNotices(view)}
      <div class="body" aria-busy=${String(this.isStale(view))}>${this.renderBody(view)}</div>
    </main>`;
  }

  private renderSummary(view: RetrainView): TemplateResult {
    const { plan, job, step } = view;
    if (job !== null) {
      return html`<p class="muted">${job.config} · ${job.engine}</p>`;
    }
    if (plan === null) {
      return html`<p class="muted">${step === null ? "" : t("A plan is being made; nothing is started.")}</p>`;
    }
    if (this.isStale(view)) {
      return this.renderStep(view);
    }
    const [first, ...others] = plan.blocked;
    return first === undefined
      ? this.renderReadiness("pass", "pass-filled", t("Ready to start. Nothing runs before you say so."))
      : this.renderBlocked(t("Cannot start: {0}", first), others.length);
  }

  private planButtons(view: RetrainView): TemplateResult {
    const { plan, step, isStarting } = view;
    if (plan === null) {
      return step === null
        ? html`<button class="action" @click=${() => this.call(this.host.replan())}>${t("Plan again")}</button>`
        : html`<button class="action second" @click=${() => this.call(this.host.cancelPlanning())}>${t("Cancel")}</button>`;
    }
    const isBusy = this.isStale(view);
    const canStart = !isBusy && plan.blocked.length === 0;
    const { hash } = plan;
    return html`
      <button
        class="action ${plan.redundancy.kind === "redundant" ? "second" : ""}"
        aria-disabled=${String(!canStart)}
        aria-describedby="why-not"
        title=${plan.blocked.join("\n")}
        @click=${() => canStart && this.call(this.host.start({ hash }))}
      >
        ${isStarting ? t("Starting…") : t("Start training")}
      </button>
      ${
        isBusy && !isStarting
          ? html`<button class="action second" ?disabled=${step === null} @click=${() => this.call(this.host.cancelPlanning())}>
              ${t("Cancel")}
            </button>`
          : html`<button class="action second" ?disabled=${isStarting} @click=${() => this.call(this.host.replan())}>
              ${t("Plan again")}
            </button>`
      }
      ${this.renderExports(hash, isBusy)}
    `;
  }

  private jobButtons({ job }: RetrainView): TemplateResult {
    if (job === null) {
      return html``;
    }
    const hasRun = (job.outcome?.runs.length ?? 0) > 0;
    return html`
      ${job.isOver ? nothing : html`<button class="action second" ?disabled=${!job.canCancel || job.isCancelling} @click=${() => this.call(this.host.cancelJob())}>${t("Cancel training")}</button>`}
      ${job.isOver ? html`<button class="action ${hasRun ? "second" : ""}" @click=${() => this.call(this.host.again())}>${t("Retrain again")}</button>` : nothing}
      ${hasRun && job.outcome?.hasChampion === true ? html`<button class="action" @click=${() => this.call(this.host.compare({ with: "champion" }))}>${t("Compare with champion")}</button>` : nothing}
      ${hasRun ? html`<button class="action second" @click=${() => this.call(this.host.compare({ with: "previous" }))}>${t("Compare with previous")}</button>` : nothing}
      <button class="tool" @click=${() => this.call(this.host.openLog())}>${icon("list-tree")}<span>${t("Open log")}</span></button>
      <button class="tool" ?disabled=${!job.hasPlan} @click=${() => this.call(this.host.openPlan())}>
        ${icon("file")}<span>${t("Open plan")}</span>
      </button>
    `;
  }

  private renderNotices(view: RetrainView): TemplateResult {
    const { failure, plan, job, step } = view;
    const loginAt = plan?.loginAt ?? job?.loginAt;
    return html`<div class="notices">
      ${failureNotice(failure)}
      ${
        view.notice === null
          ? nothing
          : notice({
              kind: "warning",
              words: `${view.notice} ${plan !== null && !this.isStale(view) ? t("A new plan is below.") : ""}`,
              isAlert: true,
            })
      }
      ${
        loginAt == null
          ? nothing
          : notice({
              kind: "info",
              words: t("{0} wants a login. It is kept in the editor's secret storage and goes to no other server.", loginAt),
              more: html`<button class="action second" ?disabled=${step !== null} @click=${() => this.call(this.host.setLogin())}>
                ${t("Set login…")}
              </button>`,
            })
      }
      ${this.renderFailure()}
    </div>`;
  }

  private renderBody(view: RetrainView): TemplateResult {
    const { job, plan, step, isStarting } = view;
    const openRun = (run: { readonly storeId: string; readonly runId: string }): void =>
      this.call(this.host.openRun({ storeId: run.storeId, runId: run.runId }));
    if (job !== null) {
      return renderJob({
        ...{ job, log: this.log, now: this.now, openRun },
        openLog: () => this.call(this.host.openLog()),
        openWeb: () => this.call(this.host.openWeb()),
      });
    }
    if (plan === null) {
      return step === null ? html`` : waiting(t(step));
    }
    return html`<div class="columns">
      ${renderForm({ plan, form: this.form, isBusy: isStarting, change: (form) => this.change(form), openConfig: () => this.call(this.host.openConfig()) })}
      <div class=${this.isStale(view) ? "stale" : ""}>
        ${renderPlan({
          ...{ plan, isBusy: isStarting, openRun },
          againBecause: this.form.againBecause ?? "",
          setAgain: (text) => this.change({ ...this.form, againBecause: text.trim() === "" ? null : text }),
        })}
      </div>
    </div>`;
  }

  /** What a screen reader is told when it changes: the state, never each second of it. */
  private spoken(view: RetrainView): string {
    const { job, plan, isStarting } = view;
    if (job !== null) {
      const share = job.progress === null ? "" : ` ${t("{0} %", Math.floor(job.progress * 10) * 10)}`;
      return job.isOver ? [t(job.label), job.outcome?.verdict ?? ""].join(". ") : `${t(job.label)}${share}`;
    }
    if (isStarting) {
      return t("Starting…");
    }
    if (this.isStale(view)) {
      return t("Planning…");
    }
    return plan === null ? "" : plan.blocked.length === 0 ? t("The plan is ready.") : t("Cannot start: {0}", plan.blocked.join(" "));
  }

  private logElement(): HTMLElement | null {
    return this.renderRoot instanceof ShadowRoot ? this.renderRoot.querySelector<HTMLElement>(".log") : null;
  }
}

customElements.define("mlops-retrain", RetrainPageElement);
