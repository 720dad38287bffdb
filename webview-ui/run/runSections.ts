import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { ArtifactOwnerRef, RunSections, VersionView } from "../../src/protocol/runPage";
import type { ChartOptions } from "../shared/charts/chartSeries";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import "./artifactTree";
import "./childList";
import "./curveSection";
import "./datasetList";
import { groupTitle } from "./groupTitle";
import "./metricTable";
import "./outputList";
import type { PageContext } from "./pageContext";
import { filterSections } from "./pageModel";
import { bodyStyles } from "./pageStyles";
import "./runCommit";
import "./runNote";
import { sectionStyles } from "./styles";
import "./textTable";

type Filtered = ReturnType<typeof filterSections>;

interface Section {
  readonly id: string;
  readonly title: string;
  /** "3" or, while searching, "1 of 3". */
  readonly count?: string;
  readonly body: TemplateResult;
  readonly hidden?: boolean;
}

/** The body of the page: a search box, links to the sections, and the sections. */
@customElement("mlops-run-sections")
export class RunSectionsElement extends LitElement {
  static override readonly styles = [themeStyles, buttonStyles, sectionStyles, bodyStyles];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) data!: RunSections;
  @property({ attribute: false }) versions: readonly VersionView[] = [];
  @property({ attribute: false }) options!: ChartOptions;
  @state() private search = "";
  @state() private hasChildren = false;

  private filtered: Filtered = { params: [], metricGroups: [], tags: [], mlflowTags: [] };
  private owner: ArtifactOwnerRef = { kind: "run", runId: "" };

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.filtered = filterSections(this.data, this.search);
    if (changed.has("data") && (this.owner.kind !== "run" || this.owner.runId !== this.data.header.runId)) {
      this.owner = { kind: "run", runId: this.data.header.runId };
    }
  }

  protected override render(): TemplateResult {
    const { note } = this.data;
    const top = [this.params(), this.metrics()];
    const bottom = [this.inputs(), this.outputs(), this.artifacts(), this.commit()];
    const all = [...top, this.curves(), ...bottom, this.childRuns(), this.tags()];
    return html`
      ${note === null ? nothing : this.section({ id: "note", title: t("Description"), body: html`<mlops-run-note .context=${this.context} .note=${note}></mlops-run-note>` })}
      <div class="bar">
        <input
          type="search"
          placeholder=${t("Find params, metrics, tags")}
          aria-label=${t("Find params, metrics and tags")}
          .value=${this.search}
          @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === "Escape") {
              this.search = "";
            }
          }}
        />
        <nav aria-label=${t("Sections")}>
          ${all
            .filter((section) => section.hidden !== true)
            .map((section) => html`<button class="tool" @click=${() => this.jumpTo(section.id)}>${section.title}</button>`)}
        </nav>
        <span class="hidden-text" role="status">${this.search === "" ? "" : t("{0} rows match", this.matchCount())}</span>
      </div>
      <div class="columns">${top.map((section) => this.section(section))}</div>
      ${this.section(this.curves())}
      <div class="columns">${bottom.map((section) => this.section(section))}</div>
      ${this.section(this.childRuns())} ${this.section(this.tags())}
    `;
  }

  private section({ id, title, count, body, hidden }: Section): TemplateResult {
    return html`<section id=${id} aria-labelledby="${id}-title" ?hidden=${hidden === true}>
      <h2 id="${id}-title" tabindex="-1">${title} ${count === undefined ? nothing : html`<span class="count">${count}</span>`}</h2>
      ${body}
    </section>`;
  }

  private params(): Section {
    const { params } = this.filtered;
    return {
      id: "params",
      title: t("Parameters"),
      count: this.countOf(params.length, this.data.params.length),
      body: this.orEmpty(
        params.length,
        t("No parameters were logged."),
        html`<mlops-text-table kind="param" .context=${this.context} .rows=${params} .label=${t("Parameters")}></mlops-text-table>`,
      ),
    };
  }

  private metrics(): Section {
    const { metricGroups } = this.filtered;
    const shown = metricGroups.filter((group) => !group.system);
    const system = metricGroups.filter((group) => group.system);
    const table = (group: Filtered["metricGroups"][number]): TemplateResult =>
      html`<mlops-metric-table .context=${this.context} .metrics=${group.metrics} .label=${groupTitle(group)}></mlops-metric-table>`;
    return {
      id: "metrics",
      title: t("Metrics"),
      count: this.countOf(countMetrics(metricGroups), countMetrics(this.data.metricGroups)),
      body: this.orEmpty(
        metricGroups.length,
        t("No metrics were logged."),
        html`${repeat(
          shown,
          (group) => group.prefix,
          (group) => html`${shown.length > 1 ? html`<h3>${groupTitle(group)}</h3>` : nothing}${table(group)}`,
        )}
        ${
          system.length === 0
            ? nothing
            : html`<details>
                <summary>${t("System metrics")} (${countMetrics(system)})</summary>
                ${system.map(table)}
              </details>`
        }`,
      ),
    };
  }

  private curves(): Section {
    return {
      id: "curves",
      title: t("Curves"),
      hidden: this.data.metricGroups.length === 0,
      body: html`<mlops-curve-section
        .context=${this.context}
        .groups=${this.filtered.metricGroups}
        .options=${this.options}
      ></mlops-curve-section>`,
    };
  }

  private inputs(): Section {
    const { datasets } = this.data;
    return {
      id: "inputs",
      title: t("Inputs"),
      count: String(datasets.length),
      hidden: datasets.length === 0,
      body: html`<mlops-dataset-list .context=${this.context} .datasets=${datasets}></mlops-dataset-list>`,
    };
  }

  private outputs(): Section {
    const { outputs } = this.data;
    const count = outputs.length + this.versions.length;
    return {
      id: "outputs",
      title: t("Outputs"),
      count: String(count),
      hidden: count === 0,
      body: html`<mlops-output-list .context=${this.context} .outputs=${outputs} .versions=${this.versions}></mlops-output-list>`,
    };
  }

  private artifacts(): Section {
    return {
      id: "artifacts",
      title: t("Artifacts"),
      body: html`<mlops-artifact-tree .context=${this.context} .owner=${this.owner} .label=${t("Artifacts")}></mlops-artifact-tree>`,
    };
  }

  private commit(): Section {
    const { commit } = this.data;
    return {
      id: "commit",
      title: t("Code"),
      hidden: commit === null,
      body: commit === null ? html`` : html`<mlops-run-commit .context=${this.context} .commit=${commit}></mlops-run-commit>`,
    };
  }

  private childRuns(): Section {
    return {
      id: "children",
      title: t("Child runs"),
      hidden: !this.hasChildren,
      body: html`<mlops-child-list
        .context=${this.context}
        @children-known=${(event: CustomEvent<boolean>) => (this.hasChildren = event.detail)}
      ></mlops-child-list>`,
    };
  }

  private tags(): Section {
    const { tags, mlflowTags } = this.filtered;
    const table = (rows: RunSections["tags"], label: string): TemplateResult =>
      html`<mlops-text-table kind="tag" .context=${this.context} .rows=${rows} .label=${label}></mlops-text-table>`;
    return {
      id: "tags",
      title: t("Tags"),
      count: this.countOf(tags.length, this.data.tags.length),
      body: html`${this.orEmpty(tags.length, t("No tags were set."), table(tags, t("Tags")))}
      ${
        mlflowTags.length === 0
          ? nothing
          : html`<details>
              <summary>${t("MLflow's own tags")} (${mlflowTags.length})</summary>
              ${table(mlflowTags, t("MLflow's own tags"))}
            </details>`
      }`,
    };
  }

  private orEmpty(count: number, empty: string, content: TemplateResult): TemplateResult {
    return count > 0 ? content : html`<p class="empty">${this.search === "" ? empty : t("Nothing matches the search.")}</p>`;
  }

  private countOf(shown: number, total: number): string {
    return shown === total ? String(total) : t("{0} of {1}", shown, total);
  }

  private matchCount(): number {
    const { params, tags, mlflowTags, metricGroups } = this.filtered;
    return params.length + tags.length + mlflowTags.length + countMetrics(metricGroups);
  }

  private jumpTo(id: string): void {
    const title = this.renderRoot.querySelector<HTMLElement>(`#${id}-title`);
    title?.closest("section")?.scrollIntoView({ block: "start" });
    title?.focus({ preventScroll: true });
  }
}

function countMetrics(groups: RunSections["metricGroups"]): number {
  return groups.reduce((sum, group) => sum + group.metrics.length, 0);
}
