import { html, nothing, type TemplateResult } from "lit";

import type { DriftOptions, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { DriftCalls } from "./driftCalls";
import type { DriftTab } from "./pageState";

export interface TabPanelProps {
  readonly view: DriftView;
  readonly host: DriftCalls;
  readonly segmentColumn: string | null;
  /** The KPI to bring into sight. */
  readonly wantedKpi: string | null;
  readonly kpiShown: () => void;
  readonly chooseWindow: (from: number) => void;
  readonly chooseSegments: (column: string | null) => void;
  readonly showSegment: (segment: DriftOptions["segment"]) => void;
  /** Shows what a call fails with. */
  readonly call: (work: Promise<unknown>) => void;
}

/** What stands below the tabs, but for the table of columns. The elements come with the charts. */
export function renderTabPanel(tab: DriftTab, props: TabPanelProps): TemplateResult | typeof nothing {
  const { view, host, call } = props;
  switch (tab) {
    case "columns":
      return nothing;
    case "time":
      return html`<mlops-drift-time
        class="panel"
        .view=${view}
        .host=${host}
        .wanted=${props.wantedKpi}
        @kpi-shown=${props.kpiShown}
        @choose-window=${({ detail }: CustomEvent<number>) => props.chooseWindow(detail)}
      ></mlops-drift-time>`;
    case "correlations":
      return html`<mlops-drift-correlations class="panel" .view=${view} .host=${host}></mlops-drift-correlations>`;
    case "segments":
      return html`<mlops-drift-segments
        class="panel"
        .view=${view}
        .host=${host}
        .column=${props.segmentColumn}
        @segment-column=${({ detail }: CustomEvent<string | null>) => props.chooseSegments(detail)}
        @show-segment=${({ detail }: CustomEvent<DriftOptions["segment"]>) => props.showSegment(detail)}
      ></mlops-drift-segments>`;
    case "notes":
      return html`<mlops-drift-notes
        class="panel"
        .view=${view}
        @write-note=${() => call(host.writeNote({ revision: view.revision }))}
        @open-file=${({ detail }: CustomEvent<string>) => call(host.openFile({ path: detail }))}
      ></mlops-drift-notes>`;
  }
}

export function renderWaiting(): TemplateResult {
  return html`<div class="empty" role="status">
    ${icon("loading")}
    <p>${t("Loading charts…")}</p>
  </div>`;
}
