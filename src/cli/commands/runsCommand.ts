import { AppError } from "../../core/base/appError";
import type { Experiment } from "../../core/tracking/experiment";
import type { Run } from "../../core/tracking/run";
import type { Store } from "../../core/tracking/store";
import type { RunQuery } from "../../core/tracking/trackingStore";
import { type Command, COMMON_OPTIONS, type OptionValues, STORE_OPTION } from "../command";
import { EXIT } from "../exitCode";
import { chooseExperiments } from "../experimentChoice";
import { collect, pagesOf } from "../pages";
import { toRunJson } from "../runJson";
import { runColumns } from "../runColumns";

/** `mlops runs`: all runs of a store, of one experiment, or those that satisfy a filter. */
export const runsCommand: Command = {
  name: "runs",
  summary: "List runs with their params, latest metrics, tags and datasets.",
  description:
    "Lists runs, newest first, as MLflow's own client would: active runs of active experiments. The filter and the order are\n" +
    "MLflow's language. A metric is the latest as MLflow defines it: the greatest (step, timestamp, value).",
  options: [
    STORE_OPTION,
    { name: "experiment", value: "NAME|ID", help: "Only this experiment; a name wins over an id." },
    { name: "filter", value: "F", help: "MLflow's filter, e.g. \"metrics.auc > 0.9 and params.lr = '0.1'\"." },
    { name: "order-by", value: "TERM", repeatable: true, help: 'A field and ASC or DESC, e.g. "metrics.auc DESC". Can be repeated.' },
    { name: "deleted", help: "Also deleted runs and experiments." },
    { name: "max", value: "N", help: "At most N runs." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    'mlops runs --store mlflow.db --experiment churn --order-by "metrics.auc DESC" --max 10',
    "mlops runs --store http://127.0.0.1:5000 --filter \"metrics.auc > 0.9 and tags.owner = 'alice'\" --json",
  ],
  async run({ options, host, output, openStore }) {
    const max = readMax(options);
    const store = await openStore();
    const experiments = await listExperiments(store, host.signal);
    const chosen = chooseExperiments(experiments, options.text("experiment"), options.has("deleted"));
    const names = new Map(experiments.map(({ experimentId, name }) => [experimentId, name]));
    const query = toQuery(chosen, options);
    const pages = pagesOf<Run>((request) => store.searchRuns({ ...query, ...request }, host.signal), host.signal, max);
    if (output.isJson) {
      await output.jsonList("runs", pages, (run) => toRunJson(run, names.get(run.experimentId) ?? ""));
      return EXIT.fine;
    }
    const count = await output.table(pages, (first) => runColumns(first, names, options.text("experiment") === undefined));
    await output.note(count === 0 ? "No runs." : `${count} run${count === 1 ? "" : "s"}.`);
    return EXIT.fine;
  },
};

function listExperiments(store: Store, signal: AbortSignal): Promise<readonly Experiment[]> {
  return collect(pagesOf((request) => store.searchExperiments({ ...request, lifecycle: "all" }, signal), signal));
}

function toQuery(chosen: readonly Experiment[], options: OptionValues): Omit<RunQuery, "pageSize" | "pageToken"> {
  const filter = options.text("filter");
  return {
    experimentIds: chosen.map(({ experimentId }) => experimentId),
    lifecycle: options.has("deleted") ? "all" : "active",
    ...(filter === undefined ? {} : { filter }),
    ...(options.has("order-by") ? { orderBy: options.all("order-by") } : {}),
  };
}

function readMax(options: OptionValues): number {
  const text = options.text("max");
  if (text === undefined) {
    return Infinity;
  }
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new AppError("usage", "--max takes a whole number from 1 on.", { remedy: "For example --max 100." });
  }
  return Number(text);
}
