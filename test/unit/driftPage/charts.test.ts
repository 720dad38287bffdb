// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import type { DriftBins, KpiSeriesView } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../../webview-ui/shared/charts/chartTheme";
import { isDrawn, type ChartSpec, type DriftChart } from "../../../webview-ui/drift/charts/chartSpec";
import { correlationChart } from "../../../webview-ui/drift/charts/correlationChart";
import { distributionChart } from "../../../webview-ui/drift/charts/distributionChart";
import { kpiChart } from "../../../webview-ui/drift/charts/kpiChart";
import { psiChart } from "../../../webview-ui/drift/charts/psiChart";
import { shareChart } from "../../../webview-ui/drift/charts/shareChart";
import { scoreChart } from "../../../webview-ui/drift/charts/windowCharts";
import { storyDetail } from "../../webview/stories/driftDetails";
import { storyView } from "../../webview/stories/driftViews";

const theme: ChartTheme = {
  kind: "light",
  text: "#3b3b3b",
  muted: "#6a6a6a",
  grid: "#dddddd",
  background: "#ffffff",
  warning: "#bf8803",
  tooltipBackground: "#f8f8f8",
  tooltipText: "#3b3b3b",
  tooltipBorder: "#c8c8c8",
  fontFamily: "sans-serif",
  fontSize: 11,
};
const view = storyView({ columns: 12, windows: 12, state: "ok" });
const detailOf = (name: string) => storyDetail(view, name);
const SHARES = { kind: "shares", logX: false, logY: false } as const;

function drawn(chart: DriftChart): ChartSpec {
  if (!isDrawn(chart)) {
    throw new Error(`Nothing is drawn: ${chart.empty}`);
  }
  return chart;
}

const rowsOf = ({ data }: ChartSpec): readonly (readonly string[])[] => Array.from({ length: data.count }, (_, index) => data.row(index));
const emptyOf = (chart: DriftChart): string => (isDrawn(chart) ? "" : chart.empty);

describe("a distribution", () => {
  it("names categories that came and went, and shows shares with counts", () => {
    const chart = drawn(distributionChart(detailOf("contract"), SHARES));
    const names = rowsOf(chart).map(([name]) => name);
    expect(names).toContain("student (new)");
    expect(names).toContain("prepaid (lost)");
    expect(rowsOf(chart)[0]).toHaveLength(5);
    expect(chart.build(theme).describe(0, 0).lines).toEqual([expect.stringContaining("21,000 rows"), expect.stringContaining("rows")]);
  });

  it("draws both sides over the same bins at their true widths", () => {
    const chart = drawn(distributionChart(detailOf("monthly_charges"), SHARES));
    const { scales } = chart.build(theme).config.options as { scales: { x: { min: number; max: number; type: string } } };
    expect(scales.x).toMatchObject({ min: 18, max: 120, type: "linear" });
    const logarithmic = drawn(distributionChart(detailOf("monthly_charges"), { ...SHARES, logX: true }));
    expect((logarithmic.build(theme).config.options as { scales: { x: { type: string } } }).scales.x.type).toBe("logarithmic");
  });

  it("has no logarithm where an edge is not above zero", () => {
    const detail = detailOf("monthly_charges");
    const bins: DriftBins = { labels: ["a", "b"], edges: [-1, 0, 1], reference: [1, 2], current: [2, 1], others: 0 };
    const chart = drawn(distributionChart({ ...detail, bins }, { ...SHARES, logX: true }));
    expect((chart.build(theme).config.options as { scales: { x: { type: string } } }).scales.x.type).toBe("linear");
  });

  it("adds up to one in the cumulative view, and says where the curves part", () => {
    const chart = drawn(distributionChart(detailOf("monthly_charges"), { ...SHARES, kind: "cumulative" }));
    const { datasets } = chart.build(theme).config.data;
    for (const { data } of datasets) {
      expect((data.at(-1) as { y: number }).y).toBeCloseTo(1);
    }
    expect(chart.notes[0]).toMatch(/^The curves are farthest apart at /);
  });

  it("says what is missing instead of an empty chart", () => {
    const detail = detailOf("monthly_charges");
    const sides = detail.sides.map((side) => ({ ...side, missing: side.rows }));
    expect(emptyOf(distributionChart({ ...detail, bins: null }, SHARES))).toContain("cannot be put into bins");
    expect(emptyOf(distributionChart({ ...detail, sides, bins: null }, SHARES))).toContain("Neither side has a value");
    const nothing: DriftBins = { labels: ["a"], edges: null, reference: [0], current: [0], others: 0 };
    expect(emptyOf(distributionChart({ ...detail, bins: nothing }, SHARES))).toContain("Neither side has a value");
  });

  it("still shows the side that has values when the other has none", () => {
    const bins: DriftBins = { labels: ["a", "b"], edges: null, reference: [3, 1], current: [0, 0], others: 0 };
    const chart = drawn(distributionChart({ ...detailOf("contract"), bins }, SHARES));
    expect(chart.notes).toContain("The current data have no value");
    expect(rowsOf(chart).map(([name]) => name)).toEqual(["a", "b"]);
  });
});

