import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops retrain`: trains a model anew, once somebody has seen what will happen. */
export const retrainCommand: Command = {
  name: "retrain",
  summary: "Train a model anew: shows the plan, trains once, judges the result.",
  description:
    "Makes a plan from the product's mlops.yaml: what will run, where, with which parameters, for how long and how much, whether its data\n" +
    "is complete, and whether the model would only be made again. The plan is shown; it runs once somebody says yes, in the terminal or\n" +
    "by --yes. Progress and the log go to standard error. Ctrl-C ends the looking on, not the training.\n" +
    "\n" +
    "Exit code: 0 trained (or not needed), 1 the training failed, was cancelled, missed the target of a KPI, or is blocked, 2 for wrong\n" +
    "use, 3 if something could not be judged.",
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [
    { name: "param", value: "K=V", repeatable: true, help: "Set a parameter. May be given more than once." },
    { name: "engine", value: "ENGINE", help: "local, dvc, ray, airflow or github_actions. Default: train.engine." },
    { name: "plan-only", help: "Show the plan and stop." },
    { name: "if-needed", help: "Train only where train.trigger asks for it: on drift, new data or schedule." },
    { name: "yes", help: "Carry out the plan without asking." },
    { name: "reason", value: "TEXT", help: "Why it is trained; kept with the job and its runs." },
    { name: "again-because", value: "TEXT", help: "Train although nothing has changed, for this reason." },
    { name: "consent", value: "ID", repeatable: true, help: "Answer a question of the plan with yes, such as to unpause a DAG." },
    { name: "detach", help: "Start and leave; mlops jobs tells how it goes." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops retrain churn-model",
    "mlops retrain churn-model --param lr=0.05 --yes",
    "mlops retrain models/churn --if-needed --yes --json",
    'mlops retrain churn-model --again-because "Check that results repeat" --yes',
  ],
  async run(context) {
    const { retrainPrograms } = await import("../retrain/retrainPrograms");
    return retrainPrograms.retrain(context);
  },
};
