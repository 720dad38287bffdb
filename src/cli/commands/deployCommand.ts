import { type Command, COMMON_OPTIONS, type OptionSpec } from "../command";

const SHARED: readonly OptionSpec[] = [
  { name: "target", value: "TARGET", help: "Key below deploy.targets. Default: the only one." },
  { name: "plan-only", help: "Show the plan and stop." },
  { name: "yes", help: "Carry out the plan without asking." },
  { name: "reason", value: "TEXT", help: "Why; kept in the log." },
];

const HOW =
  "The plan is shown with the gate's answer and what is another than now; it is carried out once somebody says yes, in the terminal or\n" +
  "by --yes. In production the model's name is typed. Afterwards it is asked whether what is there works, with the model's own input\n" +
  "example; what fails goes back by itself. The end is a line of .mlops/deployments.jsonl.\n" +
  "\n" +
  "Exit code: 0 done, 1 it is blocked, failed or went back, 2 for wrong use, 3 if the gate could not judge.";

/** `mlops deploy`: releases a version to a target, once somebody has seen what will happen. */
export const deployCommand: Command = {
  name: "deploy",
  summary: "Release a version: shows plan and gate, releases, checks, goes back if it fails.",
  description: `Releases a version of the model to a target of the product's mlops.yaml: an alias, a server of MLflow, Ray Serve or a command.\n${HOW}`,
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [
    { name: "version", value: "VERSION", help: "Version of the model. Default: model.version of the file." },
    ...SHARED,
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops deploy churn-model --target staging --version 14",
    "mlops deploy churn-model --target production --version 14 --plan-only",
    'mlops deploy models/churn --target production --version 14 --reason "Better on new plans" --yes --json',
  ],
  async run(context) {
    const { deployPrograms } = await import("../deploy/deployPrograms");
    return deployPrograms.deploy("deploy", context);
  },
};

/** `mlops rollback`: goes back to an earlier version. */
export const rollbackCommand: Command = {
  name: "rollback",
  summary: "Go back to the version before, or to another.",
  description: `Goes back to the version that was there before, as the log of deployments tells, or to another one.\n${HOW}`,
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [{ name: "to", value: "VERSION", help: "Version to go back to. Default: the one before." }, ...SHARED, ...COMMON_OPTIONS],
  examples: ["mlops rollback churn-model --target production", "mlops rollback churn-model --target production --to 13 --yes --json"],
  async run(context) {
    const { deployPrograms } = await import("../deploy/deployPrograms");
    return deployPrograms.deploy("rollback", context);
  },
};
