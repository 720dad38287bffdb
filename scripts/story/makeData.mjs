import { writeFileSync } from "node:fs";

import { COLUMNS, customers } from "./customers.mjs";

/** `node makeData.mjs FILE ROWS SEED [flat-rate]`: a table of customers who are known to have left or stayed. */
const [file = "", count, seed, kind] = process.argv.slice(2);
const rows = customers({ count: Number(count), seed: Number(seed), flatRate: kind === "flat-rate" });
writeFileSync(file, `${[COLUMNS, ...rows.map((row) => Object.values(row))].map((cells) => cells.join(",")).join("\n")}\n`);
