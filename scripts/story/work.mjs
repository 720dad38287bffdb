import { existsSync, appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

import { customers } from "./customers.mjs";

/**
 * `node work.mjs ADDRESS LOG ROWS FROM TO SEED [flat-rate]`: time at work, from so many hours ago to so many. The model at ADDRESS is asked about each customer, and what it said is logged
 * beside what became of the customer, which is known later.
 */
const [address = "", log = "", count, from, to, seed, kind] = process.argv.slice(2);
const rows = customers({ count: Number(count), seed: Number(seed), flatRate: kind === "flat-rate" });
const body = {
  dataframe_split: { columns: ["minutes", "complaints"], data: rows.map(({ minutes, complaints }) => [minutes, complaints]) },
};
const answer = await fetch(`${address}/invocations`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
if (!answer.ok) {
  throw new Error(`The model answered ${answer.status}: ${await answer.text()}`);
}
/** @type {{ predictions: number[] }} */
const { predictions } = await answer.json();
const now = Date.now();
const hours = Number(from) - Number(to);
const lines = rows.map(({ minutes, complaints, plan, churn }, index) => {
  const score = predictions[index] ?? 0;
  const at = new Date(now - (Number(from) - (index / rows.length) * hours) * 3_600_000).toISOString();
  return [at, minutes, complaints, plan, score.toFixed(4), score >= 0.5 ? "yes" : "no", churn].join(",");
});
mkdirSync(dirname(log), { recursive: true });
const heading = existsSync(log) ? [] : ["scored_at,minutes,complaints,plan,score,prediction,churn"];
appendFileSync(log, `${[...heading, ...lines].join("\n")}\n`);
process.stdout.write(`${rows.length} customers were scored.\n`);
