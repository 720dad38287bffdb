import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

/** `node serve.mjs PORT FOLDER VERSION`: answers as MLflow's server of models does, with the weights in FOLDER, for as long as they are there. */
const [port, folder = "", version = ""] = process.argv.slice(2);
/** @type {{ weights: Record<string, number>, bias: number, needs: string | null }} */
const model = JSON.parse(readFileSync(join(folder, "weights.json"), "utf8"));

createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8").on("data", (part) => (text += part));
  request.on("end", async () => {
    const [status, answer] = request.url === "/health" ? [200, { model_version: version }] : await predict(text);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
}).listen(Number(port), "127.0.0.1");

setInterval(() => {
  if (!existsSync(folder)) {
    process.exit();
  }
}, 2000);

/** @param {string} text @returns {Promise<[number, object]>} */
async function predict(text) {
  if (model.needs !== null) {
    try {
      await import(model.needs);
    } catch (error) {
      return [500, { message: error instanceof Error ? error.message : String(error) }];
    }
  }
  /** @type {{ dataframe_split: { columns: string[], data: number[][] } }} */
  const { dataframe_split: table } = JSON.parse(text);
  const scores = table.data.map((row) => {
    const sum = table.columns.reduce((total, name, index) => total + (model.weights[name] ?? 0) * (row[index] ?? 0), model.bias);
    return 1 / (1 + Math.exp(-sum));
  });
  return [200, { predictions: scores }];
}
