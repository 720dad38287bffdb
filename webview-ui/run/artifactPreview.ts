import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { ArtifactOwnerRef } from "../../src/protocol/runPage";
import { t } from "../shared/l10n";
import { themeStyles } from "../shared/theme";
import type { PageContext } from "./pageContext";
import { short } from "./valueText";

/** A small picture of an image artifact, read when it comes on screen. One that cannot be read is simply not shown: opening the file says why. */
@customElement("mlops-artifact-preview")
export class ArtifactPreview extends LitElement {
  static override readonly styles = [
    themeStyles,
    css`
      :host {
        display: block;
        min-height: 8px;
      }
      button {
        display: block;
        max-width: 100%;
        padding: 2px;
        border: 1px solid transparent;
        background: none;
        cursor: pointer;
      }
      button:hover {
        border-color: var(--mlops-focus);
      }
      img {
        display: block;
        max-width: min(100%, 240px);
        max-height: 140px;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) owner!: ArtifactOwnerRef;
  @property() path = "";
  @state() private image: string | null = null;
  private asked = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.onScreen.unwatch(this);
  }

  protected override firstUpdated(): void {
    this.context.onScreen.watch(this, (visible) => {
      if (visible && !this.asked) {
        this.asked = true;
        this.context.host.call("preview", { owner: this.owner, path: this.path }).then(
          (image) => (this.image = image),
          () => undefined, // See above.
        );
      }
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.image === null
      ? nothing
      : html`<button
          tabindex="-1"
          aria-hidden="true"
          title=${t("Open {0}", short(this.path))}
          @click=${() => this.context.act({ kind: "openArtifact", owner: this.owner, path: this.path })}
        >
          <img src=${this.image} alt="" />
        </button>`;
  }
}
