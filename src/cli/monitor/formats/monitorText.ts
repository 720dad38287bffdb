import type { DriftStatus } from "../../../core/drift/driftReport";
import { sayWindow } from "../../../core/monitoring/sayResult";
import { printable } from "../../printable";
import { type MonitorReport, sayNumber } from "../monitorReport";

const COLORS: Readonly<Record<DriftStatus, number>> = { ok: 32, warn: 33, fail: 31, unjudged: 35 };
const WORDS: Readonly<Record<DriftStatus, string>> = { ok: "ok", warn: "look", fail: "fails", unjudged: "not judged" };

/** For a terminal: a line for each product, and below it what is behind it. */
export function monitorText({ results }: MonitorReport, color: boolean): string {
  const paint = (status: DriftStatus): string => (color ? `\u001b[${COLORS[status]}m${WORDS[status]}\u001b[0m` : WORDS[status]);
  const lines = results.flatMap((result) => {
    const { product, status, window, verdict, drift, kpis, problems } = result;
    const columns = (drift?.columns ?? []).filter((column) => column.status === "fail" || column.status === "warn");
    return [
      `${printable(product)}  ${paint(status)}  ${sayWindow(window)}`,
      `  ${printable(verdict)}`,
      ...columns.map((column) => `  ${paint(column.status)}  ${printable(column.verdict)}`),
      ...kpis.map(({ status: of, verdict: says, value, kind }) => {
        const figure = kind === "estimated" && value !== null ? ` (estimated ${sayNumber(value)})` : "";
        return `  ${paint(of)}  ${printable(says)}${figure}`;
      }),
      ...problems.filter((problem) => problem !== verdict).map((problem) => `  - ${printable(problem)}`),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
}
