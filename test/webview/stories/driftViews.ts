import type { DriftColumnRow, DriftScore, DriftState, DriftView, DriftWindow, KpiSeriesView } from "../../../src/protocol/drift";
import { bump, noise } from "./storyNumbers";

const DAY = 86_400_000;
const START = Date.UTC(2026, 7, 17);
const FEATURES = [
  "tenure",
  "monthly_charges",
  "age",
  "calls_last_90d",
  "days_since_login",
  "contract",
  "region",
  "device",
  "satisfaction",
  "discount",
  "referral_code",
  "constant_flag",
];

export interface StoryChoice {
  readonly columns: number;
  readonly windows: number;
  /** A page state that must be looked at: see `storyView`. */
  readonly state: string;
}

/** A made-up comparison of a churn model's training data with production, by arithmetic: the same at every call. */
export function storyView({ columns, windows, state }: StoryChoice): DriftView {
  const isEmpty = ["loading", "error", "noReference", "noCurrent", "noRows", "noColumns"].includes(state);
  const rows = isEmpty ? [] : storyRows(columns, windows, state);
  const list = isEmpty ? [] : storyWindows(windows, state);
  const failed = rows.filter((row) => row.state === "fail").length;
  const unjudged = rows.filter((row) => row.state === "unjudged").length;
  const tested = rows.length - unjudged;
  const share = tested > 0 ? failed / tested : null;
  const verdict = tested === 0 ? "unjudged" : (share ?? 0) >= 0.5 ? "fail" : failed > 0 ? "warn" : "ok";
  const side = (label: string, path: string, count: number) => ({
    label,
    files: [{ path, bytes: count * 212, sha256: "9f86d081884c" }],
    rows: count,
    matchingRows: count,
    totalRows: count,
    window: null,
    sample: null,
    notes: [],
  });
  return {
    revision: 1,
    title: "Training data against production",
    product: "churn",
    reference:
      state === "noReference"
        ? null
        : {
            ...side("train.parquet", "data/train.parquet", 48_210),
            notes: ["2 columns with nested values were left out: address, history."],
          },
    current:
      state === "noReference" || state === "noCurrent"
        ? null
        : {
            ...side("production", "data/production/2026-11.csv", 12_904),
            rows: state === "noRows" ? 0 : state === "sampled" ? 1_000_000 : 12_904,
            matchingRows: state === "noRows" ? 0 : state === "sampled" ? 8_211_034 : 12_904,
            totalRows: state === "sampled" ? 41_080_112 : 51_388,
            window: "2026-11-02 to 2026-11-08",
            sample: state === "sampled" ? "1,000,000 of 8,211,034 rows, drawn at random with seed 42" : null,
            notes: ["3 rows with a broken quote were left out.", "Column `device` holds text where the reference has a category."],
          },
    method: "PSI over ten reference quantiles, warn 0.1, fail 0.25 (set in mlops.yaml); 2 columns have limits of their own",
    commit: "3fa9c1e07b5d4a2f9e8c",
    dataset: isEmpty
      ? null
      : {
          state: verdict,
          verdict:
            verdict === "unjudged"
              ? "Nothing could be judged: the current side has 140 rows, and 200 are needed."
              : failed === 0
                ? `No drift: none of ${String(tested)} columns moved beyond its limit.`
                : `${String(failed)} of ${String(tested)} columns drifted, monthly_charges most: it moved up, PSI 0.31, most of it in 80 to 95.`,
          drifted: failed,
          tested,
          unjudged,
          share,
          threshold: 0.5,
        },
    columns: rows,
    windows: list,
    marks:
      list.length === 0
        ? []
        : [
            { time: START + 16 * DAY, kind: "release", label: "v1.4.0" },
            { time: START + 45 * DAY, kind: "retraining", label: "weekly retraining" },
            { time: START + 47 * DAY, kind: "commit", label: "3fa9c1e Change the discount rules" },
            { time: START + 70 * DAY, kind: "alert", label: "psi of monthly_charges" },
          ],
    correlations: isEmpty ? [] : storyCorrelations(rows.map(({ name }) => name)),
    kpis: isEmpty ? [] : storyKpis(windows, state),
    chance: isEmpty ? null : "Less than 1 of 12 columns judged by a p-value would alarm by chance alone.",
    options: {
      mode: "own",
      method: null,
      window: windows > 0 ? "week" : null,
      timeColumn: "event_time",
      shownWindow: null,
      segment: null,
      types: [],
      reading: {
        reference: { separator: null, encoding: null, missing: [] },
        current: { separator: null, encoding: null, missing: [] },
      },
      ignore: [],
      detectors: ["adwin"],
    },
    detectorChoices: [
      { id: "adwin", label: "ADWIN", explanation: "Finds where the mean of the series changed." },
      { id: "baseline_band", label: "3σ of the baseline", explanation: "Marks single values far from the baseline." },
      { id: "page_hinkley", label: "Page–Hinkley", explanation: "Finds a lasting change of the mean." },
      { id: "cusum", label: "CUSUM", explanation: "Finds small lasting shifts." },
    ],
    methodChoices: [
      { id: "psi", label: "PSI (ten reference quantiles)" },
      { id: "ks", label: "Kolmogorov–Smirnov" },
      { id: "wasserstein", label: "Wasserstein distance" },
      { id: "jensenshannon", label: "Jensen–Shannon distance" },
    ],
    timeColumns: state === "noTime" ? [] : ["event_time", "signup_time"],
    segmentColumns: isEmpty ? [] : ["region", "contract", "device"],
    notes:
      isEmpty || columns < 2
        ? []
        : [
            {
              path: "mlops/reviews/2026-11-09-drift.md",
              who: "Aylin Demir",
              when: Date.UTC(2026, 10, 9, 9, 12),
              verdict: "investigate",
              text: "The rise of monthly_charges began with the price list of October.\nI would retrain once November is complete.",
              outdated: null,
            },
            {
              path: "mlops/reviews/2026-10-12-drift.md",
              who: "Jonas Weber",
              when: Date.UTC(2026, 9, 12, 15, 40),
              verdict: "accepted",
              text: "Seasonal, seen in the two years before.",
              outdated: "the data changed since: production has 9,310 more rows.",
            },
          ],
    progress:
      state === "loading"
        ? { text: "Reading data/production/2026-11.csv", done: 37, total: 100 }
        : state === "computing"
          ? { text: "Comparing column 7 of 12", done: 7, total: 12 }
          : null,
    problem:
      state === "error"
        ? {
            message: "data/production/2026-11.csv could not be read: the folder does not exist.",
            remedy: "Fetch it with `dvc pull`, or correct `monitoring.current` in mlops.yaml.",
          }
        : state === "stale"
          ? { message: "data/production/2026-11.csv could not be read again: it is being written.", remedy: null }
          : null,
    outdated: state === "outdated" ? "data/production/2026-11.csv changed since it was compared." : null,
    calibration: isEmpty
      ? null
      : {
          column: "score",
          bins: [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((predicted, index) => ({
            predicted,
            observed: index === 8 ? null : Math.min(1, predicted * 0.8 + 0.02 * (index % 3)),
            reference: Math.min(1, predicted + 0.02 * ((index % 3) - 1)),
            rows: 2000 - index * 180,
          })),
        },
  };
}

function storyRows(count: number, windows: number, state: string): readonly DriftColumnRow[] {
  const outcome =
    count > 3
      ? [
          { name: "churned", role: "target" as const },
          { name: "score", role: "score" as const },
        ]
      : [];
  const names = Array.from({ length: count - outcome.length }, (_, index) => ({
    name: FEATURES[index] ?? `feature_${String(index).padStart(5, "0")}`,
    role: "feature" as const,
  }));
  return [...outcome, ...names].map(({ name, role }, index) => storyRow(name, role, index, windows, state));
}

function storyRow(name: string, role: DriftColumnRow["role"], index: number, windows: number, state: string): DriftColumnRow {
  const isCategory = ["contract", "region", "device", "churned", "constant_flag"].includes(name) || (index > 20 && index % 7 === 3);
  const isText = name === "referral_code";
  const strength = name === "monthly_charges" ? 0.31 : name === "contract" ? 0.27 : noise(index * 17 + 3) ** 3 * 0.34;
  const isUnjudged = state === "unjudged" || name === "constant_flag" || isText;
  const judged: DriftState = strength >= 0.25 ? "fail" : strength >= 0.1 ? "warn" : "ok";
  const current: DriftState = isUnjudged ? "unjudged" : judged;
  const reason = isUnjudged
    ? state === "unjudged"
      ? "140 rows, and 200 are needed"
      : isText
        ? "free text is not judged"
        : "constant on both sides"
    : null;
  const shape = bump(isCategory ? 5 : 12, 0.4, 1.6);
  return {
    name,
    type: isText ? "text" : isCategory ? "cat" : "num",
    role,
    state: current,
    result: isText ? null : scoreOf(index % 5 === 4 ? "ks" : "psi", state === "unjudged" ? null : strength, isUnjudged),
    reason,
    verdict:
      reason !== null
        ? `Not judged: ${reason}.`
        : judged === "ok"
          ? `\`${name}\` is as before: PSI ${strength.toFixed(3)}, limit 0.1.`
          : `\`${name}\` moved ${index % 2 === 0 ? "up" : "down"}: PSI ${strength.toFixed(2)}, limit ${judged === "fail" ? "0.25" : "0.1"}; most of it in 80 to 95.`,
    direction: isCategory || isText || judged === "ok" ? null : ((["up", "down", "wider", "narrower"] as const)[index % 4] ?? null),
    mini: isText ? null : { reference: shape, current: bump(isCategory ? 5 : 12, 0.4 + strength, 1.6) },
    trend: Array.from({ length: windows }, (_, at) =>
      isUnjudged || at % 9 === 5
        ? null
        : Math.max(0, strength * (0.35 + (0.75 * at) / Math.max(1, windows - 1)) + (noise(index * 31 + at) - 0.5) * 0.05),
    ),
    missing: {
      reference: index % 3 === 0 ? 0 : 0.012 * (index % 5),
      current: index % 3 === 0 ? 0 : 0.012 * (index % 5) + (index % 4 === 1 ? 0.08 : 0),
    },
    newCategories: name === "contract" ? 2 : name === "device" ? 14 : 0,
    lostCategories: name === "contract" ? 1 : 0,
    outOfRange: isCategory || isText ? null : strength / 20,
  };
}

export function scoreOf(method: "psi" | "ks", score: number | null, isUnjudged: boolean): DriftScore {
  return method === "psi"
    ? {
        method,
        label: "PSI",
        kind: "distance",
        score,
        threshold: 0.1,
        failThreshold: 0.25,
        drifted: score === null || isUnjudged ? null : score >= 0.1,
        reason: score === null ? "too few rows" : null,
        effect: null,
      }
    : {
        method,
        label: "Kolmogorov–Smirnov",
        kind: "p-value",
        score: score === null ? null : Math.exp(-score * 40),
        threshold: 0.05,
        failThreshold: null,
        drifted: score === null || isUnjudged ? null : Math.exp(-score * 40) <= 0.05,
        reason: score === null ? "too few rows" : null,
        effect: { label: "Largest distance D", score: score ?? 0 },
      };
}

function storyWindows(count: number, state: string): readonly DriftWindow[] {
  return Array.from({ length: count }, (_, index): DriftWindow => {
    const from = START + index * 7 * DAY;
    const isFew = state === "unjudged" || index === 5 || index === count - 1;
    const share = isFew ? null : Math.min(0.9, 0.06 + 0.5 * (index / Math.max(1, count)) + (noise(index) - 0.5) * 0.12);
    return {
      from,
      to: from + 7 * DAY,
      label: `${new Date(from).toISOString().slice(0, 10)} to ${new Date(from + 6 * DAY).toISOString().slice(0, 10)}`,
      rows: isFew ? 41 + index : 3_100 + Math.round(noise(index) * 900),
      state: isFew ? "unjudged" : (share ?? 0) >= 0.5 ? "fail" : (share ?? 0) >= 0.3 ? "warn" : "ok",
      reason: isFew ? (index === count - 1 ? "not over yet" : "too few rows to judge: 200 are needed") : null,
      share,
    };
  });
}

function storyKpis(windows: number, state: string): readonly KpiSeriesView[] {
  const kpi = (group: string | null, level: number): KpiSeriesView => ({
    name: "roc_auc",
    by: group === null ? null : "region",
    group,
    target: { text: "≥ 0.85", value: 0.85, better: "up" },
    warn: 0.87,
    band: group === null ? { low: 0.868, high: 0.912, baseline: "the training data" } : null,
    points: Array.from({ length: windows }, (_, index) => {
      const isFew = state === "unjudged" || index === 5;
      const value = level - 0.05 * (index / Math.max(1, windows - 1)) + (noise(index * 7 + level * 100) - 0.5) * 0.012;
      const isLast = index >= windows - 2;
      return {
        time: START + (index + 0.5) * 7 * DAY,
        label: new Date(START + index * 7 * DAY).toISOString().slice(0, 10),
        value: isLast ? null : value,
        rows: isFew ? 88 : 3_200,
        state:
          isLast || isFew ? ("unjudged" as const) : value < 0.85 ? ("fail" as const) : value < 0.87 ? ("warn" as const) : ("ok" as const),
        reason: isLast ? "labels arrive after 30 days" : isFew ? "too few rows to judge" : null,
        low: isLast ? null : value - 0.012,
        high: isLast ? null : value + 0.012,
        drift: index === 8,
      };
    }),
    estimate:
      group === null
        ? {
            assumption: "Assumes that the same inputs still lead to the same outcomes.",
            points: Array.from({ length: windows }, (_, index) => ({
              time: START + (index + 0.5) * 7 * DAY,
              value: level - 0.03 * (index / Math.max(1, windows - 1)),
              low: null,
              high: null,
            })),
          }
        : null,
    source: "computed from production and its labels",
  });
  return windows === 0 ? [] : [kpi(null, 0.9), kpi("north", 0.91), kpi("south", 0.88), kpi("west", 0.9)];
}

function storyCorrelations(names: readonly string[]): DriftView["correlations"] {
  const shown = names.slice(0, 9);
  return shown.flatMap((a, i) =>
    shown.slice(i + 1).map((b, j) => {
      const before = Math.sin(i * 3 + j * 5 + 1) * 0.8;
      return {
        columns: [a, b] as const,
        reference: i === 7 ? null : before,
        current: Math.max(-1, Math.min(1, before + Math.sin(i * 7 + j) ** 3 * 0.5)),
      };
    }),
  );
}
