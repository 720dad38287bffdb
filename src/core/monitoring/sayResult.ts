import type { DriftStatus } from "../drift/driftReport";
import { periodLabel } from "../drift/chunks/periods";
import type { MonitoringWindow } from "./monitoringResult";

/** As the end of "churn-model …". */
export function sayStatus(status: DriftStatus): string {
  switch (status) {
    case "ok":
      return "is well";
    case "warn":
      return "needs a look";
    case "fail":
      return "fails";
    case "unjudged":
      return "could not be judged";
  }
}

/** "2026-11-02 to 2026-11-08", "all rows", "from 2026-11-02 10:00 to 2026-11-03 10:00". */
export function sayWindow(window: Pick<MonitoringWindow, "from" | "to" | "by"> | null): string {
  if (window === null || (window.from === null && window.to === null)) {
    return "all rows";
  }
  const { from, to, by } = window;
  if (from !== null && to !== null && by !== null) {
    return periodLabel(from, to, by);
  }
  return `${from === null ? "" : `from ${sayTime(from)} `}${to === null ? "" : `to ${sayTime(to)}`}`.trim();
}

/** "2026-11-02 10:00" in UTC, without the clock at midnight. */
export function sayTime(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.slice(iso.indexOf("T")).startsWith("T00:00:00") ? iso.slice(0, iso.indexOf("T")) : iso.replace("T", " ").slice(0, -8);
}
