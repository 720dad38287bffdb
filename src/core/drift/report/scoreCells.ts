import type { ColumnDrift, DriftReport } from "../driftReport";
import { driftMethod } from "../methods";
import { numberText, percentText } from "../numberText";

const STATUS_WORDS: Readonly<Record<ColumnDrift["status"], string>> = {
  ok: "ok",
  warn: "warn",
  fail: "drift",
  unjudged: "not judged",
};

/** A column as cells of a table for people. */
export function scoreCells({
  name,
  type,
  status,
  result,
  reference,
  current,
  verdict,
}: ColumnDrift): Readonly<Record<"name" | "type" | "status" | "method" | "score" | "limit" | "missing" | "verdict", string>> {
  const shares = [reference, current].map(({ rows, missing }) => (rows === 0 ? "–" : percentText(missing / rows)));
  return {
    name,
    type,
    status: STATUS_WORDS[status],
    method: result === null ? "–" : driftMethod(result.method).label,
    score: result?.score == null ? "–" : numberText(result.score),
    limit:
      result === null
        ? "–"
        : [result.threshold, ...(result.failThreshold === null ? [] : [result.failThreshold])]
            .map((limit) => numberText(limit))
            .join(" / "),
    missing: shares[0] === shares[1] ? (shares[0] ?? "–") : shares.join(" → "),
    verdict,
  };
}

const ORDER: Readonly<Record<ColumnDrift["status"], number>> = { fail: 0, warn: 1, unjudged: 2, ok: 3 };

/** What needs a look first, else as in the file. */
export function worstFirst(columns: readonly ColumnDrift[]): readonly ColumnDrift[] {
  return [...columns].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
}

/** "3 of 40 columns would alarm by chance alone", or null. */
export function chanceText({ chance }: Pick<DriftReport, "chance">): string | null {
  return chance === null
    ? null
    : `${chance.tests.toLocaleString("en-US")} columns are judged by a p-value; about ${numberText(chance.expected, 2)} of them would alarm by chance alone.`;
}
