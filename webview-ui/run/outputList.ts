import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { OutputView, VersionView } from "../../src/protocol/runPage";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import "./artifactTree";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { copyButton, short } from "./valueText";

/** What came out of the run: registered versions with their aliases, and logged models with their files. */
@customElement("mlops-output-list")
export class OutputList extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 2px 0;
      }
      li.copy {
        width: auto;
      }
      .alias {
        padding: 0 5px;
        border-radius: 8px;
        background: var(--vscode-badge-background);
        color: var(--vscode-badge-foreground);
        font-size: 0.9em;
      }
      .copy {
        display: inline-block;
        vertical-align: text-bottom;
      }
      summary {
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) outputs: readonly OutputView[] = [];
  @property({ attribute: false }) versions: readonly VersionView[] = [];

  protected override render(): TemplateResult {
    return html`<ul>
      ${this.versions.map((version) => this.version(version))} ${this.outputs.map((output) => this.output(output))}
    </ul>`;
  }

  private version(version: VersionView): TemplateResult {
    const stage = version.stage === "" || version.stage === "None" ? nothing : html`<span class="muted">${version.stage}</span>`;
    const status = version.status === "READY" || version.status === "" ? nothing : html`<span class="muted">${version.status}</span>`;
    return html`<li>
      ${short(version.modelName, 200)} <span class="muted">${t("version")}</span> ${version.version} ${stage} ${status}
      ${version.aliases.map((alias) => html`<span class="alias">@${short(alias, 80)}</span> `)}
    </li>`;
  }

  private output(output: OutputView): TemplateResult {
    return html`<li>
      <details>
        <summary>
          ${t("Logged model")} <span class="value">${short(output.modelId)}</span> <span class="muted">${t("step {0}", output.step)}</span>
        </summary>
        <div class="copy">${copyButton({ kind: "copyText", text: output.modelId }, t("Copy model ID"), this.context)}</div>
        <mlops-artifact-tree
          .context=${this.context}
          .owner=${{ kind: "loggedModel", modelId: output.modelId }}
          .label=${t("Files of {0}", short(output.modelId))}
        ></mlops-artifact-tree>
      </details>
    </li>`;
  }
}
