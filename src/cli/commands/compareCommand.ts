import { type Command, COMMON_OPTIONS, STORE_OPTION } from "../command";

/** `mlops compare`: what differs between runs. */
export const compareCommand: Command = {
  name: "compare",
  summary: "Show what differs between runs.",
  description:
    "Compares params, latest metrics, tags, datasets, source and times of two or more runs, of one store or of several.\n" +
    "Shows what differs; a missing value differs from every value. With a baseline, numbers come with their difference from it.\n" +
    "Whether more is better is taken from kpis in this folder's mlops.yaml, else from the metric's name.\n" +
    "Where the policy names prices, each run has its own, and with a baseline that of each 0.01 of a KPI.",
  options: [
    { ...STORE_OPTION, repeatable: true, help: `${STORE_OPTION.help} Can be repeated.` },
    { name: "run", value: "ID", repeatable: true, required: true, help: "A run's id. Can be repeated." },
    { name: "baseline", value: "ID", help: "The run that the others are measured against; compared too if it is not among them." },
    { name: "all", help: "Also what is the same in all runs." },
    { name: "markdown", help: "Write a Markdown table, e.g. for a pull request." },
    { name: "csv", help: "Write CSV." },
    { name: "html", value: "FILE", help: "Write one HTML file that opens without a network." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops compare --store mlflow.db --run 4f0c… --run 9b1a… --baseline 4f0c… --markdown",
    "mlops compare --store mlruns --store http://127.0.0.1:5000 --run 4f0c… --run 77de… --json",
  ],
  async run(context) {
    // The formats and the reader of mlops.yaml are set up only here.
    const { showComparison } = await import("../showComparison");
    return showComparison(context);
  },
};
