import type { TemplateResult } from "lit";

import type { DriftView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { tabBar } from "../shared/tabBar";
import { DRIFT_TABS, type DriftTab } from "./pageState";

export function renderTabs(view: DriftView, chosen: DriftTab, choose: (tab: DriftTab) => void): TemplateResult {
  const labels: Readonly<Record<DriftTab, readonly [label: string, count: number | null]>> = {
    columns: [t("Columns"), view.columns.length],
    time: [t("Over Time"), null],
    correlations: [t("Correlations"), null],
    segments: [t("Segments"), null],
    notes: [t("Notes"), view.notes.length],
  };
  const tabs = DRIFT_TABS.map((id) => ({ id, label: labels[id][0], count: labels[id][1] }));
  return tabBar({ label: t("Parts of the comparison"), tabs, chosen, choose });
}
