import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";

import { errorText } from "./errorText";
import { icon } from "./icons";
import { t } from "./l10n";
import { notice } from "./notice";

/** A page that asks its host for things; what failed stands there until the next try, or until somebody dismisses it. */
export abstract class CallingPage extends LitElement {
  static override properties: PropertyDeclarations = { failure: { state: true } };

  private failure: string | null = null;

  protected call(work: Promise<unknown>): void {
    this.failure = null;
    work.catch((error: unknown) => this.failed(error));
  }

  protected failed(error: unknown): void {
    this.failure = errorText(error);
  }

  protected renderFailure(): TemplateResult | typeof nothing {
    return this.failure === null
      ? nothing
      : notice({
          ...{ kind: "error", words: this.failure, isAlert: true },
          more: html`<button class="tool" aria-label=${t("Dismiss")} title=${t("Dismiss")} @click=${() => (this.failure = null)}>
            ${icon("close")}
          </button>`,
        });
  }
}
