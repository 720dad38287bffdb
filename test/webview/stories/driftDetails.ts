import type { DriftBins, DriftColumnDetail, DriftScore, DriftSegment, DriftToolRow, DriftView } from "../../../src/protocol/drift";
import { scoreOf } from "./driftViews";
import { bump, sum } from "./storyNumbers";

const CATEGORIES = ["month-to-month", "one year", "two years", "prepaid", "business", "student", "family"];

/** Everything about a column of the view. */
export function storyDetail(view: DriftView, name: string): DriftColumnDetail {
  const row = view.columns.find((column) => column.name === name);
  const isCategory = row?.type === "cat";
  const strength = row?.result?.kind === "distance" ? (row.result.score ?? 0) : 0.1;
  const bins = isCategory ? categoryBins(strength) : rangeBins(20, strength);
  const psiBins = isCategory ? bins : rangeBins(10, strength);
  const contributions = psiBins.reference.map((count, index) => {
    const [p, q] = [Math.max(1e-4, count / sum(psiBins.reference)), Math.max(1e-4, (psiBins.current[index] ?? 0) / sum(psiBins.current))];
    return (p - q) * Math.log(p / q);
  });
  const numbers = (shift: number) =>
    isCategory
      ? null
      : {
          min: 18.25,
          max: 118.75 + shift * 30,
          mean: 64.76 + shift * 20,
          std: 30.09 + shift,
          quantiles: [19.2, 19.65, 35.5, 70.35, 89.85, 107.4, 114.7].map((quantile) => quantile + shift * 18),
        };
  return {
    name,
    verdict: row?.verdict ?? "",
    notes: ["One value of 1,000,000 stretches the range: bins are cut at the bulk, with the rest in the last one."],
    kinds: { reference: isCategory ? "category" : "float", current: name === "device" ? "text" : isCategory ? "category" : "float" },
    sides: [
      { label: "train.parquet", rows: 48_210, missing: 11, infinite: 0, distinct: isCategory ? 6 : 1585, numbers: numbers(0) },
      { label: "production", rows: 12_904, missing: 1_032, infinite: 2, distinct: isCategory ? 7 : 1411, numbers: numbers(strength) },
    ],
    bins: row?.type === "text" ? null : bins,
    psi: row?.type === "text" ? null : { bins: psiBins, contributions, total: contributions.reduce((a, b) => a + b, 0) },
    newCategories:
      row !== undefined && row.newCategories > 0
        ? [
            { value: "student", count: 311 },
            { value: "family", count: 57 },
          ]
        : [],
    lostCategories: row !== undefined && row.lostCategories > 0 ? [{ value: "prepaid", count: 1_204 }] : [],
    outOfRange: isCategory ? null : { below: 0, above: 57 },
    overTime: view.windows.map((window, index) => ({
      score: row?.trend[index] ?? null,
      missing: window.state === "unjudged" && index === view.windows.length - 1 ? null : 0.01 + 0.006 * index,
      state:
        window.state === "unjudged"
          ? "unjudged"
          : (row?.trend[index] ?? 0) >= 0.25
            ? "fail"
            : (row?.trend[index] ?? 0) >= 0.1
              ? "warn"
              : "ok",
      reason: window.reason,
    })),
    methods: [
      scoreOf("psi", strength, false),
      scoreOf("ks", strength, false),
      {
        method: "wasserstein",
        label: "Wasserstein distance",
        kind: "distance",
        score: strength * 0.7,
        threshold: 0.1,
        failThreshold: null,
        drifted: strength * 0.7 >= 0.1,
        reason: null,
        effect: null,
      },
      {
        method: "g_test",
        label: "G-test",
        kind: "p-value",
        score: null,
        threshold: 0.1,
        failThreshold: null,
        drifted: null,
        reason: "needs the same number of rows on both sides",
        effect: null,
      },
    ],
  };
}

export function storyTools(): readonly DriftToolRow[] {
  const score = (label: string, value: number, threshold: number, drifted: boolean): DriftScore => ({
    method: label,
    label,
    kind: "distance",
    score: value,
    threshold,
    failThreshold: null,
    drifted,
    reason: null,
    effect: null,
  });
  return [
    {
      tool: "MLOps Workbench",
      score: score("PSI, ten reference quantiles", 0.117, 0.1, true),
      rows: { reference: 48_199, current: 11_870 },
      why: "Bins follow the reference's quantiles and are open at both ends, so that one outlier moves nothing.",
    },
    {
      tool: "Evidently",
      score: score("PSI, equal width", 0.006, 0.1, false),
      rows: { reference: 48_199, current: 11_870 },
      why: "Equal-width bins over both sides: one value of 1,000,000 puts all others into the first bin.",
    },
    {
      tool: "NannyML",
      score: score("Jensen–Shannon distance, base 2", 0.034, 0.041, false),
      rows: { reference: 48_210, current: 12_904 },
      why: "The limit is three standard deviations of the reference's own chunks.",
    },
  ];
}

export function storySegments(column: string): readonly DriftSegment[] {
  const values = column === "region" ? ["south", "north", "west", "east", "overseas"] : CATEGORIES;
  return [
    ...values.map((value, index): DriftSegment => {
      const isFew = index >= values.length - 2;
      return {
        value,
        rows: { reference: isFew ? 120 - index * 9 : 14_000 - index * 2_000, current: isFew ? 31 : 3_900 - index * 500 },
        state: isFew ? "unjudged" : index === 0 ? "fail" : index === 1 ? "warn" : "ok",
        reason: isFew ? "31 rows, and 200 are needed" : null,
        share: isFew ? null : Math.max(0, 0.58 - index * 0.2),
        worst: isFew ? null : { column: "monthly_charges", score: Math.max(0.02, 0.44 - index * 0.11) },
      };
    }),
    { value: null, rows: { reference: 11, current: 0 }, state: "unjudged", reason: "no current rows", share: null, worst: null },
  ];
}

function rangeBins(count: number, strength: number): DriftBins {
  const edges = Array.from({ length: count + 1 }, (_, index) => 18 + (102 * index) / count);
  return {
    labels: Array.from({ length: count }, (_, index) =>
      index === 0
        ? `below ${text(edges[1])}`
        : index === count - 1
          ? `above ${text(edges[count - 1])}`
          : `${text(edges[index])} to ${text(edges[index + 1])}`,
    ),
    edges,
    reference: bump(count, 0.42, 1.5).map((share) => Math.round(share * 48_199)),
    current: bump(count, 0.42 + strength * 0.7, 1.6).map((share) => Math.round(share * 11_870)),
    others: 0,
    open: true,
  };
}

function categoryBins(strength: number): DriftBins {
  return {
    labels: [...CATEGORIES, "9 other values"],
    edges: null,
    reference: [21_000, 11_000, 9_800, 1_204, 4_000, 0, 0, 900],
    current: [Math.round(5_600 - strength * 6_000), 3_100, 2_400, 0, 1_300, 311, 57, 120],
    others: 9,
  };
}

function text(value: number | undefined): string {
  return String(Number((value ?? 0).toPrecision(3)));
}
