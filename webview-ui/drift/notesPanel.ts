import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { DriftNote, DriftView } from "../../src/protocol/drift";
import { icon, type IconName } from "../shared/icons";
import { t } from "../shared/l10n";
import { timeText } from "./numberText";
import { panelStyles } from "./panelStyles";

const VERDICTS: Readonly<
  Record<NonNullable<DriftNote["verdict"]>, { readonly icon: IconName; readonly label: string; readonly tone: string }>
> = {
  accepted: { icon: "pass-filled", label: "Accepted", tone: "ok" },
  investigate: { icon: "search", label: "To be investigated", tone: "warn" },
  act: { icon: "error", label: "Something must be done", tone: "fail" },
};

/** What reviewers wrote about this drift; a note about other data, methods or limits says so. */
@customElement("mlops-drift-notes")
export class NotesPanel extends LitElement {
  static override readonly styles = [
    ...panelStyles,
    css`
      article {
        margin: 8px 0;
        padding: 8px 12px;
        border: 1px solid var(--mlops-border);
        border-radius: 4px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 12px;
      }
      .head .who {
        font-weight: 600;
      }
      .text {
        margin: 6px 0 0;
        white-space: pre-wrap;
      }
      .old {
        display: flex;
        gap: 6px;
        margin: 6px 0 0;
        color: var(--mlops-muted);
      }
      .old .icon {
        color: var(--drift-warn);
      }
    `,
  ];

  @property({ attribute: false }) view!: DriftView;

  protected override render(): TemplateResult {
    const { notes } = this.view;
    const write = html`<button class="action first" @click=${() => this.tell("write-note")}>${t("Write Note")}</button>`;
    return notes.length === 0
      ? html`<div class="none">
          <strong>${t("No notes yet")}</strong>
          <p>
            ${t("A note says what a person makes of this drift: accepted, to be investigated, or something must be done. It is a file in the repository and is reviewed like code.")}
          </p>
          ${write}
        </div>`
      : html`<div class="controls">${write}</div>
          ${repeat(
            [...notes].sort((a, b) => b.when - a.when),
            ({ path }) => path,
            (note) => this.note(note),
          )}`;
  }

  private note({ path, who, when, verdict, text, outdated }: DriftNote): TemplateResult {
    const known = verdict === null ? null : VERDICTS[verdict];
    return html`<article>
      <div class="head">
        ${known === null ? html`<span class="state unjudged">${t("No verdict")}</span>` : html`<span class="state ${known.tone}">${icon(known.icon)}<span>${t(known.label)}</span></span>`}
        <span class="who">${who}</span><span class="facts">${timeText(when)}</span>
        <button class="link" @click=${() => this.tell("open-file", path)}>${path}</button>
      </div>
      <p class="text">${text}</p>
      ${outdated === null ? nothing : html`<p class="old">${icon("warning")}<span>${t("Outdated: {0}", outdated)}</span></p>`}
    </article>`;
  }

  private tell(type: "write-note" | "open-file", detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
