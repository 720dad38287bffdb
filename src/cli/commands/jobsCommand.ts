import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops jobs`: trainings that were started, here or in the editor. */
export const jobsCommand: Command = {
  name: "jobs",
  summary: "List trainings, look at one, read its log, or cancel it.",
  description:
    "Without an ID, lists the trainings of the products of the current folder, the newest first; with one, shows that training. Engines\n" +
    "are asked how the trainings are that are not over.\n" +
    "\n" +
    "Exit code: 0 fine, 2 for wrong use.",
  argument: { value: "ID", help: "Of a training, or its beginning where no other training begins so." },
  options: [
    { name: "log", help: "Write the training's log to standard output." },
    { name: "cancel", help: "End the training." },
    { name: "all", help: "List the trainings of all products of the repository." },
    { name: "max", value: "N", help: "List at most so many. Default: 50." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops jobs",
    "mlops jobs churn-20261130-120000-a1b2c3 --log",
    "mlops jobs churn-20261130-120000-a1b2c3 --cancel",
    "mlops jobs --all --json",
  ],
  async run(context) {
    const { retrainPrograms } = await import("../retrain/retrainPrograms");
    return retrainPrograms.jobs(context);
  },
};
