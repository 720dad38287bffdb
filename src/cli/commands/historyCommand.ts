import type { MetricPoint } from "../../core/tracking/run";
import { didYouMean } from "../closestWord";
import { type Command, COMMON_OPTIONS, STORE_OPTION } from "../command";
import { EXIT } from "../exitCode";
import { jsonNumber } from "../jsonNumber";
import { onePage } from "../pages";
import { printable } from "../printable";
import { timeText } from "../timeText";

/** `mlops history`: every point of one metric of one run. */
export const historyCommand: Command = {
  name: "history",
  summary: "Write all points of one metric of a run.",
  description: "Writes every point that the run logged for the metric, in the order of (step, timestamp, value).",
  options: [
    STORE_OPTION,
    { name: "run", value: "ID", required: true, help: "The run's id." },
    { name: "metric", value: "KEY", required: true, help: "The metric's name, e.g. val/loss." },
    ...COMMON_OPTIONS,
  ],
  examples: ["mlops history --store mlruns --run 0123456789abcdef0123456789abcdef --metric val/loss --json"],
  async run({ options, host, output, openStore }) {
    const runId = options.text("run") ?? "";
    const key = options.text("metric") ?? "";
    const store = await openStore();
    // An unknown run is a failure; a metric that the run does not have is an empty list, as in MLflow's client.
    const run = await store.getRun(runId, host.signal);
    const histories = await store.getMetricHistories([runId], key, { maxPoints: Number.MAX_SAFE_INTEGER }, host.signal);
    const history = histories.get(runId);
    const points = history?.points ?? [];
    if (output.isJson) {
      await output.jsonList("points", onePage(points), ({ step, timestamp, value }) => ({ step, timestamp, value: jsonNumber(value) }));
    } else {
      await output.table<MetricPoint>(onePage(points), () => [
        { title: "STEP", align: "right", cell: ({ step }) => String(step) },
        { title: "TIME (UTC)", cell: ({ timestamp }) => timeText(timestamp) },
        { title: "VALUE", cell: ({ value }) => String(value) },
      ]);
    }
    if (history === undefined) {
      const hint = didYouMean(key, [...run.metrics.keys()].map(printable));
      await output.note(`The run has no metric "${printable(key)}".${hint}`);
    } else if (history.total > points.length || !history.exact) {
      await output.note("The server gave only a part of this metric's points.");
    }
    return EXIT.fine;
  },
};
