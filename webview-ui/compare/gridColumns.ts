import { html, nothing, type TemplateResult } from "lit";

import type { CompareColumn, CompareView } from "../../src/protocol/compare";
import type { ThemeKind } from "../shared/charts/seriesStyle";
import { cut } from "../shared/cut";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { GridColumn } from "../shared/virtualTable/gridTypes";
import { columnId, columnLabels, factText } from "./labels";
import { baselineColumn, seriesMark } from "./renderCell";

const KEY_COLUMN = "key";
const KEY_WIDTH = 220;
const WIDTH = 190;
/** Values have their deltas, or their spreads, beside them. */
const WIDE = 264;
/** Few runs share what room there is, so that their names and values stand whole. */
const WIDEST = 320;
/** In a narrow panel two runs should be in sight beside the key, in pixels. */
const NARROW_PANEL = 640;
const NARROW = { key: 150, run: 172 };

/** The key first, then one column a run or group. @param room the panel's width in pixels. */
export function toGridColumns(
  view: CompareView,
  widths: Readonly<Record<string, number>>,
  theme: ThemeKind,
  room: number,
): readonly GridColumn[] {
  const labels = columnLabels(view);
  const baseline = baselineColumn(view);
  const several = {
    experiments: new Set(view.runs.map(({ experiment, store }) => `${experiment}\n${store}`)).size > 1,
    stores: new Set(view.runs.map(({ storeId }) => storeId)).size > 1,
  };
  const isNarrow = room < NARROW_PANEL;
  const least = isNarrow ? NARROW.run : baseline === null && view.options.groupBy === null ? WIDTH : WIDE;
  const keyWidth = widths[KEY_COLUMN] ?? (isNarrow ? NARROW.key : KEY_WIDTH);
  const share = Math.floor((room - keyWidth) / Math.max(1, view.columns.length + 0.1));
  const usual = Math.min(Math.max(least, share), WIDEST);
  return [
    {
      id: KEY_COLUMN,
      label: t("Key"),
      caption: "",
      width: keyWidth,
      pinned: true,
      align: "start",
      sort: null,
    },
    ...view.columns.map((column, index): GridColumn => {
      const id = columnId(column);
      return {
        id,
        label: labels[index] ?? "",
        caption: caption(column, index === baseline, several),
        note: column.kind === "run" ? (column.problem ?? undefined) : undefined,
        mark: mark(column, theme),
        width: widths[id] ?? usual,
        pinned: false,
        align: "start",
        sort: null,
      };
    }),
  ];
}

function caption(column: CompareColumn, isBaseline: boolean, several: { readonly experiments: boolean; readonly stores: boolean }): string {
  const parts = isBaseline ? [t("Baseline")] : [];
  if (column.kind === "group") {
    const { length } = column.runs;
    parts.push(length === 1 ? t("1 run") : t("{0} runs", length));
  } else {
    parts.push(...(column.problem === null ? [] : [t("Last known values")]));
    parts.push(...(column.status === "FINISHED" ? [] : [factText({ section: "summary", key: "status" }, column.status)]));
    parts.push(...column.versions);
    parts.push(...(several.experiments ? [column.experiment] : []), ...(several.stores ? [column.store] : []));
  }
  return parts.map((part) => cut(part, 120)).join(" · ");
}

function mark(column: CompareColumn, theme: ThemeKind): TemplateResult {
  const problem = column.kind === "run" ? column.problem : null;
  return html`${seriesMark(column.style, theme)}${
    problem === null ? nothing : html`<span class="warn" title=${problem}>${icon("warning")}</span>`
  }`;
}
