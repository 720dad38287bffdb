import { html, type PropertyDeclarations, type TemplateResult } from "lit";

import { CallingPage } from "../callingPage";
import { icon, type IconName } from "../icons";
import { t } from "../l10n";

/** Somebody who types has not finished; a plan a letter would only cost. */
const PAUSE_MS = 500;
const TICK_MS = 1000;

export interface PlanningCalls<Form> {
  setForm(params: { readonly form: Form }): Promise<void>;
  exportPlan(params: { readonly hash: string; readonly to: "file" | "clipboard" }): Promise<void>;
}

interface Planning {
  /** What is being looked at; null where nothing is under way. */
  readonly step: string | null;
}

/** A page with a form that its host makes a plan of, and after the start with what goes on, by the second. */
export abstract class PlanningPage<Form> extends CallingPage {
  static override properties: PropertyDeclarations = {
    form: { state: true },
    isTyping: { state: true },
    now: { state: true },
  };

  abstract host: PlanningCalls<Form>;
  protected abstract form: Form;
  /** Something was changed that the host does not know yet. */
  protected isTyping = false;
  protected now = Date.now();
  private pause: ReturnType<typeof setTimeout> | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;

  /** What was started goes on, and its time with it. */
  protected abstract isUnderWay(): boolean;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tick = setInterval(() => {
      if (this.isUnderWay()) {
        this.now = Date.now();
      }
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.tick);
    clearTimeout(this.pause);
  }

  protected change(form: Form): void {
    this.form = form;
    this.isTyping = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.call(this.host.setForm({ form: this.form }).then(() => (this.isTyping = false)));
    }, PAUSE_MS);
  }

  protected override failed(error: unknown): void {
    this.isTyping = false;
    super.failed(error);
  }

  /** What is shown is not the plan of what is chosen. */
  protected isStale({ step }: Planning): boolean {
    return step !== null || this.isTyping;
  }

  protected renderStep({ step }: Planning): TemplateResult {
    return html`<p class="summary">${icon("loading")}<span>${step ?? t("Planning…")}</span></p>`;
  }

  /** Whether the plan can be started, for the button that starts it. */
  protected renderReadiness(style: "block" | "warn" | "pass", name: IconName, words: string): TemplateResult {
    return html`<p class="summary ${style}" id="why-not">${icon(name)}<span>${words}</span></p>`;
  }

  /** @param words why the plan cannot be started. @param others how many reasons more there are. */
  protected renderBlocked(words: string, others: number): TemplateResult {
    const more = others === 0 ? "" : ` ${others === 1 ? t("And one more reason.") : t("And {0} more reasons.", others)}`;
    return this.renderReadiness("block", "circle-slash", `${words}${more}`);
  }

  protected renderExports(hash: string, isDisabled: boolean): TemplateResult {
    const button = (to: "file" | "clipboard", name: IconName, label: string, title: string): TemplateResult =>
      html`<button class="tool" title=${title} ?disabled=${isDisabled} @click=${() => this.call(this.host.exportPlan({ hash, to }))}>
        ${icon(name)}<span>${label}</span>
      </button>`;
    return html`${button("file", "save", t("Save as…"), t("Save the plan as Markdown"))}
    ${button("clipboard", "copy", t("Copy"), t("Copy the plan as Markdown"))}`;
  }
}
