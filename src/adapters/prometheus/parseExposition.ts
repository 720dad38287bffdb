/** One value with its labels. */
export interface MetricPoint {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?[ \t]+([^ \t]+)(?:[ \t]+-?\d+)?[ \t]*$/;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Values in Prometheus' text format; comments, and lines that are none of it, are left out, and so is what is no finite number.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseExposition(text: string): readonly MetricPoint[] {
  return text.split(/\r?\n/).flatMap((line): readonly MetricPoint[] => {
    const [, name, labels = "", number = ""] = LINE.exec(line.slice(0, 4000)) ?? [];
    const value = Number(number);
    if (name === undefined || !Number.isFinite(value) || number === "") {
      return [];
    }
    const found = [...labels.matchAll(LABEL)].map(([, key = "", escaped = ""]) => [key, unescape(escaped)] as const);
    return [{ name, labels: Object.fromEntries(found), value }];
  });
}

function unescape(text: string): string {
  return text.replace(/\\(["\\n])/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
}
