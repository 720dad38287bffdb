/** "42 s", "3 min 20 s", "2 h 5 min", "3 d 4 h": two units at most, from milliseconds. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    return "—";
  }
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const units: readonly (readonly [string, number])[] = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0 || parts.length > 0) {
      if (count > 0) {
        parts.push(`${count} ${name}`);
      }
      left -= count * size;
      if (parts.length === 2 || (parts.length === 1 && count === 0)) {
        break;
      }
    }
  }
  return parts.join(" ");
}

/** A short form for labels: four significant digits, plain where that is readable. NaN and ∞ are shown as such. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return "NaN";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "−∞";
  }
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) {
    return String(value);
  }
  if (size >= 1e7 || size < 1e-4) {
    return value.toExponential(2).replace("e+", "e");
  }
  return String(Number(value.toPrecision(4)));
}

/** How long ago, in words for a label: "just now", "5 min ago", "3 h ago", "12 d ago". */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

const BARS = "▁▂▃▄▅▆▇█";

/** A curve as a line of block characters; gaps (NaN, ±∞) as spaces. */
export function textSparkline(values: readonly number[], width = 24): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) {
    return "";
  }
  const min = finite.reduce((a, b) => Math.min(a, b));
  const max = finite.reduce((a, b) => Math.max(a, b));
  const span = max - min;
  const count = Math.min(width, values.length);
  let line = "";
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * values.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / count));
    const bucket = values.slice(from, to).filter(Number.isFinite);
    if (bucket.length === 0) {
      line += " ";
    } else {
      const mean = bucket.reduce((a, b) => a + b, 0) / bucket.length;
      line += BARS[span === 0 ? 3 : Math.min(7, Math.floor(((mean - min) / span) * 8))] ?? " ";
    }
  }
  return line;
}
