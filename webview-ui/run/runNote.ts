import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { CutText } from "../../src/protocol/runPage";
import { buttonStyles, themeStyles } from "../shared/theme";
import { parseNote, type Block, type Inline } from "./noteMarkdown";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { t } from "../shared/l10n";

/** The run's description. Drawn as text nodes in a few known elements: markup in a note stays text. */
@customElement("mlops-run-note")
export class RunNote extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .note {
        max-width: 80ch;
        overflow-wrap: anywhere;
      }
      p,
      ul,
      ol,
      pre,
      .heading {
        margin: 0 0 6px;
      }
      p {
        white-space: pre-line;
      }
      p button {
        white-space: normal;
      }
      ul,
      ol {
        padding-left: 20px;
      }
      .heading {
        font-weight: 600;
      }
      pre,
      code {
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: 0.95em;
        background: var(--vscode-textCodeBlock-background);
      }
      pre {
        padding: 6px 8px;
        overflow-x: auto;
      }
      hr {
        border: 0;
        border-top: 1px solid var(--mlops-border);
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) note!: CutText;

  protected override render(): TemplateResult {
    const { note, context } = this;
    return html`<div class="note">${parseNote(note.text).map((block) => this.block(block))}</div>
      ${
        note.text.length < note.length
          ? html`<button class="link" @click=${() => context.act({ kind: "showValue", value: { kind: "note" } })}>
              ${t("Show the whole description")}
            </button>`
          : nothing
      }`;
  }

  private block(block: Block): TemplateResult {
    switch (block.kind) {
      case "heading":
        // Below the page's own headings, whatever level the note uses.
        return html`<div class="heading" role="heading" aria-level="3">${this.inlines(block.content)}</div>`;
      case "paragraph":
        return html`<p>${this.inlines(block.content)}</p>`;
      case "list": {
        const items = block.items.map((item) => html`<li>${this.inlines(item)}</li>`);
        return block.ordered
          ? html`<ol>
              ${items}
            </ol>`
          : html`<ul>
              ${items}
            </ul>`;
      }
      case "code":
        return html`<pre tabindex="0">${block.text}</pre>`;
      case "rule":
        return html`<hr />`;
    }
  }

  private inlines(inlines: readonly Inline[]): readonly TemplateResult[] {
    return inlines.map((inline) => {
      switch (inline.kind) {
        case "text":
          return html`${inline.text}`;
        case "code":
          return html`<code>${inline.text}</code>`;
        case "strong":
          return html`<strong>${inline.text}</strong>`;
        case "emphasis":
          return html`<em>${inline.text}</em>`;
        case "link":
          return html`<button
            class="link"
            role="link"
            title=${inline.url}
            @click=${() => this.context.act({ kind: "openExternal", url: inline.url })}
          >
            ${inline.text}
          </button>`;
      }
    });
  }
}
