import { html, type TemplateResult } from "lit";

import type { DriftColumnRow, DriftView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import type { DriftCalls } from "./driftCalls";
import { renderWaiting } from "./tabPanel";

export interface DetailPaneProps {
  readonly view: DriftView;
  readonly row: DriftColumnRow;
  readonly host: DriftCalls;
  /** The code of the details has come. */
  readonly isReady: boolean;
  readonly close: () => void;
  readonly chooseWindow: (from: number) => void;
}

/** One column beside the table. */
export function renderDetailPane({ view, row, host, isReady, close, chooseWindow }: DetailPaneProps): TemplateResult {
  return html`<aside class="beside" aria-label=${t("Details of {0}", row.name)}>
    ${
      isReady
        ? html`<mlops-drift-detail
            .view=${view}
            .row=${row}
            .host=${host}
            @close-detail=${close}
            @choose-window=${({ detail }: CustomEvent<number>) => chooseWindow(detail)}
          ></mlops-drift-detail>`
        : renderWaiting()
    }
  </aside>`;
}
