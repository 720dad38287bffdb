import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { RetrainForm, RetrainLog, RetrainView } from "../../src/protocol/retrain";
import { errorText } from "../shared/errorText";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import { EMPTY_FORM, formOfTarget } from "./formState";
import { renderJob } from "./jobView";
import { renderForm } from "./planForm";
import { renderPlan } from "./planView";
import type { RetrainCalls } from "./retrainCalls";
import { retrainStyles } from "./retrainStyles";

/** Somebody who types has not finished; a plan a letter would only cost. */
const PAUSE_MS = 500;
const TICK_MS = 1000;

/** A training: its plan with the form that makes it, and after the start how it goes. */
export class RetrainPageElement extends LitElement {
  static override styles = [themeStyles, buttonStyles, ...retrainStyles];
  static override properties = {
    view: { attribute: false },
    log: { attribute: false },
    form: { state: true },
    now: { state: true },
    isTyping: { state: true },
    failure: { state: true },
  };

  host!: RetrainCalls;
  view: RetrainView | undefined;
  log: RetrainLog = { text: "", isCut: false, problem: null };
  private form: RetrainForm = EMPTY_FORM;
  private now = Date.now();
  /** Something was changed that the host does not know yet. */
  private isTyping = false;
  private failure: string | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;
  private followsLog = true;

