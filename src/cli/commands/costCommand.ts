import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops cost`: what trainings cost, and what of it was wasted. */
export const costCommand: Command = {
  name: "cost",
  summary: "Show what trainings cost, by model, experiment or person, and what was wasted.",
  description:
    "Reads the runs of the stores that the products of this repository name, and of those that lie in it. A run costs its duration times\n" +
    "the price of its kind of machine, from prices in .mlops/policy.yaml. The kind of machine is the run's tag mlops.instance, else what its\n" +
    "job's plan says, else train.resources.instance. A run without a price is counted, never taken as free.\n" +
    "\n" +
    "Exit code: 0 whatever it cost, since this reports and judges nothing; 2 for wrong use, or where there is no store of runs.",
  options: [
    {
      name: "store",
      value: "URI",
      repeatable: true,
      help: "Only the runs of this store: mlflow.db, an mlruns folder, or http(s)://host:port.",
    },
    {
      name: "month",
      value: "YYYY-MM",
      help: "The month that is shown, and the one of waste and idle processors. Default: this month, and waste of all time.",
    },
    { name: "by", value: "WHAT", help: "product (default), model, experiment, or person." },
    { name: "waste", help: "Name the runs that were wasted, and what to do." },
    { name: "markdown", help: "Write Markdown, for a chat, a mail or $GITHUB_STEP_SUMMARY." },
    { name: "today", value: "YYYY-MM-DD", help: "Reckon as on that day. Default: now." },
    ...COMMON_OPTIONS,
  ],
  examples: ["mlops cost", "mlops cost --month 2026-10 --by person", "mlops cost --store mlflow.db --waste", "mlops cost --json"],
  async run(context) {
    const { statusPrograms } = await import("../status/statusPrograms");
    return statusPrograms.cost(context);
  },
};
