import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { ChildRow } from "../../src/protocol/runPage";
import { errorText } from "../shared/errorText";
import { formatDateTime, formatDuration, formatNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import { fromWireNumber } from "./curveLoader";
import type { PageContext } from "./pageContext";
import { runStatus } from "./runStatus";
import { sectionStyles } from "./styles";
import { failure, short } from "./valueText";

/** The runs below this one, a page at a time, with the metrics that tell most. */
@customElement("mlops-child-list")
export class ChildList extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .scroll {
        overflow-x: auto;
      }
      table {
        table-layout: auto;
      }
      th,
      td {
        white-space: nowrap;
        padding-right: 16px;
      }
      td.name {
        max-width: 320px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @state() private rows: readonly ChildRow[] = [];
  @state() private next: string | null = null;
  @state() private loading = false;
  @state() private failed: string | undefined;

  /** Reads the first page again; further pages are kept out, because their tokens are of the old order. */
  refresh(): void {
    void this.load(null);
  }

  protected override firstUpdated(): void {
    void this.load(null);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.failed !== undefined) {
      return failure(this.failed, () => void this.load(null));
    }
    return this.rows.length === 0
      ? html`<p class="empty">${this.loading ? t("Looking for child runs…") : t("No child runs.")}</p>`
      : this.table();
  }

  private table(): TemplateResult {
    const keys = [...new Set(this.rows.flatMap((row) => row.metrics.map((metric) => metric.key)))].slice(0, 3);
    return html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">${t("Run")}</th>
              <th scope="col">${t("Status")}</th>
              ${keys.map((key) => html`<th scope="col" class="number" title=${short(key, 1000)}>${short(key, 40)}</th>`)}
              <th scope="col" class="number">${t("Duration")}</th>
              <th scope="col">${t("Started")}</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.rows,
              (row) => row.runId,
              (row) => this.row(row, keys),
            )}
          </tbody>
        </table>
      </div>
      ${
        this.next === null
          ? nothing
          : html`<button class="link" ?disabled=${this.loading} @click=${() => void this.load(this.next)}>
              ${this.loading ? t("Loading…") : t("Showing the first {0}. Load more", this.rows.length)}
            </button>`
      }`;
  }

  private row(row: ChildRow, keys: readonly string[]): TemplateResult {
    const duration = row.startTime === null || row.endTime === null ? "" : formatDuration(Math.max(0, row.endTime - row.startTime));
    return html`<tr>
      <td class="name">
        <button class="link" title=${short(row.name, 1000)} @click=${() => this.context.act({ kind: "openRun", runId: row.runId })}>
          ${row.name === "" ? row.runId : short(row.name, 200)}
        </button>
      </td>
      <td>${runStatus(row.status)}</td>
      ${keys.map((key) => {
        const metric = row.metrics.find((one) => one.key === key);
        return html`<td class="number">${metric === undefined ? "" : formatNumber(fromWireNumber(metric.value), 5)}</td>`;
      })}
      <td class="number">${duration}</td>
      <td class="muted">${row.startTime === null ? "" : formatDateTime(row.startTime)}</td>
    </tr>`;
  }

  private async load(pageToken: string | null): Promise<void> {
    this.loading = true;
    try {
      const page = await this.context.host.call("children", { pageToken });
      this.rows = pageToken === null ? page.rows : [...this.rows, ...page.rows];
      this.next = page.nextPageToken;
      this.failed = undefined;
      this.dispatchEvent(new CustomEvent<boolean>("children-known", { detail: this.rows.length > 0 }));
    } catch (error) {
      this.failed = errorText(error);
    } finally {
      this.loading = false;
    }
  }
}
