import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WEEK = 7 * 86_400_000;
/** A Monday in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Rows of scored data: `minutes` moves by `shift`, and the prediction is right in a share of rows. */
function rows(count: number, from: number | null, shift: number, right: number): string {
  return Array.from({ length: count }, (_, index) => {
    const minutes = 100 + ((index * 37) % 60) + shift;
    const score = ((index * 61) % 100) / 100;
    const predicted = score >= 0.5;
    const actual = (index * 29) % 100 < right * 100 ? predicted : !predicted;
    const time = from === null ? "" : `${new Date(from + (index / count) * WEEK).toISOString()},`;
    return `${time}${String(minutes)},${["gold", "basic"][index % 2] ?? ""},${score.toFixed(2)},${predicted ? "yes" : "no"},${actual ? "yes" : "no"}`;
  }).join("\n");
}

const HEADING = "minutes,plan,score,prediction,label";

/** A product whose live data drifted in the last week that is over. */
export function writeMonitored(folder: string, name: string, more = ""): void {
  const last = MONDAY + Math.floor((Date.now() - MONDAY) / WEEK - 1) * WEEK;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "mlops.yaml"),
    `version: 1
name: ${name}
stage: production
kpis: [{name: accuracy, target: ">= 0.80"}]
monitoring:
  reference: reference.csv
  live: live.csv
  window: {by: week, min_rows: 200}
${more}`,
  );
  writeFileSync(join(folder, "reference.csv"), `${HEADING}\n${rows(2000, null, 0, 0.9)}\n`);
  const weeks = [0, 0, 0, 60].map((shift, index) => rows(400, last - (3 - index) * WEEK, shift, shift === 0 ? 0.9 : 0.6));
  writeFileSync(join(folder, "live.csv"), `timestamp,${HEADING}\n${weeks.join("\n")}\n`);
}

/** The result of a check that ended a while ago. */
export function writeResult(folder: string, name: string, status: "ok" | "fail"): void {
  const at = Date.now() - 3_600_000;
  const path = join(folder, ".mlops", "monitoring", name);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, `${new Date(at).toISOString().replace(/[-:]/g, "")}.json`),
    JSON.stringify({
      version: 1,
      product: name,
      config: "mlops.yaml",
      checked_at: at,
      status,
      verdict: "As it was written for a test.",
      kpis: [],
      problems: [],
    }),
  );
}
