import { LintFolder } from "../../builders/lintFolder";

/** A generator of numbers from 0 to 1 that gives the same ones each time. Source: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface RowsWish {
  readonly rows: number;
  /** First day, as milliseconds; null for no column of times. */
  readonly from: number | null;
  readonly days?: number;
  /** Added to `minutes`. */
  readonly shift?: number;
  /** Share of rows in which the prediction is right. */
  readonly right?: number;
  readonly labels?: boolean;
  readonly seed?: number;
}

/** Rows of a scored table as CSV, without the heading. */
function scoredRows({ rows, from, days = 7, shift = 0, right = 0.9, labels = true, seed = 1 }: RowsWish): string {
  const next = random(seed);
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const minutes = 100 + shift + (next() + next() + next() - 1.5) * 60;
    const plan = next() < 0.4 ? "gold" : "basic";
    const score = next();
    const predicted = score >= 0.5;
    const actual = next() < right ? predicted : !predicted;
    const time = from === null ? [] : [new Date(from + (row / rows) * days * 86_400_000).toISOString()];
    lines.push(
      [...time, minutes.toFixed(2), plan, score.toFixed(4), predicted ? "yes" : "no", labels ? (actual ? "yes" : "no") : ""].join(","),
    );
  }
  return lines.join("\n");
}

const HEADING = "minutes,plan,score,prediction,label";

/** A Monday. */
export const WEEK = Date.UTC(2026, 10, 2);

export function reference(rows = 2000): string {
  return `${HEADING}\n${scoredRows({ rows, from: null, seed: 9 })}\n`;
}

/** Weeks from `WEEK` on, each with what differs there. */
export function live(...weeks: readonly Partial<RowsWish>[]): string {
  const parts = weeks.map((week, index) => scoredRows({ rows: 400, from: WEEK + index * 7 * 86_400_000, seed: index + 20, ...week }));
  return `timestamp,${HEADING}\n${parts.join("\n")}\n`;
}

export const CONFIG = `version: 1
name: churn-model
stage: production
kpis: [{name: accuracy, target: ">= 0.80"}]
monitoring:
  reference: reference.csv
  live: live.csv
  window: {by: week, min_rows: 200}
  drift: {psi_warn: 0.1, psi_fail: 0.25}
  missing: {fail_increase: 0.05}
  alert: [{to: ops@example.org, when: fail}]
`;

/** A folder with one monitored product in `churn/`. */
export function monitoredFolder(liveText: string, config = CONFIG): LintFolder {
  return new LintFolder().write({ "churn/mlops.yaml": config, "churn/reference.csv": reference(), "churn/live.csv": liveText });
}