describe("the parts of a PSI", () => {
  it("come the largest first or in the order of the bins, and add up to the total", () => {
    const { psi } = detailOf("monthly_charges");
    const sorted = rowsOf(drawn(psiChart("x", psi, true))).map(([, value]) => Number(value));
    expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
    const inOrder = rowsOf(drawn(psiChart("x", psi, false)));
    expect(inOrder.map(([label]) => label)).toEqual(psi?.bins.labels);
    expect(inOrder.reduce((sum, [, value]) => sum + Number(value), 0)).toBeCloseTo(psi?.total ?? NaN, 4);
  });

  it("say that there is none", () => {
    expect(emptyOf(psiChart("x", null, true))).toBe("No PSI can be computed for this column.");
  });
});

describe("charts over time", () => {
  it("hatch windows that nobody judged and say how many", () => {
    const chart = drawn(shareChart(view));
    expect(chart.notes).toEqual(["2 windows not judged, hatched"]);
    expect(chart.legend.map(({ side }) => side)).toContain("unjudged");
    expect(rowsOf(chart).at(-1)).toEqual([expect.any(String), "—", "Not judged", "52", "not over yet"]);
  });

  it("name what is missing: a time column, a window, or rows", () => {
    const none = { ...view, windows: [] };
    expect(emptyOf(shareChart({ ...none, timeColumns: [] }))).toContain("Neither file has a column with times");
    expect(emptyOf(shareChart({ ...none, options: { ...view.options, window: null } }))).toContain("Choose a window");
    expect(emptyOf(shareChart(none))).toBe("No window has rows yet.");
  });

  it("draw unjudged scores hollow and never as a line to zero", () => {
    const row = view.columns.find(({ name }) => name === "contract");
    const chart = drawn(scoreChart(row ?? view.columns[0]!, detailOf("contract").overTime, view.windows, view.marks));
    const [dataset] = chart.build(theme).config.data.datasets as unknown as [
      { data: { y: number | null }[]; pointBackgroundColor: string[] },
    ];
    expect(dataset.data[5]?.y).toBeNull();
    expect(dataset.pointBackgroundColor[5]).toBe(theme.background);
  });
});

describe("windows in a chart", () => {
  const chosen: number[] = [];
  const choose = (from: number): void => void chosen.push(from);

  it("are chosen by the moment at which they begin, and the chart says that they can be", () => {
    const share = drawn(shareChart(view, choose));
    share.build(theme).choose?.(0, 3);
    drawn(scoreChart(view.columns[0]!, detailOf(view.columns[0]!.name).overTime, view.windows, [], choose))
      .build(theme)
      .choose?.(0, 5);
    drawn(kpiChart(view.kpis[0]!, [], { range: null, isSmall: false, choose }))
      .build(theme)
      .choose?.(0, 1);
    expect(chosen).toEqual([view.windows[3]?.from, view.windows[5]?.from, view.kpis[0]?.points[1]?.time]);
    share.build(theme).choose?.(0, 99);
    expect(chosen).toHaveLength(3);
    expect(share.notes.join()).toContain("press Enter");
  });

  it("are only looked at where there is no page to show them", () => {
    const share = drawn(shareChart(view));
    expect("choose" in share.build(theme)).toBe(false);
    expect(share.notes.join()).not.toContain("Enter");
  });
});

describe("a KPI", () => {
  const [kpi] = view.kpis as [KpiSeriesView];

  it("says that an estimate is one, and what it assumes", () => {
    const chart = drawn(kpiChart(kpi, [], { range: null, isSmall: false }));
    expect(chart.notes[0]).toBe("Dashed: estimated without labels. Assumes that the same inputs still lead to the same outcomes.");
    const [measured, estimated] = chart.build(theme).config.data.datasets as unknown as { borderDash?: number[] }[];
    expect(measured?.borderDash).toBeUndefined();
    expect(estimated?.borderDash).toEqual([5, 4]);
    expect(chart.build(theme).describe(1, 11).lines).toEqual([expect.stringContaining("estimated without labels")]);
  });

  it("tells a reader without sight the last value, its state and the target", () => {
    const chart = drawn(kpiChart(kpi, [], { range: null, isSmall: false }));
    expect(chart.summary).toMatch(/12 points, last 0\.8\d+ \(.+\)\. Target ≥ 0\.85\./);
  });

  it("gives the reason when no point has a value", () => {
    const points = kpi.points.map((point) => ({ ...point, value: null, low: null, high: null, reason: "labels arrive after 30 days" }));
    expect(emptyOf(kpiChart({ ...kpi, points, estimate: null }, [], { range: null, isSmall: false }))).toBe("labels arrive after 30 days");
    expect(emptyOf(kpiChart({ ...kpi, points: [], estimate: null }, [], { range: null, isSmall: false }))).toBe(
      "No value has been computed yet.",
    );
  });
});

describe("correlations", () => {
  it("come with the largest change first and pairs without one last", () => {
    const chart = drawn(
      correlationChart([
        { columns: ["a", "b"], reference: null, current: 0.9 },
        { columns: ["a", "c"], reference: 0.1, current: 0.2 },
        { columns: ["b", "c"], reference: 0.5, current: -0.5 },
      ]),
    );
    expect(rowsOf(chart)).toEqual([
      ["b ~ c", "0.5", "−0.5", "−1"],
      ["a ~ c", "0.1", "0.2", "0.1"],
      ["a ~ b", "—", "0.9", "—"],
    ]);
  });

  it("need two columns with numbers", () => {
    expect(emptyOf(correlationChart([]))).toContain("it takes two columns with numbers");
  });
});
