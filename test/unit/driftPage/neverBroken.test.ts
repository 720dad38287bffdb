// @vitest-environment happy-dom
import fc from "fast-check";
import { render } from "lit";
import { describe, expect, it } from "vitest";

import type { ChartTheme } from "../../../webview-ui/shared/charts/chartTheme";
import { calibrationChart } from "../../../webview-ui/drift/charts/calibrationChart";
import { isDrawn, type DriftChart } from "../../../webview-ui/drift/charts/chartSpec";
import { correlationChart } from "../../../webview-ui/drift/charts/correlationChart";
import { distributionChart } from "../../../webview-ui/drift/charts/distributionChart";
import { kpiChart } from "../../../webview-ui/drift/charts/kpiChart";
import { psiChart } from "../../../webview-ui/drift/charts/psiChart";
import { shareChart } from "../../../webview-ui/drift/charts/shareChart";
import { missingChart, scoreChart } from "../../../webview-ui/drift/charts/windowCharts";
import { categoryTables, methodTable, statsTable } from "../../../webview-ui/drift/detailTables";
import { renderHeader } from "../../../webview-ui/drift/header";
import { renderOptions } from "../../../webview-ui/drift/optionsBar";
import { renderEmpty, renderNotices } from "../../../webview-ui/drift/pageStates";
import { cellTitle, renderColumnCell, rowText } from "../../../webview-ui/drift/renderCell";
import { arbitraryDetail, arbitraryRow, arbitraryView } from "./arbitraryViews";

const BROKEN = /NaN|undefined|Infinity|∞/;
const CELLS = ["name", "state", "shape", "score", "direction", "trend", "missing", "categories", "verdict"];
const theme: ChartTheme = {
  kind: "dark",
  text: "#cccccc",
  muted: "#999999",
  grid: "#333333",
  background: "#1f1f1f",
  warning: "#cca700",
  tooltipBackground: "#202020",
  tooltipText: "#cccccc",
  tooltipBorder: "#454545",
  fontFamily: "sans-serif",
  fontSize: 11,
};
const ignore = (): void => undefined;
const actions = { reload: ignore, openReading: ignore, cancel: ignore, openConfig: ignore, clearSegment: ignore, dismiss: ignore };

/** Names are people's own words: whatever they hold is no fault of the page. */
const cleanNames = (view: string): boolean => !BROKEN.test(view);

function markup(template: unknown): string {
  const place = document.createElement("div");
  render(template, place);
  return place.innerHTML.replace(/<!--.*?-->/gs, "");
}

function brokenNumbers(value: unknown, path: string): readonly string[] {
  if (typeof value === "number") {
    return Number.isFinite(value) ? [] : [path];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => brokenNumbers(item, `${path}[${String(index)}]`));
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => brokenNumbers(item, `${path}.${key}`))
    : [];
}

/** Everything that a chart says, and every number that it draws. */
function checkChart(chart: DriftChart): void {
  if (!isDrawn(chart)) {
    expect(chart.empty).not.toBe("");
    expect(`${chart.heading} ${chart.empty}`).not.toMatch(BROKEN);
    return;
  }
  const rows = Array.from({ length: chart.data.count }, (_, index) => chart.data.row(index));
  expect(rows.every((row) => row.length === chart.data.columns.length)).toBe(true);
  const words = [chart.heading, chart.summary, ...chart.notes, ...chart.legend.map(({ label }) => label), ...rows.flat()];
  expect(words.join(" | ")).not.toMatch(BROKEN);
  const drawing = chart.build(theme);
  expect(brokenNumbers(drawing.config.data, "data")).toEqual([]);
  expect(brokenNumbers(drawing.config.options, "options")).toEqual([]);
  for (const dataset of drawing.walked) {
    drawing.config.data.datasets[dataset]?.data.forEach((_, index) => {
      const { title, lines } = drawing.describe(dataset, index);
      expect([title, ...lines].join(" | ")).not.toMatch(BROKEN);
    });
  }
}

describe("the drift page", () => {
  it("never shows a broken number, whatever the view leaves out", () => {
    fc.assert(
      fc.property(arbitraryView, (view) => {
        fc.pre(cleanNames(JSON.stringify(view)));
        const parts = [
          renderHeader({ view, isOpen: true, toggle: ignore, tools: renderOptions(view, ignore), openFile: ignore }),
          renderNotices(view, null, actions),
          renderEmpty(view, actions),
        ];
        expect(parts.map((part) => markup(part)).join("\n")).not.toMatch(BROKEN);
        [
          shareChart(view),
          correlationChart(view.correlations),
          ...(view.calibration == null ? [] : [calibrationChart(view.calibration)]),
          ...view.kpis.map((kpi) => kpiChart(kpi, view.marks, { range: null, isSmall: false })),
        ].forEach(checkChart);
      }),
      { numRuns: 60 },
    );
  });

  it("never shows a broken number in the table", () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        fc.pre(cleanNames(JSON.stringify(row)));
        const cells = CELLS.map((column) => `${markup(renderColumnCell(row, column))} ${cellTitle(row, column)}`);
        expect([...cells, rowText(row)].join("\n")).not.toMatch(BROKEN);
      }),
      { numRuns: 80 },
    );
  });

  it("never shows a broken number in the details of a column", () => {
    fc.assert(
      fc.property(arbitraryDetail, arbitraryRow, arbitraryView, fc.boolean(), (detail, row, view, flag) => {
        fc.pre(cleanNames(JSON.stringify([detail, row, view])));
        const parts = [statsTable(detail), categoryTables(detail, row), methodTable(detail.methods)];
        expect(parts.map((part) => markup(part)).join("\n")).not.toMatch(BROKEN);
        [
          ...(["shares", "cumulative", "box"] as const).map((kind) => distributionChart(detail, { kind, logX: flag, logY: flag })),
          psiChart(detail.name, detail.psi, flag),
          scoreChart(row, detail.overTime, view.windows, view.marks),
          missingChart(row, detail.overTime, view.windows, view.marks),
        ].forEach(checkChart);
      }),
      { numRuns: 60 },
    );
  });
});