  /** Takes what was chosen before a reload. */
  useTarget(target: unknown): void {
    this.form = formOfTarget(target);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tick = setInterval(() => {
      if (this.view?.job?.isOver === false) {
        this.now = Date.now();
      }
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.tick);
    clearTimeout(this.pause);
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
      <div class="body" aria-busy=${String(view.step !== null || this.isTyping)}>${this.renderBody(view)}</div>
    </main>`;
  }

  private renderSummary({ plan, job, step }: RetrainView): TemplateResult {
    if (job !== null) {
      return html`<p class="muted">${job.config} · ${job.engine}</p>`;
    }
    if (plan === null) {
      return html`<p class="muted">${step === null ? "" : t("A plan is being made; nothing is started.")}</p>`;
    }
    if (step !== null || this.isTyping) {
      return html`<p class="summary">${icon("loading")}<span>${step ?? t("Planning…")}</span></p>`;
    }
    const [first, ...others] = plan.blocked;
    return first === undefined
      ? html`<p class="summary pass" id="why-not">
          ${icon("pass-filled")}<span>${t("Ready to start. Nothing runs before you say so.")}</span>
        </p>`
      : html`<p class="summary block" id="why-not">
          ${icon("circle-slash")}<span
            >${t("Cannot start: {0}", first)}${others.length === 0 ? "" : ` ${others.length === 1 ? t("And one more reason.") : t("And {0} more reasons.", others.length)}`}</span
          >
        </p>`;
  }

  private planButtons({ plan, step, isStarting }: RetrainView): TemplateResult {
    if (plan === null) {
      return step === null
        ? html`<button class="action" @click=${() => this.call(this.host.replan())}>${t("Plan again")}</button>`
        : html`<button class="action second" @click=${() => this.call(this.host.cancelPlanning())}>${t("Cancel")}</button>`;
    }
    const isBusy = step !== null || this.isTyping;
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
      <button
        class="tool"
        title=${t("Save the plan as Markdown")}
        ?disabled=${isBusy}
        @click=${() => this.call(this.host.exportPlan({ hash, to: "file" }))}
      >
        ${icon("save")}<span>${t("Save as…")}</span>
      </button>
      <button
        class="tool"
        title=${t("Copy the plan as Markdown")}
        ?disabled=${isBusy}
        @click=${() => this.call(this.host.exportPlan({ hash, to: "clipboard" }))}
      >
        ${icon("copy")}<span>${t("Copy")}</span>
      </button>
    `;
  }

  private jobButtons({ job }: RetrainView): TemplateResult {
    if (job === null) {
      return html``;
    }
    const hasRun = (job.outcome?.runs.length ?? 0) > 0;
    return html`
      ${job.isOver ? nothing : html`<button class="action second" ?disabled=${!job.canCancel || job.isCancelling} @click=${() => this.call(this.host.cancelJob())}>${t("Cancel training")}</button>`}
      ${job.isOver ? html`<button class="action ${hasRun ? "second" : ""}" @click=${() => this.again()}>${t("Retrain again")}</button>` : nothing}
      ${hasRun && job.outcome?.hasChampion === true ? html`<button class="action" @click=${() => this.call(this.host.compare({ with: "champion" }))}>${t("Compare with champion")}</button>` : nothing}
      ${hasRun ? html`<button class="action second" @click=${() => this.call(this.host.compare({ with: "previous" }))}>${t("Compare with previous")}</button>` : nothing}
      <button class="tool" @click=${() => this.call(this.host.openLog())}>${icon("list-tree")}<span>${t("Open log")}</span></button>
      <button class="tool" ?disabled=${!job.hasPlan} @click=${() => this.call(this.host.openPlan())}>
        ${icon("file")}<span>${t("Open plan")}</span>
      </button>
    `;
  }

  private renderNotices({ failure, notice, plan, step }: RetrainView): TemplateResult {
    return html`<div class="notices">
      ${
        failure === null
          ? nothing
          : html`<div class="notice error" role="alert">
              ${icon("error")}<span class="words"><b>${failure.message}</b> ${failure.remedy ?? ""}</span>
            </div>`
      }
      ${notice === null ? nothing : html`<div class="notice" role="alert">${icon("warning")}<span class="words">${notice} ${plan !== null && step === null && !this.isTyping ? t("A new plan is below.") : ""}</span></div>`}
      ${
        plan?.loginAt == null
          ? nothing
          : html`<div class="notice">
              ${icon("info")}<span class="words"
                >${t("{0} wants a login. It is kept in the editor's secret storage and goes to no other server.", plan.loginAt)}</span
              >
              <button class="action second" ?disabled=${step !== null} @click=${() => this.call(this.host.setLogin())}>
                ${t("Set login…")}
              </button>
            </div>`
      }
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
      return step === null ? html`` : waiting(step);
    }
    return html`<div class="columns">
      ${renderForm({ plan, form: this.form, isBusy: isStarting, change: (form) => this.change(form), openConfig: () => this.call(this.host.openConfig()) })}
      <div class=${step !== null || this.isTyping ? "stale" : ""}>
        ${renderPlan({
          ...{ plan, isBusy: isStarting, openRun },
          againBecause: this.form.againBecause ?? "",
          setAgain: (text) => this.change({ ...this.form, againBecause: text.trim() === "" ? null : text }),
        })}
      </div>
    </div>`;
  }

  /** What a screen reader is told when it changes: the state, never each second of it. */
  private spoken({ job, plan, step, isStarting }: RetrainView): string {
    if (job !== null) {
      const share = job.progress === null ? "" : ` ${t("{0} %", Math.floor(job.progress * 10) * 10)}`;
      return job.isOver ? [t(job.label), job.outcome?.verdict ?? ""].join(". ") : `${t(job.label)}${share}`;
    }
    if (isStarting) {
      return t("Starting…");
    }
    if (step !== null || this.isTyping) {
      return t("Planning…");
    }
    return plan === null ? "" : plan.blocked.length === 0 ? t("The plan is ready.") : t("Cannot start: {0}", plan.blocked.join(" "));
  }

  private change(form: RetrainForm): void {
    this.form = form;
    this.isTyping = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.call(this.host.setForm({ form: this.form }).then(() => (this.isTyping = false)));
    }, PAUSE_MS);
  }

  private again(): void {
    this.call(this.host.again());
  }

  private call(work: Promise<unknown>): void {
    this.failure = null;
    work.catch((error: unknown) => {
      this.isTyping = false;
      this.failure = errorText(error);
    });
  }

  private logElement(): HTMLElement | null {
    return this.renderRoot instanceof ShadowRoot ? this.renderRoot.querySelector<HTMLElement>(".log") : null;
  }
}

function waiting(step: string): TemplateResult {
  return html`<div class="empty">
    ${icon("loading")}
    <p role="status">${step}</p>
  </div>`;
}

customElements.define("mlops-retrain", RetrainPageElement);
