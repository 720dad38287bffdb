import { html, nothing, type TemplateResult } from "lit";

import type {
  ComplianceFormat,
  CompliancePageData,
  CompliancePlace,
  ComplianceStatus,
  ComplianceView,
} from "../../src/protocol/compliance";
import { CallingPage } from "../shared/callingPage";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { type MenuEntry, openMenu } from "../shared/menu";
import { notice } from "../shared/notice";
import { buttonStyles, themeStyles } from "../shared/theme";
import { waiting } from "../shared/waiting";
import type { ComplianceCalls } from "./complianceCalls";
import { complianceStyles } from "./complianceStyles";
import { renderGroup } from "./itemList";
import { renderChanges, renderSignOffs } from "./signOffTable";
import { STATUS_ICONS, STATUSES, statusWord } from "./statusWords";

/** What is documented, missing, expired or waits for a person, of one version of a model. */
export class CompliancePageElement extends CallingPage {
  static override styles = [themeStyles, buttonStyles, ...complianceStyles];
  static override properties = {
    view: { attribute: false },
    filter: { state: true },
  };

  host!: ComplianceCalls;
  view: ComplianceView | undefined;
  private filter: ComplianceStatus | null = null;

  override render(): TemplateResult {
    const { view } = this;
    if (view === undefined) {
      return html`<main>${looking()}</main>`;
    }
    const { page, isBusy, product } = view;
    return html`<main>
      <header class="top">
        <div class="titles">
          <h1>${t("Compliance of {0}", product)}</h1>
          ${page === null ? html`<p class="muted">${view.config}</p>` : renderFacts(page)}
        </div>
        <div class="buttons">${this.renderButtons(view)}</div>
      </header>
      <p class="hidden-text" role="status">${isBusy ? t("Looking") : page === null ? "" : spoken(page)}</p>
      <div class="notices">${this.renderNotices(view)}</div>
      <div class="body" aria-busy=${String(isBusy)}>${page === null ? (isBusy ? looking() : nothing) : this.renderPage(page)}</div>
    </main>`;
  }

  private renderButtons({ page, isBusy, config }: ComplianceView): TemplateResult {
    return html`
      <button
        class="tool"
        aria-haspopup="menu"
        ?disabled=${page === null}
        @click=${(event: Event) => openMenu(event.currentTarget as Element, t("Save a report"), this.exports())}
      >
        ${icon("export")}<span>${t("Save a report")}</span>
      </button>
      <button class="tool" title=${t("Open {0}", config)} @click=${() => this.call(this.host.open({ file: config, line: null }))}>
        ${icon("go-to-file")}<span>${t("Open file")}</span>
      </button>
      <button class="tool" ?disabled=${isBusy} @click=${() => this.call(this.host.refresh())}>
        ${icon(isBusy ? "loading" : "refresh")}<span>${t("Look again")}</span>
      </button>
    `;
  }

  private exports(): readonly MenuEntry[] {
    const item = (label: string, format: ComplianceFormat, audience: "internal" | "external"): MenuEntry => ({
      kind: "item",
      label,
      run: () => this.call(this.host.export({ format, audience })),
    });
    return [
      { kind: "heading", label: t("For readers inside") },
      item(t("HTML, opens offline and prints…"), "html", "internal"),
      item(t("Markdown…"), "markdown", "internal"),
      item(t("JSON…"), "json", "internal"),
      { kind: "separator" },
      { kind: "heading", label: t("For readers outside: no addresses and paths") },
      item(t("HTML for outside…"), "html", "external"),
      item(t("Markdown for outside…"), "markdown", "external"),
      item(t("Hugging Face model card…"), "modelcard", "external"),
      item(t("CycloneDX bill of materials…"), "cyclonedx", "external"),
    ];
  }

  private renderNotices({ failure, page }: ComplianceView): TemplateResult {
    return html`
      ${failure === null ? nothing : notice({ kind: "error", words: `${failure.message} ${failure.remedy ?? ""}` })} ${this.renderFailure()}
      ${page?.exceptions.map((text) => notice({ kind: "error", words: text }))}
      ${
        page?.hint == null
          ? nothing
          : notice({
              ...{ kind: "warning", words: page.hint },
              more: page.signOffs.some(({ subject, status }) => subject === "early" && status !== "documented")
                ? html`<button class="action second" @click=${() => this.request("early", null)}>${t("Request early sign-off…")}</button>`
                : nothing,
            })
      }
      ${page?.problems.map((text) => notice({ kind: "warning", words: text }))}
    `;
  }

  private renderPage(page: CompliancePageData): TemplateResult {
    const open = (place: CompliancePlace): void => this.call(this.host.open({ file: place.file, line: place.line }));
    return html`
      <p class="law">${page.notice}</p>
      <div class="tiles" role="group" aria-label=${t("Show only")}>
        ${STATUSES.map(
          (status) =>
            html`<button
              class="tile ${status}"
              aria-pressed=${String(this.filter === status)}
              @click=${() => (this.filter = this.filter === status ? null : status)}
            >
              <span class="number">${page.counts[status]}</span>
              <span class="word">${icon(STATUS_ICONS[status])}${statusWord(status)}</span>
            </button>`,
        )}
      </div>
      ${renderSignOffs(page.signOffs, this.filter, open, (subject, role) => this.request(subject, role))}
      ${page.groups.map((group) => renderGroup(group, this.filter, open))}
      ${this.filter === null ? renderChanges(page.changes, open) : nothing}
    `;
  }

  private request(subject: string, role: string | null): void {
    this.call(this.host.requestSignOff({ subject, role }));
  }
}

function renderFacts({ facts }: CompliancePageData): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ({ label, value }) =>
        html`<div>
          <dt>${t(label)}:</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function spoken({ counts }: CompliancePageData): string {
  return STATUSES.map((status) => `${statusWord(status)}: ${counts[status]}`).join(", ");
}

function looking(): TemplateResult {
  return waiting(t("Looking at files, sign-offs and checks"));
}

customElements.define("mlops-compliance", CompliancePageElement);
