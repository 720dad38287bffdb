import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { DriftColumnDetail, DriftColumnRow, DriftToolRow, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { canBeLogarithmic } from "./charts/binShares";
import { isDrawn, type DriftChart } from "./charts/chartSpec";
import { distributionChart, type DistributionLook } from "./charts/distributionChart";
import "./charts/driftChart";
import { psiChart } from "./charts/psiChart";
import { missingChart, scoreChart } from "./charts/windowCharts";
import { sampleNote } from "./charts/sampleNote";
import { categoryTables, methodTable, statsTable, toolTable } from "./detailTables";
import type { DriftCalls } from "./driftCalls";
import { ROLES, TYPES } from "./driftStates";
import { Fetched } from "./fetched";
import { namedText } from "./namedText";
import { panelStyles } from "./panelStyles";
import { renderState } from "./renderCell";
import { selectBox } from "../shared/selectBox";

/** Everything about one column: what moved, since when, by which method, and why tools disagree about it. */
@customElement("mlops-drift-detail")
export class ColumnDetail extends LitElement {
  static override readonly styles = [
    ...panelStyles,
    css`
      .head {
        position: sticky;
        top: 0;
        z-index: 2;
        display: flex;
        align-items: flex-start;
        gap: 4px 8px;
        margin: -8px -12px 0;
        padding: 8px 12px 4px;
        background: var(--vscode-editor-background);
      }
      .head h2 {
        flex: 1;
        min-width: 0;
      }
      .head h2:focus {
        outline: none;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        color: var(--mlops-muted);
      }
      ul {
        margin: 4px 0 8px;
        padding-inline-start: 20px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) view!: DriftView;
  @property({ attribute: false }) row!: DriftColumnRow;
  @property({ attribute: false }) host!: DriftCalls;
  @state() private look: DistributionLook = { kind: "shares", logX: false, logY: false };
  @state() private largestFirst = true;
  private readonly detail = new Fetched<DriftColumnDetail>(this);
  private readonly tools = new Fetched<readonly DriftToolRow[]>(this);
  @state() private toolsWanted = false;
  /** The tables follow a frame after the charts: both at once would hold up the page. */
  @state() private withTables = false;
  private charts: {
    readonly distribution: DriftChart;
    readonly score: DriftChart;
    readonly missing: DriftChart;
    readonly psi: DriftChart;
  } | null = null;
  private drawn: readonly unknown[] = [];

  /** Puts the focus on the column's name, so that a screen reader says it. */
  focusHeading(): void {
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>("h2")?.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { view, row, host } = this;
    const before = changed.get("row");
    const isOther = before !== undefined && before.name !== row.name;
    if (isOther) {
      this.toolsWanted = this.withTables = false;
      this.tools.forget();
      this.look = { ...this.look, logX: false, logY: false };
    }
    const question = `${view.revision} ${row.name}`;
    // Windows come one after the other within a revision; each brings a point of the charts over time.
    const judged = view.windows.map((window) => window.state).join();
    this.detail.ask(`${question} ${judged}`, () => host.column({ revision: view.revision, name: row.name }), !isOther);
    if (this.toolsWanted) {
      this.tools.ask(question, () => host.tools({ revision: view.revision, name: row.name }), true);
    }
    const { value } = this.detail;
    // Charts are made anew only when what they show is another: a drawn chart keeps its zoom and its place.
    const shown = [value, row, view.windows, view.marks, this.look, this.largestFirst];
    if (shown.some((each, index) => each !== this.drawn[index])) {
      this.drawn = shown;
      this.charts =
        value === null
          ? null
          : {
              distribution: distributionChart(value, this.look),
              score: scoreChart(row, value.overTime, view.windows, view.marks, this.chooseWindow),
              missing: missingChart(row, value.overTime, view.windows, view.marks, this.chooseWindow),
              psi: psiChart(row.name, value.psi, this.largestFirst),
            };
    }
  }

  protected override render(): TemplateResult {
    const { row, charts } = this;
    const { value, error } = this.detail;
    return html`<div class="head">
        <h2 tabindex="-1">${row.name}</h2>
        ${renderState(row.state)}
        <button class="tool" aria-label=${t("Close details of {0}", row.name)} title=${t("Close (Escape)")} @click=${this.close}>
          ${icon("close")}
        </button>
      </div>
      <div class="line">
        <span>${t(ROLES[row.role])}</span><span>${t(TYPES[row.type])}</span>
        ${value === null || value.kinds.reference === value.kinds.current ? nothing : html`<span>${t("{0} before, {1} now", value.kinds.reference, value.kinds.current)}</span>`}
      </div>
      <p>${namedText(value?.verdict ?? row.verdict)}</p>
      ${row.reason === null || (value?.verdict ?? row.verdict).includes(row.reason) ? nothing : html`<p class="facts">${namedText(t("Not judged: {0}", row.reason))}</p>`}
      ${
        value === null || value.notes.length === 0
          ? nothing
          : html`<ul>
              ${value.notes.map((note) => html`<li>${namedText(note)}</li>`)}
            </ul>`
      }
      ${error === null ? nothing : this.failed(error)}
      ${
        value !== null && charts !== null
          ? this.body(value, charts)
          : error === null
            ? html`<div class="busy" role="status">${icon("loading")} ${t("Reading {0}…", row.name)}</div>`
            : nothing
      }`;
  }

  private body(detail: DriftColumnDetail, charts: NonNullable<ColumnDetail["charts"]>): TemplateResult {
    const hasWindows = this.view.windows.length > 0;
    const card = (chart: DriftChart, controls: TemplateResult | typeof nothing = nothing): TemplateResult =>
      html`<mlops-drift-chart .chart=${chart} .sample=${sampleNote(this.view)} .host=${this.host}>${controls}</mlops-drift-chart>`;
    return html`<div class="grid">
        ${card(charts.distribution, this.distributionControls(detail))}
        ${card(charts.psi, isDrawn(charts.psi) ? this.psiControls() : nothing)}
        ${hasWindows ? html`${card(charts.score)}${card(charts.missing)}` : nothing}
      </div>
      ${this.withTables ? this.tables(detail) : nothing}`;
  }

  protected override updated(): void {
    if (!this.withTables && this.detail.value !== null) {
      requestAnimationFrame(() => setTimeout(() => (this.withTables = true)));
    }
  }

  private tables(detail: DriftColumnDetail): TemplateResult {
    return html`<section>
        <h3>${t("Both sides in numbers")}</h3>
        ${statsTable(detail)}
      </section>
      ${categoryTables(detail, this.row)}
      <section>
        <h3>${t("By every method")}</h3>
        ${methodTable(detail.methods)}
      </section>
      <section>
        <h3>${t("Why the tools disagree")}</h3>
        ${this.toolsPart()}
      </section>`;
  }

  private distributionControls(detail: DriftColumnDetail): TemplateResult | typeof nothing {
    const { look } = this;
    const isRange = detail.bins?.edges != null;
    if (!isRange) {
      return nothing;
    }
    const canLog = canBeLogarithmic(detail.bins);
    const check = (key: "logX" | "logY", label: string, isPossible: boolean, why: string): TemplateResult =>
      html`<label title=${isPossible ? "" : why}
        ><input
          type="checkbox"
          .checked=${look[key] && isPossible}
          ?disabled=${!isPossible}
          @change=${() => (this.look = { ...look, [key]: !look[key] })}
        />${label}</label
      >`;
    return html`<div slot="controls" class="controls">
      ${selectBox({
        label: t("View"),
        value: look.kind,
        choices: [
          { value: "shares", label: t("Shares") },
          { value: "cumulative", label: t("Cumulative") },
          { value: "box", label: t("Box plot") },
        ],
        choose: (kind) => (this.look = { ...look, kind: kind === "cumulative" || kind === "box" ? kind : "shares" }),
      })}
      ${look.kind === "box" ? nothing : check("logX", t("Log x"), canLog, t("A log axis needs values above zero."))}
      ${look.kind === "shares" ? check("logY", t("Log y"), true, "") : nothing}
    </div>`;
  }

  private psiControls(): TemplateResult {
    return html`<div slot="controls" class="controls">
      <label
        ><input type="checkbox" .checked=${this.largestFirst} @change=${() => (this.largestFirst = !this.largestFirst)} />${t(
          "Largest first",
        )}</label
      >
    </div>`;
  }

  private toolsPart(): TemplateResult {
    const { value, error, isWaiting } = this.tools;
    if (!this.toolsWanted) {
      return html`<p class="facts">${t("Evidently, NannyML and Deepchecks judge by other methods, bins and limits.")}</p>
        <button class="action" @click=${() => (this.toolsWanted = true)}>${t("Compare the Tools")}</button>`;
    }
    if (error !== null) {
      return this.failed(error);
    }
    return value === null || isWaiting
      ? html`<div class="busy" role="status">${icon("loading")} ${t("Computing what each tool says…")}</div>`
      : toolTable(value);
  }

  private failed(message: string): TemplateResult {
    return html`<div class="failed" role="alert">
      ${icon("warning")}<span>${message}</span><button class="action" @click=${this.retry}>${t("Retry")}</button>
    </div>`;
  }

  private readonly retry = (): void => {
    this.detail.forget();
    this.tools.forget();
    this.requestUpdate();
  };

  private readonly chooseWindow = (from: number): void => {
    this.dispatchEvent(new CustomEvent("choose-window", { detail: from }));
  };

  private readonly close = (): void => {
    this.dispatchEvent(new CustomEvent("close-detail"));
  };
}
