/** A time as tables show it, in UTC, so that two machines print the same. */
export function timeText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    return "";
  }
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** "1h 02m", "5m 03s", "2.3s". */
export function durationText(start: number | null, end: number | null): string {
  if (start === null || end === null || end < start) {
    return "";
  }
  const seconds = (end - start) / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)}s`;
  }
  const minutes = Math.floor(seconds / 60);
  const pad = (value: number): string => String(value).padStart(2, "0");
  return minutes < 60 ? `${minutes}m ${pad(Math.floor(seconds % 60))}s` : `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}
