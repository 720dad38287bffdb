import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { RefreshPart, RelatedView, RunPageChange, RunPageData, RunPageState, StaleView } from "../../src/protocol/runPage";
import type { ChartOptions } from "../shared/charts/chartSeries";
import { errorText } from "../shared/errorText";
import { formatDuration } from "../shared/format";
import { icon } from "../shared/icons";
import { t, useTranslations } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { ArtifactTree } from "./artifactTree";
import type { ChildList } from "./childList";
import { CurveLoader } from "./curveLoader";
import { OnScreen } from "./onScreen";
import type { PageContext } from "./pageContext";
import { applyChange, grownMetrics } from "./pageModel";
import { bodyStyles, pageStyles } from "./pageStyles";
import { loadFailed, skeleton } from "./pageStates";
import "./runHeader";
import "./runSections";
import type { RunSectionsElement } from "./runSections";
import { sectionStyles } from "./styles";

type Host = PageContext["host"];

/** How often the age of old data is drawn again, in milliseconds. */
const AGE_BEAT = 20_000;

/** All of a run on one page. Loads it, keeps it up to date, and tells what went wrong. */
@customElement("mlops-run-page")
export class RunPage extends LitElement {
  static override readonly styles = [themeStyles, buttonStyles, sectionStyles, bodyStyles, pageStyles];

  @property({ attribute: false }) host!: Host;
  /** What the page kept over a reload. */
  @property({ attribute: false }) kept: Partial<RunPageState> = {};
  @property({ attribute: false }) keep: (state: RunPageState) => void = () => undefined;

  @state() private data: RunPageData | undefined;
  @state() private related: RelatedView | undefined;
  @state() private failed: { readonly message: string; readonly code: string } | undefined;
  @state() private busy = false;
  /** A click that could not be done. */
  @state() private complaint: string | undefined;
  @state() private options: ChartOptions = { xAxis: "step", logarithmic: false, smoothing: 0 };
  @query("mlops-run-sections") private readonly sections: RunSectionsElement | null | undefined;

  private context!: PageContext;
  /** The age of old data goes on between two news. */
  private clock: number | undefined;

  /** The host found that something changed. */
  changed(change: RunPageChange): void {
    if (this.data === undefined) {
      return;
    }
    const before = this.data;
    this.data = applyChange(before, change);
    if (change.sections?.metricGroups !== undefined) {
      this.context.curves.invalidate(grownMetrics(before.sections.metricGroups, change.sections.metricGroups));
    }
    this.refresh(change.refresh ?? []);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.clock);
    this.context.onScreen.dispose();
  }

  protected override firstUpdated(): void {
    this.clock = window.setInterval(() => {
      if (this.data !== undefined && this.data.stale !== null) {
        this.requestUpdate();
      }
    }, AGE_BEAT);
    void this.load("load");
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.hasUpdated) {
      const { host } = this;
      const { xAxis, logarithmic, smoothing } = this.kept;
      this.options = { xAxis: xAxis ?? "step", logarithmic: logarithmic ?? false, smoothing: smoothing ?? 0 };
      this.context = {
        host,
        curves: new CurveLoader((key) => host.call("curve", { key })),
        onScreen: new OnScreen(this),
        act: (intent) =>
          void host.call("act", intent).then(
            () => (this.complaint = undefined),
            (error: unknown) => (this.complaint = errorText(error)),
          ),
      };
    }
  }

  protected override render(): TemplateResult {
    return html`<main aria-busy=${this.busy ? "true" : "false"}>${this.content()}</main>`;
  }

  private content(): TemplateResult {
    const { data, failed, context } = this;
    if (data === undefined) {
      return failed === undefined ? skeleton() : loadFailed(failed, this.busy, () => void this.load("retry"));
    }
    return html`
      ${this.banners(data)}
      <mlops-run-header
        .context=${context}
        .header=${data.sections.header}
        .store=${data.store}
        .related=${this.related}
      ></mlops-run-header>
      <mlops-run-sections
        .context=${context}
        .data=${data.sections}
        .versions=${this.related?.versions ?? []}
        .options=${this.options}
        @options-changed=${(event: CustomEvent<ChartOptions>) => this.setOptions(event.detail)}
      ></mlops-run-sections>
    `;
  }

  private banners(data: RunPageData): TemplateResult {
    const { stale } = data;
    return html`
      ${
        stale === null
          ? nothing
          : html`<div class="banner" role="status">
              ${icon("warning")}
              <span> ${stale.message} ${ageText(stale)} </span>
              <vscode-button appearance="secondary" ?disabled=${this.busy} @click=${() => void this.load("retry")}
                >${t("Retry")}</vscode-button
              >
            </div>`
      }
      ${
        this.complaint === undefined
          ? nothing
          : html`<div class="banner error" role="alert">
              ${icon("error")}<span>${this.complaint}</span>
              <button
                class="tool"
                aria-label=${t("Close message")}
                title=${t("Close message")}
                @click=${() => (this.complaint = undefined)}
              >
                ${icon("close")}
              </button>
            </div>`
      }
    `;
  }

  private setOptions(options: ChartOptions): void {
    this.options = options;
    this.keepState();
  }

  private async load(method: "load" | "retry"): Promise<void> {
    this.busy = true;
    try {
      const data = await this.host.call(method, {});
      useTranslations(data.texts);
      const before = this.data;
      this.data = data;
      this.failed = undefined;
      if (before !== undefined) {
        this.context.curves.invalidate(data.sections.metricGroups.flatMap((group) => group.metrics.map((metric) => metric.key)));
        this.refresh(["children", "artifacts"]);
      }
      this.keepState();
      await this.loadRelated();
    } catch (error) {
      this.failed = { message: errorText(error), code: errorCode(error) };
      if (this.data !== undefined) {
        this.complaint = errorText(error);
      }
    } finally {
      this.busy = false;
    }
  }

  private async loadRelated(): Promise<void> {
    try {
      this.related = await this.host.call("related", {});
      this.complaint = this.related.problem ?? this.complaint;
    } catch (error) {
      this.complaint = errorText(error);
    }
  }

  private refresh(parts: readonly RefreshPart[]): void {
    const tags = { children: "mlops-child-list", artifacts: "mlops-artifact-tree" } as const;
    for (const part of parts) {
      if (part === "related") {
        void this.loadRelated();
      } else {
        this.sections?.renderRoot.querySelectorAll<ArtifactTree | ChildList>(tags[part]).forEach((element) => element.refresh());
      }
    }
  }

  private keepState(): void {
    if (this.data !== undefined) {
      this.keep({ storeId: this.data.store.id, runId: this.data.sections.header.runId, ...this.options });
    }
  }
}

function ageText({ lastOk }: StaleView): string {
  const age = lastOk === null ? null : Date.now() - lastOk;
  if (age === null) {
    return t("What you see may be old.");
  }
  return age < 60_000 ? t("What you see is less than a minute old.") : t("What you see is {0} old.", formatDuration(age - (age % 60_000)));
}

function errorCode(error: unknown): string {
  const record = error instanceof Error && "record" in error ? error.record : undefined;
  return typeof record === "object" && record !== null && "code" in record ? String(record.code) : "";
}
