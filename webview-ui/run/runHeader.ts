import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { HeaderView, RelatedView, RunCostView, StoreView } from "../../src/protocol/runPage";
import { formatDateTime, formatDuration } from "../shared/format";
import { icon, type IconName } from "../shared/icons";
import { t } from "../shared/l10n";
import { moneyText } from "../shared/moneyText";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { PageContext } from "./pageContext";
import { runStatus } from "./runStatus";
import { sectionStyles } from "./styles";
import { copyButton, short } from "./valueText";

/** What the run is: its name, state and origin, and where to go from here. */
@customElement("mlops-run-header")
export class RunHeader extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
      }
      h1 {
        margin: 0;
        font-size: 1.45em;
        font-weight: 600;
        line-height: 1.3;
        overflow-wrap: anywhere;
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        margin-left: auto;
      }
      .mark {
        padding: 0 6px;
        border: 1px solid var(--mlops-warning);
        border-radius: 3px;
        font-size: 0.9em;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px 20px;
        margin: 6px 0 0;
      }
      dl div {
        display: flex;
        gap: 6px;
        min-width: 0;
        max-width: 100%;
        align-items: baseline;
      }
      dt {
        flex: none;
        /* Some themes describe in the colour of the text itself; labels and values need to differ. */
        color: color-mix(in srgb, var(--vscode-foreground) 72%, var(--vscode-editor-background));
      }
      dd {
        min-width: 0;
        margin: 0;
        overflow-wrap: anywhere;
      }
      dd code {
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: 0.95em;
      }
      dd .copy-inline button {
        width: 20px;
        height: 18px;
        padding: 0;
        justify-content: center;
        vertical-align: text-bottom;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) header!: HeaderView;
  @property({ attribute: false }) store!: StoreView;
  @property({ attribute: false }) related: RelatedView | undefined;
  private timer: number | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
    this.timer = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("header")) {
      window.clearInterval(this.timer);
      // The clock of a live run goes on between two news of it.
      this.timer = this.header.liveness === "live" ? window.setInterval(() => this.requestUpdate(), 1000) : undefined;
    }
  }

  protected override render(): TemplateResult {
    const { header, store, context } = this;
    return html`
      <div class="top">
        <h1 title=${short(header.name, 1000)}>${header.name === "" ? t("Unnamed run") : short(header.name, 500)}</h1>
        <span role="status">${runStatus(header.status, header.liveness === "silent")}</span>
        ${header.deleted ? html`<span class="mark">${t("Deleted")}</span>` : nothing}
        <div class="actions">
          ${this.action("list-tree", t("Reveal in tree"), () => context.act({ kind: "reveal" }))}
          ${this.action("copy", t("Copy link"), () => context.act({ kind: "copyLink" }))}
          ${store.webUrl === null ? nothing : this.action("link-external", t("Open in MLflow"), () => context.act({ kind: "openInMlflow" }))}
        </div>
      </div>
      ${header.liveness === "silent" ? html`<p class="empty">${icon("warning")} ${silentText(header)}</p>` : nothing}
      <dl>
        ${this.fact(t("Experiment"), this.related?.experimentName ?? header.experimentId)} ${this.fact(t("Store"), this.storeText())}
        ${this.parent()} ${this.fact(t("Owner"), header.owner)} ${this.fact(t("User"), header.user)}
        ${this.fact(t("Started"), header.startTime === null ? null : formatDateTime(header.startTime))}
        ${this.fact(t("Duration"), durationText(header))} ${this.fact(t("Price"), priceText(this.related?.cost ?? null))}
        ${this.fact(t("Graphics processors"), gpuText(this.related?.cost?.gpus ?? null))}
        ${this.fact(t("Source"), header.source === null ? null : this.sourceText())}
        <div>
          <dt>${t("Run ID")}</dt>
          <dd>
            <code>${header.runId}</code>
            <span class="copy-inline">${copyButton({ kind: "copyText", text: header.runId }, t("Copy run ID"), context)}</span>
          </dd>
        </div>
      </dl>
    `;
  }

  private action(iconName: IconName, label: string, onClick: () => void): TemplateResult {
    return html`<button class="tool" @click=${onClick}>${icon(iconName)} ${label}</button>`;
  }

  private fact(label: string, value: string | null): TemplateResult | typeof nothing {
    return value === null || value === ""
      ? nothing
      : html`<div>
          <dt>${label}</dt>
          <dd>${short(value, 300)}</dd>
        </div>`;
  }

  private parent(): TemplateResult | typeof nothing {
    const { parentRunId } = this.header;
    const parent = this.related?.parent;
    return parentRunId === null
      ? nothing
      : html`<div>
          <dt>${t("Parent")}</dt>
          <dd>
            <button class="link" @click=${() => this.context.act({ kind: "openRun", runId: parentRunId })}>
              ${short(parent?.name === undefined || parent.name === "" ? parentRunId : parent.name)}
            </button>
          </dd>
        </div>`;
  }

  private storeText(): string {
    const { label, description } = this.store;
    return description === null ? label : `${label} · ${description}`;
  }

  private sourceText(): string {
    const { source, sourceType } = this.header;
    const text = source?.text ?? "";
    return sourceType === null || sourceType === "" || sourceType === "LOCAL" ? text : `${text} (${sourceType})`;
  }
}

function silentText(header: HeaderView): string {
  const since = header.startTime === null ? "—" : formatDateTime(header.startTime);
  const silence = header.lastSign === null ? "—" : formatDuration(Date.now() - header.lastSign);
  return t("Running since {0} — no sign of life for {1}. Its process may have ended without telling MLflow.", since, silence);
}

/** Null before it is known; then a price, or the sentence that says why there is none. */
function priceText(cost: RunCostView | null): string | null {
  if (cost?.price == null) {
    return cost?.note ?? null;
  }
  const { amount, currency } = cost.price;
  return [moneyText(amount, currency), cost.instance, cost.note].filter((part) => part !== null).join(" · ");
}

function gpuText(gpus: RunCostView["gpus"]): string | null {
  if (gpus === null) {
    return null;
  }
  const share = Math.round((gpus.idleHours / gpus.hours) * 100);
  const idle = t("{0}: idle {1} % of {2} measured", gpus.count, share, formatDuration(gpus.hours * 3_600_000));
  return gpus.parkedHours === 0 ? idle : t("{0}, {1} of it with memory held", idle, formatDuration(gpus.parkedHours * 3_600_000));
}

function durationText(header: HeaderView): string | null {
  const { startTime, endTime, lastSign, liveness } = header;
  if (startTime === null) {
    return null;
  }
  if (liveness === "silent") {
    return lastSign === null ? null : t("{0} until the last sign of life", formatDuration(Math.max(0, lastSign - startTime)));
  }
  const end = endTime ?? (liveness === "live" ? Date.now() : null);
  return end === null ? null : formatDuration(Math.max(0, end - startTime));
}
