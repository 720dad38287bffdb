import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { DriftSegment, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { DriftCalls } from "./driftCalls";
import { Fetched } from "./fetched";
import { countText, numberText, percentText } from "./numberText";
import { panelStyles } from "./panelStyles";
import { plainTable } from "./plainTable";
import { renderState } from "./renderCell";
import { selectBox } from "../shared/selectBox";

const FIRST = 50;

/** Drift by the values of a column, worst first. Values with too few rows are grey: nothing can be said about them. */
@customElement("mlops-drift-segments")
export class SegmentPanel extends LitElement {
  static override readonly styles = panelStyles;

  @property({ attribute: false }) view!: DriftView;
  @property({ attribute: false }) host!: DriftCalls;
  @property({ attribute: false }) column: string | null = null;
  @state() private all = false;
  private readonly segments = new Fetched<readonly DriftSegment[]>(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { view, host } = this;
    const column = this.chosen();
    if (changed.has("column")) {
      this.all = false;
    }
    if (column !== null) {
      this.segments.ask(`${view.revision} ${column}`, () => host.segments({ revision: view.revision, column }), !changed.has("column"));
    }
  }

  protected override render(): TemplateResult {
    const column = this.chosen();
    const { segmentColumns } = this.view;
    if (segmentColumns.length === 0) {
      return html`<div class="none">
        <strong>${t("No column to drill into")}</strong
        >${t("Segments need a column with a few categories on either side, such as a region or a plan.")}
      </div>`;
    }
    return html`<div class="controls">
        ${selectBox({
          label: t("By the values of"),
          value: column ?? "",
          choices: [
            ...(column === null ? [{ value: "", label: t("Choose a column") }] : []),
            ...segmentColumns.map((value) => ({ value, label: value })),
          ],
          choose: (value) => this.dispatchEvent(new CustomEvent("segment-column", { detail: value === "" ? null : value })),
        })}
      </div>
      ${column === null ? html`<div class="none">${t("Choose a column to see in which of its values the data drifted most.")}</div>` : this.table(column)}`;
  }

  private table(column: string): TemplateResult {
    const { value, error, isWaiting } = this.segments;
    if (error !== null) {
      return html`<div class="failed" role="alert">
        ${icon("warning")}<span>${error}</span
        ><button
          class="action"
          @click=${() => {
            this.segments.forget();
            this.requestUpdate();
          }}
        >
          ${t("Retry")}
        </button>
      </div>`;
    }
    if (value === null) {
      return html`<div class="busy" role="status">${icon("loading")} ${t("Comparing by {0}…", column)}</div>`;
    }
    if (value.length === 0) {
      return html`<div class="none">${t("{0} has no value on either side.", column)}</div>`;
    }
    const shown = this.all ? value : value.slice(0, FIRST);
    return html`<div aria-busy=${String(isWaiting)}>
      ${plainTable(
        t("Drift by {0}, worst first", column),
        [
          { label: column },
          { label: t("State"), words: true },
          { label: t("Drifted columns") },
          { label: t("Moved most"), words: true },
          { label: t("Reference rows") },
          { label: t("Current rows") },
          { label: t("Rows shown") },
        ],
        shown.map((segment) => [
          segment.value === null
            ? html`<em>${t("(missing)")}</em>`
            : segment.value === ""
              ? html`<em>${t("(empty text)")}</em>`
              : segment.value,
          html`${renderState(segment.state)}${segment.reason === null ? nothing : html`<div class="facts">${segment.reason}</div>`}`,
          percentText(segment.share),
          segment.worst === null ? "" : t("{0} ({1})", segment.worst.column, numberText(segment.worst.score)),
          countText(segment.rows.reference),
          countText(segment.rows.current),
          html`<button
            class="link"
            aria-label=${t("Show only these: {0} = {1}", column, segment.value ?? t("(missing)"))}
            @click=${() => this.dispatchEvent(new CustomEvent("show-segment", { detail: { column, value: segment.value } }))}
          >
            ${t("Show only these")}
          </button>`,
        ]),
        (index) => shown[index]?.state === "unjudged",
      )}
      ${
        shown.length < value.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              ${t("Showing {0} of {1} values. Show all", countText(shown.length), countText(value.length))}
            </button>`
          : nothing
      }
    </div>`;
  }

  private chosen(): string | null {
    return this.view.segmentColumns.find((column) => column === this.column) ?? null;
  }
}
