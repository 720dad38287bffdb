import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { CommitInfoView, CommitView } from "../../src/protocol/runPage";
import { errorText } from "../shared/errorText";
import { formatDateTime } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { copyButton, short } from "./valueText";

/** The commit that the run was started from, and its differences. */
@customElement("mlops-run-commit")
export class RunCommit extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 10px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 6px 0 2px;
      }
      .copy {
        width: auto;
      }
      .copy button {
        opacity: 1;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) commit!: CommitView;
  @state() private info: CommitInfoView | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("commit")?.hash !== this.commit.hash && changed.has("commit")) {
      void this.load();
    }
  }

  protected override render(): TemplateResult {
    const { commit, info, context } = this;
    return html`
      <div class="line">
        <span>${icon("git-commit")} <span class="value">${short(commit.hash, 12)}</span></span>
        <span class="copy">${copyButton({ kind: "copyText", text: commit.hash }, t("Copy commit"), context)}</span>
        ${info?.found === true ? html`<span>${short(info.subject, 200)}</span>` : nothing}
        ${info?.found === true ? html`<span class="muted">${[short(info.author, 80), ...(info.date === null ? [] : [formatDateTime(info.date)])].join(" · ")}</span>` : nothing}
        ${commit.branch === null ? nothing : html`<span class="muted">${t("branch {0}", short(commit.branch, 80))}</span>`}
        ${commit.repoUrl === null ? nothing : html`<span class="muted value">${short(commit.repoUrl, 200)}</span>`}
      </div>
      ${commit.dirty === true ? html`<p class="empty">${icon("warning")} ${t("There were uncommitted changes when the run started; they are not part of this commit.")}</p>` : nothing}
      ${this.diffs()}
    `;
  }

  private diffs(): TemplateResult {
    const { info, context } = this;
    if (info === undefined) {
      return html`<p class="empty">${icon("loading")} ${t("Looking for the commit…")}</p>`;
    }
    if (!info.found) {
      return html`<p class="empty">${info.reason}</p>`;
    }
    return html`<div class="buttons">
      <vscode-button appearance="secondary" @click=${() => context.act({ kind: "showDiff", against: "parent" })}
        >${t("Show changes of this commit")}</vscode-button
      >
      <vscode-button appearance="secondary" @click=${() => context.act({ kind: "showDiff", against: "workingTree" })}
        >${t("Compare with the files now")}</vscode-button
      >
    </div>`;
  }

  private async load(): Promise<void> {
    this.info = undefined;
    try {
      this.info = await this.context.host.call("commitInfo", {});
    } catch (error) {
      this.info = { found: false, reason: errorText(error) };
    }
  }
}
